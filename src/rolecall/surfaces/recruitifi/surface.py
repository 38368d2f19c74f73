"""The RecruitiFi surface: where it stands, who may call it, how often."""

from rolecall.domain.errors import NotAuthenticated
from rolecall.surfaces.recruitifi import agencies, links, oauth, organizations, tokens
from rolecall.surfaces.recruitifi.auth import authenticate
from rolecall.surfaces.recruitifi.errors import ERRORS
from rolecall.web.surface import Limits, Surface

SURFACE = Surface(
    name="recruitifi",
    title="Agency distribution",
    prefixes=("/v1/auth", "/v1/links", "/oauth", "/v1/organizations", "/v1/agencies", "/v1/agency_invitations"),
    operations=[
        *tokens.OPERATIONS,
        *links.OPERATIONS,
        *oauth.OPERATIONS,
        *organizations.OPERATIONS,
        *agencies.OPERATIONS,
    ],
    authenticate=authenticate,
    unauthenticated=NotAuthenticated,
    limits=Limits(unlimited="The contract documents no limit and no status for one."),
    errors=ERRORS,
)
