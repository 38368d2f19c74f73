"""A visit of the agencies' pages: who asks, from which browser, in which workspace; and how forms prove it.

A session's token is in a cookie that only the agency pages of its workspace get. A form carries a word that is made of
that token: another site neither knows it nor can make it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions import signing_in
from rolecall.actions.context import Context
from rolecall.actions.signing_in import Opened
from rolecall.domain.recruiters import SESSION_LIVES, Right, Session, may
from rolecall.pages.agency.candidate_queries import unread
from rolecall.pages.agency.sent import Sent
from rolecall.services import Services
from rolecall.store import agencies, recruiters, workspaces
from rolecall.store.agencies import Agency, Recruiter
from rolecall.store.db import Connection
from rolecall.store.workspaces import Workspace

COOKIE = "rolecall_agency"
_FORM = b"rolecall agency form"


class NoWorkspace(Exception):
    """There is no workspace of this address."""


class SignedOut(Exception):
    """Nobody is signed in, or not any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A request for a page of a workspace, by whomever."""

    services: Services
    request: Request
    workspace: Workspace
    sent: Sent = field(default_factory=Sent)

    @property
    def home(self) -> str:
        """The path under which the workspace's pages stand."""
        return home_of(self.workspace)

    @property
    def user_agent(self) -> str:
        """What the browser calls itself."""
        return self.request.headers.get("user-agent", "")

    def path(self, name: str) -> str:
        """A parameter of the address."""
        return self.request.path_params[name]

    def asked(self, name: str) -> str:
        """A parameter of the query, empty without one."""
        return self.request.query_params.get(name, "")

    @asynccontextmanager
    async def acting(self, actor: str) -> AsyncGenerator[Context]:
        """A transaction in which the actor writes."""
        async with self.services.database.writing() as conn:
            yield await self.services.context(conn, self.workspace.id, actor=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Arrival):
    """A request by a recruiter who is signed in."""

    recruiter: Recruiter
    agency: Agency
    session: Session
    form_token: str = field(repr=False)
    unread: int

    def writing(self) -> AbstractAsyncContextManager[Context]:
        """A transaction in which the recruiter writes."""
        return self.acting(f"recruiter:{self.recruiter.id}")

    def may(self, right: Right) -> bool:
        """Whether the recruiter has a right."""
        return may(self.recruiter.role, right)

    @property
    def own(self) -> UUID | None:
        """The recruiter whose candidates alone are shown, None for whoever sees all of the agency's."""
        return own_of(self.recruiter)


def own_of(recruiter: Recruiter) -> UUID | None:
    """The recruiter, unless that one sees the candidates of all."""
    return None if may(recruiter.role, Right.SEE_ALL) else recruiter.id


def home_of(workspace: Workspace) -> str:
    """The path under which a workspace's pages for agencies stand."""
    return f"/agency/{workspace.slug}"


async def arrive(services: Services, request: Request) -> Arrival:
    """The request, with the workspace that its address names. Raises NoWorkspace."""
    async with services.database.reading() as conn:
        workspace = await workspaces.by_slug(conn, request.path_params["workspace"])
    if workspace is None:
        raise NoWorkspace
    return Arrival(services=services, request=request, workspace=workspace)


async def admit(arrival: Arrival) -> Visit:
    """The visit of whoever is signed in. Raises SignedOut."""
    services, workspace_id = arrival.services, arrival.workspace.id
    token = arrival.request.cookies.get(COOKIE, "")
    async with services.database.reading() as conn:
        session = await signing_in.session_of(conn, workspace_id, token, now=services.clock()) if token else None
        recruiter = await recruiters.in_office(conn, workspace_id, session.recruiter_id) if session else None
        agency = await agencies.get(conn, workspace_id, recruiter.agency_id) if recruiter else None
        waiting = await _unread(conn, recruiter) if recruiter else 0
    if session is None or recruiter is None or agency is None:
        raise SignedOut
    if signing_in.is_to_note(session, services.clock()):
        async with arrival.acting(f"recruiter:{recruiter.id}") as ctx:
            await signing_in.note_seen(ctx, session)
    return Visit(
        services=services,
        request=arrival.request,
        workspace=arrival.workspace,
        recruiter=recruiter,
        agency=agency,
        session=session,
        form_token=form_token_of(token),
        unread=waiting,
    )


async def _unread(conn: Connection, recruiter: Recruiter) -> int:
    return await unread(conn, recruiter.workspace_id, recruiter.agency_id, own=own_of(recruiter))


def form_token_of(token: str) -> str:
    """The word that the forms of a session carry."""
    return urlsafe_b64encode(hmac.digest(token.encode("utf-8", "replace"), _FORM, hashlib.sha256)).decode().rstrip("=")


def is_of_visit(visit: Visit, sent: Sent) -> bool:
    """Whether a form stood on a page of this session."""
    return hmac.compare_digest(sent.text("form_token").encode("utf-8", "replace"), visit.form_token.encode())


def keep_signed_in(arrival: Arrival, response: Response, opened: Opened) -> Response:
    """Give the browser the token of its session."""
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(SESSION_LIVES.total_seconds()),
        path=arrival.home,
        httponly=True,
        samesite="lax",
        secure=_is_encrypted(arrival),
    )
    return response


def forget_signed_in(arrival: Arrival, response: Response) -> Response:
    """Take the token back from the browser."""
    response.delete_cookie(COOKIE, path=arrival.home, httponly=True, samesite="lax", secure=_is_encrypted(arrival))
    return response


def _is_encrypted(arrival: Arrival) -> bool:
    public = urlsplit(arrival.services.settings.public_url).scheme
    return "https" in {arrival.request.url.scheme, public}
