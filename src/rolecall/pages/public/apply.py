"""The application form below a job's page, and the page that says thank you. Both work without scripts.

A form carries a signed token. What is sent under one token is one application, however often and from wherever it
comes: a lost answer, a second press and a reload lead to the same thank-you page.
"""

import asyncio
from collections import defaultdict
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from rolecall.actions.repeats import earlier_answer
from rolecall.domain.errors import JobTakesNoApplications, JobUnknown
from rolecall.pages.public import answers
from rolecall.pages.public.opened import OpenForm, open_form
from rolecall.pages.public.rendering import framed, is_gone
from rolecall.pages.public.sent import PRIVACY, TALENT_POOL, TOKEN, TRAP, Sent, faults_of, read_form, sent_form
from rolecall.pages.public.speaking import templates, words_of
from rolecall.pages.public.submission import FORM_LIVES, form_repeat, new_application, store_files, submit
from rolecall.pages.public.wording import date_text
from rolecall.services import Services
from rolecall.store import idempotency
from rolecall.web.limits import Limit
from rolecall.web.multipart import is_form, read_tree, receive_upload, release_upload
from rolecall.web.requests import client_address
from rolecall.web.tokens import TokenExpired, TokenRefused

_FORM = "rolecall:form"
_HOUR = 3_600
_FILES_AT_ONCE = 2  # whose content is in memory


class ApplyDoor:
    """Shows forms and takes what is sent. An ASGI application that answers its own errors."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._busy = asyncio.Semaphore(_FILES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public application form"
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except ClientDisconnect:
            answer = Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        finally:
            await release_upload(request)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        services = self._services
        if request.method == "POST" and (limited := await self._limited(request)) is not None:
            return limited
        opened = await open_form(services.database, request.path_params["company"], request.path_params["page"])
        if opened is None:
            return answers.not_found(words_of(request.scope))
        if request.method == "POST":
            return await self._take(request, opened)
        if opened.shut_because(now=services.clock()) is not None:
            return self._shut(opened)
        return self._show(opened, token=self._token(opened))

    async def _limited(self, request: Request) -> Response | None:
        amount = self._services.settings.applications_per_hour
        window = await self._services.rates.count(Limit(f"apply:{client_address(request)}", amount, _HOUR))
        return answers.too_many(words_of(request.scope), seconds=window.seconds_left) if window.exceeded else None

    async def _take(self, request: Request, opened: OpenForm) -> Response:
        """Take a form in. No connection is held while it is being sent, nor while its files are stored."""
        services = self._services
        if not is_form(request):
            return answers.unreadable(words_of(request.scope))
        await receive_upload(request, opened.takes)
        tree = await read_tree(request)
        token, key = self._key(opened, tree.get(TOKEN))
        if key is not None and await self._is_repeat(opened, key):
            return self._thanks(opened, key)
        if opened.shut_because(now=services.clock()) is not None:
            return self._shut(opened)
        sent = sent_form(tree, opened.fields)
        async with self._busy:
            values, place = await read_form(sent, opened.fields)
        faults = faults_of(place, sent, opened.fields, opened.words) if place.problems or token is None else {}
        if token is None or key is None:
            return self._show(opened, token=self._token(opened), sent=sent, faults=faults, stale=True)
        if faults:
            return self._show(opened, token=token, sent=sent, faults=faults)
        files = await store_files(services, opened, sent, busy=self._busy)
        new = new_application(opened, values, files, now=services.clock())
        try:
            await submit(services, opened, new, key=key)
        except (JobTakesNoApplications, JobUnknown):  # since the form was read above
            return self._shut(opened)
        return self._thanks(opened, key)

    def _token(self, opened: OpenForm) -> str:
        claims = {"form": uuid4().hex, "job": str(opened.version.job_id)}
        return self._services.signer.sign(claims, audience=_FORM, now=self._services.clock(), lives=FORM_LIVES)

    def _key(self, opened: OpenForm, token: Any) -> tuple[str | None, bytes | None]:
        """A form's token if it is still good, and its key if it ever was."""
        good: str | None = token if isinstance(token, str) else None
        try:
            claims = self._services.signer.read(good or "", audience=_FORM, now=self._services.clock())
        except TokenExpired as error:
            good, claims = None, error.claims
        except TokenRefused:
            return None, None
        if claims.get("job") != str(opened.version.job_id):
            return None, None
        return good, bytes.fromhex(claims["form"])

    async def _is_repeat(self, opened: OpenForm, key: bytes) -> bool:
        repeat = form_repeat(opened.version.job_id, key)
        async with self._services.database.reading() as conn:
            workspace_id = opened.version.workspace_id
            return await earlier_answer(conn, workspace_id, repeat, now=self._services.clock()) is not None

    def _thanks(self, opened: OpenForm, key: bytes) -> Response:
        """Send the browser to the thank-you page, so that a reload repeats nothing."""
        query = urlencode({"form": key.hex()})
        return RedirectResponse(f"{_page_path(opened, self._services)}/applied?{query}", 303, headers=answers.KEPT)

    def _shut(self, opened: OpenForm) -> Response:
        now = self._services.clock()
        html = templates(opened.words).get_template("shut.html").render(
            framed(opened.page, self._services.settings, opened.words)
            | {"notice": opened.shut_because(now=now) or opened.words.gettext("This job takes no applications now.")}
        )  # fmt: skip
        return answers.page(html, status=410 if is_gone(opened.page, now=now) else 409)

    def _show(
        self,
        opened: OpenForm,
        *,
        token: str,
        sent: Sent | None = None,
        faults: dict[str, str] | None = None,
        stale: bool = False,
    ) -> Response:
        """The form, with what was typed and what is wrong with it; `stale` when it was open for too long."""
        shown = framed(opened.page, self._services.settings, opened.words) | {
            # Another address than the form's own: what is sent to an address drops it from the browser's cache, and
            # the back button would bring a form with another token.
            "action": f"{_page_path(opened, self._services)}/apply?sent",
            "sections": opened.sections,
            "token": token,
            "typed": defaultdict(str, {} if sent is None else sent.typed),
            "faults": faults or {},
            "stale": stale,
            "names": {"token": TOKEN, "privacy": PRIVACY, "talent_pool": TALENT_POOL, "trap": TRAP},
            "consent": _consent(opened),
            "back": _own_path(opened, self._services),
        }
        html = templates(opened.words).get_template("apply.html").render(shown)
        return answers.form_page(html, status=422 if faults or stale else 200)


