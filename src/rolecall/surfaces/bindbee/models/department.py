"""A department, of the workspace or of one company."""

from rolecall.surfaces.bindbee.model import Model, Value

MODEL = Model(title="Department", slug="department", path="departments", table="department", fields=(Value("name"),))
