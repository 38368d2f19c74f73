"""Records of linked systems, written in sets: copied into a temporary table, then inserted, or updated, from there.

A batch holds records of one kind. Rows name others by remote ids, which are looked up within the connector; a row whose
necessary reference is not there is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from rolecall.store.db import Connection, fetch_rows, fetch_value, fetch_values

_LARGE_TABLE = 10_000  # rows


class StagedRecord(NamedTuple):
    """`facts` and `raw` are JSON texts; `body` is the stored body of a job, None of anything else."""

    id: UUID
    remote_id: str
    facts: str
    raw: str
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How records of a kind are stored: `columns` are expressions over the staged row `s`; `needed` may not be null.

    `once` are columns that only an insert sets; `has_update_time` says that the table has `updated_at`.
    """

    table: str
    columns: Mapping[str, str]
    needed: Sequence[str] = ()
    once: Mapping[str, str] = field(default_factory=dict[str, str])
    has_update_time: bool = False


def _text(name: str) -> str:
    return f"s.facts ->> '{name}'"


def _time(name: str) -> str:
    return f"(s.facts ->> '{name}')::timestamptz"


def _flag(name: str) -> str:
    return f"(s.facts ->> '{name}')::boolean"


def _list(name: str) -> str:
    return f"array(select jsonb_array_elements_text(s.facts -> '{name}'))"


def _of(table: str, name: str) -> str:
    """The id of the record that a fact names."""
    return f"""(select r.id from {table} r where r.workspace_id = %(workspace)s and r.connector_id = %(connector)s
                and r.remote_id = s.facts ->> '{name}')"""


