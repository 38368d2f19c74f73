"""The reader of resumes: a file's bytes in, what could be read of a person out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """A city with its country's code (ISO 3166-1 alpha-2)."""

    city: str
    country_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeHints:
    """What helps a reader: cities that the workspace knows, and the country of phone numbers that name none."""

    places: Sequence[KnownPlace] = ()
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResume:
    """What was read; what could not be read is None or empty. Guesses are left out rather than made.

    `emails` and `phones` are in order of trust, the person's own first; phones are E.164. `links` are absolute
    addresses without that of LinkedIn. `title` and `employer` are the present or latest ones. `language` is en, nl or
    None. `text` is the plain text.
    """

    text: str
    first_name: str | None = None
    last_name: str | None = None
    emails: list[str]
    phones: list[str]
    links: list[str]
    linkedin_url: str | None = None
    city: str | None = None
    country_code: str | None = None
    skills: list[str]
    title: str | None = None
    employer: str | None = None
    language: str | None = None


class ResumeUnreadable(Exception):
    """The file cannot be read, today or later; `reason` is a sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ResumeReader(Protocol):
    """Reads resumes. Whatever the file holds, it neither harms the process nor takes long."""

    async def read(self, content: bytes, *, media_type: str, hints: ResumeHints) -> ReadResume:
        """What a file says. `media_type` was found by its content. Raises ResumeUnreadable."""
        ...
