"""The HirEmpire surface: where it stands, who may call it, how often."""

from dataclasses import replace

from rolecall.domain.credentials import Credential
from rolecall.domain.errors import NotAuthenticated
from rolecall.services import Services
from rolecall.surfaces.hirempire import candidates, companies, connector, jobs, oauth, sources, subscriptions
from rolecall.surfaces.hirempire.auth import authenticate
from rolecall.surfaces.hirempire.errors import ERRORS
from rolecall.surfaces.hirempire.mcp import endpoint
from rolecall.surfaces.hirempire.plans import requests_per_hour
from rolecall.web.limits import Limit, Window
from rolecall.web.surface import Limits, Surface

PREFIX = "/v1"
_HOUR = 3600
_OPERATIONS = (
    *jobs.OPERATIONS,
    *sources.OPERATIONS,
    *candidates.OPERATIONS,
    *companies.OPERATIONS,
    *connector.OPERATIONS,
    *subscriptions.OPERATIONS,
    *endpoint.OPERATIONS,
)


def _hourly(credential: Credential, services: Services) -> Limit | None:
    """A workspace's requests, of all its tokens together, in each hour of the clock."""
    amount = requests_per_hour(services.settings)
    return Limit(f"hirempire:{credential.workspace_id}", amount, _HOUR) if amount is not None else None


def _anonymous(address: str, services: Services) -> Limit:
    return Limit(f"hirempire:anonymous:{address}", services.settings.anonymous_requests_per_minute)


def _headers(window: Window) -> dict[str, str]:
    return {"Retry-After": str(window.seconds_left)} if window.exceeded else {}


SURFACE = Surface(
    name="hirempire",
    title="Source tracking",
    prefixes=(PREFIX,),
    operations=[replace(operation, path=PREFIX + operation.path) for operation in _OPERATIONS],
    authenticate=authenticate,
    unauthenticated=NotAuthenticated,
    limits=Limits(of=_hourly, anonymous=_anonymous, headers=_headers),
    errors=ERRORS,
    beside=oauth.BESIDE,
)
