"""What a posting says, in our words, before it is known which of it is stored already.

This is the dear part of an import. It needs no database, so it is done in a thread while PostgreSQL works.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from rolecall.actions.importing.postings import Posting, Question
from rolecall.actions.importing.sites import Site, sites_of
from rolecall.actions.importing.texts import beginning_of, description_of, one_line
from rolecall.actions.slugs import publication_slug
from rolecall.actions.text import search_text_of, summary_of
from rolecall.store.importing import OPTION_SEPARATOR
from rolecall.store.publications import INTERNAL, WEBSITE

JOB_TYPES = {
    "FULL_TIME": "Full-time",
    "PART_TIME": "Part-time",
    "TEMPORARY": "Temporary",
    "INTERN": "Internship",
    "PERMANENT": "Permanent",
}


# A screening question's section, text, kind, and options joined with OPTION_SEPARATOR.
DraftQuestion = tuple[str | None, str, str, str | None]


class Draft(Struct, frozen=True, kw_only=True, gc=False):
    """A job to be, with its publication. Empty words mean that the posting does not say.

    `slug` is new at each drafting, and may be in use. A Struct, because it is made ten times as fast as a dataclass.
    """

    company: str
    department: str
    job_type: str
    category: str
    occupation: str
    sites: tuple[Site, ...]
    title: str
    description: str | None
    code: str | None
    workplace: str
    headcount: int
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    posted_at: datetime | None
    updated_at: datetime | None
    valid_through: date | None
    channel: str
    slug: str
    summary: str | None
    search_text: str
    questions: list[DraftQuestion]

    @property
    def ends_at(self) -> datetime | None:
        """The end of the posting's last day."""
        return datetime.combine(self.valid_through, time.max, UTC) if self.valid_through else None


@dataclass(frozen=True)
class Entry:
    """A line that can be imported. `source_hash` is that of its known fields, however they are written."""

    line: int
    raw: bytes
    posting: Posting
    source_hash: bytes

    @cached_property
    def draft(self) -> Draft:
        """What the line says, worked out when it is first asked for."""
        return draft_of(self.posting)


def draft_of(posting: Posting) -> Draft:
    """A posting in our words."""
    title = one_line(posting.title)
    description = description_of(posting)
    summary = summary_of(beginning_of(description))
    salary = posting.salary
    interval = salary.interval if salary else None
    return Draft(
        company=one_line(posting.company),
        department=one_line(posting.department),
        job_type=JOB_TYPES[posting.employment_type] if posting.employment_type else "",
        category=one_line(posting.category),
        occupation=one_line(posting.occupation),
        sites=sites_of(posting.location) if posting.location else (),
        title=title,
        description=description,
        code=one_line(posting.requisition_id) or None,
        workplace="remote" if posting.remote else "onsite",
        headcount=posting.positions or 1,
        salary_min=_decimal(salary.min) if salary else None,
        salary_max=_decimal(salary.max) if salary else None,
        salary_currency=salary.currency if salary else None,
        salary_period=interval.lower() if interval else None,
        posted_at=_midnight(posting.date_posted),
        updated_at=_midnight(posting.date_updated or posting.date_posted),
        valid_through=posting.valid_through,
        channel=channel_of(posting.visibility),
        slug=publication_slug(title),
        summary=summary,
        search_text=search_text_of(title, summary),
        questions=[_question(question) for question in posting.screening_questions or ()],
    )


def channel_of(visibility: str | None) -> str:
    """The channel of a posting: an internal one never shows on the website."""
    return INTERNAL if visibility == "internal" else WEBSITE


def _question(question: Question) -> DraftQuestion:
    section, text = one_line(question.section) or None, question.text.strip()
    if not question.options:
        return section, text, "MULTI_LINE_TEXT", None
    return section, text, "SINGLE_SELECT", OPTION_SEPARATOR.join(question.options)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, UTC) if day is not None else None


def _decimal(amount: float | None) -> Decimal | None:
    """The amount as it is written, without a fraction of zero."""
    if amount is None:
        return None
    return Decimal(int(amount)) if amount.is_integer() else Decimal(repr(amount))
