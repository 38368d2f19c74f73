"""A department, of the workspace or of one company."""

from uuid import UUID

from rolecall.actions.lists import create_department
from rolecall.surfaces.bindbee.creating import Body, Create, Making, Name
from rolecall.surfaces.bindbee.model import Model, Value


class NewDepartment(Body):
    name: Name


async def _create(making: Making, new: NewDepartment) -> UUID:
    return await create_department(making.ctx, making.connector_id, name=new.name)


MODEL = Model(
    title="Department",
    slug="department",
    path="departments",
    table="department",
    fields=(Value("name"),),
    create=Create(shape=lambda _sent: NewDepartment, act=_create),
)
