"""Publications: what must hold for a job in one language on one channel."""

from datetime import datetime

from rolecall.domain.errors import FieldInvalid, JobNeverOpened
from rolecall.domain.jobs import LONGEST_TITLE, Job
from rolecall.domain.texts import check_text


def check_was_opened(job: Job) -> None:
    """Raise JobNeverOpened for a job without a first publication: opening it is what makes that."""
    if job.public_path is None:
        raise JobNeverOpened


def check_words(*, language: str, title: str) -> None:
    """Raise FieldMissing or FieldInvalid for what is no language, or no title."""
    check_language(language)
    check_text(title, field="title", longest=LONGEST_TITLE)


def check_language(language: str) -> None:
    """Raise FieldInvalid for a language that is no code of two letters."""
    if len(language) != 2 or not (language.isascii() and language.isalpha() and language.islower()):
        raise FieldInvalid(field="language", hint="two small letters such as nl")


def check_period(starts_at: datetime, ends_at: datetime | None) -> None:
    """Raise FieldInvalid for an end that is not after the beginning."""
    if ends_at is not None and ends_at <= starts_at:
        raise FieldInvalid(field="ends_at", hint="it must be after the beginning")
