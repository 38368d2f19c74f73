"""One's own account: the password, and the browsers in which one is signed in."""

from starlette.responses import Response

from rolecall.actions import signing_in
from rolecall.actions.passwords import hash_password, is_password
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.ids import parse_id
from rolecall.domain.recruiters import SHORTEST_PASSWORD, check_password, is_over, is_proven
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.sent import faults_of
from rolecall.pages.agency.visit import Visit, keep_signed_in
from rolecall.store import recruiters
from rolecall.web.errors import RateLimited, UnreadableBody
from rolecall.web.limits import Limit

_TRIES = 10  # of the present password, in an hour
_HOUR = 3_600


async def show(visit: Visit) -> Response:
    """The account."""
    return await _page(visit)


async def _page(visit: Visit, *, faults: dict[str, str] | None = None) -> Response:
    now, workspace_id = visit.services.clock(), visit.workspace.id
    async with visit.services.database.reading() as conn:
        found = await recruiters.sessions(conn, workspace_id, visit.recruiter.id)
        has_password = await recruiters.has_password(conn, workspace_id, visit.recruiter.id)
    return view(
        visit,
        "account.html",
        status=422 if faults else 200,
        faults=faults or {},
        has_password=has_password,
        asks_present=has_password and not is_proven(visit.session, now),
        shortest=SHORTEST_PASSWORD,
        sessions=[session for session in found if not is_over(session, now)],
    )


async def set_password(visit: Visit) -> Response:
    """Set or change the password; who signed in a while ago says the present one. Other browsers are signed out."""
    password = visit.sent.text("password")
    try:
        check_password(password, email=visit.recruiter.email)
    except (FieldMissing, FieldInvalid) as error:
        return await _page(visit, faults=faults_of(error))
    if not await _knows_present(visit):
        return await _page(visit, faults={"present": "This is not your present password."})
    stored = await hash_password(password)
    async with visit.writing() as ctx:
        opened = await signing_in.set_password(ctx, visit.recruiter.id, stored, user_agent=visit.user_agent)
    return keep_signed_in(visit, go(visit, "/account", done="password"), opened)


async def _knows_present(visit: Visit) -> bool:
    """Whether the present password was sent too, where it is asked for. Raises RateLimited."""
    if is_proven(visit.session, visit.services.clock()):
        return True
    async with visit.services.database.reading() as conn:
        account = await recruiters.account_by_address(conn, visit.workspace.id, visit.recruiter.email)
    if account is None or account.password_hash is None:
        return True
    window = await visit.services.rates.count(Limit(f"agency-password:{account.recruiter_id}", _TRIES, _HOUR))
    if window.exceeded:
        raise RateLimited(window)
    return await is_password(visit.sent.text("present"), account.password_hash)


async def revoke_session(visit: Visit) -> Response:
    """Sign another browser out: `session` is its id."""
    session_id = parse_id(visit.sent.text("session"))
    if session_id is None:
        raise UnreadableBody
    async with visit.writing() as ctx:
        await signing_in.revoke_session(ctx, visit.recruiter.id, session_id)
    return go(visit, "/account", part="sessions", done="session")
