"""Questions about postings, and their answers."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.posting_questions import PostingQuestion
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value

_COLUMNS = columns(PostingQuestion)


async def insert(conn: Connection, question: PostingQuestion) -> None:
    """Store a new question."""
    await rows.insert(conn, "posting_question", question)


async def hold(conn: Connection, workspace_id: UUID, question_id: UUID) -> PostingQuestion | None:
    """A question by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from posting_question where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, PostingQuestion, query, (workspace_id, question_id))


async def of_posting(conn: Connection, workspace_id: UUID, posting_id: UUID) -> list[PostingQuestion]:
    """All questions about a posting in the order in which they were asked, those without an answer first."""
    query = f"""
        select {_COLUMNS} from posting_question where workspace_id = %s and posting_id = %s
        order by answer is not null, id
    """
    return await fetch_all(conn, PostingQuestion, query, (workspace_id, posting_id))


async def for_agency(conn: Connection, workspace_id: UUID, posting_id: UUID, agency_id: UUID) -> list[PostingQuestion]:
    """What an agency may read of the questions about a posting: those that are answered, and its own."""
    query = f"""
        select {_COLUMNS} from posting_question
        where workspace_id = %s and posting_id = %s and (answer is not null or agency_id = %s) order by id
    """
    return await fetch_all(conn, PostingQuestion, query, (workspace_id, posting_id, agency_id))


async def waiting(conn: Connection, workspace_id: UUID, posting_id: UUID, agency_id: UUID) -> int:
    """How many questions of an agency about a posting have no answer."""
    query = """
        select count(*) from posting_question
        where workspace_id = %s and posting_id = %s and agency_id = %s and answer is null
    """
    return await fetch_value(conn, query, (workspace_id, posting_id, agency_id))


async def set_answer(
    conn: Connection, workspace_id: UUID, question_id: UUID, answer: str, *, user_id: UUID, now: datetime
) -> None:
    """Store the answer to a question."""
    await conn.execute(
        """
        update posting_question set answer = %s, answered_by = %s, answered_at = %s where workspace_id = %s and id = %s
        """,
        (answer, user_id, now, workspace_id, question_id),
    )
