"""Agencies that postings can go to, and which of them a client prefers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from rolecall.domain.fees import CustomFee, fees_kept_as
from rolecall.domain.ratings import Rating
from rolecall.domain.recruiters import Role
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value, fetch_values
from rolecall.store.ratings import OF_AGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """`specialties` are the agency's own words for roles, industries, levels and places."""

    workspace_id: UUID
    id: UUID
    name: str
    email: str
    website: str | None
    specialties: list[str]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruiter:
    """Somebody who works for an agency."""

    workspace_id: UUID
    id: UUID
    agency_id: UUID
    first_name: str
    last_name: str
    email: str
    phone: str | None
    role: Role = Role.RECRUITER
    disabled_at: datetime | None
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))

    @property
    def name(self) -> str:
        """The recruiter's name, as people say it."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAgency:
    """An agency as a client sees it; `custom_fees` are what the two agreed on, none where a posting's own fee holds.

    A fee's `percentage` is text, as `rolecall.domain.fees` keeps it. `mean` and `people` are those of its `rating`.
    """

    id: UUID
    name: str
    website: str | None
    specialties: list[str]
    preferred: bool
    custom_fees: list[dict[str, str | None]]
    mean: Decimal | None
    people: int

    @property
    def fees(self) -> list[CustomFee]:
        """The client's own fees with the agency."""
        return fees_kept_as(self.custom_fees)

    @property
    def rating(self) -> Rating | None:
        """What candidates think of it; None as long as too few have said."""
        return None if self.mean is None else Rating(mean=self.mean, people=self.people)


_COLUMNS = columns(Agency)


