"""What the links to all screens have in common: who asks for one, and what is written down of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from rolecall.actions.clients import client_of, user_of
from rolecall.actions.context import Context, record
from rolecall.actions.embedding.visits import Visit, enabled_connector
from rolecall.actions.ids import new_id
from rolecall.domain.errors import ConnectorRefused
from rolecall.domain.ids import parse_id
from rolecall.domain.screens import Link, Screen, check_may_open

LINK_LIVES = timedelta(minutes=30)


def audience_of(screen: Screen) -> str:
    """The audience of a link's token: one that opens this screen opens no other, and calls no API."""
    return f"embed/{screen}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A partner that asks for a link for a user of a client; the last three are ids as the partner writes them."""

    partner_id: UUID
    credential_id: UUID
    connector: str
    client: str
    user: str


async def enter(ctx: Context, asking: Asking, screen: Screen) -> Visit:
    """The connector, client and user that a partner names; a client and a user that are new are stored.

    Raises ConnectorRefused, or PermissionMissing for a user who may not open the screen.
    """
    connector_id = parse_id(asking.connector)
    if connector_id is None or str(connector_id) != asking.connector:
        raise ConnectorRefused
    connector = await enabled_connector(ctx.conn, ctx.workspace_id, connector_id)
    if connector.partner_id != asking.partner_id:
        raise ConnectorRefused
    client = await client_of(ctx, connector.id, asking.client)
    user = await user_of(ctx, client, asking.user)
    check_may_open(user, screen)
    return Visit(connector=connector, client=client, user=user)


async def made(
    ctx: Context,
    asking: Asking,
    visit: Visit,
    screen: Screen,
    *,
    job_id: UUID | None = None,
    submission_id: UUID | None = None,
) -> Link:
    """The link to what was found, written down with its user, its client and its record."""
    kinds = {Screen.JOB: ("job", job_id), Screen.APPLICATION: ("submission", submission_id)}
    kind, record_id = kinds.get(screen, ("client", visit.client.id))
    await record(
        ctx,
        kind,
        "link_made",
        record_id=record_id or visit.client.id,
        screen=screen,
        connector=str(visit.connector.id),
        client=str(visit.client.id),
        user=str(visit.user.id),
    )
    return Link(
        screen=screen,
        id=new_id(),
        workspace_id=ctx.workspace_id,
        credential_id=asking.credential_id,
        connector_id=visit.connector.id,
        client_id=visit.client.id,
        user_id=visit.user.id,
        job_id=job_id,
        submission_id=submission_id,
    )
