"""Locations: the offices jobs belong to, each with a natural key (`code`)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_values


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


async def put(conn: Connection, location: Location) -> UUID:
    """The id of the workspace's location with this code, storing it first when there is none."""
    ids = await fetch_values(
        conn,
        """
        insert into location (workspace_id, id, code, name, address, city, region, country_code, latitude, longitude,
                              created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, code) do update set code = excluded.code
        returning id
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
    return ids[0]
