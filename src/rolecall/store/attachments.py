"""Attachments: the documents of candidates."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.applications import Attachment
from rolecall.store.db import Connection, columns, fetch_all, fetch_one
from rolecall.store.files import File

_COLUMNS = columns(Attachment)


async def insert(conn: Connection, attachment: Attachment) -> None:
    """Store a new attachment; its file's row is there already."""
    await conn.execute(
        """
        insert into attachment (workspace_id, id, connector_id, remote_id, candidate_id, application_id, kind, name,
                                file_id, url, created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            attachment.workspace_id,
            attachment.id,
            attachment.connector_id,
            attachment.remote_id,
            attachment.candidate_id,
            attachment.application_id,
            attachment.kind,
            attachment.name,
            attachment.file_id,
            attachment.url,
            attachment.created_at,
            attachment.modified_at,
        ),
    )


async def of_candidate(conn: Connection, workspace_id: UUID, candidate_id: UUID) -> list[Attachment]:
    """A candidate's attachments, oldest first."""
    query = f"select {_COLUMNS} from attachment where workspace_id = %s and candidate_id = %s order by id"
    return await fetch_all(conn, Attachment, query, (workspace_id, candidate_id))


async def get(conn: Connection, workspace_id: UUID, attachment_id: UUID) -> Attachment | None:
    """An attachment by id."""
    query = f"select {_COLUMNS} from attachment where workspace_id = %s and id = %s"
    return await fetch_one(conn, Attachment, query, (workspace_id, attachment_id))


async def set_file(conn: Connection, workspace_id: UUID, attachment_id: UUID, *, file: File, now: datetime) -> bool:
    """Let an attachment that is a link be a file, whose row is stored; False when it is no link any more."""
    cursor = await conn.execute(
        """
        update attachment set file_id = %s, name = coalesce(name, %s), modified_at = greatest(modified_at, %s)
        where workspace_id = %s and id = %s and file_id is null
        """,
        (file.id, file.name, now, workspace_id, attachment_id),
    )
    return cursor.rowcount == 1