async def insert(conn: Connection, agency: Agency) -> None:
    """Store a new agency. Raises UniqueViolation when the name is taken."""
    await conn.execute(
        """
        insert into agency (workspace_id, id, name, email, website, specialties, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (
            agency.workspace_id,
            agency.id,
            agency.name,
            agency.email,
            agency.website,
            agency.specialties,
            agency.created_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, agency_id: UUID) -> Agency | None:
    """An agency by id."""
    query = f"select {_COLUMNS} from agency where workspace_id = %s and id = %s"
    return await fetch_one(conn, Agency, query, (workspace_id, agency_id))


async def by_name(conn: Connection, workspace_id: UUID, name: str) -> Agency | None:
    """An agency by name."""
    query = f"select {_COLUMNS} from agency where workspace_id = %s and name = %s"
    return await fetch_one(conn, Agency, query, (workspace_id, name))


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[Agency]:
    """All agencies of a workspace, by name."""
    query = f"select {_COLUMNS} from agency where workspace_id = %s order by lower(name), id"
    return await fetch_all(conn, Agency, query, (workspace_id,))


async def insert_recruiter(conn: Connection, recruiter: Recruiter) -> None:
    """Store a recruiter. Raises UniqueViolation when the agency has one with that address."""
    await rows.insert(conn, "agency_recruiter", recruiter)


async def recruiters(conn: Connection, workspace_id: UUID, agency_id: UUID) -> list[Recruiter]:
    """An agency's recruiters, those who left too, in the order in which they came."""
    query = f"select {columns(Recruiter)} from agency_recruiter where workspace_id = %s and agency_id = %s order by id"
    return await fetch_all(conn, Recruiter, query, (workspace_id, agency_id))


async def prefer(conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID) -> bool:
    """Let a client prefer an agency; False when it did."""
    cursor = await conn.execute(
        """
        insert into preferred_agency (workspace_id, client_id, agency_id) values (%s, %s, %s)
        on conflict (workspace_id, client_id, agency_id) do nothing
        """,
        (workspace_id, client_id, agency_id),
    )
    return cursor.rowcount == 1


async def hold_preferred(conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID) -> bool:
    """Whether a client prefers an agency, held against other writers until the transaction ends."""
    query = """
        select true from preferred_agency where workspace_id = %s and client_id = %s and agency_id = %s
        for no key update
    """
    return await fetch_value(conn, query, (workspace_id, client_id, agency_id)) is not None


async def stop_preferring(conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID) -> bool:
    """Let a client no longer prefer an agency; the fees that they agreed on go with it. False when it did not."""
    cursor = await conn.execute(
        "delete from preferred_agency where workspace_id = %s and client_id = %s and agency_id = %s",
        (workspace_id, client_id, agency_id),
    )
    return cursor.rowcount == 1


async def preferred_ids(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[UUID]:
    """The ids of the agencies a client prefers."""
    query = "select agency_id from preferred_agency where workspace_id = %s and client_id = %s order by agency_id"
    return await fetch_values(conn, query, (workspace_id, client_id))


_LISTED = f"""
    select a.id, a.name, a.website, a.specialties, p.agency_id is not null as preferred,
           (select coalesce(jsonb_agg(jsonb_build_object('percentage', f.percent::text, 'note', f.note)
                                      order by f.position), '[]')
            from agency_fee f
            where f.workspace_id = p.workspace_id and f.client_id = p.client_id and f.agency_id = p.agency_id
           ) as custom_fees, g.mean, g.people
    from agency a
    cross join lateral {OF_AGENCY} g
    left join preferred_agency p
        on p.workspace_id = a.workspace_id and p.agency_id = a.id and p.client_id = %(client)s
"""


async def preferred(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[ListedAgency]:
    """The agencies a client prefers, by name."""
    query = _LISTED + "where a.workspace_id = %(workspace)s and p.agency_id is not null order by lower(a.name), a.id"
    return await fetch_all(conn, ListedAgency, query, {"workspace": workspace_id, "client": client_id})


async def not_preferred(conn: Connection, workspace_id: UUID, client_id: UUID, *, limit: int) -> list[ListedAgency]:
    """Agencies that a client does not prefer, by name."""
    query = _LISTED + (
        "where a.workspace_id = %(workspace)s and p.agency_id is null order by lower(a.name), a.id limit %(limit)s"
    )
    params = {"workspace": workspace_id, "client": client_id, "limit": limit}
    return await fetch_all(conn, ListedAgency, query, params)


async def receiving(conn: Connection, workspace_id: UUID, client_id: UUID, posting_id: UUID) -> list[ListedAgency]:
    """The agencies a posting goes to, by name."""
    query = _LISTED + (
        "join distribution d on d.workspace_id = a.workspace_id and d.agency_id = a.id "
        "where a.workspace_id = %(workspace)s and d.posting_id = %(posting)s order by lower(a.name), a.id"
    )
    params = {"workspace": workspace_id, "client": client_id, "posting": posting_id}
    return await fetch_all(conn, ListedAgency, query, params)


async def to_choose_from(
    conn: Connection,
    workspace_id: UUID,
    client_id: UUID,
    *,
    posting_id: UUID,
    words: Sequence[str],
    about: str,
    limit: int,
) -> list[ListedAgency]:
    """Agencies a posting does not go to yet whose name or specialties hold every word, in any letter case.

    Preferred ones come first, then those with the most specialties that stand in the text `about` the job, which is
    lower-case words with one space before, between and after them; of equal ones those that candidates rate best.
    """
    query = (
        _LISTED
        + """
        where a.workspace_id = %(workspace)s
          and not exists (select from distribution d where d.workspace_id = a.workspace_id
                          and d.posting_id = %(posting)s and d.agency_id = a.id)
          and lower(a.name || ' ' || array_to_string(a.specialties, ' ')) like all (%(patterns)s::text[])
        order by preferred desc,
                 (select count(*) from unnest(a.specialties) as s (name)
                  where strpos(%(about)s, ' ' || regexp_replace(lower(s.name), '[^[:alnum:]+#]+', ' ', 'g') || ' ') > 0
                 ) desc,
                 g.mean desc nulls last, lower(a.name), a.id
        limit %(limit)s
    """
    )
    params = {
        "workspace": workspace_id,
        "client": client_id,
        "posting": posting_id,
        "patterns": [_pattern(word) for word in words],
        "about": about,
        "limit": limit,
    }
    return await fetch_all(conn, ListedAgency, query, params)


def _pattern(word: str) -> str:
    escaped = word.lower().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
