"""The questions of jobs' application forms."""

from collections.abc import Sequence
from uuid import UUID

from rolecall.domain.questions import Question
from rolecall.store.db import Connection, columns, fetch_all, fetch_values


async def of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[Question]:
    """A job's questions, in order."""
    query = f"""
        select {columns(Question)} from screening_question
        where workspace_id = %s and job_id = %s order by position, id
    """
    return await fetch_all(conn, Question, query, (workspace_id, job_id))


async def put_all(conn: Connection, questions: Sequence[Question]) -> None:
    """Store new questions, and known ones again."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """
            insert into screening_question (workspace_id, id, job_id, position, section, text, kind, options, required)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            on conflict (workspace_id, id) do update
            set position = excluded.position, options = excluded.options, required = excluded.required
            """,
            [
                (
                    question.workspace_id,
                    question.id,
                    question.job_id,
                    question.position,
                    question.section,
                    question.text,
                    question.kind,
                    question.options,
                    question.required,
                )
                for question in questions
            ],
        )


async def keep_only(conn: Connection, workspace_id: UUID, job_id: UUID, *, question_ids: Sequence[UUID]) -> None:
    """Delete a job's other questions. Their answers stay, with the words of the question."""
    await conn.execute(
        "delete from screening_question where workspace_id = %s and job_id = %s and not id = any(%s::uuid[])",
        (workspace_id, job_id, list(question_ids)),
    )


async def held(conn: Connection, workspace_id: UUID, *, question_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these questions that are there; none of them is deleted before the transaction ends."""
    query = "select id from screening_question where workspace_id = %s and id = any(%s) order by id for key share"
    return set(await fetch_values(conn, query, (workspace_id, list(question_ids))))
