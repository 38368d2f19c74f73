"""A form at an address: the job, the words of its page, what it asks, and the link that somebody came by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.consent import Consent
from rolecall.pages.public.form import FormField, Section, sections
from rolecall.pages.public.queries import (
    LINK_ID,
    SLUG,
    JobPage,
    LinkAddress,
    PageAddress,
    PageVersion,
    job_page,
    versions_by_link,
    versions_by_slug,
)
from rolecall.pages.public.rendering import shut_because
from rolecall.pages.public.speaking import PACKAGE
from rolecall.store import questions, workspaces
from rolecall.store.db import Connection, Database
from rolecall.web.multipart import Intake
from rolecall.web.translation import Language, language

_LARGEST_BODY = 160 << 20  # the files of one form; few jobs ask for so many
_BESIDE_FILES = 4 << 20  # texts, and the lines around each part
_SECONDS = 900  # a video from a phone takes its time


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """`page_slug` is the last word of the page's address: the publication's slug, or the id of `link_id`."""

    version: PageVersion
    page: JobPage
    words: Language
    consent: Consent
    sections: Sequence[Section]
    page_slug: str
    link_id: UUID | None

    @property
    def fields(self) -> list[FormField]:
        """All fields, in order."""
        return [known for section in self.sections for known in section.fields]

    @property
    def takes(self) -> Intake:
        """How much may be sent."""
        files = [known.largest for known in self.fields if known.accepts]
        choices = sum(max(1, len(known.options)) for known in self.fields)
        return Intake(
            largest=min(_LARGEST_BODY, _BESIDE_FILES + sum(files)),
            files=len(files) + 1,
            fields=choices + 10,
            seconds=_SECONDS,
        )

    def shut_because(self, *, now: datetime) -> str | None:
        """The sentence that says why nobody may apply now, in the page's words; None when everybody may."""
        notice = shut_because(self.page, now=now)
        return self.words.gettext(notice) if notice is not None else None


async def open_form(database: Database, company_slug: str, page_slug: str) -> OpenForm | None:
    """The form below a job's page or a source link. Nothing is counted. None where there is no page."""
    if SLUG.fullmatch(company_slug) is None or SLUG.fullmatch(page_slug) is None:
        return None
    async with database.reading() as conn:
        version, link_id = await _version(conn, company_slug, page_slug)
        if version is None:
            return None
        page = await job_page(conn, version.workspace_id, version.job_id, publication_id=version.publication_id)
        consent = await workspaces.consent(conn, version.workspace_id)
        asked = await questions.of_job(conn, version.workspace_id, version.job_id)
    if page is None or consent is None:
        return None
    words = language(PACKAGE, page.language)
    return OpenForm(
        version=version,
        page=page,
        words=words,
        consent=consent,
        sections=sections(page, asked, words),
        page_slug=page_slug,
        link_id=link_id,
    )


async def _version(conn: Connection, company_slug: str, page_slug: str) -> tuple[PageVersion | None, UUID | None]:
    if LINK_ID.fullmatch(page_slug) is None:
        own = PageAddress(company_slug, page_slug)
        return (await versions_by_slug(conn, [own])).get(own), None
    address = LinkAddress(company_slug, page_slug)
    return (await versions_by_link(conn, [address])).get(address), UUID(page_slug)
