"""Signing in and out: by password, or by a link that is sent by mail and used once."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions import signing_in
from rolecall.actions.ids import new_id
from rolecall.actions.passwords import is_password
from rolecall.domain.recruiters import SignInRefused
from rolecall.domain.texts import folded, storable_text
from rolecall.pages.agency.answers import go, page, said
from rolecall.pages.agency.sent import Sent
from rolecall.pages.agency.visit import Arrival, Visit, forget_signed_in, keep_signed_in
from rolecall.services import Services
from rolecall.store import recruiters
from rolecall.store.workspaces import Workspace
from rolecall.web.errors import RateLimited
from rolecall.web.limits import Limit
from rolecall.web.requests import client_address

_ACTOR = "sign-in"
_HOUR = 3_600
_LINKS_PER_HOUR = 5  # to one address
_REFUSED = (
    "The address or the password is not right. After five failures in a row no password is taken for a while; a link "
    "by mail signs you in all the same."
)


async def count_try(request: Request, services: Services) -> None:
    """Count a try to get in, by where it comes from. Raises RateLimited."""
    await _count(services, Limit(f"agency:{client_address(request)}", services.settings.agency_sign_ins_per_minute))


async def _count(services: Services, limit: Limit) -> None:
    window = await services.rates.count(limit)
    if window.exceeded:
        raise RateLimited(window)


async def show(arrival: Arrival) -> Response:
    """The two ways in; `next` is the page that was wanted."""
    return _page(arrival, wanted=arrival.asked("next"), email=arrival.asked("email"))


def _page(arrival: Arrival, *, wanted: str, email: str, refused: str = "") -> Response:
    return page(
        "sign_in.html",
        status=422 if refused else 200,
        home=arrival.home,
        workspace=arrival.workspace,
        wanted=wanted,
        email=storable_text(email)[:320],
        refused=refused,
    )


async def by_password(arrival: Arrival) -> Response:
    """Sign in by address and password. Whatever is wrong, the answer is the same, and so is the work."""
    services, sent = arrival.services, arrival.sent
    email = sent.line("email")
    async with services.database.reading() as conn:
        usable = storable_text(email) == email
        account = await recruiters.account_by_address(conn, arrival.workspace.id, email) if usable else None
    stored = account.password_hash if account is not None else None
    fits = await is_password(sent.text("password"), stored)
    if account is not None and stored is not None and fits:
        try:
            async with arrival.acting(f"recruiter:{account.recruiter_id}") as ctx:
                opened = await signing_in.sign_in(
                    ctx, account.recruiter_id, fitted=stored, user_agent=arrival.user_agent
                )
        except SignInRefused:
            pass
        else:
            return keep_signed_in(arrival, go(arrival, _wanted(arrival, sent)), opened)
    else:
        async with arrival.acting(_ACTOR) as ctx:
            await signing_in.note_failure(ctx, account.recruiter_id if account is not None else new_id())
    return _page(arrival, wanted=sent.text("next"), email=email, refused=_REFUSED)


def _wanted(arrival: Arrival, sent: Sent) -> str:
    """The path, below the workspace's own, of the page that was wanted; empty for another site's."""
    wanted = sent.text("next")
    below = wanted.removeprefix(f"{arrival.home}/")
    plain = below != wanted and all(c.isalnum() or c in "-/" for c in below) and below.isascii()
    return f"/{below}" if plain else ""


async def ask_for_link(arrival: Arrival) -> Response:
    """Send a link to an address, if it is a recruiter's; the answer does not say whether it is."""
    email = arrival.sent.line("email")
    if 0 < len(email) <= 320 and storable_text(email) == email:
        await _count(arrival.services, _limit_of(arrival.workspace, email))
        async with arrival.acting(_ACTOR) as ctx:
            await signing_in.ask_for_link(ctx, email)
    text = "If the address is a recruiter’s, a message with a link is on its way. It is good for 15 minutes, once."
    return said("Look into your mail", text, link={"href": f"{arrival.home}/sign-in", "label": "Back"})


def _limit_of(workspace: Workspace, email: str) -> Limit:
    digest = hashlib.sha256(folded(email).encode()).hexdigest()
    return Limit(f"agency-link:{workspace.id}:{digest}", _LINKS_PER_HOUR, _HOUR)


async def show_link(arrival: Arrival) -> Response:
    """The button that uses a link: programs that look into mail open addresses, but press nothing."""
    services = arrival.services
    async with services.database.reading() as conn:
        await signing_in.check_link(conn, arrival.workspace.id, arrival.path("token"), now=services.clock())
    return page("enter.html", workspace=arrival.workspace, home=arrival.home)


async def use_link(arrival: Arrival) -> Response:
    """Sign in by a link, which is used up by it."""
    async with arrival.acting(_ACTOR) as ctx:
        opened = await signing_in.use_link(ctx, arrival.path("token"), user_agent=arrival.user_agent)
    return keep_signed_in(arrival, go(arrival, done="signed_in"), opened)


async def sign_out(visit: Visit) -> Response:
    """End this browser's session."""
    async with visit.writing() as ctx:
        await signing_in.sign_out(ctx, visit.session)
    return forget_signed_in(visit, go(visit, "/sign-in"))