_ONE_NAME = {"name": _text("name")}
KINDS: dict[str, Kind] = {
    kind.table: kind
    for kind in (
        Kind(table="department", columns=_ONE_NAME),
        Kind(
            table="location",
            columns={name: _text(name) for name in ("name", "address", "city", "country_code", "search_text")},
        ),
        Kind(
            table="member",
            columns={name: _text(name) for name in ("email", "first_name", "last_name", "role", "search_text")}
            | {
                "disabled_at": f"case when {_flag('disabled')} then %(now)s::timestamptz end",
                "remote_created_at": _time("remote_created_at"),
            },
        ),
        Kind(table="term", columns={"kind": "'tag'", **_ONE_NAME}),
        Kind(table="reject_reason", columns=_ONE_NAME),
        Kind(
            table="job",
            columns={
                **{name: _text(name) for name in ("title", "description", "code", "status", "remote_status")},
                "company_id": "(s.facts ->> 'company_id')::uuid",
                "confidential": _flag("confidential"),
                "headcount": "(s.facts ->> 'headcount')::integer",
                "posting_urls": "s.facts -> 'posting_urls'",
                "remote_created_at": _time("remote_created_at"),
                "remote_updated_at": _time("remote_updated_at"),
                "unified": "s.body",
            },
            has_update_time=True,
        ),
        Kind(
            table="stage",
            columns={
                "job_id": _of("job", "job"),
                "name": _text("name"),
                "position": "(s.facts ->> 'position')::integer",
                "status": _text("status"),
            },
            needed=("job_id",),
        ),
        Kind(
            table="screening_question",
            columns={
                "job_id": _of("job", "job"),
                "position": "(s.facts ->> 'position')::smallint",
                **{name: _text(name) for name in ("text", "kind", "description")},
                "required": _flag("required"),
                "choices": "s.facts -> 'choices'",
                "options": "array(select o ->> 'label' from jsonb_array_elements(s.facts -> 'choices') o)",
            },
            needed=("job_id",),
        ),
        Kind(
            table="candidate",
            columns={
                **{
                    name: _text(name)
                    for name in ("first_name", "last_name", "company", "title", "email", "search_text")
                },
                **{name: _list(name) for name in ("email_addresses", "phone_numbers", "locations")},
                "urls": "s.facts -> 'urls'",
                "is_private": _flag("is_private"),
                "can_email": _flag("can_email"),
                "last_interaction_at": _time("last_interaction_at"),
                "remote_created_at": _time("remote_created_at"),
                "remote_updated_at": _time("remote_updated_at"),
            },
            once={"slug": _text("slug"), "kind": "'prospect'"},
            has_update_time=True,
        ),
        Kind(
            table="application",
            columns={
                "candidate_id": _of("candidate", "candidate"),
                "job_id": _of("job", "job"),
                "stage_id": _of("stage", "stage"),
                "credited_to_id": _of("member", "credited_to"),
                "reject_reason_id": _of("reject_reason", "reject_reason"),
                "status": _text("status"),
                "source": _text("source"),
                "applied_at": _time("applied_at"),
                "rejected_at": _time("rejected_at"),
            },
            needed=("candidate_id", "job_id"),
            has_update_time=True,
        ),
        Kind(
            table="attachment",
            columns={
                "candidate_id": _of("candidate", "candidate"),
                **{name: _text(name) for name in ("kind", "name", "url")},
            },
            needed=("candidate_id",),
        ),
        Kind(
            table="activity",
            columns={
                "candidate_id": _of("candidate", "candidate"),
                "member_id": _of("member", "member"),
                **{name: _text(name) for name in ("kind", "subject", "body", "visibility")},
                "remote_created_at": _time("remote_created_at"),
            },
        ),
        Kind(
            table="eeoc",
            columns={
                "candidate_id": _of("candidate", "candidate"),
                "submitted_at": _time("submitted_at"),
                **{name: _text(name) for name in ("race", "gender", "veteran_status", "disability_status")},
            },
            needed=("candidate_id",),
        ),
        Kind(
            table="interview",
            columns={
                "application_id": _of("application", "application"),
                "stage_id": _of("stage", "stage"),
                "organizer_id": _of("member", "organizer"),
                **{name: _text(name) for name in ("location", "status")},
                **{name: _time(name) for name in ("starts_at", "ends_at", "remote_created_at", "remote_updated_at")},
            },
            needed=("application_id",),
        ),
        Kind(
            table="scorecard",
            columns={
                "application_id": _of("application", "application"),
                "interview_id": _of("interview", "interview"),
                "interviewer_id": _of("member", "interviewer"),
                "recommendation": _text("recommendation"),
                **{name: _time(name) for name in ("submitted_at", "remote_created_at")},
            },
            needed=("application_id",),
        ),
        Kind(
            table="offer",
            columns={
                "application_id": _of("application", "application"),
                "creator_id": _of("member", "creator"),
                "status": _text("status"),
                **{name: _time(name) for name in ("sent_at", "closed_at", "remote_created_at")},
                "start_date": "(s.facts ->> 'start_date')::date",
            },
            needed=("application_id",),
        ),
    )
}


class Known(NamedTuple):
    """A record that an earlier sync stored; `raw_hash` is the MD5 of its payload, in hexadecimal digits."""

    remote_id: str
    id: UUID
    raw_hash: str | None


async def known(
    conn: Connection, workspace_id: UUID, connector_id: UUID, *, kind: str, remote_ids: Sequence[str]
) -> dict[str, Known]:
    """The records of a kind that are stored already, by remote id."""
    query = f"""
        select remote_id, id, md5(raw::text) from {KINDS[kind].table}
        where workspace_id = %s and connector_id = %s and remote_id = any(%s)
    """
    rows = await fetch_rows(conn, query, (workspace_id, connector_id, list(remote_ids)))
    return {row[0]: Known(*row) for row in rows}


async def stage(conn: Connection, records: Iterable[StagedRecord]) -> None:
    """Copy records into a temporary table, which the transaction's end drops."""
    await conn.execute(
        """
        create temporary table synced (id uuid, remote_id text, facts jsonb, raw json, body bytea) on commit drop
        """
    )
    async with conn.cursor().copy("copy synced from stdin") as copy:
        for staged in records:
            await copy.write_row(staged)


async def write(conn: Connection, workspace_id: UUID, connector_id: UUID, *, kind: str, now: datetime) -> list[UUID]:
    """Store the staged records; the ids of those that were stored."""
    given = {"workspace": workspace_id, "connector": connector_id, "now": now}
    stored = await fetch_values(conn, _WRITES[kind], given)
    for statement in _LINKS.get(kind, ()):
        await conn.execute(statement.encode(), given)
    return stored


