"""Publications: a job in one language on one channel, each with an integer number and a slug."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_rows, fetch_value
from rolecall.store.facets import Gone

WEBSITE = "website"
INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """`active` follows the job: true while it is open. `search_text` is what a search looks in, folded.

    `sort_title` is the folded title, made of `search_text` by the database. One with `own_text` does not follow the
    job's texts; `description` is null where it does.
    """

    workspace_id: UUID
    id: UUID
    job_id: UUID
    language: str
    channel: str
    slug: str
    title: str
    summary: str | None
    search_text: str
    active: bool
    published_at: datetime
    ends_at: datetime | None
    created_at: datetime
    updated_at: datetime
    own_text: bool = False
    description: str | None = None
    number: int | None = None
    sort_title: str | None = None


# Carries what a statement did, as rows of language and difference in `changed`, over to the counts. The row of all
# languages comes first: whoever holds it holds the workspace's counts.
_COUNT = """
    insert into publication_count as c (workspace_id, language, active)
    select %(workspace_id)s, counted.language, sum(changed.difference)
    from changed, lateral (values (''), (changed.language)) as counted (language)
    group by counted.language order by counted.language
    on conflict (workspace_id, language) do update set active = c.active + excluded.active
"""


_COLUMNS = columns(Publication)


async def insert(conn: Connection, publication: Publication) -> None:
    """Store a new publication. Raises UniqueViolation when the slug or the job's language and channel is taken."""
    await conn.execute(
        """
        with written as (
            insert into publication (workspace_id, id, job_id, language, channel, slug, title, summary, search_text,
                                     active, published_at, ends_at, created_at, updated_at, own_text, description)
            values (%(workspace_id)s, %(id)s, %(job_id)s, %(language)s, %(channel)s, %(slug)s, %(title)s, %(summary)s,
                    %(search_text)s, %(active)s, %(published_at)s, %(ends_at)s, %(created_at)s, %(updated_at)s,
                    %(own_text)s, %(description)s)
            returning language, channel, active
        ),
        changed as (select language, 1 as difference from written where active and channel = 'website')
        """
        + _COUNT,
        asdict(publication),
    )


async def of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[Publication]:
    """A job's publications, oldest first."""
    query = f"select {_COLUMNS} from publication where workspace_id = %s and job_id = %s order by number"
    return await fetch_all(conn, Publication, query, (workspace_id, job_id))


async def slug_taken(conn: Connection, workspace_id: UUID, slug: str) -> bool:
    """Whether a publication of the workspace has this slug, or had it, or a job has it reserved for one."""
    query = """
        select exists (select from publication where workspace_id = %(workspace)s and slug = %(slug)s)
            or exists (select from publication_slug where workspace_id = %(workspace)s and slug = %(slug)s)
            or exists (select from job where workspace_id = %(workspace)s and slug = %(slug)s)
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "slug": slug})


async def hold_slug(conn: Connection, workspace_id: UUID, slug: str) -> None:
    """Let one transaction at a time decide who gets a slug that was asked for."""
    query = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
    await conn.execute(query, (f"slug {workspace_id} {slug}",))


async def retire_slug(conn: Connection, publication: Publication, *, now: datetime) -> None:
    """Let a publication's present slug go on answering after it has another."""
    await conn.execute(
        "insert into publication_slug (workspace_id, slug, publication_id, retired_at) values (%s, %s, %s, %s)",
        (publication.workspace_id, publication.slug, publication.id, now),
    )


async def shown(conn: Connection, workspace_id: UUID, slug: str, *, now: datetime) -> Publication | None:
    """The publication with a slug, or that had it, if the website shows it now."""
    query = f"""
        select {_COLUMNS} from publication
        where workspace_id = %(workspace)s and channel = 'website' and active
          and published_at <= %(now)s and (ends_at is null or ends_at > %(now)s)
          and id = coalesce(
              (select id from publication where workspace_id = %(workspace)s and slug = %(slug)s),
              (select publication_id from publication_slug where workspace_id = %(workspace)s and slug = %(slug)s))
    """
    return await fetch_one(conn, Publication, query, {"workspace": workspace_id, "slug": slug, "now": now})


async def set_active(conn: Connection, workspace_id: UUID, job_id: UUID, *, active: bool, now: datetime) -> None:
    """Let a job's publications follow the job."""
    await conn.execute(
        """
        with written as (
            update publication set active = %(active)s, updated_at = %(now)s
            where workspace_id = %(workspace_id)s and job_id = %(job_id)s and active <> %(active)s
            returning language, channel, active
        ),
        changed as (
            select language, case when active then 1 else -1 end as difference from written where channel = 'website'
        )
        """
        + _COUNT,
        {"workspace_id": workspace_id, "job_id": job_id, "active": active, "now": now},
    )


