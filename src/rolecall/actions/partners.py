"""Partner accounts, the credentials they call with, and the connectors through which they embed our screens."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from slugify import slugify

from rolecall.actions.context import Context, record
from rolecall.actions.credentials import NewCredential, create_credential
from rolecall.actions.ids import new_id
from rolecall.domain.credentials import Credential, CredentialKind, display_prefix, new_secret, secret_hash
from rolecall.domain.errors import CredentialNotFound, FieldInvalid, NameTaken, PartnerUnknown
from rolecall.domain.texts import check_text
from rolecall.store import connectors, credentials, partners
from rolecall.store.connectors import EMBED, Connector
from rolecall.store.db import Connection, UniqueViolation
from rolecall.store.partners import Partner
from rolecall.store.workspaces import Workspace

LONGEST_NAME = 200
_ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?")


async def create_partner(ctx: Context, name: str, *, publish_immediately: bool = False) -> Partner:
    """A new partner account. Raises NameTaken, FieldMissing or FieldInvalid."""
    check_text(name, field="name", longest=LONGEST_NAME)
    partner = Partner(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        name=name.strip(),
        publish_immediately=publish_immediately,
        disabled_at=None,
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await partners.insert(ctx.conn, partner)
    except UniqueViolation as error:
        raise NameTaken(kind="partner", name=name) from error
    await record(ctx, "partner", "created", record_id=partner.id)
    return partner


async def set_partner_active(ctx: Context, name: str, *, active: bool) -> Partner:
    """Shut a partner account out, with its keys, tokens and open screens, at once; or let it in again.

    What it owns stays, and its missions stay as they are. Raises PartnerUnknown.
    """
    partner = await partners.by_name(ctx.conn, ctx.workspace_id, name)
    if partner is None:
        raise PartnerUnknown(partner=name)
    at = None if active else ctx.now
    if active == (partner.disabled_at is None):
        return partner
    await partners.set_disabled(ctx.conn, ctx.workspace_id, partner.id, at=at)
    await record(ctx, "partner", "changed", record_id=partner.id, active=active)
    return replace(partner, disabled_at=at)


async def create_embed_connector(
    ctx: Context, partner_id: UUID, *, name: str, origins: Sequence[str] = ()
) -> Connector:
    """A partner's integration, whose id the partner sends as connectorId.

    `origins` (as in https://app.partner.example, without a path) are the pages that may frame its screens; without
    any, every https page may. Raises PartnerUnknown, FieldMissing or FieldInvalid.
    """
    check_text(name, field="name", longest=LONGEST_NAME)
    checked = [read_origin(origin) for origin in origins]
    if await partners.get(ctx.conn, ctx.workspace_id, partner_id) is None:
        raise PartnerUnknown(partner=partner_id)
    connector = Connector(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        category=EMBED.upper(),
        integration=EMBED,
        name=name.strip(),
        partner_id=partner_id,
        origins=list(dict.fromkeys(checked)),
        created_at=ctx.now,
    )
    await connectors.insert(ctx.conn, connector)
    await record(ctx, "connector", "created", record_id=connector.id)
    return connector


async def let_frame(ctx: Context, connector: Connector, origins: Sequence[str]) -> None:
    """Let the pages of these origins, and no others, frame a connector's screens. Raises FieldInvalid."""
    checked = list(dict.fromkeys(read_origin(origin) for origin in origins))
    if checked != connector.origins:
        await connectors.set_origins(ctx.conn, ctx.workspace_id, connector.id, origins=checked)
        await record(ctx, "connector", "changed", record_id=connector.id, origins=checked)


def read_origin(text: str) -> str:
    """The origin as browsers write it. It goes into a header, so nothing but an origin passes. Raises FieldInvalid."""
    origin = text.strip().lower().removesuffix("/")
    if _ORIGIN.fullmatch(origin) is None:
        raise FieldInvalid(field="origins", hint=f"{text!r} is no origin such as https://app.example.com")
    return origin


async def create_client_credential(
    conn: Connection, workspace: Workspace, partner: Partner, *, now: datetime
) -> tuple[Credential, str]:
    """A client id (the credential's `public_id`) and secret with which a partner gets access tokens for links."""
    new = NewCredential(
        kind=CredentialKind.RECRUITIFI,
        name=partner.name,
        subject_id=partner.id,
        public_id=client_id_of(partner, word="partner"),
    )
    return await create_credential(conn, workspace, new, now=now)


def client_id_of(partner: Partner, *, word: str) -> str:
    """A new client id for a partner account, as in partner_oakline_1f0c9a2b."""
    slug = slugify(partner.name, max_length=40, separator="_") or "account"
    return f"{word}_{slug}_{secrets.token_hex(4)}"


async def rotate_client_secret(ctx: Context, credential_id: UUID) -> str:
    """A new secret under the same client id. Access tokens of the old one end at once. Raises CredentialNotFound."""
    secret = new_secret(CredentialKind.RECRUITIFI)
    replaced = await credentials.replace_secret(
        ctx.conn,
        ctx.workspace_id,
        credential_id,
        kind=CredentialKind.RECRUITIFI,
        secret_hash=secret_hash(secret),
        prefix=display_prefix(CredentialKind.RECRUITIFI, secret),
    )
    if not replaced:
        raise CredentialNotFound(credential=credential_id)
    await record(ctx, "credential", "rotated", record_id=credential_id)
    return secret
