"""Documents that came as addresses are fetched, once, and stay links where they cannot be."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.entering import NewAttachment, attach
from rolecall.ports.outbound import AddressRefused, Reply
from rolecall.store import attachments
from rolecall.tasks.attachments import NotFetched, fetch
from rolecall.tasks.queue import Work
from tests.people import make_candidate
from tests.world import World

PDF = b"%PDF-1.4\n"
URL = "https://files.example.org/a/cv.pdf?x=1"


class Source:
    """The socket of whoever has the document."""

    def __init__(self, answer: Reply | Exception) -> None:
        self.answer, self.asked = answer, 0

    async def send(self, method: str, url: str, **_limits: Any) -> Reply:
        assert (method, url) == ("GET", URL)
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def _reply(body: bytes, **facts: Any) -> Reply:
    known: dict[str, Any] = {"status": 200, "headers": {}, "body": body}
    return Reply(**(known | facts))


@pytest.fixture
async def link(acme: World) -> UUID:
    """An attachment that is a link."""
    async with acme.services.database.writing() as conn:
        candidate = await make_candidate(conn, acme.workspace.id)
        new = NewAttachment(kind="resume", url=URL)
        return await attach(acme.context(conn), candidate.connector_id, candidate.id, new)


async def _fetched(world: World, attachment_id: UUID, source: Source) -> Any:
    services = replace(world.services, outbound=source)
    await fetch(Work(services, None), str(world.workspace.id), str(attachment_id))  # type: ignore[arg-type]
    async with world.services.database.reading() as conn:
        return await attachments.get(conn, world.workspace.id, attachment_id)


async def test_a_document_becomes_a_file_of_ours_once(acme: World, link: UUID) -> None:
    source = Source(_reply(PDF))
    first = await _fetched(acme, link, source)
    assert (first.name, first.url) == ("cv.pdf", URL)
    again = await _fetched(acme, link, source)
    assert (again.file_id, again.modified_at) == (first.file_id, first.modified_at)
    assert source.asked == 1


@pytest.mark.parametrize("answer", [_reply(b"<html>"), _reply(PDF, cut=True), _reply(b"")])
async def test_what_is_no_document_stays_a_link(acme: World, link: UUID, answer: Reply) -> None:
    found = await _fetched(acme, link, Source(answer))
    assert (found.file_id, found.url) == (None, URL)


@pytest.mark.parametrize("answer", [_reply(PDF, status=404), AddressRefused("inside")])
async def test_what_cannot_be_fetched_is_told_to_the_queue(acme: World, link: UUID, answer: Any) -> None:
    error = NotFetched if isinstance(answer, Reply) else AddressRefused
    with pytest.raises(error):
        await _fetched(acme, link, Source(answer))
