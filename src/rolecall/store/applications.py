"""Applications, with their answers."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.applications import Answer, Application
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_SELECT = f"select {columns(Application, of='a')} from application a "
_WRITTEN = tuple(name for name in columns(Application).split(", ") if name not in {"workspace_id", "id", "number"})
_INSERT = f"""
    insert into application (workspace_id, id, {", ".join(_WRITTEN)})
    values (%s, %s, {", ".join(["%s"] * len(_WRITTEN))})
"""
_UPDATE = f"""
    update application set {", ".join(f"{name} = %s" for name in _WRITTEN)}
    where workspace_id = %s and id = %s
"""


def _values(application: Application) -> list[object]:
    found = [(name, getattr(application, name)) for name in _WRITTEN]
    return [Jsonb(value) if name == "tracking" else value for name, value in found]


async def insert(conn: Connection, application: Application) -> None:
    """Store a new application. Raises UniqueViolation for a remote id that is taken."""
    await conn.execute(_INSERT.encode(), [application.workspace_id, application.id, *_values(application)])


async def update(conn: Connection, application: Application) -> None:
    """Store all facts of an application again."""
    await conn.execute(_UPDATE.encode(), [*_values(application), application.workspace_id, application.id])


async def get(conn: Connection, workspace_id: UUID, application_id: UUID) -> Application | None:
    """An application by id."""
    query = _SELECT + "where a.workspace_id = %s and a.id = %s"
    return await fetch_one(conn, Application, query, (workspace_id, application_id))


async def lock(conn: Connection, workspace_id: UUID, application_id: UUID) -> Application | None:
    """An application by id, held against other writers until the transaction ends."""
    query = _SELECT + "where a.workspace_id = %s and a.id = %s for no key update"
    return await fetch_one(conn, Application, query, (workspace_id, application_id))


async def insert_answers(conn: Connection, answers: Sequence[Answer]) -> None:
    """Store the answers of new applications."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """
            insert into application_answer (workspace_id, application_id, position, question_id, question, kind,
                                            answer, file_id)
            values (%s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    answer.workspace_id,
                    answer.application_id,
                    answer.position,
                    answer.question_id,
                    answer.question,
                    answer.kind,
                    None if answer.answer is None else Jsonb(answer.answer),
                    answer.file_id,
                )
                for answer in answers
            ],
        )


async def answers(conn: Connection, workspace_id: UUID, application_id: UUID) -> list[Answer]:
    """The answers of an application, in order."""
    query = f"""
        select {columns(Answer)} from application_answer
        where workspace_id = %s and application_id = %s order by position
    """
    return await fetch_all(conn, Answer, query, (workspace_id, application_id))
