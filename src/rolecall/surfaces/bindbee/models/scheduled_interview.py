"""One interview of an application."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.hiring import create_interview
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Moment, Of
from rolecall.surfaces.bindbee.model import CREATED_HERE, Ids, Many, Model, One, Time, Value, Word, ours, spelled

STATUSES = spelled("SCHEDULED", "AWAITING_FEEDBACK", "COMPLETE")
_INTERVIEWERS = "interview_member l where l.workspace_id = t.workspace_id and l.interview_id = t.id"


class NewInterview(Body):
    application: Annotated[UUID, Of("application")]
    job_interview_stage: Annotated[UUID | None, Of("job_interview_stage")] = None
    organizer: Annotated[UUID | None, Of("remote_user")] = None
    interviewers: Annotated[list[UUID] | None, Of("remote_user")] = None
    location: Line | None = None
    start_at: Moment
    end_at: Moment
    remote_created_at: Moment | None = None
    remote_updated_at: Moment | None = None
    status: Line | None = None


async def _create(making: Making, new: NewInterview) -> UUID:
    return await create_interview(
        making.ctx,
        making.connector_id,
        application_id=new.application,
        starts_at=new.start_at,
        ends_at=new.end_at,
        stage_id=new.job_interview_stage,
        organizer_id=new.organizer or new.remote_user_id,
        interviewer_ids=new.interviewers or (),
        location=new.location,
        status=ours(STATUSES, new.status),
        remote_created_at=new.remote_created_at,
        remote_updated_at=new.remote_updated_at,
    )


MODEL = Model(
    title="Scheduled Interview",
    slug="scheduled_interview",
    path="scheduled-interviews",
    table="interview",
    fields=(
        One("application", "application", "t.application_id"),
        One("job_interview_stage", "job_interview_stage", "t.stage_id"),
        One("organizer", "remote_user", "t.organizer_id"),
        Many("interviewers", "remote_user", rows=_INTERVIEWERS, id="l.member_id", order="l.position"),
        Value("location"),
        Time("start_at", "t.starts_at"),
        Time("end_at", "t.ends_at"),
        Time("remote_created_at", CREATED_HERE),
        Time("remote_updated_at", "coalesce(t.remote_updated_at, case when t.remote_id is null then t.created_at end)"),
        Word("status", "t.status", STATUSES),
    ),
    filters=(
        Ids("application", "t.application_id"),
        Ids("organizer", "t.organizer_id"),
        Ids("job_interview_stage", "t.stage_id"),
    ),
    create=Create(shape=lambda _sent: NewInterview, act=_create),
)
