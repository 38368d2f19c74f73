"""Linking: a customer lets us into a system of records, and whoever asked for it gets the connector's token.

A link token stands for one session of one customer with one system. What the customer enters on the linking page
completes the session; the page then hands out a temporary token, which is traded, once, for the connector's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from rolecall.actions.context import Context, record
from rolecall.actions.credentials import NewCredential, create_credential
from rolecall.actions.ids import new_id
from rolecall.actions.sealing import Sealer
from rolecall.actions.syncing import FIRST, start_sync
from rolecall.domain.connectors import TEMPORARY_TOKEN_LIVES, TOKEN_LIVES, ConnectorStatus
from rolecall.domain.credentials import Credential, CredentialKind, secret_hash
from rolecall.domain.errors import LinkExpired, LinkUnknown, LinkUsed, WorkspaceUnknown
from rolecall.domain.errors_of_linking import TemporaryTokenUnknown
from rolecall.store import connectors, credentials, workspaces
from rolecall.store.connectors import Connector
from rolecall.store.db import Connection
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who is to link a system. `origin_id` is what whoever asks calls them."""

    name: str
    origin_id: str
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSession:
    """A session that can be completed."""

    credential: Credential
    connector: Connector


async def start_link(
    ctx: Context, customer: Customer, *, integration: str, category: str, environment: str, sealer: Sealer
) -> str:
    """The link token of a new session. A customer who has linked the system before links the same connector again."""
    workspace = await _workspace(ctx)
    new = Connector(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        category=category,
        integration=integration,
        name=customer.name,
        environment=environment,
        status=ConnectorStatus.INCOMPLETE,
        origins=[],
        origin_id=customer.origin_id,
        end_user_email=customer.email,
        created_at=ctx.now,
    )
    connector_id = await connectors.put_linked(ctx.conn, new)
    if connector_id == new.id:
        await _give_token(ctx, workspace, new, sealer)
        await record(ctx, "connector", "created", record_id=new.id, integration=integration)
    token = await _issue(ctx, workspace, CredentialKind.BINDBEE_LINK, connector_id)
    await record(ctx, "connector", "link_started", record_id=connector_id)
    return token


async def _give_token(ctx: Context, workspace: Workspace, connector: Connector, sealer: Sealer) -> None:
    new = NewCredential(
        kind=CredentialKind.BINDBEE_CONNECTOR,
        name=connector.name,
        environment=connector.environment,
        subject_id=connector.id,
    )
    _, token = await create_credential(ctx.conn, workspace, new, now=ctx.now)
    await connectors.set_token(ctx.conn, ctx.workspace_id, connector.id, sealed=sealer.seal(token))


_LIVES = {CredentialKind.BINDBEE_LINK: TOKEN_LIVES, CredentialKind.BINDBEE_TEMPORARY: TEMPORARY_TOKEN_LIVES}


async def _issue(ctx: Context, workspace: Workspace, kind: CredentialKind, connector_id: UUID) -> str:
    new = NewCredential(kind=kind, name="Linking", subject_id=connector_id, lives=_LIVES[kind])
    _, secret = await create_credential(ctx.conn, workspace, new, now=ctx.now)
    return secret


async def _workspace(ctx: Context) -> Workspace:
    workspace = await workspaces.by_id(ctx.conn, ctx.workspace_id)
    if workspace is None:
        raise WorkspaceUnknown(workspace=ctx.workspace_id)
    return workspace


async def link_session(conn: Connection, token: str, *, now: datetime) -> LinkSession:
    """The session of a link token. Raises LinkUnknown, LinkUsed or LinkExpired."""
    credential = await credentials.by_hash(conn, secret_hash(token), kind=CredentialKind.BINDBEE_LINK)
    if credential is None or credential.subject_id is None or not credential.api_enabled:
        raise LinkUnknown
    connector = await connectors.get(conn, credential.workspace_id, credential.subject_id)
    if connector is None or connector.deleted_at is not None:
        raise LinkUnknown
    if credential.revoked_at is not None:
        raise LinkUsed
    if credential.expires_at is not None and credential.expires_at <= now:
        raise LinkExpired
    return LinkSession(credential=credential, connector=connector)


async def complete_link(ctx: Context, session: LinkSession, *, secrets: Mapping[str, str], sealer: Sealer) -> str:
    """Keep what the customer entered, start to read, and give the temporary token. Raises LinkUnknown or LinkUsed.

    The system must have been asked whether it lets us in.
    """
    connector = await connectors.lock(ctx.conn, ctx.workspace_id, session.connector.id)
    if connector is None:
        raise LinkUnknown
    if not await credentials.revoke(ctx.conn, ctx.workspace_id, session.credential.id, now=ctx.now):
        raise LinkUsed
    sealed = sealer.seal(msgspec.json.encode(secrets).decode())
    await connectors.complete(ctx.conn, ctx.workspace_id, connector.id, secrets=sealed, now=ctx.now)
    temporary = await _issue(ctx, await _workspace(ctx), CredentialKind.BINDBEE_TEMPORARY, connector.id)
    await record(ctx, "connector", "linked", record_id=connector.id, integration=connector.integration)
    await start_sync(ctx, connector.id, kind=FIRST)
    return temporary


async def trade_token(ctx: Context, temporary: str, *, environment: str, sealer: Sealer) -> tuple[UUID, str]:
    """The connector and its token for a temporary token, once. Raises TemporaryTokenUnknown."""
    found = await credentials.by_hash(ctx.conn, secret_hash(temporary), kind=CredentialKind.BINDBEE_TEMPORARY)
    if found is None or found.workspace_id != ctx.workspace_id or found.subject_id is None:
        raise TemporaryTokenUnknown
    connector = await connectors.lock(ctx.conn, ctx.workspace_id, found.subject_id)
    if connector is None or connector.environment != environment or connector.token_sealed is None:
        raise TemporaryTokenUnknown
    if found.expires_at is not None and found.expires_at <= ctx.now:
        raise TemporaryTokenUnknown
    if not await credentials.revoke(ctx.conn, ctx.workspace_id, found.id, now=ctx.now):
        raise TemporaryTokenUnknown
    await record(ctx, "connector", "token_told", record_id=connector.id)
    return connector.id, sealer.open(connector.token_sealed)
