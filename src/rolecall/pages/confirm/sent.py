"""What a person sent: kept as it was typed, and what is wrong with it, by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rolecall.actions.confirming import Confirmation
from rolecall.actions.files import LARGEST, RESUMES, check_file, put_file
from rolecall.domain.errors import DomainError, FileEmpty, FileKindRefused, FileTooLarge
from rolecall.domain.postings import MOST_QUESTIONS
from rolecall.domain.submissions import LONGEST_ANSWER, PersonFacts, Submission
from rolecall.domain.texts import storable_text
from rolecall.pages.confirm.visit import Choice, Visit
from rolecall.services import Services
from rolecall.store.files import File
from rolecall.web.multipart import SentFile

PERSON = ("first_name", "last_name", "email", "phone", "location")
_REQUIRED = ("first_name", "last_name", "email")
AGENCY, RATING, RESUME, CONSENT, REASON = "agency", "rating", "resume", "consent", "reason"
ANSWERS = "answers"  # all of them, to questions that are others by now
_RATINGS = ("1", "2", "3", "4", "5")
_FILL_IN = "Fill this in."
_MEGABYTES = LARGEST >> 20


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came; `typed` are texts by field, `resume` a file if one was chosen."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    resume: SentFile | None = None

    def text(self, name: str) -> str:
        return self.typed.get(name, "")


def sent_form(tree: Mapping[str, Any]) -> Sent:
    """What of a body belongs to the form. Text that cannot be stored is left out of it."""
    typed = {
        name: storable_text(value.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
        for name, value in tree.items()
        if isinstance(value, str)
    }
    file = tree.get(RESUME)
    return Sent(typed, file if isinstance(file, SentFile) and (file.name or file.size) else None)


def answer_name(number: int) -> str:
    """The field of the answer to a question, from 1."""
    return f"answer_{number}"


def question_name(number: int) -> str:
    """The field that keeps a question as the person read it, from 1."""
    return f"question_{number}"


def _asked(sent: Sent) -> list[str]:
    names = (question_name(number) for number in range(1, MOST_QUESTIONS + 1))
    return [sent.text(name) for name in names if name in sent.typed]


def values_of(submission: Submission) -> dict[str, str]:
    """What the form shows before anything is typed: what the agency said."""
    return {name: getattr(submission, name) or "" for name in PERSON}


def left_out(visit: Visit, sent: Sent) -> dict[str, str]:
    """What is wrong with a form at first sight, by field, in its order."""
    faults: dict[str, str] = {}
    if visit.chosen(sent.text(AGENCY)) is None:
        faults[AGENCY] = "Choose an agency."
    faults |= {name: _FILL_IN for name in _REQUIRED if not sent.text(name).strip()}
    if _asked(sent) != visit.posting.questions:
        return faults | {ANSWERS: "The questions have changed since you opened this page. Answer them as they are now."}
    for number in range(1, len(visit.posting.questions) + 1):
        given = sent.text(answer_name(number))
        if not given.strip():
            faults[answer_name(number)] = _FILL_IN
        elif len(given) > LONGEST_ANSWER:
            faults[answer_name(number)] = f"Use at most {LONGEST_ANSWER:,} characters, this has {len(given):,}."
    if sent.text(RATING) not in {"", *_RATINGS}:
        faults[RATING] = "Choose one of these, or none."
    if not sent.text(CONSENT):
        faults[CONSENT] = "Tick this box: without it nobody may present you."
    return faults


async def stored_resume(services: Services, choice: Choice, sent: Sent) -> File | None:
    """The chosen file, its bytes stored. Raises FileEmpty, FileTooLarge or FileKindRefused."""
    if sent.resume is None:
        return None
    if sent.resume.size > LARGEST:
        raise FileTooLarge(most=LARGEST)
    checked = await check_file(sent.resume.name, await sent.resume.read(), allowed=RESUMES)
    return await put_file(services.files, choice.submission.workspace_id, checked, clock=services.clock)


def confirmation(visit: Visit, sent: Sent, resume: File | None) -> Confirmation:
    """What a form confirms. What its fields leave empty is empty, whatever the agency said."""
    rating = sent.text(RATING)
    return Confirmation(
        person=PersonFacts(**{name: _line(sent.text(name)) for name in PERSON}),
        answers=[sent.text(answer_name(number)) for number in range(1, len(visit.posting.questions) + 1)],
        asked=_asked(sent),
        rating=int(rating) if rating else None,
        resume=resume,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def fault_of(error: DomainError) -> dict[str, str]:
    """What to say of an error, beside its field."""
    match error:
        case FileEmpty():
            return {RESUME: "This file is empty. Choose another one."}
        case FileTooLarge():
            return {RESUME: f"This file is too large. Choose one of at most {_MEGABYTES} MB."}
        case FileKindRefused():
            kinds = ", ".join(kind.upper() for kind in RESUMES)
            return {RESUME: f"This is not a file that we can take. Choose one of these kinds: {kinds}."}
        case _:
            return {str(error.facts["field"]): f"This cannot be used{error.facts.get('hint', '')}."}
