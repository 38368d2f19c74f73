"""Feedback left by one interviewer."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.hiring import create_scorecard
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Moment, Of
from rolecall.surfaces.bindbee.model import CREATED_HERE, Ids, Model, One, Time, Word, ours, spelled

RECOMMENDATIONS = spelled("DEFINITELY_NO", "NO", "NO_DECISION", "YES", "STRONG_YES")


class NewScorecard(Body):
    application: Annotated[UUID, Of("application")]
    interview: Annotated[UUID | None, Of("scheduled_interview")] = None
    interviewer: Annotated[UUID | None, Of("remote_user")] = None
    remote_created_at: Moment | None = None
    submitted_at: Moment | None = None
    overall_recommendation: Line | None = None


async def _create(making: Making, new: NewScorecard) -> UUID:
    return await create_scorecard(
        making.ctx,
        making.connector_id,
        application_id=new.application,
        interview_id=new.interview,
        interviewer_id=new.interviewer or new.remote_user_id,
        recommendation=ours(RECOMMENDATIONS, new.overall_recommendation),
        submitted_at=new.submitted_at,
        remote_created_at=new.remote_created_at,
    )


MODEL = Model(
    title="Scorecard",
    slug="scorecard",
    path="scorecards",
    table="scorecard",
    fields=(
        One("application", "application", "t.application_id"),
        One("interview", "scheduled_interview", "t.interview_id"),
        One("interviewer", "remote_user", "t.interviewer_id"),
        Time("remote_created_at", CREATED_HERE),
        Time("submitted_at"),
        Word("overall_recommendation", "t.recommendation", RECOMMENDATIONS),
    ),
    filters=(
        Ids("application", "t.application_id"),
        Ids("interview", "t.interview_id"),
        Ids("interviewer", "t.interviewer_id"),
    ),
    create=Create(shape=lambda _sent: NewScorecard, act=_create),
)
