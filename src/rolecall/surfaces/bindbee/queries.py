"""Bindbee's reads. A page of default bodies is joined from the stored bytes; rarer shapes cost more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_all, fetch_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs of one connector; None means any. All that is given must hold."""

    workspace_id: UUID
    connector_id: UUID
    after: UUID | None = None
    ids: Sequence[UUID] | None = None
    remote_id: str | None = None
    code: str | None = None
    status: str | None = None
    remote_status: str | None = None
    offices: Sequence[UUID] | None = None
    modified_after: datetime | None = None

    def where(self) -> tuple[str, dict[str, object]]:
        """The conditions and their values. Only what is given is tested, so that plans stay simple."""
        params = {name: value for name in _CONDITIONS if (value := getattr(self, name)) is not None}
        clauses = [_CONDITIONS[name] for name in params]
        return " and ".join(clauses), {k: list(v) if isinstance(v, list) else v for k, v in params.items()}


_CONDITIONS = {
    "workspace_id": "j.workspace_id = %(workspace_id)s",
    "connector_id": "j.connector_id = %(connector_id)s",
    "after": "j.id > %(after)s",
    "ids": "j.id = any(%(ids)s)",
    "remote_id": "j.remote_id = %(remote_id)s",
    "code": "j.code = %(code)s",
    "status": "j.status = %(status)s and j.remote_status is null",
    "remote_status": "j.remote_status = %(remote_status)s",
    "offices": """exists (select from job_location l where l.workspace_id = j.workspace_id and l.job_id = j.id
                          and l.location_id = any(%(offices)s))""",
    "modified_after": "j.modified_at > %(modified_after)s",
}


@dataclass(frozen=True, slots=True)
class Page:
    """`items` are the bodies joined by commas; `last` is the last id when more follow, else None."""

    items: bytes
    count: int
    last: UUID | None


async def job_page(conn: Connection, wanted: JobFilter, *, size: int) -> Page:
    """A page of default bodies, in the order of ids. One row is read ahead to know whether more follow."""
    where, params = wanted.where()
    query = f"select j.id, j.unified from job j where {where} order by j.id limit %(rows)s"
    rows = await fetch_rows(conn, query, {**params, "rows": size + 1})
    shown = rows[:size]
    return Page(b",".join([body for _, body in shown]), len(shown), shown[-1][0] if len(rows) > size else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job's stored body with its raw payload as JSON text, None when none was kept or it was not asked for."""

    id: UUID
    unified: bytes
    raw: str | None


async def job_rows(conn: Connection, wanted: JobFilter, *, size: int, with_raw: bool) -> list[JobRow]:
    """The same page row by row, one row ahead included."""
    where, params = wanted.where()
    raw = "j.raw::text" if with_raw else "null::text"
    query = f"select j.id, j.unified, {raw} as raw from job j where {where} order by j.id limit %(size)s"
    return await fetch_all(conn, JobRow, query, {**params, "size": size + 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow:
    id: UUID
    remote_id: str | None
    modified_at: datetime
    name: str


async def departments(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[DepartmentRow]:
    """Departments by id."""
    query = "select id, remote_id, modified_at, name from department where workspace_id = %s and id = any(%s)"
    return await fetch_all(conn, DepartmentRow, query, (workspace_id, list(ids)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    id: UUID
    remote_id: str | None
    modified_at: datetime
    name: str
    address: str | None
    city: str | None
    region: str | None
    country_code: str | None


async def offices(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[OfficeRow]:
    """Locations by id."""
    query = """
        select id, remote_id, modified_at, name, address, city, region, country_code
        from location where workspace_id = %s and id = any(%s)
    """
    return await fetch_all(conn, OfficeRow, query, (workspace_id, list(ids)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteUserRow:
    id: UUID
    remote_id: str | None
    modified_at: datetime
    first_name: str
    last_name: str
    email: str
    disabled: bool
    created_at: datetime
    role: str


async def remote_users(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[RemoteUserRow]:
    """Members by id."""
    query = """
        select id, remote_id, modified_at, first_name, last_name, email, disabled_at is not null as disabled,
               created_at, role
        from member where workspace_id = %s and id = any(%s)
    """
    return await fetch_all(conn, RemoteUserRow, query, (workspace_id, list(ids)))
