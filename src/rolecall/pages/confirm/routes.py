"""GET and POST /confirm/<token>: where a person answers an agency that submits them. The address is all it needs.

Everything is one form or another of the same page, and works without scripts.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rolecall.actions.asking import AUDIENCE, LIVES, PATH, confirmation_claims
from rolecall.actions.confirming import confirm, decline, replace_resume
from rolecall.actions.context import Context
from rolecall.actions.files import LARGEST
from rolecall.domain.errors import FieldInvalid, FieldMissing, FileRefused
from rolecall.domain.submissions import Submission, check_feedback
from rolecall.pages.confirm import answers
from rolecall.pages.confirm.sent import (
    AGENCY,
    REASON,
    RESUME,
    Sent,
    confirmation,
    fault_of,
    left_out,
    sent_form,
    stored_resume,
    values_of,
)
from rolecall.pages.confirm.visit import Choice, Visit, open_visit
from rolecall.services import Services
from rolecall.web.errors import RateLimited, UnreadableBody
from rolecall.web.limits import Limit
from rolecall.web.multipart import Intake, is_form, read_tree, receive_upload, release_upload
from rolecall.web.pages import Pages
from rolecall.web.requests import client_address

_ROUTE = PATH + "/{token}"
_INTAKE = Intake(largest=LARGEST + 200_000, files=1, fields=30, largest_field=20_000)
_HOUR = 3_600
_FILES_AT_ONCE = 2  # whose content is in memory
_ANSWER, _DECLINE, _RESUME = "answer", "decline", "resume"


async def _show(visit: Visit) -> Response:
    """The form, or where it stands once it has been answered."""
    if visit.waits:
        return answers.form(visit, values=values_of(visit.submission), faults={})
    if visit.closed and visit.submission.confirmed_at is None:
        return answers.closed()
    return answers.standing(visit, faults={})


async def _take(visit: Visit, sent: Sent, *, path: str, busy: asyncio.Semaphore) -> Response:
    """Carry out what a form asks for, and say so on a page of its own address."""
    asked = sent.text(_ANSWER)
    if asked == _DECLINE:
        return await _decline(visit, sent, path=path)
    if asked == _RESUME:
        return await _replace(visit, sent, path=path, busy=busy)
    if not visit.waits:
        return answers.sent_on(path)
    faults = left_out(visit, sent)
    chosen = visit.chosen(sent.text(AGENCY))
    if faults or chosen is None:
        return answers.form(visit, values=sent.typed, faults=faults)
    try:
        await _confirm(visit, chosen, sent, busy=busy)
    except (FieldMissing, FieldInvalid, FileRefused) as error:
        return answers.form(visit, values=sent.typed, faults=fault_of(error))
    return answers.sent_on(path if chosen is visit.own else address_of(visit.services, chosen.submission))


async def _confirm(visit: Visit, chosen: Choice, sent: Sent, *, busy: asyncio.Semaphore) -> None:
    async with busy:
        resume = await stored_resume(visit.services, chosen, sent)
    async with _acting(visit, chosen.submission) as ctx:
        await confirm(ctx, chosen.submission.id, confirmation(visit, sent, resume))


async def _decline(visit: Visit, sent: Sent, *, path: str) -> Response:
    reason = sent.text(REASON).strip()
    try:
        if reason:
            check_feedback(reason)
    except FieldInvalid as error:
        fault = {REASON: fault_of(error)["feedback"]}
        if visit.waits:
            return answers.form(visit, values=values_of(visit.submission) | {REASON: reason}, faults=fault)
        return answers.standing(visit, faults=fault)
    async with _acting(visit, visit.submission) as ctx:
        await decline(ctx, visit.submission.id, reason=reason or None)
    return answers.sent_on(path)


async def _replace(visit: Visit, sent: Sent, *, path: str, busy: asyncio.Semaphore) -> Response:
    """Take another resume of somebody who has confirmed already."""
    if not visit.in_process:
        return answers.sent_on(path)
    try:
        async with busy:
            resume = await stored_resume(visit.services, visit.own, sent)
    except FileRefused as error:
        return answers.standing(visit, faults=fault_of(error))
    if resume is None:
        return answers.standing(visit, faults={RESUME: "Choose a file."})
    async with _acting(visit, visit.submission) as ctx:
        await replace_resume(ctx, visit.submission.id, resume)
    return answers.sent_on(path)


@asynccontextmanager
async def _acting(visit: Visit, submission: Submission) -> AsyncGenerator[Context]:
    """A transaction in which the person acts."""
    async with visit.services.database.writing() as conn:
        yield await visit.services.context(conn, submission.workspace_id, actor=f"submission:{submission.id}")


def address_of(services: Services, submission: Submission) -> str:
    """The path of the page of another submission of the same person, signed."""
    claims = confirmation_claims(submission)
    return f"{PATH}/{services.signer.sign(claims, audience=AUDIENCE, now=services.clock(), lives=LIVES)}"


async def _visit(request: Request, services: Services) -> Visit:
    """What the address opens. Raises TokenRefused, TokenExpired or SubmissionUnknown."""
    claims = services.signer.read(request.path_params["token"], audience=AUDIENCE, now=services.clock())
    return await open_visit(services, UUID(claims["workspace"]), UUID(claims["submission"]))


async def _form(request: Request, services: Services) -> Sent:
    """What was sent. Raises RateLimited, UnreadableBody or BodyTooLarge."""
    amount = services.settings.applications_per_hour
    window = await services.rates.count(Limit(f"confirm:{client_address(request)}", amount, _HOUR))
    if window.exceeded:
        raise RateLimited(window)
    if not is_form(request):
        raise UnreadableBody
    await receive_upload(request, _INTAKE)
    return sent_form(await read_tree(request))


def _routes(services: Services) -> Sequence[BaseRoute]:
    busy = asyncio.Semaphore(_FILES_AT_ONCE)

    async def show(request: Request) -> Response:
        return await _show(await _visit(request, services))

    async def take(request: Request) -> Response:
        await _visit(request, services)  # an address that is not ours sends us no files
        sent = await _form(request, services)
        return await _take(await _visit(request, services), sent, path=request.url.path, busy=busy)

    return [
        Route(_ROUTE, _endpoint(show), methods=["GET"], name="confirm submission"),
        Route(_ROUTE, _endpoint(take), methods=["POST"]),
    ]


def _endpoint(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"confirm {_ROUTE}"
        try:
            return await handler(request)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return answers.problem(error)
        finally:
            await release_upload(request)

    return endpoint


def _public(_services: Services) -> dict[str, str]:
    return {_ROUTE: "The address is signed, names one submission, and is sent to the person whom it is about."}


PAGES = Pages(name="confirm", routes=_routes, public=_public)
