"""The task that reads resumes: run twice it does nothing more, and what cannot even be tried is given up in the end."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from procrastinate import App

from rolecall.actions.files import RESUMES, check_file, put_file
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.resumes import accept_resume
from rolecall.domain.resumes import ResumeUpload
from rolecall.ports.files import FileMissing, FilesUnavailable
from rolecall.store import resume_uploads
from rolecall.store.db import fetch_value
from rolecall.tasks import resumes
from rolecall.tasks.queue import Work, make_queue
from rolecall.worker import all_tasks
from tests.adapters.resumes.corpus import SAMPLES
from tests.adapters.resumes.writing import pdf
from tests.world import World


class Gone:
    """A file store without the file, or one that is away."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def get(self, _key: str) -> bytes:
        raise self.error


@pytest.fixture
async def queue(database_url: str) -> AsyncIterator[App]:
    async with make_queue(database_url, all_tasks()).open_async() as queue:
        yield queue


async def uploaded(world: World) -> ResumeUpload:
    services = world.services
    checked = await check_file("cv.pdf", pdf(SAMPLES[0].lines), allowed=RESUMES)
    file = await put_file(services.files, world.workspace.id, checked, clock=services.clock)
    async with services.database.writing() as conn:
        ctx = world.context(conn)
        member = await create_member(ctx, NewMember(email="iris@acme.example", first_name="Iris", last_name="Berg"))
        return await accept_resume(ctx, member.id, file)


async def read(work: Work, upload: ResumeUpload) -> ResumeUpload:
    await resumes.read(work, workspace=str(upload.workspace_id), upload=str(upload.id))
    async with work.services.database.reading() as conn:
        found = await resume_uploads.get(conn, upload.workspace_id, upload.id)
    assert found is not None
    return found


async def count(world: World, table: str) -> int:
    async with world.services.database.reading() as conn:
        return await fetch_value(conn, f"select count(*) from {table} where workspace_id = %s", (world.workspace.id,))


async def test_run_twice_it_makes_one_candidate(acme: World, queue: App) -> None:
    upload = await uploaded(acme)
    work = Work(acme.services, queue)
    first = await read(work, upload)
    events = await count(acme, "event")
    assert await read(work, upload) == first
    assert first.status == "completed"
    tables = ("candidate", "attachment", "assistant_request", "candidate_member")
    assert [await count(acme, table) for table in tables] == [1, 1, 1, 1]
    assert await count(acme, "event") == events


async def test_a_decision_is_made_once_by_two_that_read_at_once(acme: World, queue: App) -> None:
    upload = await uploaded(acme)
    file_store = acme.services.files

    class Twice:
        """Lets another run come first, between the reading of the row and the decision."""

        async def get(self, key: str) -> bytes:
            await read(Work(acme.services, queue), upload)
            return await file_store.get(key)

    late = Work(replace(acme.services, files=Twice()), queue)  # type: ignore[arg-type]
    assert (await read(late, upload)).status == "completed"
    assert [await count(acme, table) for table in ("candidate", "assistant_request")] == [1, 1]


async def test_a_file_that_is_gone_fails_the_upload(acme: World, queue: App) -> None:
    upload = await uploaded(acme)
    services = replace(acme.services, files=Gone(FileMissing()))  # type: ignore[arg-type]
    found = await read(Work(services, queue), upload)
    assert (found.status, found.reason) == ("failed", "The file is not in the file store any more.")
    assert await count(acme, "assistant_request") == 0


async def test_a_store_that_is_away_is_tried_again_and_given_up_after_a_day(acme: World, queue: App) -> None:
    upload = await uploaded(acme)
    away = Work(replace(acme.services, files=Gone(FilesUnavailable())), queue)  # type: ignore[arg-type]
    with pytest.raises(FilesUnavailable):
        await read(away, upload)
    tomorrow = replace(acme.services, clock=lambda: upload.created_at + timedelta(hours=25))
    for services, status in ((acme.services, "processing"), (tomorrow, "failed")):
        await resumes.give_up(Work(services, queue))
        async with services.database.reading() as conn:
            found = await resume_uploads.get(conn, upload.workspace_id, upload.id)
        assert found is not None
        assert found.status == status
