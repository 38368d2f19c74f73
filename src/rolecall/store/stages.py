"""Stages: the steps of a job's hiring process."""

from collections.abc import Sequence
from uuid import UUID

from rolecall.domain.applications import Stage
from rolecall.store.db import Connection, columns, fetch_all

_COLUMNS = columns(Stage)


async def add_all(conn: Connection, stages: Sequence[Stage]) -> None:
    """Store the stages whose job has none of their name yet."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """
            insert into stage (workspace_id, id, job_id, remote_id, name, position, status, created_at, modified_at)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            on conflict (workspace_id, job_id, name) do nothing
            """,
            [
                (
                    stage.workspace_id,
                    stage.id,
                    stage.job_id,
                    stage.remote_id,
                    stage.name,
                    stage.position,
                    stage.status,
                    stage.created_at,
                    stage.modified_at,
                )
                for stage in stages
            ],
        )


async def of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[Stage]:
    """A job's stages, in order."""
    query = f"select {_COLUMNS} from stage where workspace_id = %s and job_id = %s order by position, id"
    return await fetch_all(conn, Stage, query, (workspace_id, job_id))
