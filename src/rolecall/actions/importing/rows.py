"""The rows that a draft becomes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.importing.drafts import Draft, Entry
from rolecall.actions.importing.references import Links
from rolecall.actions.importing.run import Run
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store.importing import StagedJob, StagedQuestion, uuid_array

LANGUAGE = "en"


def is_over(valid_through: date | None, *, today: date) -> bool:
    """Whether a posting's last day has passed."""
    return valid_through is not None and valid_through < today


def new_job(run: Run, entry: Entry, links: Links, *, public_path: str | None, now: datetime) -> Job:
    """The job that a line makes."""
    draft = entry.draft
    return Job(
        workspace_id=run.workspace_id,
        id=new_id(),
        connector_id=run.connector_id,
        remote_id=entry.posting.id,
        status=JobStatus.CLOSED if is_over(draft.valid_through, today=run.today) else JobStatus.OPEN,
        languages=[LANGUAGE],
        hiring_manager_ids=[],
        recruiter_ids=[],
        created_at=now,
        updated_at=now,
        modified_at=now,
        published_at=draft.posted_at or now,
        public_path=public_path,
        **_facts(draft, links),
    )


def changed_job(
    job: Job, draft: Draft, links: Links, *, status: JobStatus, public_path: str | None, now: datetime
) -> Job:
    """A stored job with what its line says now. What the line says nothing about stays."""
    return replace(job, status=status, updated_at=now, modified_at=now, public_path=public_path, **_facts(draft, links))


def _facts(draft: Draft, links: Links) -> dict[str, Any]:
    return {
        "company_id": links.company_id,
        "title": draft.title,
        "description": draft.description,
        "code": draft.code,
        "workplace": draft.workplace,
        "headcount": draft.headcount,
        "salary_min": draft.salary_min,
        "salary_max": draft.salary_max,
        "salary_currency": draft.salary_currency,
        "salary_period": draft.salary_period,
        "remote_created_at": draft.posted_at,
        "remote_updated_at": draft.updated_at,
        "department_ids": [links.department_id] if links.department_id else [],
        "location_ids": links.location_ids,
    }


def staged_job(run: Run, job: Job, entry: Entry, links: Links, *, slug: str, is_new: bool) -> StagedJob:
    """The row of a job with its publication."""
    draft = entry.draft
    return StagedJob(
        id=job.id.bytes,
        is_new=is_new,
        remote_id=entry.posting.id,
        company_id=job.company_id.bytes,
        title=job.title,
        description=job.description,
        code=job.code,
        status=job.status.value,
        workplace=job.workplace,
        headcount=job.headcount,
        salary_min=job.salary_min,
        salary_max=job.salary_max,
        salary_currency=job.salary_currency,
        salary_period=job.salary_period,
        remote_created_at=job.remote_created_at,
        remote_updated_at=job.remote_updated_at,
        published_at=job.published_at,
        raw=entry.raw,
        source_hash=entry.source_hash,
        unified=run.job_body(job),
        department_id=links.department_id.bytes if links.department_id else None,
        location_ids=uuid_array(links.location_ids),
        term_ids=uuid_array(links.term_ids),
        publication_id=new_id().bytes,
        channel=draft.channel,
        slug=slug,
        summary=draft.summary,
        search_text=draft.search_text,
        ends_at=draft.ends_at,
    )


def staged_questions(draft: Draft, job_id: UUID, ids: Iterable[UUID]) -> list[StagedQuestion]:
    """The rows of a draft's questions, with an id for each."""
    job = job_id.bytes
    questions = enumerate(zip(draft.questions, ids, strict=True))
    return [(id_.bytes, job, position, *question) for position, (question, id_) in questions]
