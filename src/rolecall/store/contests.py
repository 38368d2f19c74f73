"""Contests of ownership as the operator settles them, with the names that stand behind their ids."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rolecall.domain.submissions import Submission
from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all, fetch_values
from rolecall.store.submissions import SAME_PERSON, person_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedContest:
    """`client` says that it was in contact with `candidate` on a day, before `agency` brought them to `posting`."""

    id: UUID
    outcome: str | None
    candidate: str
    posting: str
    agency: str
    client: str
    confirmed_at: datetime
    contacted_on: date
    evidence: str
    created_at: datetime
    settled_at: datetime | None


async def listed(conn: Connection, workspace_id: UUID, *, waiting: bool) -> list[ListedContest]:
    """The contests of a workspace, oldest first; only those that wait to be settled, if asked."""
    query = f"""
        select o.id, o.outcome, s.first_name || ' ' || s.last_name as candidate, p.title as posting, a.name as agency,
               {NAME} as client, s.confirmed_at, o.contacted_on, o.evidence, o.created_at, o.settled_at
        from ownership_contest o
        join submission s on s.workspace_id = o.workspace_id and s.id = o.submission_id
        join posting p on p.workspace_id = o.workspace_id and p.id = s.posting_id
        join agency a on a.workspace_id = o.workspace_id and a.id = s.agency_id
        join client c on c.workspace_id = o.workspace_id and c.id = p.client_id
        join workspace w on w.id = o.workspace_id
        where o.workspace_id = %s and (o.outcome is null or not %s)
        order by o.id
    """
    return await fetch_all(conn, ListedContest, query, (workspace_id, waiting))


async def proven_contacts(conn: Connection, person: Submission, *, client_id: UUID) -> list[date]:
    """The days of a client's contacts with the same person that were upheld, for whichever submission."""
    query = f"""
        select o.contacted_on from ownership_contest o
        join submission s on s.workspace_id = o.workspace_id and s.id = o.submission_id
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        where o.workspace_id = %(workspace)s and o.outcome = 'upheld' and p.client_id = %(client)s and {SAME_PERSON}
        order by o.contacted_on
    """
    return await fetch_values(conn, query, person_keys(person) | {"client": client_id})
