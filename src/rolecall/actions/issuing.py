"""Issuing: a credential of each kind, with whatever it speaks for. The secret can be had once, from the answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from rolecall.actions.clients import let_client_act_for_workspace
from rolecall.actions.context import Context, record
from rolecall.actions.credentials import NewCredential, create_credential, revoke_credential
from rolecall.actions.partners import (
    client_id_of,
    create_client_credential,
    create_embed_connector,
    create_partner,
    let_frame,
)
from rolecall.actions.sealing import Sealer
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.credentials import VACANCY_SCOPES, Credential, CredentialKind
from rolecall.domain.errors import FieldNotListed
from rolecall.store import connectors, credentials, partners
from rolecall.store.connectors import Connector
from rolecall.store.partners import Partner
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A new credential. `connector_id` is there for an embedding partner, whose calls name it."""

    credential: Credential
    secret: str
    connector_id: UUID | None = None


async def issue_unified_key(ctx: Context, workspace: Workspace, *, environment: str) -> Issued:
    """An API key of the unified contract. It replaces the workspace's key of that environment at once."""
    name = f"{environment.title()} key"
    return await _issue(ctx, workspace, NewCredential(kind=CredentialKind.BINDBEE, name=name, environment=environment))


async def issue_connector_token(ctx: Context, workspace: Workspace, *, sealer: Sealer) -> Issued:
    """The token of the connector for records made here. It replaces the one before it at once, and is kept sealed."""
    connector_id = await native_connector_id(ctx.conn, workspace.id)
    kind = CredentialKind.BINDBEE_CONNECTOR
    await credentials.revoke_subject(ctx.conn, workspace.id, kind=kind, subject_id=connector_id, now=ctx.now)
    issued = await _issue(ctx, workspace, NewCredential(kind=kind, name="Native connector", subject_id=connector_id))
    await connectors.set_token(ctx.conn, workspace.id, connector_id, sealed=sealer.seal(issued.secret))
    return issued


async def issue_vacancies_key(ctx: Context, workspace: Workspace, *, name: str, scopes: Sequence[str]) -> Issued:
    """A key of the vacancies contract with some of VACANCY_SCOPES. Raises FieldNotListed for another scope."""
    if not set(scopes) <= set(VACANCY_SCOPES):
        raise FieldNotListed(field="scope")
    ordered = [scope for scope in VACANCY_SCOPES if scope in scopes]
    return await _issue(ctx, workspace, NewCredential(kind=CredentialKind.RECRUITSOME, name=name, scopes=ordered))


async def issue_sources_token(ctx: Context, workspace: Workspace, *, name: str, lives: timedelta | None) -> Issued:
    """A token of the source tracking contract; None lives for ever."""
    return await _issue(ctx, workspace, NewCredential(kind=CredentialKind.HIREMPIRE, name=name, lives=lives))


async def issue_mcp_client(ctx: Context, workspace: Workspace, *, name: str, lives: timedelta | None) -> Issued:
    """A client id (the credential's `public_id`) and secret for an MCP client; None lives for ever."""
    kind, public_id = CredentialKind.HIREMPIRE_MCP, f"mcp_{secrets.token_hex(8)}"
    return await _issue(ctx, workspace, NewCredential(kind=kind, name=name, public_id=public_id, lives=lives))


async def issue_embedding_client(
    ctx: Context, workspace: Workspace, *, partner_name: str, origins: Sequence[str], client: str | None = None
) -> Issued:
    """A client id (the credential's `public_id`) and secret for a partner that embeds our screens.

    The partner account and its connector are made when there are none yet; origins, if any, replace the connector's.
    The partner's customer `client` is let act for the whole workspace. Raises FieldMissing or FieldInvalid.
    """
    partner = await _partner(ctx, partner_name)
    connector = await _connector(ctx, partner, origins)
    if client is not None:
        await let_client_act_for_workspace(ctx, connector.id, client)
    credential, secret = await create_client_credential(ctx.conn, workspace, partner, now=ctx.now)
    await record(ctx, "credential", "issued", record_id=credential.id, credential_kind=credential.kind)
    return Issued(credential=credential, secret=secret, connector_id=connector.id)


async def issue_developer(
    ctx: Context, workspace: Workspace, *, partner_name: str, client: str | None = None
) -> Issued:
    """A client id (the credential's `public_id`) and secret for the organization API, for a partner account.

    Its organizations are the clients of the account's connector. The account and the connector are made when there are
    none yet, and the customer `client` is let act for the whole workspace. Raises FieldMissing or FieldInvalid.
    """
    partner = await _partner(ctx, partner_name)
    connector = await _connector(ctx, partner, ())
    if client is not None:
        await let_client_act_for_workspace(ctx, connector.id, client)
    new = NewCredential(
        kind=CredentialKind.RECRUITIFI_DEVELOPER,
        name=partner.name,
        subject_id=partner.id,
        public_id=client_id_of(partner, word="dev"),
    )
    return await _issue(ctx, workspace, new)


async def issue_intake_key(
    ctx: Context, workspace: Workspace, *, partner_name: str, publish_immediately: bool | None = None
) -> Issued:
    """A key of the partner intake contract. The partner account is made when there is none by that name.

    `publish_immediately` says whether its missions open at once; None leaves that as it is, which at first is no.
    """
    partner = await _partner(ctx, partner_name)
    if publish_immediately is not None and publish_immediately != partner.publish_immediately:
        await partners.set_publish_immediately(
            ctx.conn, workspace.id, partner.id, publish_immediately=publish_immediately
        )
        await record(ctx, "partner", "changed", record_id=partner.id, publish_immediately=publish_immediately)
    new = NewCredential(kind=CredentialKind.CROSSPATH, name=partner.name, subject_id=partner.id)
    return await _issue(ctx, workspace, new)


async def _partner(ctx: Context, name: str) -> Partner:
    found = await partners.by_name(ctx.conn, ctx.workspace_id, name.strip())
    return found if found is not None else await create_partner(ctx, name)


async def _connector(ctx: Context, partner: Partner, origins: Sequence[str]) -> Connector:
    """The partner's connector, so that a new secret changes nothing else for it."""
    owned = await connectors.of_partner(ctx.conn, ctx.workspace_id, partner.id)
    if not owned:
        return await create_embed_connector(ctx, partner.id, name=partner.name, origins=origins)
    if origins:
        await let_frame(ctx, owned[0], origins)
    return owned[0]


async def withdraw(ctx: Context, credential_id: UUID) -> None:
    """Revoke a credential at once. Raises CredentialNotFound."""
    await revoke_credential(ctx.conn, ctx.workspace_id, credential_id, now=ctx.now)
    await record(ctx, "credential", "revoked", record_id=credential_id)


async def _issue(ctx: Context, workspace: Workspace, new: NewCredential) -> Issued:
    credential, secret = await create_credential(ctx.conn, workspace, new, now=ctx.now)
    await record(ctx, "credential", "issued", record_id=credential.id, credential_kind=new.kind)
    return Issued(credential=credential, secret=secret)
