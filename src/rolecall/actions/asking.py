"""Asking: the person whom an agency submits gets a message with an address that is signed, and reminders of it."""

from datetime import timedelta
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.submission_moves import hold_submission
from rolecall.actions.submitting import ask
from rolecall.domain.errors import MoveRefused, PostingNotTaking, SubmissionUnknown
from rolecall.domain.errors_of_agencies import AlreadyAsked
from rolecall.domain.postings import PostingState, shown_state
from rolecall.domain.submissions import Submission, SubmissionStage, asked_again_from

AUDIENCE = "submission/confirmation"  # of the signed address that the message carries
PATH = "/confirm"
LIVES = timedelta(days=30)
REMINDED_FOR = timedelta(days=4)  # after that only the agency reminds, if it wants to


async def remind(ctx: Context, submission_id: UUID, agency_id: UUID) -> None:
    """Ask a person again, since the agency wants it, once 24 hours have passed since the last message or, where none
    went out, since the person was submitted.

    Raises SubmissionUnknown, MoveRefused once the person has answered, PostingNotTaking or AlreadyAsked.
    """
    held = await hold_submission(ctx, submission_id)
    known = held.submission
    if known.agency_id != agency_id:
        raise SubmissionUnknown
    if known.stage != SubmissionStage.UNCONFIRMED:
        raise MoveRefused(kind="submission", old=known.stage, new=SubmissionStage.AWAITING_SORT)
    state = shown_state(held.posting.state, held.job.status)
    if state == PostingState.CLOSED:
        raise PostingNotTaking(state=state)
    if ctx.now < asked_again_from(known):
        raise AlreadyAsked
    await ask(ctx, submission_id)
    await record(ctx, "submission", "reminded", record_id=submission_id)


def confirmation_claims(submission: Submission) -> dict[str, str]:
    """What the signed address says."""
    return {"workspace": str(submission.workspace_id), "submission": str(submission.id)}
