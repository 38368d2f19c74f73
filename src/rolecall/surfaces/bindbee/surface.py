"""The Bindbee surface: where it stands, who may call it, how often."""

from rolecall.domain.errors import NotAuthenticated
from rolecall.surfaces.bindbee.auth import anonymous_limit, authenticate, limit_of
from rolecall.surfaces.bindbee.errors import ERRORS
from rolecall.surfaces.bindbee.operations import OPERATIONS
from rolecall.web.limits import window_headers
from rolecall.web.surface import Limits, Surface

SURFACE = Surface(
    name="bindbee",
    title="Unified ATS API",
    prefixes=(
        "/api/ats/v1",
        "/api/embedded/v1",
        "/api/v1/custom-fields",
        "/api/v1/lookup",
        "/api/v1/org-check",
        "/api/v1/passthrough",
        "/api/v1/webhooks",
    ),
    operations=OPERATIONS,
    authenticate=authenticate,
    recalls=True,
    unauthenticated=NotAuthenticated,
    limits=Limits(of=limit_of, anonymous=anonymous_limit, headers=window_headers, tells_anonymous=True),
    errors=ERRORS,
)
