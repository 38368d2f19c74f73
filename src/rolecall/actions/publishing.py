"""Publishing: a job's pages on the website."""

from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.slugs import publication_slug, slug_of
from rolecall.actions.text import search_text_of, summary_of
from rolecall.domain.errors import CompanyUnknown
from rolecall.domain.jobs import Job
from rolecall.store import companies, publications
from rolecall.store.publications import WEBSITE, Publication

DEFAULT_LANGUAGE = "en"


async def publish_on_website(ctx: Context, job: Job) -> str:
    """Make an open job's first publication, in the first of its languages, and return its public path."""
    company = await companies.get(ctx.conn, ctx.workspace_id, job.company_id)
    if company is None:
        raise CompanyUnknown(company=job.company_id)
    summary = summary_of(job.description)
    publication = Publication(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        job_id=job.id,
        language=job.languages[0] if job.languages else DEFAULT_LANGUAGE,
        channel=WEBSITE,
        slug=job.slug if job.slug is not None else await reserve_slug(ctx, job.title),
        title=job.title,
        summary=summary,
        search_text=search_text_of(job.title, summary),
        active=True,
        published_at=ctx.now,
        ends_at=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    await publications.insert(ctx.conn, publication)
    return f"{company.slug}/{publication.slug}"


async def refresh_publications(ctx: Context, job: Job) -> None:
    """Carry a job's new title and description over to its publications."""
    summary = summary_of(job.description)
    await publications.set_text(
        ctx.conn,
        ctx.workspace_id,
        job.id,
        title=job.title,
        summary=summary,
        search_text=search_text_of(job.title, summary),
        now=ctx.now,
    )


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
