"""Locations: where work is done, each with a natural key (`code`). Some are offices: the workspace's own places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.texts import folded_lines
from rolecall.store.connectors import of_native
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_rows, fetch_value


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A location that is the workspace's own. `address` is the first of three lines; degrees; the database numbers."""

    workspace_id: UUID
    id: UUID
    code: str
    slug: str
    name: str
    country_code: str
    created_at: datetime
    modified_at: datetime
    address: str | None = None
    address_line_2: str | None = None
    address_line_3: str | None = None
    postal_code: str | None = None
    city: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    number: int | None = None


_OFFICE = columns(Office)


async def put_office(conn: Connection, office: Office) -> UUID | None:
    """Make a location an office, storing it first where its code is new; its id, None when it is an office already.

    Raises UniqueViolation when the workspace has the slug.
    """
    return await fetch_value(
        conn,
        """
        insert into location (workspace_id, id, code, slug, name, address, address_line_2, address_line_3, postal_code,
                              city, region, country_code, latitude, longitude, search_text, is_office,
                              created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, true, %s, %s)
        on conflict (workspace_id, connector_id, code) do update set
            slug = excluded.slug, name = excluded.name, address = excluded.address,
            address_line_2 = excluded.address_line_2, address_line_3 = excluded.address_line_3,
            postal_code = excluded.postal_code, city = excluded.city, region = excluded.region,
            country_code = excluded.country_code, latitude = excluded.latitude, longitude = excluded.longitude,
            search_text = excluded.search_text, is_office = true, modified_at = excluded.modified_at
        where not location.is_office
        returning id
        """,
        _values(office),
    )


def _values(office: Office) -> tuple[object, ...]:
    return (
        office.workspace_id,
        office.id,
        office.code,
        office.slug,
        office.name,
        office.address,
        office.address_line_2,
        office.address_line_3,
        office.postal_code,
        office.city,
        office.region,
        office.country_code,
        office.latitude,
        office.longitude,
        folded_lines(office.name, office.city, _written_address(office)),
        office.created_at,
        office.modified_at,
    )


def _written_address(office: Office) -> str:
    lines = (office.address, office.address_line_2, office.address_line_3, office.postal_code)
    return " ".join(line for line in lines if line)


async def by_code(conn: Connection, workspace_id: UUID, code: str) -> Location | None:
    """A location of the workspace's own, not of a linked system, by its natural key."""
    query = (
        f"select {columns(Location)} from location where workspace_id = %s and code = %s and {of_native('location')}"
    )
    return await fetch_one(conn, Location, query, (workspace_id, code))


async def office_by_slug(conn: Connection, workspace_id: UUID, slug: str) -> Office | None:
    """An office by slug."""
    query = f"select {_OFFICE} from location where workspace_id = %s and slug = %s and is_office"
    return await fetch_one(conn, Office, query, (workspace_id, slug))


async def offices(conn: Connection, workspace_id: UUID) -> list[Office]:
    """A workspace's offices by name."""
    query = f"select {_OFFICE} from location where workspace_id = %s and is_office order by search_text, number"
    return await fetch_all(conn, Office, query, (workspace_id,))


async def remove_office(conn: Connection, workspace_id: UUID, location_id: UUID, *, now: datetime) -> None:
    """Let a location be an office no longer; jobs keep it."""
    await conn.execute(
        "update location set is_office = false, slug = null, modified_at = %s where workspace_id = %s and id = %s",
        (now, workspace_id, location_id),
    )


async def cities(conn: Connection, workspace_id: UUID, *, limit: int = 5_000) -> list[tuple[str, str]]:
    """Cities of the workspace's locations with their countries, in alphabetical order."""
    query = """
        select distinct city, country_code from location
        where workspace_id = %s and city is not null and country_code is not null
        order by city, country_code limit %s
    """
    return [(city, country) for city, country in await fetch_rows(conn, query, (workspace_id, limit))]