async def remove_of_connector(conn: Connection, workspace_id: UUID, connector_id: UUID) -> list[Gone]:
    """Remove what is published of a connector's jobs."""
    query = f"""
        with written as (
            delete from publication p using job j
            where j.workspace_id = %(workspace_id)s and j.connector_id = %(connector_id)s
              and p.workspace_id = j.workspace_id and p.job_id = j.id
            returning p.channel, p.active, {columns(Gone, of="p")}
        ),
        changed as (select language, -1 as difference from written where active and channel = 'website'),
        kept as ({_COUNT})
        select {columns(Gone)} from written
    """
    return await fetch_all(conn, Gone, query, {"workspace_id": workspace_id, "connector_id": connector_id})


async def active_by_language(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> dict[str, int]:
    """How many active publications these jobs have on the website, in each language that has any."""
    cursor = await conn.execute(
        """
        select language, count(*) from publication
        where workspace_id = %s and job_id = any(%s) and active and channel = 'website'
        group by language
        """,
        (workspace_id, list(job_ids)),
    )
    return dict(await cursor.fetchall())


async def add_to_counts(conn: Connection, workspace_id: UUID, differences: Mapping[str, int]) -> None:
    """Carry over to the counts, by language, what a transaction has written in statements of its own.

    Its last act, because others who publish in the workspace wait from here on. The jobs must have been held before
    their publications were counted the first time, or the differences are not the transaction's own.
    """
    await conn.execute(
        """
        with changed as (
            select * from unnest(%(languages)s::text[], %(differences)s::bigint[]) as c (language, difference)
        )
        """
        + _COUNT,
        {
            "workspace_id": workspace_id,
            "languages": list(differences),
            "differences": list(differences.values()),
        },
    )


async def set_text(conn: Connection, publication: Publication) -> list[Gone]:
    """Store a publication's texts, slug, beginning and end again; the place that it had, if it has another now.

    Then it is counted nowhere until `facets.regroup`, which is to be told of that place.
    """
    query = f"""
        with before as (
            select {columns(Gone)}, workspace_id, id from publication
            where workspace_id = %(workspace_id)s and id = %(id)s for update
        )
        update publication p
        set slug = %(slug)s, title = %(title)s, summary = %(summary)s, search_text = %(search_text)s,
            own_text = %(own_text)s, description = %(description)s, published_at = %(published_at)s,
            ends_at = %(ends_at)s, updated_at = %(updated_at)s,
            facet_group = case
                when p.published_at = %(published_at)s
                     and split_part(p.search_text, E'\n', 1) = split_part(%(search_text)s, E'\n', 1)
                then p.facet_group
            end
        from before b where p.workspace_id = b.workspace_id and p.id = b.id
        returning p.facet_group is null and b.facet_group is not null as moved, {columns(Gone, of="b")}
    """
    rows = await fetch_rows(conn, query, asdict(publication))
    return [Gone(*place) for moved, *place in rows if moved]


async def add_views(conn: Connection, views: Mapping[tuple[UUID, UUID], int]) -> dict[tuple[UUID, UUID], int]:
    """Add to the counters of publications, given as (workspace id, id); what they are then.

    Counters are locked in one order by all callers. A publication that is gone is left out.
    """
    keys = sorted(views)
    rows = await fetch_rows(
        conn,
        """
        insert into publication_view as c (workspace_id, publication_id, views)
        select v.workspace_id, v.id, v.amount
        from unnest(%s::uuid[], %s::uuid[], %s::bigint[]) as v (workspace_id, id, amount)
        where exists (select from publication p where p.workspace_id = v.workspace_id and p.id = v.id)
        order by v.workspace_id, v.id
        on conflict (workspace_id, publication_id) do update set views = c.views + excluded.views
        returning workspace_id, publication_id, views
        """,
        ([key[0] for key in keys], [key[1] for key in keys], [views[key] for key in keys]),
    )
    return {(workspace_id, publication_id): number for workspace_id, publication_id, number in rows}


async def set_header_image(
    conn: Connection, workspace_id: UUID, job_id: UUID, *, image_id: UUID | None, now: datetime
) -> None:
    """Show an image above a job's publications, or none."""
    await conn.execute(
        "update publication set header_image_id = %s, updated_at = %s where workspace_id = %s and job_id = %s",
        (image_id, now, workspace_id, job_id),
    )
