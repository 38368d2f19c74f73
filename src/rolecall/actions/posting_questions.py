"""Questions about postings: asked by an agency, answered by the client for every agency that the posting goes to."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.clients import ClientUser, Permission, check_permitted
from rolecall.domain.errors import PostingClosed, PostingQuestionUnknown, PostingUnknown
from rolecall.domain.posting_questions import PostingQuestion, check_answer, check_may_ask, check_question
from rolecall.domain.postings import PostingState, shown_state
from rolecall.store import jobs, posting_questions, postings


async def ask_question(
    ctx: Context, posting_id: UUID, agency_id: UUID, recruiter_id: UUID | None, question: str
) -> PostingQuestion:
    """Store an agency's question about a posting that goes to it.

    Raises PostingUnknown, PostingClosed, QuestionsWait, FieldMissing or FieldInvalid.
    """
    check_question(question)
    posting = await postings.hold(ctx.conn, ctx.workspace_id, posting_id)
    if posting is None or posting.state == PostingState.DRAFT:
        raise PostingUnknown
    job = await jobs.get(ctx.conn, ctx.workspace_id, posting.job_id)
    if job is None or not await postings.goes_to(ctx.conn, ctx.workspace_id, posting_id, agency_id):
        raise PostingUnknown
    if shown_state(posting.state, job.status) == PostingState.CLOSED:
        raise PostingClosed
    check_may_ask(await posting_questions.waiting(ctx.conn, ctx.workspace_id, posting_id, agency_id))
    asked = PostingQuestion(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        posting_id=posting_id,
        agency_id=agency_id,
        recruiter_id=recruiter_id,
        question=question.strip(),
        created_at=ctx.now,
    )
    await posting_questions.insert(ctx.conn, asked)
    await record(ctx, "posting_question", "asked", record_id=asked.id, posting=str(posting_id), agency=str(agency_id))
    return asked


async def answer_question(
    ctx: Context,
    user: ClientUser,
    posting_id: UUID,
    question_id: UUID,
    answer: str,
    *,
    author_id: UUID | None = None,
) -> None:
    """Answer a question about a posting of the user's client, or answer it anew.

    The author is the user, unless somebody writes in that one's place.

    Raises PermissionMissing, PostingQuestionUnknown, FieldMissing or FieldInvalid.
    """
    check_permitted(user, Permission.POSTING_CREATOR)
    check_answer(answer)
    question = await posting_questions.hold(ctx.conn, ctx.workspace_id, question_id)
    if question is None or question.posting_id != posting_id:
        raise PostingQuestionUnknown
    if question.answer == answer.strip():
        return
    await posting_questions.set_answer(
        ctx.conn, ctx.workspace_id, question_id, answer.strip(), user_id=author_id or user.id, now=ctx.now
    )
    await record(ctx, "posting_question", "answered", record_id=question_id, posting=str(posting_id))
