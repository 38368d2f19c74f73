"""The figures of source links: exact, whatever was counted before and however often."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.source_days import roll_up
from rolecall.actions.source_links import create_source_link
from rolecall.domain.jobs import Job
from rolecall.store import source_days, visits
from rolecall.store.db import fetch_value
from rolecall.store.source_days import SourceFigures
from rolecall.store.source_links import SourceLink
from tests.visits import visit
from tests.world import World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Row = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Channel:
    """A job with one link."""

    world: World
    job: Job
    link: SourceLink

    async def come(self, *times: datetime, **facts: Any) -> None:
        async with self.world.services.database.writing() as conn:
            for time in times:
                await visits.add(conn, [visit(self.link, time, **facts)])

    async def apply(self, time: datetime, *, status: str = "applied") -> Any:
        """An application by the link; its id."""
        async with self.world.services.database.writing() as conn:
            native = await fetch_value(
                conn, "select id from connector where workspace_id = %s", (self.world.workspace.id,)
            )
            candidate, found = new_id(), new_id()
            keys = {"w": self.world.workspace.id, "n": native, "c": candidate, "a": found, "t": time, "s": status}
            keys |= {"j": self.job.id, "l": self.link.id}
            await conn.execute(CANDIDATE, keys)
            await conn.execute(APPLICATION, keys)
        return found

    async def set_status(self, application: Any, status: str) -> None:
        async with self.world.services.database.writing() as conn:
            query = "update application set status = %s, modified_at = now() where workspace_id = %s and id = %s"
            await conn.execute(query, (status, self.world.workspace.id, application))

    async def add_up(self, **more: Any) -> int:
        async with self.world.services.database.writing() as conn:
            return await roll_up(conn, now=datetime.now(UTC), **more)

    async def figures(self, since: date = date(2026, 1, 1), until: date = date(2026, 12, 31)) -> list[Row]:
        """The link's figures of each day."""
        return [told(found) for found in await self.report(since, until, daily=True)]

    async def report(self, since: date, until: date, *, daily: bool = False) -> list[SourceFigures]:
        async with self.world.services.database.reading() as conn:
            return await source_days.report(
                conn, self.world.workspace.id, job_id=self.job.id, since=since, until=until, daily=daily
            )


CANDIDATE = """
insert into candidate (workspace_id, id, connector_id, slug, first_name, last_name, created_at, updated_at, modified_at)
values (%(w)s, %(c)s, %(n)s, %(c)s::text, 'Mira', 'Okafor', now(), now(), now())
"""
APPLICATION = """
insert into application (workspace_id, id, connector_id, candidate_id, job_id, source_link_id, status, applied_at,
                         created_at, updated_at, modified_at)
values (%(w)s, %(a)s, %(n)s, %(c)s, %(j)s, %(l)s, %(s)s, %(t)s, now(), now(), now())
"""


def told(found: SourceFigures) -> Row:
    figures = found.figures
    return (figures.total, figures.human, figures.visitors, figures.applications, figures.hires)


@pytest.fixture
async def channel(acme: World) -> Channel:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        link, _ = await create_source_link(acme.context(conn), job.id, name="LinkedIn")
    return Channel(acme, job, link)


async def test_a_day_has_its_visits_people_and_programs(channel: Channel):
    await channel.come(MONDAY, MONDAY + timedelta(hours=1))
    await channel.come(MONDAY, visitor=b"another")
    await channel.come(MONDAY, device="bot", visitor=b"a program")
    await channel.come(MONDAY + timedelta(days=1))
    await channel.add_up(since=MONDAY)
    assert await channel.figures() == [(4, 3, 2, 0, 0), (1, 1, 1, 0, 0)]


async def test_days_are_of_utc(channel: Channel):
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    await channel.come(midnight - timedelta(microseconds=1), midnight)
    await channel.add_up(since=MONDAY)
    days = [found.day for found in await channel.report(date(2026, 3, 1), date(2026, 3, 9), daily=True)]
    assert days == [date(2026, 3, 2), date(2026, 3, 3)]


