"""Hires of submitted people with their invoices, and contests of who owns a candidate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rolecall.domain.hires import AgencyHire
from rolecall.domain.submissions import Submission
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value
from rolecall.store.submissions import SAME_PERSON, person_keys

_COLUMNS = columns(AgencyHire)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A client's word that it knew a person; `outcome` is upheld or refused once the operator has settled it."""

    workspace_id: UUID
    id: UUID
    submission_id: UUID
    user_id: UUID | None
    contacted_on: date
    evidence: str
    outcome: str | None = None
    created_at: datetime
    settled_at: datetime | None = None


async def insert(conn: Connection, hire: AgencyHire) -> None:
    """Store a new hire. Raises UniqueViolation where its submission has one that it does not replace."""
    await rows.insert(conn, "agency_hire", hire)


async def get(conn: Connection, workspace_id: UUID, hire_id: UUID) -> AgencyHire | None:
    """A hire by id."""
    query = f"select {_COLUMNS} from agency_hire where workspace_id = %s and id = %s"
    return await fetch_one(conn, AgencyHire, query, (workspace_id, hire_id))


async def hold(conn: Connection, workspace_id: UUID, hire_id: UUID) -> AgencyHire | None:
    """A hire by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from agency_hire where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, AgencyHire, query, (workspace_id, hire_id))


async def of_submission(conn: Connection, workspace_id: UUID, submission_id: UUID) -> AgencyHire | None:
    """The hire of a submission, as its latest invoice has it."""
    query = f"""
        select {_COLUMNS} from agency_hire where workspace_id = %s and submission_id = %s order by id desc limit 1
    """
    return await fetch_one(conn, AgencyHire, query, (workspace_id, submission_id))


async def owed_for(conn: Connection, person: Submission, *, client_id: UUID) -> list[AgencyHire]:
    """The hires of the same person by a client for which an agency is paid."""
    query = f"""
        select {columns(AgencyHire, of="h")} from agency_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        join posting p on p.workspace_id = h.workspace_id and p.id = s.posting_id
        where h.workspace_id = %(workspace)s and p.client_id = %(client)s and h.agency_id is not null
          and h.settlement is null and {SAME_PERSON}
        order by h.id
    """
    return await fetch_all(conn, AgencyHire, query, person_keys(person) | {"client": client_id})


async def of_client(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[AgencyHire]:
    """A client's hires, newest first."""
    query = f"""
        select {columns(AgencyHire, of="h")} from agency_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        join posting p on p.workspace_id = h.workspace_id and p.id = s.posting_id
        where h.workspace_id = %s and p.client_id = %s order by h.id desc
    """
    return await fetch_all(conn, AgencyHire, query, (workspace_id, client_id))


async def client_of(conn: Connection, workspace_id: UUID, hire_id: UUID) -> UUID | None:
    """The client that hired; None where there is no such hire."""
    query = """
        select p.client_id from agency_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        join posting p on p.workspace_id = h.workspace_id and p.id = s.posting_id
        where h.workspace_id = %s and h.id = %s
    """
    return await fetch_value(conn, query, (workspace_id, hire_id))


async def change(conn: Connection, workspace_id: UUID, hire_id: UUID, **facts: Any) -> AgencyHire:
    """Store some facts of a hire, named as its fields; what it is after that."""
    sets = ", ".join(f"{name} = %({name})s" for name in facts)
    query = f"update agency_hire set {sets} where workspace_id = %(workspace)s and id = %(hire)s returning {_COLUMNS}"
    changed = await fetch_one(conn, AgencyHire, query.encode(), {**facts, "workspace": workspace_id, "hire": hire_id})
    assert changed is not None, "whoever changes a hire holds it"
    return changed


async def insert_contest(conn: Connection, contest: Contest) -> None:
    """Store a new contest. Raises UniqueViolation where the submission has one."""
    await rows.insert(conn, "ownership_contest", contest)


async def contest_of(conn: Connection, workspace_id: UUID, submission_id: UUID) -> Contest | None:
    """The contest of a submission."""
    query = f"select {columns(Contest)} from ownership_contest where workspace_id = %s and submission_id = %s"
    return await fetch_one(conn, Contest, query, (workspace_id, submission_id))


async def hold_contest(conn: Connection, workspace_id: UUID, contest_id: UUID) -> Contest | None:
    """A contest by id, held against other writers until the transaction ends."""
    query = f"select {columns(Contest)} from ownership_contest where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Contest, query, (workspace_id, contest_id))


async def settle_contest(conn: Connection, workspace_id: UUID, contest_id: UUID, *, outcome: str, at: datetime) -> None:
    """Store what the operator decided."""
    await conn.execute(
        "update ownership_contest set outcome = %s, settled_at = %s where workspace_id = %s and id = %s",
        (outcome, at, workspace_id, contest_id),
    )
