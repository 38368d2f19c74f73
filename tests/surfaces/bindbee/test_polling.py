"""Polling for changes: a client that asks with the last `modified_at` that it saw misses nothing.

Writers are real transactions that overlap, in every order in which they can begin, commit and be polled.
"""

import asyncio
import itertools
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.context import Context
from rolecall.actions.importing.loading import import_postings
from rolecall.actions.jobs import JobChanges, NewJob, change_job, create_job, hold_job
from rolecall.ports.clock import system_clock
from rolecall.store.db import fetch_value
from rolecall.store.registration import register
from tests.actions.importing.conftest import posting
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World

BEGINNING = "2000-01-01T00:00:00.000000Z"


@dataclass
class Poller:
    """A client as integrators write it: everything that has changed since the last change that it saw."""

    organization: Organization
    since: str = BEGINNING
    names: list[str] = field(default_factory=list)

    async def poll(self, *, page_size: int = 100) -> None:
        query, newest = f"?modified_after={self.since}&page_size={page_size}", self.since
        cursor = ""
        while cursor is not None:
            page = await self.organization.page(f"{query}&cursor={cursor}")
            self.take(page)
            newest = max([newest, *(item["modified_at"] for item in page["items"])])
            cursor = page["cursor"]
        self.since = newest

    def take(self, page: dict[str, Any]) -> None:
        self.names += [item["name"] for item in page["items"]]


@pytest.fixture
async def company_id(acme: World) -> UUID:
    async with acme.services.database.writing() as conn:
        company, _ = await create_company(acme.context(conn), NewCompany(name="Acme"))
    return company.id


class Writer:
    """A transaction that has begun, and may commit long after others that began later."""

    def __init__(self, world: World, company_id: UUID, name: str) -> None:
        self._world, self._company_id, self._name = world, company_id, name
        self._stack = AsyncExitStack()
        self.ctx: Context

    async def begin(self) -> None:
        services = self._world.services
        conn = await self._stack.enter_async_context(services.database.writing())
        self.ctx = await services.context(conn, self._world.workspace.id, actor="operator")
        await create_job(self.ctx, NewJob(title=self._name, description="Work.", company_id=self._company_id))

    async def commit(self) -> None:
        await self._stack.aclose()


def orders() -> list[list[str]]:
    """Every order of two writers' beginnings and commits, with the first to begin first."""
    steps = itertools.permutations(["begin A", "begin B", "commit A", "commit B"])
    return [
        list(order)
        for order in steps
        if order.index("begin A") < order.index("commit A")
        and order.index("begin B") < order.index("commit B")
        and order.index("begin A") < order.index("begin B")
    ]


@pytest.mark.parametrize("order", orders(), ids=", ".join)
async def test_a_poll_after_each_step_misses_nothing(
    acme: World, acme_ats: Organization, company_id: UUID, order: list[str]
) -> None:
    writers = {name: Writer(acme, company_id, name) for name in "AB"}
    poller = Poller(acme_ats)
    for step in order:
        verb, name = step.split()
        await (writers[name].begin() if verb == "begin" else writers[name].commit())
        await poller.poll()
    assert sorted(poller.names) == ["A", "B"]


async def test_without_a_writer_under_way_a_change_is_there_at_once(
    acme: World, acme_ats: Organization, company_id: UUID
) -> None:
    poller = Poller(acme_ats)
    for name in ("A", "B", "C"):
        writer = Writer(acme, company_id, name)
        await writer.begin()
        await writer.commit()
        await poller.poll()
        assert poller.names[-1] == name
    assert poller.names == ["A", "B", "C"]


async def test_another_workspaces_writer_holds_nothing_back(
    acme: World, acme_ats: Organization, globex: World, company_id: UUID
) -> None:
    async with globex.services.database.writing() as conn:
        await register(conn, globex.workspace.id)
        writer, poller = Writer(acme, company_id, "A"), Poller(acme_ats)
        await writer.begin()
        await writer.commit()
        await poller.poll()
    assert poller.names == ["A"]


async def test_what_changes_while_pages_are_read_comes_with_the_next_poll(acme: World, acme_ats: Organization) -> None:
    """A record of a page that has been read is changed, before one that is still to be read is."""
    jobs = [await acme.job(name) for name in ("A", "B", "C")]
    query = f"?modified_after={BEGINNING}&page_size=1"
    first = await acme_ats.page(query)
    for job in (jobs[0], jobs[2]):
        async with acme.services.database.writing() as conn:
            ctx = await acme.services.context(conn, acme.workspace.id, actor="operator")
            await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title=f"{job.title} again"))
    second = await acme_ats.page(f"{query}&cursor={first['cursor']}")
    seen = [*first["items"], *second["items"]]
    assert [item["name"] for item in seen] == ["A", "B"]
    assert second["cursor"] is None
    poller = Poller(acme_ats, since=max(item["modified_at"] for item in seen))
    await poller.poll()
    assert poller.names == ["A again", "C again"]


async def test_an_import_is_a_writer_from_its_plan_on(
    acme: World, acme_ats: Organization, company_id: UUID, tmp_path: Path
) -> None:
    """Its records carry the time of the plan, and are written by a later transaction, which has to wait here."""
    source, poller = tmp_path / "postings.ndjson", Poller(acme_ats)
    source.write_text(json.dumps(posting(title="Imported")) + "\n")
    async with acme.services.database.writing() as conn:
        await conn.execute("lock table publication in share row exclusive mode")
        importing = asyncio.create_task(
            import_postings(
                acme.services.database,
                acme.services.job_body,
                clock=system_clock,
                source=source,
                workspace=acme.workspace.slug,
                rejects=tmp_path / "rejects.ndjson",
            )
        )
        await _until_a_writer_waits(acme)
        later = Writer(acme, company_id, "Later")
        await later.begin()
        await later.commit()
        await poller.poll()
        assert poller.names == []
    assert (await importing).created == 1
    await poller.poll()
    assert sorted(poller.names) == ["Imported", "Later"]


async def _until_a_writer_waits(world: World) -> None:
    query = "select exists (select from pg_locks where relation = 'publication'::regclass and not granted)"
    async with asyncio.timeout(30), world.services.database.reading() as conn:
        while not await fetch_value(conn, query):  # noqa: ASYNC110 - the database decides
            await asyncio.sleep(0.01)
