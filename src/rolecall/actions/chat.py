"""The chat of an employer and an agency about one submission, from `reviewing` on."""

from datetime import datetime, timedelta
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.ids import new_id
from rolecall.actions.submission_moves import hold_submission
from rolecall.domain.errors import TooEarlyToTalk
from rolecall.domain.submissions import LONGEST_MESSAGE, Side, Submission
from rolecall.domain.texts import check_text
from rolecall.store import submission_talk, submissions
from rolecall.store.files import File
from rolecall.store.submission_talk import Message

_READ_AT = {Side.CLIENT: "client_read_at", Side.AGENCY: "agency_read_at"}


async def say(
    ctx: Context, submission_id: UUID, *, side: Side, author_id: UUID | None, text: str = "", file: File | None = None
) -> Message:
    """Send a message: text, a file, or both. The author is a user of the client or a recruiter of the agency.

    The bytes of `file` are in the file store, its row is not stored yet. Raises SubmissionUnknown, TooEarlyToTalk,
    FieldMissing or FieldInvalid.
    """
    check_text(text, field="text", longest=LONGEST_MESSAGE, lines=True, required=file is None)
    held = await hold_submission(ctx, submission_id)
    if not held.submission.talks:
        raise TooEarlyToTalk
    if file is not None:
        await keep_file(ctx, file)
    message = Message(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        submission_id=submission_id,
        side=side,
        user_id=author_id if side == Side.CLIENT else None,
        recruiter_id=author_id if side == Side.AGENCY else None,
        text=text.strip() or None,
        file_id=None if file is None else file.id,
        created_at=_later(ctx.now, held.submission, side),
    )
    await submission_talk.insert_message(ctx.conn, message)
    await record(ctx, "submission", "message_sent", record_id=submission_id, message=str(message.id), by=side)
    return message


def _later(now: datetime, submission: Submission, side: Side) -> datetime:
    """Now, or just after the other side has looked, where this write waited for that one: it was not among the seen."""
    looked = submission.agency_read_at if side == Side.CLIENT else submission.client_read_at
    return now if looked is None else max(now, looked + timedelta.resolution)


async def mark_read(ctx: Context, submission_id: UUID, *, side: Side, until: datetime | None = None) -> None:
    """Note that a side has read what the other wrote: up to a time, or all there is.

    Nothing is written where there was nothing new. Raises SubmissionUnknown.
    """
    submission = (await hold_submission(ctx, submission_id)).submission
    since = submission.client_read_at if side == Side.CLIENT else submission.agency_read_at
    at = ctx.now if until is None else until
    if since is not None and at <= since:
        return
    if await submission_talk.unread(ctx.conn, ctx.workspace_id, submission_id, by=side, since=since):
        await submissions.mark(ctx.conn, ctx.workspace_id, submission_id, _READ_AT[side], at=at)
        await record(ctx, "submission", "read", record_id=submission_id, by=side)
