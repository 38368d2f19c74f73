"""Timesheets of people hired for contract work."""

from datetime import date
from typing import Any
from uuid import UUID

from rolecall.domain.timesheets import Timesheet
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value

_COLUMNS = columns(Timesheet)


async def insert(conn: Connection, sheet: Timesheet) -> None:
    """Store a new timesheet."""
    await rows.insert(conn, "timesheet", sheet)


async def get(conn: Connection, workspace_id: UUID, timesheet_id: UUID) -> Timesheet | None:
    """A timesheet by id."""
    query = f"select {_COLUMNS} from timesheet where workspace_id = %s and id = %s"
    return await fetch_one(conn, Timesheet, query, (workspace_id, timesheet_id))


async def of_hire(conn: Connection, workspace_id: UUID, hire_id: UUID) -> list[Timesheet]:
    """The timesheets of a contract hire, the latest days first."""
    query = f"""
        select {_COLUMNS} from timesheet where workspace_id = %s and contract_hire_id = %s order by from_day desc
    """
    return await fetch_all(conn, Timesheet, query, (workspace_id, hire_id))


async def submitted_until(conn: Connection, workspace_id: UUID, hire_id: UUID) -> date | None:
    """The last day of all timesheets of a contract hire, whatever came of them; None without any."""
    query = "select max(to_day) from timesheet where workspace_id = %s and contract_hire_id = %s"
    return await fetch_value(conn, query, (workspace_id, hire_id))


async def change(conn: Connection, workspace_id: UUID, timesheet_id: UUID, **facts: Any) -> Timesheet:
    """Store some facts of a timesheet, named as its fields; what it is after that."""
    sets = ", ".join(f"{name} = %({name})s" for name in facts)
    query = f"update timesheet set {sets} where workspace_id = %(workspace)s and id = %(sheet)s returning {_COLUMNS}"
    params = {**facts, "workspace": workspace_id, "sheet": timesheet_id}
    changed = await fetch_one(conn, Timesheet, query.encode(), params)
    assert changed is not None, "whoever changes a timesheet holds its hire"
    return changed
