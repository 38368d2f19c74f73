"""Who may look at a screen now: what every screen asks of its link or session, at each request."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.domain.clients import Client, ClientUser, check_may_act_for, in_place_of
from rolecall.domain.errors import ConnectorRefused, NotPermitted
from rolecall.domain.screens import Bound, check_may_open
from rolecall.store import clients, connectors, credentials, partners
from rolecall.store.connectors import EMBED, Connector
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An opened screen: everything behind it, as it is now. Screens of one record add that record.

    `user` is whose rights count and whose work is shown; `stand_in` is the team manager who acts in that one's place.
    """

    connector: Connector
    client: Client
    user: ClientUser
    stand_in: ClientUser | None = None

    @property
    def workspace_id(self) -> UUID:
        """The workspace of all that is here."""
        return self.client.workspace_id

    @property
    def person(self) -> ClientUser:
        """Who sits in front of the screen."""
        return self.stand_in or self.user


async def visit_client(conn: Connection, bound: Bound) -> Visit:
    """The client and the user of a screen, while they may open it; whoever acts for a teammate, while they may do that.

    Raises ConnectorRefused, NotPermitted or PermissionMissing.
    """
    credential = await credentials.by_id(conn, bound.credential_id)
    if credential is None or credential.workspace_id != bound.workspace_id:  # revoked since the link was made
        raise ConnectorRefused
    connector = await enabled_connector(conn, bound.workspace_id, bound.connector_id)
    client = await clients.get(conn, bound.workspace_id, bound.client_id)
    user = await clients.get_user(conn, bound.workspace_id, bound.user_id)
    if client is None or user is None or (client.connector_id, user.client_id) != (connector.id, client.id):
        raise NotPermitted
    if bound.acting_for_id is None:
        check_may_open(user, bound.screen)
        return Visit(connector=connector, client=client, user=user)
    teammate = await clients.get_user(conn, bound.workspace_id, bound.acting_for_id)
    if teammate is None:
        raise NotPermitted
    check_may_act_for(user, teammate)
    check_may_open(in_place_of(teammate), bound.screen)
    return Visit(connector=connector, client=client, user=in_place_of(teammate), stand_in=user)


async def enabled_connector(conn: Connection, workspace_id: UUID, connector_id: UUID) -> Connector:
    """The embedding connector, in use, of a partner account in use. Raises ConnectorRefused."""
    connector = await connectors.get(conn, workspace_id, connector_id)
    if connector is None or connector.category != EMBED.upper() or connector.disabled_at is not None:
        raise ConnectorRefused
    partner = await partners.get(conn, workspace_id, connector.partner_id) if connector.partner_id else None
    if partner is None or partner.disabled_at is not None:
        raise ConnectorRefused
    return connector
