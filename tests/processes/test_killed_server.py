"""A server that is killed under a load of applications: of each, everything is stored or nothing is."""

import asyncio
import hashlib
import os
import random
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from procrastinate import App

from rolecall.adapters.object_files import open_files
from rolecall.domain.credentials import CredentialKind
from rolecall.services import Services
from rolecall.store import publications
from rolecall.store.db import fetch_dicts, fetch_value
from rolecall.tasks.files import sweep
from rolecall.tasks.queue import Work, make_queue
from tests.documents_sent import PDF
from tests.terminal import program
from tests.world import World

ROUNDS = 4
CLIENTS = 6
READY = r'"url":"(http://127\.0\.0\.1:\d+)".*"event":"ready"'


@dataclass
class Load:
    """Applications that were sent, by e-mail address, with the hashes of their documents; and those answered."""

    headers: dict[str, str]
    slug: str
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)

    async def apply_until_it_is_gone(self, base: str, started: asyncio.Event) -> None:
        async with httpx.AsyncClient(base_url=base, timeout=30) as client:
            while True:
                email = f"applicant-{len(self.sent)}@mail.example"
                self.sent[email] = {"resume": _document(), "other": _document()}
                try:
                    await self.send(client, email)
                except httpx.TransportError:
                    return
                started.set()

    async def send(self, client: httpx.AsyncClient, email: str) -> None:
        person = {"first_name": "Mira", "last_name": "Okafor", "email": email}
        form = {f"candidate[{name}]": value for name, value in person.items()} | {"vacancy": self.slug}
        files = {}
        for number, (kind, content) in enumerate(self.sent[email].items()):
            form[f"documents[{number}][type]"] = kind
            files[f"documents[{number}][file]"] = (f"{kind}.pdf", content)
        answer = await client.post("/api/v1/applications", data=form, files=files, headers=self.headers)
        assert answer.status_code == 201, answer.text
        self.answered[email] = answer.json()["data"]["id"]


def _document() -> bytes:
    return PDF + os.urandom(random.randrange(1_000, 300_000))


@pytest.fixture
async def queue(database_url: str) -> AsyncIterator[App]:
    async with make_queue(database_url, []).open_async() as queue:
        yield queue


@pytest.fixture
async def load(acme: World) -> Load:
    job = await acme.job()
    async with acme.services.database.reading() as conn:
        (publication,) = await publications.of_job(conn, acme.workspace.id, job.id)
    key = await acme.secret(CredentialKind.RECRUITSOME, scopes=["applications:write"])
    return Load({"Authorization": f"Bearer {key}"}, publication.slug)


@pytest.mark.slow
async def test_of_an_application_all_is_stored_or_nothing(
    acme: World, load: Load, surroundings: dict[str, str], tmp_path: Path, queue: App
):
    surroundings |= {"ROLECALL_RECRUITSOME_REQUESTS_PER_MINUTE": "1000000"}
    ours = replace(acme.services, files=open_files(None, folder=tmp_path / "files"))
    for _ in range(ROUNDS):
        await _kill_under(load, surroundings)
        await _check_what_is_there(ours, acme.workspace.id, load)
    assert len(load.answered) >= ROUNDS
    await _send_the_rest_again(load, surroundings)
    await _check_what_is_there(ours, acme.workspace.id, load)
    assert load.answered.keys() == load.sent.keys()
    await _check_the_sweep(ours, acme.workspace.id, tmp_path / "files", queue)
    await _check_what_is_there(ours, acme.workspace.id, load)


async def _kill_under(load: Load, surroundings: dict[str, str]) -> None:
    with program("serve", "--port", 0, environment=surroundings) as server:
        base = (await asyncio.to_thread(server.wait_for, READY))[1]
        started = asyncio.Event()
        clients = [asyncio.create_task(load.apply_until_it_is_gone(base, started)) for _ in range(CLIENTS)]
        await asyncio.wait_for(started.wait(), 30)
        await asyncio.sleep(random.uniform(0.05, 0.8))
        os.killpg(server.process.pid, signal.SIGKILL)
        await asyncio.gather(*clients)


async def _send_the_rest_again(load: Load, surroundings: dict[str, str]) -> None:
    """Clients are told to send again after any error; what had been stored without an answer is not stored twice."""
    with program("serve", "--port", 0, environment=surroundings) as server:
        base = (await asyncio.to_thread(server.wait_for, READY))[1]
        async with httpx.AsyncClient(base_url=base, timeout=30) as client:
            for email in load.sent.keys() - load.answered.keys():
                await load.send(client, email)


APPLICATIONS = """
select a.id, a.number, c.email,
       (select count(*) from event e where e.workspace_id = a.workspace_id and e.record_id = a.id) as events,
       (select coalesce(json_agg(json_build_object('kind', t.kind, 'key', f.key, 'sha256', encode(f.sha256, 'hex'))
                                 order by t.id), '[]')
        from attachment t join file f on f.workspace_id = t.workspace_id and f.id = t.file_id
        where t.workspace_id = a.workspace_id and t.application_id = a.id) as documents
from application a join candidate c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
where a.workspace_id = %s
"""
# What would be half of an application: each of these counts must be nought.
HALVES = {
    "a candidate without an application": "select count(*) from candidate c where workspace_id = %s and not exists "
    "(select from application a where a.workspace_id = c.workspace_id and a.candidate_id = c.id)",
    "a file that nothing names": "select count(*) from file f where workspace_id = %s and not exists "
    "(select from attachment t where t.workspace_id = f.workspace_id and t.file_id = f.id)",
    "a request that was remembered before it was carried out": "select count(*) from idempotency "
    "where workspace_id = %s and (answer is null or record_id is null)",
    "an event of an application that is not there": "select count(*) from event e where workspace_id = %s "
    "and record_kind = 'application' and not exists "
    "(select from application a where a.workspace_id = e.workspace_id and a.id = e.record_id)",
}


async def _check_what_is_there(services: Services, workspace_id: UUID, load: Load) -> None:
    async with services.database.reading() as conn:
        rows = await fetch_dicts(conn, APPLICATIONS, (workspace_id,))
        halves = {name: await fetch_value(conn, query, (workspace_id,)) for name, query in HALVES.items()}
    assert {name: count for name, count in halves.items() if count} == {}
    stored = {row["email"]: row["number"] for row in rows}
    assert len(stored) == len(rows), "an application was stored twice"
    assert load.answered.items() <= stored.items()
    for row in rows:
        assert row["events"] == 1
        contents = [await services.files.get(document["key"]) for document in row["documents"]]
        assert contents == list(load.sent[row["email"]].values())
        hashes = [hashlib.sha256(content).hexdigest() for content in contents]
        assert [document["sha256"] for document in row["documents"]] == hashes


async def _check_the_sweep(services: Services, workspace_id: UUID, folder: Path, queue: App) -> None:
    """Everything is made older by two days; then exactly what a row names is left."""
    await services.files.put(f"{workspace_id}/of-a-request-that-was-killed", PDF)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        written = path.stat().st_mtime - 2 * 24 * 60 * 60
        os.utime(path, (written, written))
    await sweep(Work(services, queue))
    async with services.database.reading() as conn:
        query = "select coalesce(json_agg(key), '[]') from file where workspace_id = %s"
        named = await fetch_value(conn, query, (workspace_id,))
    left = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(named)
    assert not [name for name in left if re.search("#", name)]
