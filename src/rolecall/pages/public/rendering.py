"""Job pages as bytes. A page is rendered once for each version of it and kept: reading the version keeps it fresh."""

from collections import OrderedDict
from dataclasses import replace
from typing import Any

from markupsafe import escape

from rolecall.actions.text import plain_text
from rolecall.domain.jobs import JobStatus
from rolecall.pages.public.answers import ReadyPage
from rolecall.pages.public.queries import JobPage, PageVersion, job_page
from rolecall.pages.public.structured_data import job_posting
from rolecall.pages.public.wording import (
    NOTICES,
    WORKPLACES,
    date_text,
    description_html,
    places_text,
    safe_image,
    safe_link,
    salary_text,
    word_text,
)
from rolecall.settings import Settings
from rolecall.store.db import Database
from rolecall.web.templates import environment

TEMPLATES = environment("rolecall.pages.public")
_KEPT = 2_000  # pages of about 8 kB
_SUMMARY_LENGTH = 160


class JobPages:
    """The rendered pages that one process keeps, those that were asked for last."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._template = TEMPLATES.get_template("job.html")
        self._kept: OrderedDict[PageVersion, ReadyPage] = OrderedDict()

    def kept(self, version: PageVersion) -> ReadyPage | None:
        """The page in this version, if it was asked for not long ago."""
        page = self._kept.get(version)
        if page is not None:
            self._kept.move_to_end(version)
        return page

    async def rendered(self, version: PageVersion) -> ReadyPage | None:
        """The page in this version or a later one, kept from now on; None when it was archived a moment ago."""
        async with self._database.reading() as conn:
            page = await job_page(conn, version.workspace_id, version.job_id, publication_id=version.publication_id)
        if page is None:
            return None
        ready = ReadyPage(self._template.render(_shown(page, self._settings)).encode())
        self._kept[version] = ready
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return ready


def _shown(page: JobPage, settings: Settings) -> dict[str, Any]:
    """What the template shows of a job."""
    page = replace(
        page, company_website=safe_link(page.company_website), company_logo_url=safe_image(page.company_logo_url)
    )
    description = description_html(page.description)
    canonical = f"{settings.jobs_url}/{page.company_slug}/{page.slug}" if page.slug is not None else None
    structured_data = None
    if page.status == JobStatus.OPEN and canonical is not None:
        structured_data = job_posting(page, description=description or escape(page.title), url=canonical)
    return {
        "page": page,
        "board": f"{settings.jobs_path}/{page.company_slug}",
        "canonical": canonical,
        "contract_type": word_text(page.contract_type),
        "description": description,
        "facts": _facts(page),
        "logo": page.company_logo_url,
        "notice": NOTICES.get(JobStatus(page.status)),
        "places": places_text(page.places),
        "salary": salary_text(page),
        "structured_data": structured_data,
        "summary": _summary(page.description),
        "website": page.company_website,
        "workplace": WORKPLACES[page.workplace],
    }


def _facts(page: JobPage) -> list[tuple[str, str]]:
    facts = [
        ("Where", places_text(page.places)),
        ("Workplace", WORKPLACES[page.workplace]),
        ("Contract", word_text(page.contract_type)),
        ("Salary", salary_text(page)),
        ("Department", ", ".join(page.departments) or None),
        ("Field", word_text(page.sector)),
        ("People wanted", str(page.headcount) if page.headcount > 1 else None),
        ("Published", date_text(page.published_at) if page.published_at is not None else None),
        ("Open until", date_text(page.ends_at) if page.ends_at is not None else None),
    ]
    return [(label, value) for label, value in facts if value is not None]


def _summary(text: str | None) -> str:
    words = plain_text(text or "")
    if len(words) <= _SUMMARY_LENGTH:
        return words
    return words[:_SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
