"""A step of the hiring process of one job."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from rolecall.actions.hiring import create_stage
from rolecall.surfaces.bindbee.creating import Body, Create, Making, Name, Of
from rolecall.surfaces.bindbee.model import Exactly, Ids, Model, One, Value


class NewStage(Body):
    name: Name
    job: Annotated[UUID, Of("job")]
    stage_order: Annotated[int, Field(ge=0, le=100_000)] | None = None


async def _create(making: Making, new: NewStage) -> UUID:
    return await create_stage(making.ctx, new.job, name=new.name, position=new.stage_order)


MODEL = Model(
    title="Job Interview Stage",
    slug="job_interview_stage",
    path="job-interview-stages",
    table="stage",
    fields=(Value("name"), One("job", "job", "t.job_id"), Value("stage_order", "t.position")),
    filters=(Exactly("remote_id"), Ids("job", "t.job_id")),
    create=Create(shape=lambda _sent: NewStage, act=_create),
)
