"""Old visits and the salts of past days go; what is kept stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate import App

from rolecall.actions.source_links import create_source_link
from rolecall.actions.visitors import VisitorHashes
from rolecall.store import visits
from rolecall.store.db import fetch_value, fetch_values
from rolecall.store.source_links import SourceLink
from rolecall.tasks import visits as tasks
from rolecall.tasks.queue import Work
from tests.visits import visit
from tests.world import World

NOW = datetime.now(UTC)


async def link_of(world: World, name: str = "LinkedIn") -> SourceLink:
    job = await world.job()
    async with world.services.database.writing() as conn:
        return (await create_source_link(world.context(conn), job.id, name=name))[0]


async def test_visits_are_kept_for_as_many_whole_days_as_the_operator_says(
    acme: World, queue: App, monkeypatch: pytest.MonkeyPatch
):
    link, midnight = await link_of(acme), NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(tasks, "_AT_ONCE", 2)
    edge = midnight - timedelta(days=10)
    times = [edge, edge + timedelta(hours=1), *(edge - timedelta(hours=step) for step in (1, 2, 3, 4, 5))]
    async with acme.services.database.writing() as conn:
        for time in times:
            await visits.add(conn, [visit(link, time)])
        await conn.execute("update visits_rolled_up set until = now()")
    settings = acme.services.settings.model_copy(update={"visit_days": 10})
    for _ in range(2):
        await tasks.forget_visits(Work(replace(acme.services, settings=settings), queue))
    async with acme.services.database.reading() as conn:
        query = "select visited_at from visit where source_link_id = %s order by visited_at"
        assert await fetch_values(conn, query, (link.id,)) == times[:2]
        assert await fetch_value(conn, "select visits from source_link where id = %s", (link.id,)) == 7


async def test_the_salts_of_past_days_go(acme: World, queue: App):
    days = [(NOW - timedelta(days=back)).date() for back in (0, 1, 2)]
    async with acme.services.database.writing() as conn:
        for day in days:
            await VisitorHashes(b"secret").key(conn, day)
    for _ in range(2):
        await tasks.forget_salts(Work(acme.services, queue))
    async with acme.services.database.reading() as conn:
        assert await fetch_values(conn, "select day from visit_salt where day = any(%s)", (days,)) == days[:1]
