"""A reason for closing an application."""

from uuid import UUID

from rolecall.actions.hiring import create_reject_reason
from rolecall.surfaces.bindbee.creating import Body, Create, Making, Name
from rolecall.surfaces.bindbee.model import Model, Value


class NewRejectReason(Body):
    name: Name


async def _create(making: Making, new: NewRejectReason) -> UUID:
    return await create_reject_reason(making.ctx, making.connector_id, name=new.name)


MODEL = Model(
    title="Reject Reason",
    slug="reject_reason",
    path="reject-reasons",
    table="reject_reason",
    fields=(Value("name"),),
    create=Create(shape=lambda _sent: NewRejectReason, act=_create),
)
