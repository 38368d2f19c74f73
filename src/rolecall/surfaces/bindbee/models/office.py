"""A hiring location."""

from uuid import UUID

from rolecall.actions.lists import create_office
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Name
from rolecall.surfaces.bindbee.model import Exactly, Model, Value

_PLACE = "concat_ws(', ', nullif(t.address, ''), nullif(t.city, ''), nullif(t.region, ''), nullif(t.country_code, ''))"


class NewOffice(Body):
    name: Name
    location: Line | None = None


async def _create(making: Making, new: NewOffice) -> UUID:
    return await create_office(making.ctx, making.connector_id, name=new.name, address=new.location)


MODEL = Model(
    title="Office",
    slug="office",
    path="offices",
    table="location",
    fields=(Value("name"), Value("location", f"nullif({_PLACE}, '')")),
    filters=(Exactly("remote_id"),),
    create=Create(shape=lambda _sent: NewOffice, act=_create),
)
