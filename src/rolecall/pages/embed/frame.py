"""What all screens share: how one is opened and shown, how its forms are read, carried out, refused and shown again.

A screen is a module that ends in its `PAGE`: a view, and a function for each form. GET `/embed/<screen>` shows the
view; POST `/embed/<screen>/<form>` calls the form's function in a transaction and sends the browser back to the view.
What the function raises undoes the transaction, and the view is shown again with what was typed and what is wrong.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.embedding.acting import stop_acting
from rolecall.actions.embedding.sessions import Begun
from rolecall.actions.files import DOCUMENTS, check_file, put_file
from rolecall.domain.errors import Conflict, DomainError, FieldInvalid, FieldMissing, Invalid, LinkUnknown, NotFound
from rolecall.domain.screens import Screen, may_open
from rolecall.domain.texts import storable_text
from rolecall.pages.embed import wording
from rolecall.pages.embed.access import Opened, V, Visiting, one_of, open_by_link, open_by_session, screen_url
from rolecall.pages.embed.answers import go_to, screen_answer
from rolecall.pages.embed.forms import Form, fault_text, read_form, read_upload
from rolecall.services import Services
from rolecall.web.multipart import release_upload
from rolecall.web.templates import environment

templates = environment("rolecall.pages.embed")
templates.filters.update(wording.FILTERS)  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict
_SEEN = "embed_seen"
MEND = "Nothing is saved yet. Mend the marked fields."


class FormRefused(Exception):
    """A form that cannot be carried out as it was sent; `faults` says for each field what is wrong with it."""

    def __init__(self, faults: Mapping[str, str], *, alert: str = MEND, status: int = 422) -> None:
        super().__init__(alert)
        self.faults, self.alert, self.status = faults, alert, status


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The form that was refused, as the view shows it again; with no name, none was."""

    name: str = ""
    form: Form = field(default_factory=lambda: Form({}))
    alert: str = ""
    faults: Mapping[str, str] = field(default_factory=dict[str, str])

    def typed(self, form: str, name: str, otherwise: str = "") -> str:
        """What stands in a field of a form: what was typed if this form was tried."""
        return storable_text(self.form.first(name), lines=True) if self.name == form else otherwise

    def fault(self, form: str, name: str) -> str:
        """What is wrong with a field of a form; empty for nothing."""
        return self.faults.get(name, "") if self.name == form else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A form that was carried out: the word whose text the view shows, an element's id to go to, more of the query.

    `at` is the session of another screen or record to go to, None for this one.
    """

    word: str = ""
    part: str = ""
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    at: Begun | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPage(Generic[V]):
    """A screen. `visit` checks access, `view` is its HTML, `forms` are its writes by the last part of their path.

    `uploads` are the forms that carry a file, with what must hold before one is stored. `downloads` are files that the
    screen gives, by the last part of their path. `seen` is a write that notes what somebody has looked at, after a view
    that asks for it with `note_seen`.
    """

    screen: Screen
    visit: Visiting[V]
    view: Callable[[Opened[V], Tried], Awaitable[str]]
    forms: Mapping[str, Callable[[Opened[V], Form], Awaitable[Done]]] = field(default_factory=dict[str, Any])
    uploads: Mapping[str, Callable[[Opened[V]], None]] = field(default_factory=dict[str, Any])
    downloads: Mapping[str, Callable[[Opened[V]], Awaitable[Response]]] = field(default_factory=dict[str, Any])
    seen: Callable[[Opened[V], Any], Awaitable[None]] | None = None

    async def show(self, request: Request, services: Services) -> Response:
        """The screen, opened by a link's `token` or for a `session` that goes on."""
        if "session" in request.query_params:
            token = one_of(request, "session")
            answer = await self._show(request, services, token=token, tried=Tried(), status=200)
        else:
            async with services.database.writing() as conn:
                opened = await open_by_link(request, services, conn, self.screen, self.visit)
                answer, token = await self._answer(opened, Tried(), status=200), opened.token
        shown = getattr(request.state, _SEEN, None)
        if self.seen is not None and shown is not None:
            async with services.database.writing() as conn:
                opened = await open_by_session(request, services, conn, self.screen, self.visit, token=token)
                await self.seen(opened, shown)
        return answer

    async def _show(self, request: Request, services: Services, *, token: str, tried: Tried, status: int) -> Response:
        async with services.database.reading() as conn:
            opened = await open_by_session(request, services, conn, self.screen, self.visit, token=token)
            return await self._answer(opened, tried, status=status)

    async def _answer(self, opened: Opened[V], tried: Tried, *, status: int) -> Response:
        html = await self.view(opened, tried)
        return screen_answer(html, origins=opened.visit.connector.origins, status=status, nonce=opened.nonce)

    async def download(self, request: Request, services: Services, name: str) -> Response:
        """A file, for a `session` that goes on."""
        async with services.database.reading() as conn:
            token = one_of(request, "session")
            opened = await open_by_session(request, services, conn, self.screen, self.visit, token=token)
            return await self.downloads[name](opened)

    async def send(self, request: Request, services: Services, name: str) -> Response:
        """Carry a form out and go back to the screen, or show it again with what is wrong."""
        if name not in self.uploads:
            return await self._carry_out(
                request, services, name, await read_form(request, at_most=services.settings.max_body_bytes)
            )
        try:
            return await self._carry_out(request, services, name, await read_upload(request))
        finally:
            await release_upload(request)

    async def _carry_out(self, request: Request, services: Services, name: str, form: Form) -> Response:
        token = _session_in(form)
        try:
            if form.sent is not None:
                await self._store(request, services, name, form, token=token)
            async with services.database.writing() as conn:
                opened = await open_by_session(request, services, conn, self.screen, self.visit, token=token)
                done = await (self.forms.get(name) or SHARED_FORMS[name])(opened, form)
        except FormRefused as refused:
            tried = Tried(name=name, form=form, alert=refused.alert, faults=refused.faults)
            return await self._show(request, services, token=token, tried=tried, status=refused.status)
        except (Conflict, NotFound, Invalid) as error:
            tried = _tried(name, form, error)
            return await self._show(request, services, token=token, tried=tried, status=_status(error))
        where, whose = (self.screen, token) if done.at is None else (done.at.session.screen, done.at.token)
        url = screen_url(where, whose, done=done.word, **done.query)
        return go_to(url, part=done.part, origins=opened.visit.connector.origins)

    async def _store(self, request: Request, services: Services, name: str, form: Form, *, token: str) -> None:
        """Store the bytes of the form's file, once it is clear that the user may send it."""
        assert form.sent is not None
        async with services.database.reading() as conn:
            opened = await open_by_session(request, services, conn, self.screen, self.visit, token=token)
            self.uploads[name](opened)
        checked = await check_file(form.sent.name, await form.sent.read(), allowed=DOCUMENTS)
        form.file = await put_file(services.files, opened.visit.workspace_id, checked, clock=services.clock)


