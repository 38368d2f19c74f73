"""A free label."""

from rolecall.surfaces.bindbee.model import Model, Value

MODEL = Model(title="Tag", slug="tag", path="tags", table="term", where="t.kind = 'tag'", fields=(Value("name"),))
