"""Resumes that were uploaded, and how far their reading is."""

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.resumes import ResumeUpload
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_SELECT = f"select {columns(ResumeUpload)} from resume_upload "


async def insert(conn: Connection, upload: ResumeUpload) -> None:
    """Store a new upload; its file's row is there already."""
    await conn.execute(
        """
        insert into resume_upload (workspace_id, id, member_id, file_id, status, reason, facts, candidate_id,
                                   created_at, finished_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            upload.workspace_id,
            upload.id,
            upload.member_id,
            upload.file_id,
            upload.status,
            upload.reason,
            None if upload.facts is None else Jsonb(upload.facts),
            upload.candidate_id,
            upload.created_at,
            upload.finished_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, upload_id: UUID) -> ResumeUpload | None:
    """An upload by id."""
    return await fetch_one(
        conn, ResumeUpload, _SELECT + "where workspace_id = %s and id = %s", (workspace_id, upload_id)
    )


async def lock(conn: Connection, workspace_id: UUID, upload_id: UUID) -> ResumeUpload | None:
    """An upload by id, held against other writers until the transaction ends."""
    query = _SELECT + "where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, ResumeUpload, query, (workspace_id, upload_id))


async def settle(conn: Connection, upload: ResumeUpload) -> None:
    """Store what has become of an upload."""
    await conn.execute(
        """
        update resume_upload set status = %s, reason = %s, facts = %s, candidate_id = %s, finished_at = %s
        where workspace_id = %s and id = %s
        """,
        (
            upload.status,
            upload.reason,
            None if upload.facts is None else Jsonb(upload.facts),
            upload.candidate_id,
            upload.finished_at,
            upload.workspace_id,
            upload.id,
        ),
    )


async def waiting(conn: Connection, *, before: datetime, limit: int = 1_000) -> list[ResumeUpload]:
    """Uploads of all workspaces that came before a moment and are not decided, oldest first."""
    query = _SELECT + "where status = 'processing' and created_at < %s order by created_at limit %s"
    return await fetch_all(conn, ResumeUpload, query, (before, limit))
