"""Messages to recruiters of agencies: links that sign in, and the welcome of somebody whom a colleague invited."""

from uuid import UUID

from rolecall.actions.agency_team import WELCOME
from rolecall.actions.signing_in import SEND_LINK, make_link
from rolecall.domain.recruiters import LINK_LIVES
from rolecall.ports.mail import Message
from rolecall.store import agencies, recruiters, workspaces
from rolecall.store.agencies import Recruiter
from rolecall.tasks.queue import BackgroundTask, Work

_LINK = """\
Hello {name},

somebody, we hope you, asked for a link that signs you in at {workspace}:

{url}

It is good for {minutes} minutes, once, and signs in whoever opens it: do not pass it on. If you did not ask
for it, ignore this message.
"""

_WELCOME = """\
Hello {name},

{agency} works with {workspace} on open jobs, and you can now do so too. Sign in with your address {email}:

{url}

There you get a link by mail that signs you in, and can set a password afterwards.
"""


async def send_link(work: Work, *, workspace: str, recruiter: str) -> None:
    """Make a link and send it, unless nobody in office has the id. Run twice, it sends a second link."""
    services, workspace_id = work.services, UUID(workspace)
    found = await _found(work, workspace_id, UUID(recruiter))
    if found is None:
        return
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace_id, actor=f"task:{SEND_LINK}")
        token = await make_link(ctx, found.id)
        place = await workspaces.by_id(conn, workspace_id)
    assert place is not None, "its recruiter is there"
    url = f"{services.settings.public_url}/agency/{place.slug}/enter/{token}"
    minutes = int(LINK_LIVES.total_seconds() // 60)
    text = _LINK.format(name=found.first_name, workspace=place.name, url=url, minutes=minutes)
    await services.mail.send(Message(to=found.email, subject=f"Sign in at {place.name}", text=text))


async def welcome(work: Work, *, workspace: str, recruiter: str) -> None:
    """Tell somebody how to sign in."""
    services, workspace_id = work.services, UUID(workspace)
    found = await _found(work, workspace_id, UUID(recruiter))
    if found is None:
        return
    async with services.database.reading() as conn:
        agency = await agencies.get(conn, workspace_id, found.agency_id)
        place = await workspaces.by_id(conn, workspace_id)
    assert place is not None, "its recruiter is there"
    assert agency is not None, "its recruiter is there"
    text = _WELCOME.format(
        name=found.first_name,
        agency=agency.name,
        workspace=place.name,
        email=found.email,
        url=f"{services.settings.public_url}/agency/{place.slug}/sign-in",
    )
    await services.mail.send(Message(to=found.email, subject=f"{agency.name} works with {place.name}", text=text))


async def _found(work: Work, workspace_id: UUID, recruiter_id: UUID) -> Recruiter | None:
    async with work.services.database.reading() as conn:
        return await recruiters.in_office(conn, workspace_id, recruiter_id)


TASKS = [BackgroundTask(name=SEND_LINK, run=send_link), BackgroundTask(name=WELCOME, run=welcome)]
