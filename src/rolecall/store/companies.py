"""Companies: employers, and the client sites of agencies. Their public slugs are global."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """`location_code` is a country, optionally a city, as in SE or SE-lund; city and country_code are read from it."""

    workspace_id: UUID
    id: UUID
    name: str
    slug: str
    created_at: datetime
    updated_at: datetime
    number: int | None = None
    is_client: bool = False
    partner_id: UUID | None = None
    external_id: str | None = None
    website: str | None = None
    sector: str | None = None
    size: str | None = None
    location_code: str | None = None
    city: str | None = None
    country_code: str | None = None
    description: str | None = None
    logo_url: str | None = None
    linkedin_url: str | None = None
    archived_at: datetime | None = None


_COLUMNS = columns(Company)


async def insert(conn: Connection, company: Company) -> None:
    """Store a new company. Raises UniqueViolation when its partner already has one with its external_id."""
    await conn.execute(
        """
        insert into company (workspace_id, id, name, slug, is_client, partner_id, external_id, website, sector, size,
                             location_code, city, country_code, description, logo_url, linkedin_url, created_at,
                             updated_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            company.workspace_id,
            company.id,
            company.name,
            company.slug,
            company.is_client,
            company.partner_id,
            company.external_id,
            company.website,
            company.sector,
            company.size,
            company.location_code,
            company.city,
            company.country_code,
            company.description,
            company.logo_url,
            company.linkedin_url,
            company.created_at,
            company.updated_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, company_id: UUID) -> Company | None:
    """A company by id."""
    query = f"select {_COLUMNS} from company where workspace_id = %s and id = %s"
    return await fetch_one(conn, Company, query, (workspace_id, company_id))


async def lock(conn: Connection, workspace_id: UUID, company_id: UUID) -> Company | None:
    """A company by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from company where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Company, query, (workspace_id, company_id))


async def archive(conn: Connection, workspace_id: UUID, company_id: UUID, *, now: datetime) -> None:
    """Note that a company is gone; its row, its id and its slug stay."""
    query = "update company set archived_at = %s, updated_at = %s where workspace_id = %s and id = %s"
    await conn.execute(query, (now, now, workspace_id, company_id))


async def of_partner(conn: Connection, workspace_id: UUID, partner_id: UUID) -> list[Company]:
    """The companies a partner pushed, newest first."""
    query = f"select {_COLUMNS} from company where workspace_id = %s and partner_id = %s order by id desc"
    return await fetch_all(conn, Company, query, (workspace_id, partner_id))


async def own(conn: Connection, workspace_id: UUID) -> UUID | None:
    """The workspace's own company: the oldest that is no client's, no partner's and of no linked system."""
    query = """
        select id from company c
        where workspace_id = %s and partner_id is null and not is_client
          and not exists (select from connector k where k.workspace_id = c.workspace_id and k.company_id = c.id)
        order by number limit 1
    """
    return await fetch_value(conn, query, (workspace_id,))


async def by_external_id(conn: Connection, workspace_id: UUID, partner_id: UUID, external_id: str) -> Company | None:
    """A partner's company by the partner's own id."""
    query = f"select {_COLUMNS} from company where workspace_id = %s and partner_id = %s and external_id = %s"
    return await fetch_one(conn, Company, query, (workspace_id, partner_id, external_id))


async def claim_slug(conn: Connection, slug: str, workspace_id: UUID, company_id: UUID) -> bool:
    """Take a public slug for a stored company; False when another company has it."""
    cursor = await conn.execute(
        "insert into company_slug (slug, workspace_id, company_id) values (%s, %s, %s) on conflict do nothing",
        (slug, workspace_id, company_id),
    )
    return cursor.rowcount == 1


async def set_slug(conn: Connection, workspace_id: UUID, company_id: UUID, slug: str) -> None:
    """Note the slug that a company has claimed."""
    await conn.execute(
        "update company set slug = %s where workspace_id = %s and id = %s", (slug, workspace_id, company_id)
    )


async def by_slug(conn: Connection, slug: str) -> Company | None:
    """The company at a public address, of whichever workspace; an archived one has none."""
    query = f"""
        select {columns(Company, of="c")} from company_slug s
        join company c on c.workspace_id = s.workspace_id and c.id = s.company_id
        where s.slug = %s and c.archived_at is null
    """
    return await fetch_one(conn, Company, query, (slug,))
