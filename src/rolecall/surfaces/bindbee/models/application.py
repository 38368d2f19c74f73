"""One candidate pursuing one job. Where it stands lives here, not on the candidate."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.entering import enter_application
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Moment, Of
from rolecall.surfaces.bindbee.model import Exactly, Ids, Model, One, Time, Value


class NewApplication(Body):
    candidate: Annotated[UUID, Of("candidate")]
    job: Annotated[UUID, Of("job")]
    applied_at: Moment | None = None
    rejected_at: Moment | None = None
    source: Line | None = None
    credited_to: Annotated[UUID | None, Of("remote_user")] = None
    current_stage: Annotated[UUID | None, Of("job_interview_stage")] = None
    reject_reason: Annotated[UUID | None, Of("reject_reason")] = None


async def _create(making: Making, new: NewApplication) -> UUID:
    return await enter_application(
        making.ctx,
        making.connector_id,
        candidate_id=new.candidate,
        job_id=new.job,
        stage_id=new.current_stage,
        credited_to_id=new.credited_to or new.remote_user_id,
        reject_reason_id=new.reject_reason,
        source=new.source,
        applied_at=new.applied_at,
        rejected_at=new.rejected_at,
    )


MODEL = Model(
    title="Application",
    slug="application",
    path="applications",
    table="application",
    fields=(
        One("candidate", "candidate", "t.candidate_id"),
        One("job", "job", "t.job_id"),
        Time("applied_at"),
        Time("rejected_at"),
        Value("source"),
        One("credited_to", "remote_user", "t.credited_to_id"),
        One("current_stage", "job_interview_stage", "t.stage_id"),
        One("reject_reason", "reject_reason", "t.reject_reason_id"),
    ),
    filters=(
        Exactly("remote_id"),
        Ids("current_stage", "t.stage_id"),
        Ids("credited_to", "t.credited_to_id"),
        Exactly("source"),
        Ids("job", "t.job_id"),
        Ids("candidate", "t.candidate_id"),
        Ids("reject_reason", "t.reject_reason_id"),
    ),
    create=Create(shape=lambda _sent: NewApplication, act=_create),
)