async def test_again_is_the_same_and_more_is_added(channel: Channel):
    now = datetime.now(UTC)
    await channel.come(now, now)
    await channel.add_up()
    await channel.add_up()
    assert await channel.figures(now.date(), now.date()) == [(2, 2, 1, 0, 0)]
    await channel.come(now, visitor=b"another")
    await channel.add_up()
    assert await channel.figures(now.date(), now.date()) == [(3, 3, 2, 0, 0)]
    assert await channel.add_up() == 0


async def test_a_visit_committed_late_is_counted_the_next_time(channel: Channel):
    await channel.add_up()
    late = datetime.now(UTC) - timedelta(minutes=5)
    await channel.come(late)
    await channel.add_up()
    assert await channel.figures(late.date(), late.date()) == [(1, 1, 1, 0, 0)]


async def test_several_at_once_agree(channel: Channel):
    now = datetime.now(UTC)
    await channel.come(*[now] * 5)
    await asyncio.gather(*(channel.add_up() for _ in range(4)), channel.come(now, visitor=b"another"))
    await channel.add_up()
    assert await channel.figures(now.date(), now.date()) == [(6, 6, 2, 0, 0)]


async def test_a_hire_belongs_to_the_day_of_its_application(channel: Channel):
    await channel.come(MONDAY, MONDAY)
    first, second = await channel.apply(MONDAY), await channel.apply(MONDAY + timedelta(days=1))
    await channel.add_up(since=MONDAY)
    assert await channel.figures() == [(2, 2, 1, 1, 0), (0, 0, 0, 1, 0)]
    await channel.set_status(first, "hired")
    await channel.add_up()
    assert await channel.figures() == [(2, 2, 1, 1, 1), (0, 0, 0, 1, 0)]
    await channel.set_status(first, "rejected")
    await channel.set_status(second, "hired")
    await channel.add_up()
    assert await channel.figures() == [(2, 2, 1, 1, 0), (0, 0, 0, 1, 1)]


async def test_an_application_that_gets_another_day_leaves_the_old_one(channel: Channel):
    application = await channel.apply(MONDAY)
    await channel.add_up()
    async with channel.world.services.database.writing() as conn:
        query = "update application set applied_at = %s, modified_at = now() where workspace_id = %s and id = %s"
        await conn.execute(query, (MONDAY + timedelta(days=2), channel.world.workspace.id, application))
    await channel.add_up()
    (found,) = await channel.report(date(2026, 3, 1), date(2026, 3, 9), daily=True)
    assert (found.day, told(found)) == (date(2026, 3, 4), (0, 0, 0, 1, 0))


async def test_figures_outlive_the_visits(channel: Channel):
    await channel.come(MONDAY)
    application = await channel.apply(MONDAY)
    await channel.add_up(since=MONDAY)
    async with channel.world.services.database.writing() as conn:
        await conn.execute("delete from visit where source_link_id = %s", (channel.link.id,))
    await channel.set_status(application, "hired")
    await channel.add_up(since=MONDAY)
    assert await channel.figures() == [(1, 1, 1, 1, 1)]


async def test_a_report_adds_days_up_and_converts(channel: Channel):
    for day in range(3):
        await channel.come(*[MONDAY + timedelta(days=day)] * 4)
    await channel.apply(MONDAY)
    await channel.add_up(since=MONDAY)
    (found,) = await channel.report(date(2026, 3, 2), date(2026, 3, 3))
    assert (found.name, found.job_title, found.day, told(found)) == ("LinkedIn", "Firmware Lead", None, (8, 8, 2, 1, 0))
    assert found.figures.conversion == 0.125
    (later,) = await channel.report(date(2026, 3, 4), date(2026, 3, 4))
    assert (told(later), later.figures.conversion) == ((4, 4, 1, 0, 0), 0.0)
    assert await channel.report(date(2026, 3, 5), date(2026, 3, 9)) == []


async def test_a_stranger_reads_nothing(channel: Channel, globex: World):
    await channel.come(MONDAY)
    await channel.add_up(since=MONDAY)
    async with globex.services.database.reading() as conn:
        for job_id in (None, channel.job.id):
            found = await source_days.report(
                conn, globex.workspace.id, job_id=job_id, since=date(2026, 1, 1), until=date(2026, 12, 31)
            )
            assert found == []
