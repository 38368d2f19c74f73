"""What the job screen reads besides the posting: who was submitted, and how far each has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A confirmed candidate; `agency` is None as long as the client does not know which one submitted them."""

    id: UUID
    person: str
    stage: str
    agency: str | None
    current_title: str | None
    stage_since: datetime
    unread: int


async def submitted(conn: Connection, workspace_id: UUID, posting_id: UUID) -> list[Submitted]:
    """A posting's confirmed candidates, in the order in which they confirmed."""
    query = """
        select s.id, s.first_name || ' ' || s.last_name as person, s.stage, s.current_title, s.stage_since,
               case when coalesce(s.exited_from, s.stage) not in ('unconfirmed', 'awaiting_sort') then a.name end
                   as agency,
               (select count(*) from submission_message m
                where m.workspace_id = s.workspace_id and m.submission_id = s.id and m.side = 'agency'
                  and (s.client_read_at is null or m.created_at > s.client_read_at)) as unread
        from submission s
        join agency a on a.workspace_id = s.workspace_id and a.id = s.agency_id
        where s.workspace_id = %s and s.posting_id = %s and s.confirmed_at is not null
        order by s.confirmed_at, s.id
    """
    return await fetch_all(conn, Submitted, query, (workspace_id, posting_id))
