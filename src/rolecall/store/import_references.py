"""What imported jobs point to, found and made in sets: companies, departments, locations and terms.

Each `add_…` leaves alone what is there already, and each finder reads what is there, so that calling one after the
other is right whoever else writes at the same time.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from rolecall.store.db import Connection


class NewDepartment(NamedTuple):
    id: UUID
    company_id: UUID
    name: str


class NewLocation(NamedTuple):
    """Latitude and longitude are in degrees."""

    id: UUID
    code: str
    name: str
    address: str | None
    city: str | None
    region: str | None
    country_code: str | None
    latitude: float | None
    longitude: float | None


class NewTerm(NamedTuple):
    id: UUID
    kind: str
    parent_id: UUID | None
    name: str


async def companies_by_name(conn: Connection, workspace_id: UUID, names: Sequence[str]) -> dict[str, tuple[UUID, str]]:
    """The ids and slugs of the oldest companies with these names that no partner pushed."""
    cursor = await conn.execute(
        """
        select distinct on (name) name, id, slug from company
        where workspace_id = %s and partner_id is null and name = any(%s)
        order by name, number
        """,
        (workspace_id, list(names)),
    )
    return {name: (company_id, slug) for name, company_id, slug in await cursor.fetchall()}


async def add_companies(
    conn: Connection, workspace_id: UUID, companies: Sequence[tuple[UUID, str]], *, now: datetime
) -> None:
    """Store new companies, given as id and name. The id stands in for the slug until `set_slugs`."""
    ids, names = _columns(companies, 2)
    await conn.execute(
        """
        insert into company (workspace_id, id, name, slug, created_at, updated_at)
        select %s, id, name, id::text, %s, %s from unnest(%s::uuid[], %s::text[]) as new (id, name)
        """,
        (workspace_id, now, now, ids, names),
    )


async def claim_slugs(conn: Connection, workspace_id: UUID, wanted: Sequence[tuple[str, UUID]]) -> dict[UUID, str]:
    """Take public slugs for companies, as far as nobody has them; what was taken, by company.

    They are taken in the order of the slugs: two imports that want the same ones wait for each other, in one direction.
    """
    slugs, ids = _columns(sorted(wanted), 2)
    cursor = await conn.execute(
        """
        insert into company_slug (slug, workspace_id, company_id)
        select slug, %s, id from unnest(%s::text[], %s::uuid[]) as wanted (slug, id)
        on conflict (slug) do nothing
        returning company_id, slug
        """,
        (workspace_id, slugs, ids),
    )
    return dict(await cursor.fetchall())


async def set_slugs(conn: Connection, workspace_id: UUID, taken: dict[UUID, str]) -> None:
    """Note the slugs that companies have claimed."""
    await conn.execute(
        """
        update company set slug = taken.slug from unnest(%s::uuid[], %s::text[]) as taken (id, slug)
        where company.workspace_id = %s and company.id = taken.id
        """,
        (list(taken), list(taken.values()), workspace_id),
    )


async def add_departments(
    conn: Connection, workspace_id: UUID, departments: Sequence[NewDepartment], *, now: datetime
) -> None:
    """Store departments that their companies do not have."""
    await conn.execute(
        """
        insert into department (workspace_id, id, company_id, name, created_at, modified_at)
        select %s, id, company_id, name, %s, %s
        from unnest(%s::uuid[], %s::uuid[], %s::text[]) as new (id, company_id, name)
        on conflict (workspace_id, connector_id, company_id, name) do nothing
        """,
        (workspace_id, now, now, *_columns(departments, 3)),
    )


async def department_ids(
    conn: Connection, workspace_id: UUID, company_ids: Sequence[UUID], names: Sequence[str]
) -> dict[tuple[UUID, str], UUID]:
    """The departments of these companies with these names, by company and name."""
    cursor = await conn.execute(
        """
        select company_id, name, id from department
        where workspace_id = %s and company_id = any(%s) and name = any(%s)
        """,
        (workspace_id, list(company_ids), list(names)),
    )
    return {(company_id, name): department_id for company_id, name, department_id in await cursor.fetchall()}


async def add_locations(
    conn: Connection, workspace_id: UUID, locations: Sequence[NewLocation], *, now: datetime
) -> None:
    """Store locations whose codes the workspace does not have."""
    await conn.execute(
        """
        insert into location (workspace_id, id, code, name, address, city, region, country_code, latitude, longitude,
                              created_at, modified_at)
        select %s, id, code, name, address, city, region, country_code, latitude, longitude, %s, %s
        from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::float8[],
                    %s::float8[])
             as new (id, code, name, address, city, region, country_code, latitude, longitude)
        on conflict (workspace_id, connector_id, code) do nothing
        """,
        (workspace_id, now, now, *_columns(locations, 9)),
    )


async def location_ids(conn: Connection, workspace_id: UUID, codes: Sequence[str]) -> dict[str, UUID]:
    """The locations with these codes."""
    cursor = await conn.execute(
        "select code, id from location where workspace_id = %s and code = any(%s)", (workspace_id, list(codes))
    )
    return dict(await cursor.fetchall())


async def add_terms(conn: Connection, workspace_id: UUID, terms: Sequence[NewTerm]) -> None:
    """Store terms that the workspace does not have of this kind, under this parent."""
    await conn.execute(
        """
        insert into term (workspace_id, id, kind, parent_id, name)
        select %s, id, kind, parent_id, name from unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[])
             as new (id, kind, parent_id, name)
        on conflict (workspace_id, connector_id, kind, parent_id, name) do nothing
        """,
        (workspace_id, *_columns(terms, 4)),
    )


async def term_ids(
    conn: Connection, workspace_id: UUID, names: Sequence[str]
) -> dict[tuple[str, UUID | None, str], UUID]:
    """The terms with these names, by kind, parent and name."""
    cursor = await conn.execute(
        """
        select kind, parent_id, name, id from term
        where workspace_id = %s and name = any(%s)
          and connector_id = (select id from connector where workspace_id = %s and integration = 'native')
        """,
        (workspace_id, list(names), workspace_id),
    )
    return {(kind, parent_id, name): term_id for kind, parent_id, name, term_id in await cursor.fetchall()}


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    """The rows' columns, each as a list."""
    return [[row[column] for row in rows] for column in range(width)]
