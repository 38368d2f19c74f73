"""The CrossPath surface: where it stands, who may call it, how often."""

from dataclasses import replace

from rolecall.domain.errors import NotAuthenticated
from rolecall.surfaces.crosspath import companies, missions
from rolecall.surfaces.crosspath.auth import authenticate
from rolecall.surfaces.crosspath.errors import ERRORS
from rolecall.web.surface import Limits, Surface

PREFIXES = ("/partners/v1", "/partners/hunteron/v1")
_OPERATIONS = [*companies.OPERATIONS, *missions.OPERATIONS]

SURFACE = Surface(
    name="crosspath",
    title="Partner intake",
    prefixes=PREFIXES,
    operations=[replace(operation, path=prefix + operation.path) for prefix in PREFIXES for operation in _OPERATIONS],
    authenticate=authenticate,
    unauthenticated=NotAuthenticated,
    limits=Limits(unlimited="The contract documents no limit and no status for one."),
    errors=ERRORS,
)
