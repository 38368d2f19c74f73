"""A hiring location."""

from rolecall.surfaces.bindbee.model import Exactly, Model, Value

_PLACE = "concat_ws(', ', nullif(t.address, ''), nullif(t.city, ''), nullif(t.region, ''), nullif(t.country_code, ''))"

MODEL = Model(
    title="Office",
    slug="office",
    path="offices",
    table="location",
    fields=(Value("name"), Value("location", f"nullif({_PLACE}, '')")),
    filters=(Exactly("remote_id"),),
)
