"""Who opens a screen: a link exchanged for a session, or a session that goes on, checked against what is true now."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Generic, TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from starlette.requests import Request

from rolecall.actions.context import Context
from rolecall.actions.embedding.links import audience_of
from rolecall.actions.embedding.sessions import check_lasts, open_link, session_of
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.errors import LinkUnknown, LinkUsed
from rolecall.domain.screens import Bound, Link, Screen, ScreenSession
from rolecall.services import Services
from rolecall.store import connectors
from rolecall.store.db import Connection
from rolecall.web.tokens import TokenExpired, TokenRefused

ANY_PAGE = ("https:", "http:")
LEAD_PATH = "/embed/open"
V_co = TypeVar("V_co", bound=Visit, covariant=True)
V = TypeVar("V", bound=Visit)
Visiting = Callable[[Connection, Bound], Awaitable[V]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Generic[V_co]):
    """A request to a screen by somebody who may make it. `token` is the session's, `nonce` this answer's own."""

    request: Request
    services: Services
    conn: Connection
    visit: V_co
    session: ScreenSession
    token: str
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def url(self) -> str:
        """The address of this screen, for this session."""
        return screen_url(self.session.screen, self.token)

    def address_of(self, screen: Screen | str, *, job_id: UUID | None = None, submission_id: UUID | None = None) -> str:
        """The address that leads from here to another screen, for the same user and until the same time."""
        record = {"job": job_id, "submission": submission_id}
        named = {name: str(value) for name, value in record.items() if value is not None}
        return f"{LEAD_PATH}?{urlencode({'session': self.token, 'to': screen, **named})}"

    @property
    def way_back(self) -> str:
        """The address of the screen that led here; empty where none did."""
        if self.session.opened_from is None:
            return ""
        return f"{LEAD_PATH}?{urlencode({'session': self.token, 'back': '1'})}"

    async def context(self) -> Context:
        """The context of an action of the user."""
        return await acting(self.services, self.conn, self.session)


async def acting(services: Services, conn: Connection, bound: Bound) -> Context:
    """The context of an action by the user that a link or a session is bound to, maybe in a teammate's place."""
    ctx = await services.context(conn, bound.workspace_id, actor=f"client_user:{bound.user_id}")
    return ctx if bound.acting_for_id is None else replace(ctx, acted_for=f"client_user:{bound.acting_for_id}")


async def open_by_link(
    request: Request, services: Services, conn: Connection, screen: Screen, visiting: Visiting[V]
) -> Opened[V]:
    """Exchange the link in the address for a session of this page.

    What the request is bound to is kept in its state, also when it is refused: `framing_origins` needs it. Raises
    TokenRefused, TokenExpired, LinkUsed, NotPermitted or NotFound.
    """
    try:
        claims = services.signer.read(one_of(request, "token"), audience=audience_of(screen), now=services.clock())
    except TokenExpired as error:
        request.state.bound = _link(screen, error.claims)
        raise
    link = request.state.bound = _link(screen, claims)
    visit = await visiting(conn, link)
    ctx = await acting(services, conn, link)
    ends = datetime.fromtimestamp(claims["exp"], UTC)
    begun = await open_link(ctx, link, visit.connector, origin=origin_of(request.headers.get("referer")), ends=ends)
    return Opened(request=request, services=services, conn=conn, visit=visit, session=begun.session, token=begun.token)


def _link(screen: Screen, claims: dict[str, str]) -> Link:
    try:
        return Link.of_claims(screen, claims)
    except (KeyError, ValueError) as error:  # signed by another release
        raise TokenRefused from error


async def open_by_session(
    request: Request, services: Services, conn: Connection, screen: Screen, visiting: Visiting[V], *, token: str
) -> Opened[V]:
    """Go on with a session. Raises LinkUnknown, LinkExpired, LinkUsed, NotPermitted or NotFound."""
    session = await resume(request, services, conn, token=token, screen=screen)
    visit = await visiting(conn, session)
    return Opened(request=request, services=services, conn=conn, visit=visit, session=session, token=token)


async def resume(
    request: Request, services: Services, conn: Connection, *, token: str, screen: Screen | None
) -> ScreenSession:
    """The session of a token, while it lasts and is used where it was opened; of any screen without `screen`."""
    session = await session_of(conn, token, screen)
    request.state.bound = session
    check_lasts(session, services.clock())
    _check_came_from(request, services, session)
    return session


def _check_came_from(request: Request, services: Services, session: ScreenSession) -> None:
    """Raise LinkUsed when the browser says that another page than ours or the framing one makes the request.

    Our pages have no referrer and their forms the origin null, so a browser that says nothing is fine.
    """
    ours = {origin_of(services.settings.public_url), origin_of(str(request.base_url))}
    sender = request.headers.get("origin", "null")
    if sender != "null" and origin_of(sender) not in ours:
        raise LinkUsed
    referer = request.headers.get("referer")
    if referer is not None and origin_of(referer) not in {*ours, session.origin}:
        raise LinkUsed


def origin_of(address: str | None) -> str | None:
    """The origin of an http or https address, as https://app.example; None for anything else."""
    try:
        parts = urlsplit(address or "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    named = f"[{host}]" if ":" in host else host
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{named}" if usual else f"{parts.scheme}://{named}:{port}"


def one_of(request: Request, name: str) -> str:
    """A parameter of the address. Raises LinkUnknown unless there is exactly one."""
    values = request.query_params.getlist(name)
    if len(values) != 1:
        raise LinkUnknown
    return values[0]


def screen_url(screen: Screen, token: str, **query: str) -> str:
    """The address of a session's screen; empty values of the query are left out."""
    rest = {name: value for name, value in query.items() if value}
    return f"/embed/{screen}?{urlencode({'session': token, **rest})}"


async def framing_origins(request: Request, services: Services) -> Sequence[str]:
    """The origins registered for the connector of the request; any when its token was not ours.

    A refusal shows nothing and does nothing, so whoever frames it, a person may read it.
    """
    bound: Bound | None = getattr(request.state, "bound", None)
    if bound is None:
        return ANY_PAGE
    async with services.database.reading() as conn:
        connector = await connectors.get(conn, bound.workspace_id, bound.connector_id)
    return connector.origins if connector is not None else ()