async def _stop_acting(opened: Opened[Any], _form: Form) -> Done:
    """Act for oneself again."""
    begun = await stop_acting(await opened.context(), opened.session)
    return Done(word="stopped_acting", query={"part": "people"}, at=begun)


# What every screen takes.
SHARED_FORMS: Mapping[str, Callable[[Opened[Any], Form], Awaitable[Done]]] = {"stop-acting": _stop_acting}


def note_seen(opened: Opened[V], shown: object) -> None:
    """Ask for the screen's `seen` after this view, which gets `shown`: what there was to look at."""
    setattr(opened.request.state, _SEEN, shown)


def _session_in(form: Form) -> str:
    try:
        return form.one("session")
    except FieldInvalid as error:
        raise LinkUnknown from error


def _tried(name: str, form: Form, error: DomainError) -> Tried:
    """What an action refused: at the field where it names one, above the screen where it does not."""
    if isinstance(error, (FieldMissing, FieldInvalid)):
        return Tried(name=name, form=form, alert=MEND, faults={error.facts["field"]: fault_text(error)})
    return Tried(name=name, form=form, alert=str(error))


def _status(error: DomainError) -> int:
    if isinstance(error, Conflict):
        return 409
    return 404 if isinstance(error, NotFound) else 422


def render(
    template: str, opened: Opened[V], tried: Tried, *, done: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    """A screen's HTML. `done` has the text for each word of `Done`, `values` what the template shows besides."""
    left = opened.session.expires_at - opened.services.clock()
    return templates.get_template(template).render(
        opened=opened,
        visit=opened.visit,
        may_open={str(screen): may_open(opened.visit.user, screen) for screen in Screen},
        tried=tried,
        done=done.get(opened.request.query_params.get("done", ""), ""),
        seconds_left=max(0, int(left.total_seconds())),
        **values,
    )
