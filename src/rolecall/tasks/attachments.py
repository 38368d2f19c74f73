"""Fetching documents that came as addresses: what is there becomes a file of ours, as far as it may."""

from uuid import UUID

from rolecall.actions.entering import FETCH, LARGEST_DOCUMENT, keep_fetched
from rolecall.actions.files import DOCUMENTS, check_file, put_file
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge
from rolecall.ports.outbound import OutboundError
from rolecall.store import attachments
from rolecall.tasks.queue import BackgroundTask, Retry, Work

_SECONDS = 30
_OK = 200


class NotFetched(OutboundError):
    """The address does not give the document now."""


async def fetch(work: Work, workspace: str, attachment: str) -> None:
    """Fetch one attachment, unless it is a file already. One that is no document, or is too large, stays a link."""
    services, workspace_id, attachment_id = work.services, UUID(workspace), UUID(attachment)
    async with services.database.reading() as conn:
        found = await attachments.get(conn, workspace_id, attachment_id)
    if found is None or found.file_id is not None or found.url is None:
        return
    answer = await services.outbound.send("GET", found.url, seconds=_SECONDS, at_most=LARGEST_DOCUMENT)
    if answer.status != _OK:
        raise NotFetched(f"status {answer.status}")
    if answer.cut:
        return
    try:
        name = found.name or found.url.partition("?")[0].rpartition("/")[2]
        checked = await check_file(name, answer.body, allowed=DOCUMENTS, largest=LARGEST_DOCUMENT)
    except (FileEmpty, FileTooLarge, FileKindRefused):
        return
    file = await put_file(services.files, workspace_id, checked, clock=services.clock)
    async with services.database.writing() as conn:
        await keep_fetched(await services.context(conn, workspace_id, actor=f"task:{FETCH}"), attachment_id, file)


TASKS = [BackgroundTask(name=FETCH, run=fetch, retry=Retry(tries=4), timeout=_SECONDS * 2)]
