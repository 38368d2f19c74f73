"""Job pages as bytes. A page is rendered once for each version of it and kept: reading the version keeps it fresh."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from rolecall.actions.text import plain_text
from rolecall.domain.jobs import JobStatus
from rolecall.pages.public.answers import PLACE, ReadyPage
from rolecall.pages.public.queries import JobPage, PageVersion, Translation, job_page, translations
from rolecall.pages.public.speaking import PACKAGE, templates
from rolecall.pages.public.structured_data import job_posting
from rolecall.pages.public.wording import (
    ENDED,
    NOTICES,
    WORKPLACES,
    date_text,
    description_html,
    native_name,
    places_text,
    safe_image,
    safe_link,
    salary_text,
    word_text,
)
from rolecall.ports.clock import Clock
from rolecall.settings import Settings
from rolecall.store.db import Database
from rolecall.web.translation import SOURCE, Language, language

_KEPT = 2_000  # pages of about 8 kB
_SUMMARY_LENGTH = 160


class JobPages:
    """The rendered pages that one process keeps, those that were asked for last."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._kept: OrderedDict[PageVersion, ReadyPage] = OrderedDict()

    def kept(self, version: PageVersion) -> ReadyPage | None:
        """The page in this version, if it was asked for not long ago."""
        page = self._kept.get(version)
        if page is None or (page.stale_at is not None and page.stale_at <= self._clock()):
            return None
        self._kept.move_to_end(version)
        return page

    async def rendered(self, version: PageVersion) -> ReadyPage | None:
        """The page in this version or a later one, kept from now on; None when it was archived a moment ago."""
        async with self._database.reading() as conn:
            page = await job_page(conn, version.workspace_id, version.job_id, publication_id=version.publication_id)
            others = await translations(conn, version.workspace_id, version.job_id)
        if page is None:
            return None
        ready = _ready(page, others, self._settings, now=self._clock())
        self._kept[version] = ready
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return ready


def shut_because(page: JobPage, *, now: datetime) -> str | None:
    """The sentence that says why a job takes no applications now; None when it takes them."""
    notice = NOTICES.get(JobStatus(page.status))
    return ENDED if notice is None and _ended(page, now) else notice


def is_gone(page: JobPage, *, now: datetime) -> bool:
    """Whether a job is over: closed, or past the end of its publication."""
    return page.status == JobStatus.CLOSED or _ended(page, now)


def _ended(page: JobPage, now: datetime) -> bool:
    return page.ends_at is not None and page.ends_at <= now


def _ready(page: JobPage, others: Sequence[Translation], settings: Settings, *, now: datetime) -> ReadyPage:
    words = language(PACKAGE, page.language)
    shown = _shown(page, settings, words, now=now) | _alternates(page, others, settings, now=now)
    html = templates(words).get_template("job.html").render(shown)
    times = [page.ends_at, *(time for other in others for time in (other.published_at, other.ends_at))]
    stale_at = min((time for time in times if time is not None and now < time), default=None)
    return ReadyPage(html, language=page.language, gone=is_gone(page, now=now), stale_at=stale_at)


def _alternates(
    page: JobPage, others: Sequence[Translation], settings: Settings, *, now: datetime
) -> dict[str, list[tuple[str, ...]]]:
    """The same job in other languages: for search engines with this page among them, and for people."""
    shown = [other for other in others if other.published_at <= now and (other.ends_at is None or now < other.ends_at)]
    address, path = f"{settings.jobs_url}/{page.company_slug}", f"{settings.jobs_path}/{page.company_slug}"
    found: list[tuple[str, ...]] = [(other.language, f"{address}/{other.slug}") for other in shown]
    listed = len(found) > 1 and any(other.language == page.language for other in shown)
    return {
        "alternates": [*found, ("x-default", found[0][1])] if listed else [],
        "translations": [
            (other.language, native_name(other.language), f"{path}/{other.slug}")
            for other in shown
            if other.language != page.language
        ],
    }


def framed(page: JobPage, settings: Settings, words: Language) -> dict[str, Any]:
    """What the frame of every page about a job shows: the company, and which language is whose.

    `ours` marks an element whose words are ours on a page that is otherwise in the job's language.
    """
    foreign = page.language is not None and page.language != words.code
    board = f"{settings.jobs_path}/{page.company_slug}"
    return {
        "page": page,
        "board": board if words.code == SOURCE else f"{board}?lang={words.code}",
        "logo": safe_image(page.company_logo_url),
        "website": safe_link(page.company_website),
        "language": words.code,
        "ours": Markup(' lang="{}"').format(words.code) if foreign else "",
        "theirs": Markup(' lang="{}"').format(page.language) if foreign else "",
    }


def _shown(page: JobPage, settings: Settings, words: Language, *, now: datetime) -> dict[str, Any]:
    """What the template shows of a job."""
    description = description_html(page.description)
    canonical = f"{settings.jobs_url}/{page.company_slug}/{page.slug}" if page.slug is not None else None
    notice = shut_because(page, now=now)
    structured_data = None
    if notice is None and canonical is not None:
        safe = replace(
            page, company_website=safe_link(page.company_website), company_logo_url=safe_image(page.company_logo_url)
        )
        structured_data = job_posting(safe, description=description or escape(page.title), url=canonical)
    return framed(page, settings, words) | {
        "apply": f"{settings.jobs_path}/{page.company_slug}/{PLACE}/apply" if notice is None else None,
        "canonical": canonical,
        "contract_type": word_text(page.contract_type, words),
        "description": description,
        "facts": _facts(page, words),
        "notice": words.gettext(notice) if notice is not None else None,
        "places": places_text(page.places, words),
        "salary": salary_text(page, words),
        "structured_data": structured_data,
        "summary": _summary(page.description),
        "workplace": words.gettext(WORKPLACES[page.workplace]),
    }


def _facts(page: JobPage, words: Language) -> list[tuple[str, str]]:
    _ = words.gettext
    facts = [
        (_("Where"), places_text(page.places, words)),
        (_("Workplace"), _(WORKPLACES[page.workplace])),
        (_("Contract"), word_text(page.contract_type, words)),
        (_("Salary"), salary_text(page, words)),
        (_("Department"), ", ".join(page.departments) or None),
        (_("Field"), word_text(page.sector, words)),
        (_("People wanted"), str(page.headcount) if page.headcount > 1 else None),
        (_("Published"), date_text(page.published_at, words) if page.published_at is not None else None),
        (_("Open until"), date_text(page.ends_at, words) if page.ends_at is not None else None),
    ]
    return [(label, value) for label, value in facts if value is not None]


def _summary(text: str | None) -> str:
    words = plain_text(text or "")
    if len(words) <= _SUMMARY_LENGTH:
        return words
    return words[:_SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
