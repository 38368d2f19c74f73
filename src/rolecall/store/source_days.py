"""What visits and applications add up to, for each source link and day (UTC)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rolecall.domain.visits import Figures
from rolecall.store.db import Connection, fetch_dicts

# Counted again from a while before the last time: what began before then may have been committed after it.
_SINCE = "least((select until from visits_rolled_up), %(since)s) - interval '10 minutes'"


async def hold(conn: Connection) -> None:
    """Wait until nobody else rolls up, and keep others waiting until the transaction ends."""
    await conn.execute("select until from visits_rolled_up for update")


async def add_up_visits(conn: Connection, *, since: datetime | None) -> int:
    """Count again every day of a link, of all workspaces, on which it was visited since the last time or `since`.

    How many days of links have other figures now.
    """
    cursor = await conn.execute(
        f"""
        with changed as (
            select distinct workspace_id, source_link_id, (visited_at at time zone 'UTC')::date as day
            from visit where visited_at >= {_SINCE}
        )
        insert into source_day as s (workspace_id, source_link_id, day, total, human, visitors)
        select v.workspace_id, v.source_link_id, c.day, count(*), count(*) filter (where not v.bot),
               count(distinct v.visitor) filter (where not v.bot)
        from changed c
        join visit v on v.workspace_id = c.workspace_id and v.source_link_id = c.source_link_id
                    and v.visited_at >= c.day::timestamp at time zone 'UTC'
                    and v.visited_at < (c.day + 1)::timestamp at time zone 'UTC'
        group by v.workspace_id, v.source_link_id, c.day
        on conflict (workspace_id, source_link_id, day) do update
        set total = excluded.total, human = excluded.human, visitors = excluded.visitors
        where (s.total, s.human, s.visitors) is distinct from (excluded.total, excluded.human, excluded.visitors)
        """,
        {"since": since},
    )
    return cursor.rowcount


async def add_up_applications(conn: Connection, *, since: datetime | None) -> int:
    """Count again all days of every link, of all workspaces, whose applications changed since the last time or `since`.

    How many days of links have other figures now.
    """
    cursor = await conn.execute(
        f"""
        with changed as (
            select distinct workspace_id, source_link_id from application
            where source_link_id is not null and modified_at >= {_SINCE}
        ), counted as (
            select a.workspace_id, a.source_link_id,
                   (coalesce(a.applied_at, a.created_at) at time zone 'UTC')::date as day,
                   count(*) as applications, count(*) filter (where a.status = 'hired') as hires
            from changed c
            join application a on a.workspace_id = c.workspace_id and a.source_link_id = c.source_link_id
            group by 1, 2, 3
        ), emptied as (
            update source_day s set applications = 0, hires = 0
            from changed c
            where s.workspace_id = c.workspace_id and s.source_link_id = c.source_link_id and s.applications > 0
              and not exists (select from counted d where d.workspace_id = s.workspace_id
                                                      and d.source_link_id = s.source_link_id and d.day = s.day)
        )
        insert into source_day as s (workspace_id, source_link_id, day, applications, hires)
        select workspace_id, source_link_id, day, applications, hires from counted
        on conflict (workspace_id, source_link_id, day) do update
        set applications = excluded.applications, hires = excluded.hires
        where (s.applications, s.hires) is distinct from (excluded.applications, excluded.hires)
        """,
        {"since": since},
    )
    return cursor.rowcount


async def note_until(conn: Connection, now: datetime) -> None:
    """Note until when the figures are true; never an earlier time than before."""
    await conn.execute("update visits_rolled_up set until = greatest(until, %s)", (now,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """The figures of one source link; of one day, or of several where `day` is None."""

    link_id: UUID
    name: str
    job_id: UUID
    job_title: str
    day: date | None
    figures: Figures


async def report(
    conn: Connection, workspace_id: UUID, *, job_id: UUID | None, since: date, until: date, daily: bool = False
) -> list[SourceFigures]:
    """The figures of a workspace's links, or of one job's, over some days, both included; the best source first.

    With `daily` a row for each day on which there was something, oldest first. Links without anything are left out.
    """
    day = "s.day" if daily else "null::date"
    rows = await fetch_dicts(
        conn,
        f"""
        select l.id as link_id, l.name, l.job_id, j.title as job_title, {day} as day, sum(s.total)::bigint as total,
               sum(s.human)::bigint as human, sum(s.visitors)::bigint as visitors,
               sum(s.applications)::bigint as applications, sum(s.hires)::bigint as hires
        from source_day s
        join source_link l on l.workspace_id = s.workspace_id and l.id = s.source_link_id
        join job j on j.workspace_id = l.workspace_id and j.id = l.job_id
        where s.workspace_id = %(workspace)s and s.day between %(since)s and %(until)s
          and (%(job)s::uuid is null or l.job_id = %(job)s)
        group by l.id, l.name, l.job_id, j.title, {day}
        having sum(s.total + s.applications) > 0
        order by {day} nulls first, applications desc, human desc, l.name, l.id
        """,
        {"workspace": workspace_id, "job": job_id, "since": since, "until": until},
    )
    return [
        SourceFigures(
            link_id=row["link_id"],
            name=row["name"],
            job_id=row["job_id"],
            job_title=row["job_title"],
            day=row["day"],
            figures=Figures(**{name: row[name] for name in ("total", "human", "visitors", "applications", "hires")}),
        )
        for row in rows
    ]
