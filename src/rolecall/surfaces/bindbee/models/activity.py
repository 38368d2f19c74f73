"""A note, an e-mail or another entry on a candidate's timeline."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.hiring import create_activity
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Of
from rolecall.surfaces.bindbee.model import CREATED_HERE, Exactly, Ids, Model, One, Time, Value, Word, ours, spelled

KINDS = spelled("NOTE", "EMAIL", "OTHER")
VISIBILITIES = spelled("ADMIN_ONLY", "PUBLIC", "PRIVATE")


class NewActivity(Body):
    user: Annotated[UUID | None, Of("remote_user")]
    activity_type: Line | None
    subject: Line | None = None
    body: str | None
    visibility: Line | None
    candidate: Annotated[UUID | None, Of("candidate")]


async def _create(making: Making, new: NewActivity) -> UUID:
    return await create_activity(
        making.ctx,
        making.connector_id,
        candidate_id=new.candidate,
        member_id=new.user or new.remote_user_id,
        kind=ours(KINDS, new.activity_type),
        subject=new.subject,
        body=new.body,
        visibility=ours(VISIBILITIES, new.visibility),
    )


MODEL = Model(
    title="Activity",
    slug="activity",
    path="activities",
    table="activity",
    fields=(
        One("user", "remote_user", "t.member_id"),
        Word("activity_type", "t.kind", KINDS),
        Value("subject"),
        Value("body"),
        Word("visibility", "t.visibility", VISIBILITIES),
        One("candidate", "candidate", "t.candidate_id"),
        Time("remote_created_at", CREATED_HERE),
    ),
    filters=(Exactly("remote_id"), Ids("user", "t.member_id"), Ids("candidate", "t.candidate_id")),
    create=Create(shape=lambda _sent: NewActivity, act=_create, status=201, whole=True),
)