async def gather_statistics(conn: Connection, *, kind: str) -> None:
    """Tell the planner what is in a table of which it knows few rows: other records look theirs up in it.

    Without it each look-up, and each check of a foreign key, may read all rows of the connector.
    """
    table = KINDS[kind].table
    if await fetch_value(conn, "select reltuples < %s from pg_class where oid = %s::regclass", (_LARGE_TABLE, table)):
        await conn.execute(f"analyze {table}".encode())


def _write(kind: Kind) -> str:
    times = ["created_at", "modified_at", *(["updated_at"] if kind.has_update_time else [])]
    values = {**kind.columns, **kind.once}
    written = ["raw", *kind.columns, *times[1:]]
    needed = " and ".join(f"{name} is not null" for name in kind.needed) or "true"
    return f"""
        with ready as (
            select s.id, s.remote_id, s.raw, {", ".join(f"{sql} as {name}" for name, sql in values.items())}
            from synced s order by s.id
        )
        insert into {kind.table} (workspace_id, connector_id, id, remote_id, raw, {", ".join([*values, *times])})
        select %(workspace)s, %(connector)s, id, remote_id, raw, {", ".join([*values, *["%(now)s"] * len(times)])}
        from ready where {needed}
        on conflict (workspace_id, id) do update set {", ".join(f"{name} = excluded.{name}" for name in written)}
        returning id
    """


_WRITES = {table: _write(kind) for table, kind in KINDS.items()}


def _links(table: str, owner: str, other: str, of: str, key: str, *, role: str | None = None) -> tuple[str, str]:
    """Statements that make a list of remote ids the links of each staged record, in its order."""
    mine = f"l.workspace_id = %(workspace)s and l.{owner} = s.id" + (f" and l.role = '{role}'" if role else "")
    position = "" if table == "candidate_term" else ", position"
    place = "" if table == "candidate_term" else ", n.place - 1"
    return (
        f"delete from {table} l using synced s where {mine}",
        f"""
        insert into {table} (workspace_id, {owner}, {other}{position}{", role" if role else ""})
        select %(workspace)s, s.id, r.id{place}{f", '{role}'" if role else ""}
        from synced s
        cross join jsonb_array_elements_text(s.facts -> '{key}') with ordinality as n (remote_id, place)
        join {of} r on r.workspace_id = %(workspace)s and r.connector_id = %(connector)s and r.remote_id = n.remote_id
        on conflict do nothing
        """,
    )


_LINKS: dict[str, Sequence[str]] = {
    "job": (
        *_links("job_department", "job_id", "department_id", "department", "departments"),
        *_links("job_location", "job_id", "location_id", "location", "offices"),
        *_links("job_member", "job_id", "member_id", "member", "hiring_managers", role="hiring_manager"),
        *_links("job_member", "job_id", "member_id", "member", "recruiters", role="recruiter"),
    ),
    "candidate": _links("candidate_term", "candidate_id", "term_id", "term", "tags"),
    "interview": _links("interview_member", "interview_id", "member_id", "member", "interviewers"),
}


async def ids_of(
    conn: Connection, workspace_id: UUID, connector_id: UUID, *, kind: str, remote_ids: Sequence[str]
) -> dict[str, UUID]:
    """The ids of a connector's records by their remote ids."""
    query = f"""
        select remote_id, id from {KINDS[kind].table}
        where workspace_id = %s and connector_id = %s and remote_id = any(%s)
    """
    return dict(await fetch_rows(conn, query, (workspace_id, connector_id, list(remote_ids))))


async def remove_some(conn: Connection, workspace_id: UUID, connector_id: UUID, *, kind: str, limit: int) -> list[UUID]:
    """Remove some of a connector's records of a kind, with what depends on them; the ids of those removed."""
    table = KINDS[kind].table
    query = f"""
        delete from {table}
        where workspace_id = %(workspace)s and id = any(array(
            select id from {table} where workspace_id = %(workspace)s and connector_id = %(connector)s
            order by id limit %(limit)s))
        returning id
    """
    return await fetch_values(conn, query, {"workspace": workspace_id, "connector": connector_id, "limit": limit})
