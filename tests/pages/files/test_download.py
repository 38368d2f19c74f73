"""Downloads: a signed address names one file, for a day, and is saved rather than shown."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx

from rolecall.actions.files import DOCUMENTS, check_file, keep_file, put_file
from rolecall.services import file_url
from rolecall.store.files import File
from tests.documents_sent import TAKEN
from tests.world import World


async def stored(world: World, name: str, content: bytes) -> File:
    checked = await check_file(name, content, allowed=DOCUMENTS)
    file = await put_file(world.services.files, world.workspace.id, checked, clock=world.services.clock)
    async with world.services.database.writing() as conn:
        await keep_file(world.context(conn), file)
    return file


async def download(world: World, workspace_id: UUID, file: File) -> httpx.Response:
    return await world.client.get(file_url(world.services, workspace_id, file.id))


async def test_a_file_is_saved_under_its_name(acme: World) -> None:
    file = await stored(acme, "Résumé 5%.txt", TAKEN["txt"])
    answer = await download(acme, acme.workspace.id, file)
    assert (answer.status_code, answer.content) == (200, TAKEN["txt"])
    assert answer.headers["content-type"] == "text/plain"
    disposition = "attachment; filename=\"R_sum_ 5%.txt\"; filename*=UTF-8''R%C3%A9sum%C3%A9%205%25.txt"
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_link_names_a_file_of_its_workspace(acme: World, globex: World) -> None:
    file = await stored(acme, "cv.pdf", TAKEN["pdf"])
    answer = await download(acme, globex.workspace.id, file)
    assert (answer.status_code, answer.text) == (404, "There is no such file.\n")


async def test_a_link_expires(acme: World) -> None:
    file = await stored(acme, "cv.pdf", TAKEN["pdf"])
    yesterday = replace(acme.services, clock=lambda: acme.services.clock() - timedelta(hours=25))
    answer = await acme.client.get(file_url(yesterday, acme.workspace.id, file.id))
    assert (answer.status_code, answer.text) == (410, "This link has expired. Ask for a new one.\n")


async def test_a_token_for_something_else_opens_no_file(acme: World) -> None:
    file = await stored(acme, "cv.pdf", TAKEN["pdf"])
    claims = {"workspace": str(acme.workspace.id), "file": str(file.id)}
    other = acme.services.signer.sign(
        claims, audience="rolecall:other", now=acme.services.clock(), lives=timedelta(days=1)
    )
    for token in (other, "x", file_url(acme.services, acme.workspace.id, file.id)[-20:]):
        answer = await acme.client.get(f"/files/{token}")
        assert (answer.status_code, answer.text) == (404, "There is no such file.\n")


async def test_bytes_that_are_gone_are_a_missing_file(acme: World) -> None:
    file = await stored(acme, "cv.pdf", TAKEN["pdf"])
    await acme.services.files.delete([file.key])
    assert (await download(acme, acme.workspace.id, file)).status_code == 404
