"""Jobs as a system that keeps such records sends them in: by ids of what they belong to, or made after a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.context import Context
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import companies, jobs, workspaces

# How a new job, which is a draft, comes to its first status.
_STEPS: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.DRAFT: (),
    JobStatus.OPEN: (JobStatus.OPEN,),
    JobStatus.PAUSED: (JobStatus.OPEN, JobStatus.PAUSED),
    JobStatus.CLOSED: (JobStatus.OPEN, JobStatus.CLOSED),
    JobStatus.ARCHIVED: (JobStatus.ARCHIVED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedJob:
    """What is told of a job; what is None is the template's, if there is one. `template` is its id or remote id."""

    title: str | None
    status: JobStatus
    description: str | None = None
    code: str | None = None
    posting_urls: Sequence[dict[str, Any]] = ()
    confidential: bool | None = None
    department_ids: Sequence[UUID] | None = None
    location_ids: Sequence[UUID] | None = None
    hiring_manager_ids: Sequence[UUID] | None = None
    recruiter_ids: Sequence[UUID] | None = None
    template: str | None = None
    headcount: int | None = None


async def create_linked_job(ctx: Context, connector_id: UUID, new: LinkedJob) -> UUID:
    """Store a job of a connector in the status that is asked for.

    Raises FieldMissing when neither it nor a template has a title, FieldInvalid for an unknown template.
    """
    template = await _template(ctx, connector_id, new.template)
    title = new.title or (template.title if template else None)
    if title is None:
        raise FieldMissing(field="name")
    job = NewJob(
        connector_id=connector_id,
        company_id=template.company_id if template else await _own_company(ctx),
        title=title,
        description=_either(new.description, template, "description"),
        code=new.code,
        sector=template.sector if template else None,
        contract_type=template.contract_type if template else None,
        workplace=template.workplace if template else "onsite",
        headcount=new.headcount or 1,
        languages=template.languages if template else (),
        confidential=bool(_either(new.confidential, template, "confidential")),
        department_ids=_unique(_either(new.department_ids, template, "department_ids")),
        location_ids=_unique(_either(new.location_ids, template, "location_ids")),
        hiring_manager_ids=_unique(_either(new.hiring_manager_ids, template, "hiring_manager_ids")),
        recruiter_ids=_unique(_either(new.recruiter_ids, template, "recruiter_ids")),
        posting_urls=new.posting_urls,
    )
    held, _ = await create_job(ctx, job)
    for step in _STEPS[new.status]:
        held = await move_job(ctx, held, step)
    return held.id


async def _template(ctx: Context, connector_id: UUID, named: str | None) -> Job | None:
    if named is None:
        return None
    found = await jobs.template(ctx.conn, ctx.workspace_id, connector_id, named=named)
    if found is None:
        raise FieldInvalid(field="template_id", hint="the id of a template job")
    return found


def _either(given: Any, template: Job | None, name: str) -> Any:
    return given if given is not None or template is None else getattr(template, name)


def _unique(ids: Sequence[UUID] | None) -> list[UUID]:
    return list(dict.fromkeys(ids or ()))


async def _own_company(ctx: Context) -> UUID:
    """The workspace's own company, which the contract does not name; made under the workspace's name if it has none."""
    found = await companies.own(ctx.conn, ctx.workspace_id)
    if found is not None:
        return found
    name = await workspaces.name(ctx.conn, ctx.workspace_id)
    company, _ = await create_company(ctx, NewCompany(name=name))
    return company.id
