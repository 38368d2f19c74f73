"""What members are told and asked about the resumes that were uploaded for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.resumes import AssistantRequest
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_SELECT = f"select {columns(AssistantRequest)} from assistant_request "


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedRequest:
    """A request as lists show it: addresses and slugs instead of ids; `name` and `email` are as they were read."""

    id: UUID
    kind: str
    member: str
    name: str
    email: str | None
    file: str
    candidate: str | None
    resolution: str | None
    created_at: datetime


async def insert(conn: Connection, request: AssistantRequest) -> None:
    """Store a new request."""
    await conn.execute(
        """
        insert into assistant_request (workspace_id, id, member_id, upload_id, kind, candidate_id, resolution,
                                       created_at, resolved_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            request.workspace_id,
            request.id,
            request.member_id,
            request.upload_id,
            request.kind,
            request.candidate_id,
            request.resolution,
            request.created_at,
            request.resolved_at,
        ),
    )


async def lock(conn: Connection, workspace_id: UUID, request_id: UUID) -> AssistantRequest | None:
    """A request by id, held against other writers until the transaction ends."""
    query = _SELECT + "where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, AssistantRequest, query, (workspace_id, request_id))


async def newest(conn: Connection, workspace_id: UUID, *, settled: bool, limit: int) -> list[DescribedRequest]:
    """The workspace's requests, newest first: those that wait, or all of them."""
    query = """
        select r.id, r.kind, m.email as member, concat_ws(' ', u.facts->>'first_name', u.facts->>'last_name') as name,
               u.facts->'emails'->>0 as email, f.name as file, c.slug as candidate, r.resolution, r.created_at
        from assistant_request r
        join member m on m.workspace_id = r.workspace_id and m.id = r.member_id
        join resume_upload u on u.workspace_id = r.workspace_id and u.id = r.upload_id
        join file f on f.workspace_id = u.workspace_id and f.id = u.file_id
        left join candidate c on c.workspace_id = r.workspace_id and c.id = r.candidate_id
        where r.workspace_id = %s and (%s or r.resolution is null)
        order by r.id desc limit %s
    """
    return await fetch_all(conn, DescribedRequest, query, (workspace_id, settled, limit))


async def resolve(
    conn: Connection, workspace_id: UUID, request_id: UUID, *, resolution: str, candidate_id: UUID | None, at: datetime
) -> None:
    """Settle a request; `candidate_id` is whom it turned out to be about."""
    await conn.execute(
        """
        update assistant_request set resolution = %s, candidate_id = %s, resolved_at = %s
        where workspace_id = %s and id = %s
        """,
        (resolution, candidate_id, at, workspace_id, request_id),
    )
