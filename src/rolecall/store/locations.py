"""Locations: the offices jobs belong to, each with a natural key (`code`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """`code` is a country, a city and an address as far as they are known: SE, SE-lund, US-new-york/1-centre-st."""

    workspace_id: UUID
    id: UUID
    code: str
    name: str
    created_at: datetime
    modified_at: datetime
    address: str | None = None
    city: str | None = None
    region: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


async def add(conn: Connection, location: Location) -> None:
    """Store a location unless the workspace has one with its code. An existing one is not locked."""
    await conn.execute(
        """
        insert into location (workspace_id, id, code, name, address, city, region, country_code, latitude, longitude,
                              created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, connector_id, code) do nothing
        """,
        (
            location.workspace_id,
            location.id,
            location.code,
            location.name,
            location.address,
            location.city,
            location.region,
            location.country_code,
            location.latitude,
            location.longitude,
            location.created_at,
            location.modified_at,
        ),
    )


async def ids_by_code(conn: Connection, workspace_id: UUID, codes: Sequence[str]) -> dict[str, UUID]:
    """The ids of the workspace's locations with these codes."""
    query = "select code, id from location where workspace_id = %s and code = any(%s)"
    cursor = await conn.execute(query, (workspace_id, list(codes)))
    return dict(await cursor.fetchall())
