"""Resumes are read here, one after the other, outside of any transaction; what comes of them is decided in one."""

from datetime import timedelta
from uuid import UUID

import structlog

from rolecall.actions.resumes import READ, RESUMES, finish_upload
from rolecall.domain.resumes import UploadStatus
from rolecall.ports.files import FileMissing
from rolecall.ports.resumes import KnownPlace, ReadResume, ResumeHints, ResumeUnreadable
from rolecall.store import files, locations, resume_uploads
from rolecall.store.files import File
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

_LONGEST_WAIT = timedelta(days=1)
_GONE = "The file is not in the file store any more."
_NOT_READ = "The file could not be read for a day."


async def read(work: Work, *, workspace: str, upload: str) -> None:
    """Read a resume and decide what becomes of it. Whatever is wrong with the file is its own fault, not the task's."""
    workspace_id, upload_id = UUID(workspace), UUID(upload)
    services = work.services
    async with services.database.reading() as conn:
        found = await resume_uploads.get(conn, workspace_id, upload_id)
        if found is None or found.status != UploadStatus.PROCESSING:
            return
        file = await files.get(conn, workspace_id, found.file_id)
        cities = await locations.cities(conn, workspace_id)
    assert file is not None, "an upload has its file"
    places = [KnownPlace(city=city, country_code=country) for city, country in cities]
    hints = ResumeHints(places=places, country_code=services.settings.resume_country)
    resume, reason = await _read(work, file, hints)
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace_id, actor=f"task:{READ}")
        await finish_upload(ctx, upload_id, resume, reason=reason)


async def _read(work: Work, file: File, hints: ResumeHints) -> tuple[ReadResume | None, str | None]:
    """What a file says, or why it says nothing."""
    try:
        content = await work.services.files.get(file.key)
        return await work.services.resumes.read(content, media_type=file.media_type, hints=hints), None
    except FileMissing:
        return None, _GONE
    except ResumeUnreadable as error:
        log.info("a resume cannot be read", file=str(file.id), reason=error.reason)
        return None, error.reason


async def give_up(work: Work) -> None:
    """Fail the uploads whose reading could not even be tried for a day, as when the file store is away."""
    services = work.services
    async with services.database.reading() as conn:
        waiting = await resume_uploads.waiting(conn, before=services.clock() - _LONGEST_WAIT)
    for upload in waiting:
        async with services.database.writing() as conn:
            ctx = await services.context(conn, upload.workspace_id, actor="task:resumes.give_up")
            await finish_upload(ctx, upload.id, None, reason=_NOT_READ)


TASKS = [
    BackgroundTask(name=READ, run=read, queue=RESUMES),
    BackgroundTask(name="resumes.give_up", run=give_up, cron="7 * * * *"),
]