class ThanksDoor:
    """The page after an application. It says thank you to whoever has the key of a form that was taken in."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public thank you"
        try:
            answer = await self._show(Request(scope, receive))
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        await answer(scope, receive, send)

    async def _show(self, request: Request) -> Response:
        services = self._services
        opened = await open_form(services.database, request.path_params["company"], request.path_params["page"])
        key = _hexadecimal(request.query_params.get("form", ""))
        if opened is None or key is None:
            return answers.not_found(words_of(request.scope))
        repeat = form_repeat(opened.version.job_id, key)
        async with services.database.reading() as conn:
            found = await idempotency.find(conn, opened.version.workspace_id, repeat.scope, key=key)
        if found is None or found.record_id is None:
            return answers.not_found(words_of(request.scope))
        shown = framed(opened.page, services.settings, opened.words) | {
            "received": date_text(found.created_at, opened.words),
            "again": f"{_page_path(opened, services)}/apply",
        }
        return answers.form_page(templates(opened.words).get_template("applied.html").render(shown))


def _hexadecimal(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def _page_path(opened: OpenForm, services: Services) -> str:
    """The address that somebody came by, as a path: a page's or a source link's."""
    return f"{services.settings.jobs_path}/{opened.page.company_slug}/{opened.page_slug}"


def _own_path(opened: OpenForm, services: Services) -> str:
    """The page's own address, which counts no visit; the board's for a job without one."""
    board = f"{services.settings.jobs_path}/{opened.page.company_slug}"
    return f"{board}/{opened.page.slug}" if opened.page.slug is not None else board


def _consent(opened: OpenForm) -> dict[str, Any]:
    """What the form asks consent for: the workspace's own sentence, with its language where that is another one."""
    texts, code = opened.consent.texts, opened.words.code
    chosen = code if code in texts else next(iter(sorted(texts)), None)
    return {
        "text": texts[chosen] if chosen is not None else None,
        "language": chosen if chosen is not None and chosen != code else None,
        "privacy_url": opened.consent.privacy_url,
        "talent_pool": opened.consent.talent_pool,
    }
