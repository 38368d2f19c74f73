"""Embedded screens: their links and their sessions."""

from datetime import timedelta

from rolecall.actions.clients import user_of
from rolecall.actions.context import Context
from rolecall.actions.embedding import acting, application, job, sessions, settings, tasks
from rolecall.actions.embedding.links import Asking
from rolecall.actions.embedding.visits import Visit
from rolecall.actions.ids import new_id
from rolecall.actions.teammates import add_teammate
from rolecall.domain.clients import ClientUser, Person
from rolecall.domain.screens import Link, Screen
from tests.architecture.cast import Act, Cast
from tests.architecture.writers.submissions import confirmed


def _asking(cast: Cast) -> Asking:
    return Asking(
        partner_id=cast.partner.id,
        credential_id=new_id(),
        connector=str(cast.connector.id),
        client="cust-1",
        user="u-1",
    )


async def _make_job_link(ctx: Context, cast: Cast) -> Link:
    return await job.make_job_link(ctx, _asking(cast), job=str(cast.job.id))


async def _make_application_link(ctx: Context, cast: Cast) -> None:
    submission = await confirmed(ctx, cast)
    await application.make_application_link(ctx, _asking(cast), job=str(cast.job.id), application=str(submission.id))


async def _open_link(ctx: Context, cast: Cast) -> sessions.Begun:
    link = await _make_job_link(ctx, cast)
    ends = ctx.now + timedelta(minutes=30)
    return await sessions.open_link(ctx, link, cast.connector, origin=None, ends=ends)


async def _go_on(ctx: Context, cast: Cast) -> sessions.Begun:
    return await sessions.go_on(ctx, (await _open_link(ctx, cast)).session, Screen.TASKS)


async def _go_back(ctx: Context, cast: Cast) -> None:
    await sessions.go_back(ctx, (await _go_on(ctx, cast)).session)


async def _visit(ctx: Context, cast: Cast) -> tuple[Visit, sessions.Begun, ClientUser]:
    begun = await _open_link(ctx, cast)
    user = await user_of(ctx, cast.client, "u-1")
    mate = await add_teammate(ctx, user, "u-2", person=Person(), permissions=["posting_creator"])
    return Visit(connector=cast.connector, client=cast.client, user=user), begun, mate


async def _act_for(ctx: Context, cast: Cast) -> sessions.Begun:
    visit, begun, mate = await _visit(ctx, cast)
    return await acting.act_for(ctx, visit, begun.session, mate.id)


async def _stop_acting(ctx: Context, cast: Cast) -> None:
    await acting.stop_acting(ctx, (await _act_for(ctx, cast)).session)


WRITES: dict[str, tuple[str, Act]] = {
    "embedding.acting.act_for": ("client_user.acting_began", _act_for),
    "embedding.acting.stop_acting": ("client_user.acting_ended", _stop_acting),
    "embedding.application.make_application_link": ("submission.link_made", _make_application_link),
    "embedding.job.make_job_link": ("job.link_made", _make_job_link),
    "embedding.sessions.go_back": ("client_user.screen_opened", _go_back),
    "embedding.sessions.go_on": ("client_user.screen_opened", _go_on),
    "embedding.sessions.open_link": ("client_user.screen_opened", _open_link),
    "embedding.settings.make_settings_link": (
        "client.link_made",
        lambda ctx, cast: settings.make_settings_link(ctx, _asking(cast)),
    ),
    "embedding.tasks.make_tasks_link": (
        "client.link_made",
        lambda ctx, cast: tasks.make_tasks_link(ctx, _asking(cast)),
    ),
}
PARTS = {
    "embedding.links.enter": "Who is new is told of by the action that stores them.",
    "embedding.sessions.begin_like": "Acting for somebody, and no longer, are walked themselves.",
    "embedding.links.made": "Each screen's link is walked itself.",
}
READS = {
    "embedding.application.visit_application",
    "embedding.job.known_job",
    "embedding.job.visit_job",
    "embedding.sessions.session_of",
    "embedding.settings.visit_settings",
    "embedding.tasks.visit_tasks",
    "embedding.visits.enabled_connector",
    "embedding.visits.visit_client",
}
