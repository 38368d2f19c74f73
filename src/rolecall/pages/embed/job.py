"""The job screen: a job's posting to agencies. GET shows it; each form is a POST that sends the browser back to it."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions import postings as actions
from rolecall.actions.context import Context
from rolecall.actions.embedding import JobVisit
from rolecall.domain.errors import (
    AgencyUnknown,
    Conflict,
    DomainError,
    EditedMeanwhile,
    FieldInvalid,
    Invalid,
    NotFound,
)
from rolecall.domain.ids import parse_id
from rolecall.domain.postings import PostingState
from rolecall.domain.texts import storable_text
from rolecall.pages.embed import view
from rolecall.pages.embed.access import admit, token_in_query
from rolecall.pages.embed.answers import go_to_screen, screen
from rolecall.pages.embed.forms import Form, fault_text, read_form, read_terms, typed_from_job, typed_from_posting
from rolecall.pages.embed.view import Shown
from rolecall.services import Services
from rolecall.store import postings
from rolecall.store.db import Connection
from rolecall.web.errors import UnreadableBody
from rolecall.web.tokens import TokenRefused

_EDITED = (
    "Somebody else changed this posting while you edited it. Nothing is saved yet: below is what you typed, and where "
    "the stored text differs, it stands beneath. Save again to put yours in its place."
)


async def show(request: Request, services: Services) -> Response:
    """The posting, or with `edit` in the query the form; a job without a posting opens the form."""
    query = request.query_params
    shown = Shown(
        token=token_in_query(request), done=query.get("done", ""), search=view.usable_search(query.get("q", ""))
    )
    async with services.database.reading() as conn:
        visit = await admit(request, services, conn, token=shown.token)
        posting = await postings.of_job(conn, visit.job.workspace_id, visit.job.id)
        if posting is None or "edit" in query:
            typed = typed_from_posting(posting) if posting is not None else typed_from_job(visit.job)
            html = await view.form_view(conn, visit, posting, shown, typed=typed)
        else:
            html = await view.posting_view(conn, visit, posting, shown)
    return screen(html, origins=visit.connector.origins)


async def save(request: Request, services: Services) -> Response:
    """Make the posting or change its terms: `version` and the fields of the form."""
    form = await read_form(request, at_most=services.settings.max_body_bytes)
    token = _token(form)
    refused: DomainError | None = None
    async with services.database.writing() as conn:
        visit = await admit(request, services, conn, token=token)
        typed, terms = read_terms(form)
        if terms is not None:
            try:
                await actions.save_posting(
                    await _context(services, conn, visit),
                    visit.job,
                    visit.client.id,
                    terms=terms,
                    version=typed.version,
                )
            except (Conflict, NotFound) as error:
                refused = error
            else:
                done = "saved" if typed.version else "created"
                return go_to_screen(token, origins=visit.connector.origins, done=done)
    alert = _alert(refused) if refused is not None else "Nothing is saved yet. Mend the marked fields."
    async with services.database.reading() as conn:
        posting = await postings.of_job(conn, visit.job.workspace_id, visit.job.id)
        html = await view.form_view(conn, visit, posting, Shown(token=token, alert=alert), typed=typed)
    return screen(html, origins=visit.connector.origins, status=_status(refused))


async def choose_agencies(request: Request, services: Services) -> Response:
    """`add` or `remove` one agency (its id), or `add_preferred`; `q` is the search to come back to."""
    form = await read_form(request, at_most=services.settings.max_body_bytes)
    token = _token(form)
    search = view.usable_search(form.first("q"))
    try:
        async with services.database.writing() as conn:
            visit = await admit(request, services, conn, token=token)
            done = await _choose(await _context(services, conn, visit), visit, form)
    except (Conflict, NotFound) as error:
        return await _show_refusal(request, services, error, Shown(token=token, alert=_alert(error), search=search))
    return go_to_screen(token, origins=visit.connector.origins, part="agencies", done=done, q=search)


async def _choose(ctx: Context, visit: JobVisit, form: Form) -> str:
    """Carry the choice out; the word for what is done. Raises UnreadableBody when the form makes none."""
    if "add_preferred" in form:
        await actions.add_preferred_agencies(ctx, visit.job, visit.client.id)
        return "all_added"
    if "add" in form:
        await actions.add_agency(ctx, visit.job, _agency_id(form.one("add")))
        return "added"
    if "remove" in form:
        await actions.remove_agency(ctx, visit.job, _agency_id(form.one("remove")))
        return "removed"
    raise UnreadableBody


def _agency_id(text: str) -> UUID:
    agency_id = parse_id(text)
    if agency_id is None:
        raise AgencyUnknown(agency="of that id")
    return agency_id


async def move(request: Request, services: Services) -> Response:
    """Set the flow: `to` is open, yielded (with `reason`) or closed."""
    form = await read_form(request, at_most=services.settings.max_body_bytes)
    token, to = _token(form), form.one("to")
    if to not in {PostingState.OPEN, PostingState.YIELDED, PostingState.CLOSED}:
        raise UnreadableBody
    try:
        async with services.database.writing() as conn:
            visit = await admit(request, services, conn, token=token)
            ctx, reason = await _context(services, conn, visit), form.one("reason").strip()
            await actions.move_posting(ctx, visit.job, PostingState(to), reason=reason)
    except Invalid as error:
        shown = Shown(
            token=token,
            moving_to=to,
            reason=storable_text(form.first("reason"), lines=True),
            reason_fault=fault_text(error),
        )
        return await _show_refusal(request, services, error, shown)
    except (Conflict, NotFound) as error:
        return await _show_refusal(request, services, error, Shown(token=token, alert=_alert(error)))
    return go_to_screen(token, origins=visit.connector.origins, done=to)


async def _show_refusal(request: Request, services: Services, error: DomainError, shown: Shown) -> Response:
    """The screen as it is, with what could not be done. Whoever lost access meanwhile is told that instead."""
    async with services.database.reading() as conn:
        visit = await admit(request, services, conn, token=shown.token)
        posting = await postings.of_job(conn, visit.job.workspace_id, visit.job.id)
        if posting is None:
            html = await view.form_view(conn, visit, None, shown, typed=typed_from_job(visit.job))
        else:
            html = await view.posting_view(conn, visit, posting, shown)
    return screen(html, origins=visit.connector.origins, status=_status(error))


def _token(form: Form) -> str:
    try:
        return form.one("token")
    except FieldInvalid as error:
        raise TokenRefused from error


async def _context(services: Services, conn: Connection, visit: JobVisit) -> Context:
    return await services.context(conn, visit.job.workspace_id, actor=f"client_user:{visit.user.id}")


def _alert(error: DomainError) -> str:
    return _EDITED if isinstance(error, EditedMeanwhile) else str(error)


def _status(error: DomainError | None) -> int:
    if isinstance(error, Conflict):
        return 409
    return 404 if isinstance(error, NotFound) else 422
