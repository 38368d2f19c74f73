"""Publishing: a job's pages on the website, in one language or several, and what the website counts and finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.slugs import publication_slug, same_words, slug_of
from rolecall.actions.text import clean_field, search_text_of, summary_of
from rolecall.domain.errors import CompanyUnknown, ImageUnknown
from rolecall.domain.jobs import LONGEST_DESCRIPTION, HeldJob, Job, JobStatus
from rolecall.domain.publications import check_period, check_was_opened, check_words
from rolecall.store import companies, facets, images, publications, words
from rolecall.store.facets import Gone
from rolecall.store.publications import WEBSITE, Publication

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPublication:
    """A job in the words of one language. It is shown from `starts_at`, at once when None, until `ends_at`."""

    language: str
    title: str
    description: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


async def publish_on_website(ctx: Context, job: Job) -> str:
    """Make an open job's first publication, in the first of its languages, and return its public path.

    It is to be counted with `recount`.
    """
    publication = _publication(
        ctx,
        job,
        title=job.title,
        summary=summary_of(job.description),
        language=job.languages[0] if job.languages else DEFAULT_LANGUAGE,
        slug=job.slug if job.slug is not None else await reserve_slug(ctx, job.title),
    )
    await publications.insert(ctx.conn, publication)
    return await _path(ctx, job, publication)


async def publish_in_language(ctx: Context, job: HeldJob, new: NewPublication) -> Publication:
    """Publish a job on the website in another language, or give its publication in that language these words.

    Raises JobNeverOpened for a job that has not been published yet, and FieldMissing or FieldInvalid.
    """
    check_was_opened(job)
    check_words(language=new.language, title=new.title)
    starts_at = new.starts_at or ctx.now
    check_period(starts_at, new.ends_at)
    description = new.description
    if description is not None:
        description = await clean_field(description, field="description", longest=LONGEST_DESCRIPTION)
    summary = summary_of(description if description is not None else job.description)
    words_of_it = {"title": new.title, "summary": summary, "description": description, "ends_at": new.ends_at}
    stored = await publications.of_job(ctx.conn, ctx.workspace_id, job.id)
    known = next((one for one in stored if (one.language, one.channel) == (new.language, WEBSITE)), None)
    gone: list[Gone] = []
    if known is None:
        slug = await reserve_slug(ctx, new.title)
        made = _publication(ctx, job, title=new.title, summary=summary, language=new.language, slug=slug)
        made = replace(made, **words_of_it, own_text=True, published_at=starts_at)
        await publications.insert(ctx.conn, made)
    else:
        begins = new.starts_at or known.published_at
        after = replace(known, **words_of_it, own_text=True, published_at=begins)
        made, gone = await _reworded(ctx, after, before=known)
    await recount(ctx, [job.id], texts=True, gone=gone)
    await record(ctx, "job", "published", record_id=job.id, language=new.language, publication=str(made.id))
    return made


async def show_header_image(ctx: Context, job: HeldJob, image_id: UUID | None) -> None:
    """Show an image above all publications of a job, or none. Raises ImageUnknown."""
    if image_id is not None and not await images.exists(ctx.conn, ctx.workspace_id, image_id):
        raise ImageUnknown(image=image_id)
    await publications.set_header_image(ctx.conn, ctx.workspace_id, job.id, image_id=image_id, now=ctx.now)
    await record(ctx, "job", "illustrated", record_id=job.id, image=None if image_id is None else str(image_id))


async def refresh_publications(ctx: Context, job: Job) -> tuple[str | None, list[Gone]]:
    """Carry a job's new title and description over to its publications; its public path from now on.

    Publications with texts of their own keep them. They are to be counted with `recount`, which is to be told of the
    places that are given back too.
    """
    summary = summary_of(job.description)
    path = job.public_path
    gone: list[Gone] = []
    first = True
    for publication in await publications.of_job(ctx.conn, ctx.workspace_id, job.id):
        after = publication
        if not publication.own_text:
            wanted = replace(publication, title=job.title, summary=summary)
            after, moved = await _reworded(ctx, wanted, before=publication)
            gone += moved
        if publication.channel == WEBSITE and first:
            path, first = await _path(ctx, job, after), False
    return path, gone


async def recount(ctx: Context, job_ids: Sequence[UUID], *, texts: bool = False, gone: Sequence[Gone] = ()) -> None:
    """Count the publications of jobs under what these are filed under now, and with `texts` find them by their words.

    `gone` are the places that some of them had before. Every action that opens or closes jobs, or files them under
    something else, ends with it: others who publish in the workspace wait from here on.
    """
    await facets.hold(ctx.conn, ctx.workspace_id)
    await facets.regroup(ctx.conn, ctx.workspace_id, job_ids, gone=gone)
    if texts:
        await words.learn(ctx.conn, ctx.workspace_id, job_ids)
        await words.index(ctx.conn, ctx.workspace_id, job_ids)


def _publication(ctx: Context, job: Job, *, title: str, summary: str | None, language: str, slug: str) -> Publication:
    return Publication(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        job_id=job.id,
        language=language,
        channel=WEBSITE,
        slug=slug,
        title=title,
        summary=summary,
        search_text=search_text_of(title, summary),
        active=job.status == JobStatus.OPEN,
        published_at=ctx.now,
        ends_at=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


async def _reworded(ctx: Context, publication: Publication, *, before: Publication) -> tuple[Publication, list[Gone]]:
    """Store a publication's new words; it, and the place that it had in the lists if it has another now.

    Where the title changed its slug does; the old one goes on answering.
    """
    search_text = search_text_of(publication.title, publication.summary)
    after = replace(publication, search_text=search_text, updated_at=ctx.now)
    if not same_words(before.title, after.title):
        after = replace(after, slug=await reserve_slug(ctx, after.title))
        await publications.retire_slug(ctx.conn, before, now=ctx.now)
    return after, await publications.set_text(ctx.conn, after)


async def _path(ctx: Context, job: Job, publication: Publication) -> str:
    company = await companies.get(ctx.conn, ctx.workspace_id, job.company_id)
    if company is None:
        raise CompanyUnknown(company=job.company_id)
    return f"{company.slug}/{publication.slug}"


async def reserve_slug(ctx: Context, title: str, *, wanted: str | None = None) -> str:
    """A slug for a job's first publication: `wanted` as far as it can be one, with an ending where it is taken."""
    slug = slug_of(wanted) if wanted is not None else ""
    if slug:
        await publications.hold_slug(ctx.conn, ctx.workspace_id, slug)
    else:
        slug = publication_slug(title)
    base = slug if wanted is not None else title
    while await publications.slug_taken(ctx.conn, ctx.workspace_id, slug):
        slug = publication_slug(base)
    return slug
