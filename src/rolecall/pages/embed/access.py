"""Who opens a screen: the link that its token carries, checked against what is true now."""

from collections.abc import Sequence

from starlette.requests import Request

from rolecall.actions.embedding import JOB_SCREEN, JobLink, JobVisit, audience_of, visit_job
from rolecall.services import Services
from rolecall.store import connectors
from rolecall.store.db import Connection
from rolecall.web.tokens import TokenExpired, TokenRefused

ANY_PAGE = ("https:", "http:")


async def admit(request: Request, services: Services, conn: Connection, *, token: str) -> JobVisit:
    """The visit that a token allows now. Raises TokenRefused, NotPermitted or JobUnknown.

    The link is kept in the request's state, also when it has expired or is refused: `framing_origins` needs it.
    """
    try:
        claims = services.signer.read(token, audience=audience_of(JOB_SCREEN), now=services.clock())
    except TokenExpired as error:
        request.state.link = JobLink.of_claims(error.claims)
        raise
    request.state.link = JobLink.of_claims(claims)
    return await visit_job(conn, request.state.link)


def token_in_query(request: Request) -> str:
    """The token of the address. Raises TokenRefused unless there is exactly one."""
    tokens = request.query_params.getlist("token")
    if len(tokens) != 1:
        raise TokenRefused
    return tokens[0]


async def framing_origins(request: Request, services: Services) -> Sequence[str]:
    """The origins registered for the connector of the request's link; any when the token was not ours.

    A refusal shows nothing and does nothing, so whoever frames it, a person may read it.
    """
    link: JobLink | None = getattr(request.state, "link", None)
    if link is None:
        return ANY_PAGE
    async with services.database.reading() as conn:
        connector = await connectors.get(conn, link.workspace_id, link.connector_id)
    return connector.origins if connector is not None else ()
