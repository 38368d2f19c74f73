"""GET /embed/open: the way from one screen to another one of the same user, and back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.embedding.application import visit_application
from rolecall.actions.embedding.job import visit_job
from rolecall.actions.embedding.sessions import go_back, go_on
from rolecall.actions.embedding.settings import visit_settings
from rolecall.actions.embedding.tasks import visit_tasks
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.errors import NotFound
from rolecall.domain.ids import parse_id
from rolecall.domain.screens import Bound, Screen
from rolecall.pages.embed.access import acting, one_of, resume, screen_url
from rolecall.pages.embed.answers import go_to
from rolecall.services import Services
from rolecall.store.db import Connection

VISITS: Mapping[Screen, Callable[[Connection, Bound], Awaitable[Visit]]] = {
    Screen.SETTINGS: visit_settings,
    Screen.TASKS: visit_tasks,
    Screen.JOB: visit_job,
    Screen.APPLICATION: visit_application,
}


async def lead(request: Request, services: Services) -> Response:
    """Begin a session of the screen `to` (its record is `job` and `submission`), or of the one before with `back`.

    Raises LinkUnknown, LinkExpired, LinkUsed, NotPermitted or NotFound.
    """
    async with services.database.writing() as conn:
        session = await resume(request, services, conn, token=one_of(request, "session"), screen=None)
        visit = await VISITS[session.screen](conn, session)
        ctx = await acting(services, conn, session)
        if "back" in request.query_params:
            begun = await go_back(ctx, session)
        else:
            job_id, submission_id = _id(request, "job"), _id(request, "submission")
            wanted = replace(session, screen=_screen(request), job_id=job_id, submission_id=submission_id)
            await VISITS[wanted.screen](conn, wanted)
            begun = await go_on(ctx, session, wanted.screen, job_id=job_id, submission_id=submission_id)
    return go_to(screen_url(begun.session.screen, begun.token), origins=visit.connector.origins)


def _screen(request: Request) -> Screen:
    name = one_of(request, "to")
    if name not in set(Screen):
        raise NotFound
    return Screen(name)


def _id(request: Request, name: str) -> UUID | None:
    return parse_id(request.query_params.get(name, ""))
