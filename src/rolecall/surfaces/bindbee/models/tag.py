"""A free label."""

from uuid import UUID

from rolecall.actions.lists import create_tag
from rolecall.surfaces.bindbee.creating import Body, Create, Making, Name
from rolecall.surfaces.bindbee.model import Model, Value


class NewTag(Body):
    name: Name


async def _create(making: Making, new: NewTag) -> UUID:
    return await create_tag(making.ctx, making.connector_id, name=new.name)


MODEL = Model(
    title="Tag",
    slug="tag",
    path="tags",
    table="term",
    where="t.kind = 'tag'",
    fields=(Value("name"),),
    create=Create(shape=lambda _sent: NewTag, act=_create),
)
