"""Questions that agencies ask about a posting, answered for all of those that it goes to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.errors import Conflict
from rolecall.domain.texts import check_text

LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 4_000
MOST_WAITING = 10  # of one agency about one posting


class QuestionsWait(Conflict):
    """{waiting} questions of your agency about this posting wait for an answer already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingQuestion:
    """A stored question. `recruiter_id` asked it and `answered_by` is the client's user, while they are there."""

    workspace_id: UUID
    id: UUID
    posting_id: UUID
    agency_id: UUID
    recruiter_id: UUID | None
    question: str
    answer: str | None = None
    answered_by: UUID | None = None
    created_at: datetime
    answered_at: datetime | None = None


def check_may_ask(waiting: int) -> None:
    """Raise QuestionsWait where so many questions of the agency about the posting have no answer that it is enough."""
    if waiting >= MOST_WAITING:
        raise QuestionsWait(waiting=waiting)


def check_question(question: str) -> None:
    """Raise FieldMissing or FieldInvalid unless a client can read it."""
    check_text(question, field="question", longest=LONGEST_QUESTION, lines=True)


def check_answer(answer: str) -> None:
    """Raise FieldMissing or FieldInvalid unless agencies can read it."""
    check_text(answer, field="answer", longest=LONGEST_ANSWER, lines=True)
