"""An offer made on an application."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.hiring import create_offer
from rolecall.surfaces.bindbee.creating import Body, Create, Day, Line, Making, Moment, Of
from rolecall.surfaces.bindbee.model import CREATED_HERE, Exactly, Ids, Model, One, Time, Value, Word, ours, spelled

STATUSES = spelled(
    "DRAFT", "APPROVAL-SENT", "APPROVED", "SENT", "SENT-MANUALLY", "OPENED", "DENIED", "SIGNED", "DEPRECATED"
)


class NewOffer(Body):
    application: Annotated[UUID, Of("application")]
    creator: Annotated[UUID | None, Of("remote_user")] = None
    remote_created_at: Moment | None = None
    closed_at: Moment | None = None
    sent_at: Moment | None = None
    start_date: Day | None = None
    status: Line | None = None


async def _create(making: Making, new: NewOffer) -> UUID:
    return await create_offer(
        making.ctx,
        making.connector_id,
        application_id=new.application,
        creator_id=new.creator or new.remote_user_id,
        status=ours(STATUSES, new.status),
        sent_at=new.sent_at,
        closed_at=new.closed_at,
        start_date=new.start_date,
        remote_created_at=new.remote_created_at,
    )


MODEL = Model(
    title="Offer",
    slug="offer",
    path="offers",
    table="offer",
    fields=(
        One("application", "application", "t.application_id"),
        One("creator", "remote_user", "t.creator_id"),
        Time("remote_created_at", CREATED_HERE),
        Time("closed_at"),
        Time("sent_at"),
        Value("start_date"),
        Word("status", "t.status", STATUSES),
    ),
    filters=(Exactly("remote_id"), Ids("application", "t.application_id"), Ids("creator", "t.creator_id")),
    create=Create(shape=lambda _sent: NewOffer, act=_create),
)
