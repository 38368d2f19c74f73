"""RecruitiFi's reads for the organization API: whom a developer may act for."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    """A client as an organization."""

    id: UUID
    name: str


_SELECT = f"""
    select c.id, {NAME} as name
    from connector k
    join client c on c.workspace_id = k.workspace_id and c.connector_id = k.id
    join workspace w on w.id = c.workspace_id
    where k.workspace_id = %(workspace)s and k.partner_id = %(partner)s and k.disabled_at is null
      and k.deleted_at is null
"""


async def organizations(conn: Connection, workspace_id: UUID, partner_id: UUID) -> list[OrganizationRow]:
    """The clients of a partner account's connectors, oldest first; none of a connector that is disabled."""
    params = {"workspace": workspace_id, "partner": partner_id}
    return await fetch_all(conn, OrganizationRow, _SELECT + "order by c.id", params)


async def organization(
    conn: Connection, workspace_id: UUID, partner_id: UUID, client_id: UUID
) -> OrganizationRow | None:
    """One of `organizations`."""
    params = {"workspace": workspace_id, "partner": partner_id, "client": client_id}
    return await fetch_one(conn, OrganizationRow, _SELECT + "and c.id = %(client)s", params)
