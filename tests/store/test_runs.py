"""The kept runs and spans agree with what is stored, whoever writes and in whatever order."""

import asyncio
import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rolecall.actions.importing import import_postings
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.actions.synced import store_records
from rolecall.actions.unlinking import remove_records
from rolecall.domain.jobs import Job, JobStatus
from rolecall.ports.remote_records import RemoteJob
from rolecall.store import facets, publications, runs, spans
from rolecall.store.bitmaps import BLOCK
from rolecall.store.migrate import packaged
from tests.linking import link_of
from tests.world import World

Row = tuple[Any, ...]
MEMBERS = """
    select s.sort, s.at, s.title, p.number, p.language, p.facet_group from publication p
    cross join lateral (values ('published_at', p.published_at, ''), ('created_at', p.created_at, ''),
                               ('sort_title', null, p.sort_title)) s (sort, at, title)
    where p.workspace_id = %s and p.active and p.channel = 'website'
"""
KEPT = """
    select sort, nullif(first_at, '-infinity'), first_title, first_number, language, active, span
    from publication_run where workspace_id = %s
"""
BITMAPS = "select span, block, digit, bits::text from span_block where workspace_id = %s"
ALWAYS = datetime.min.replace(tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RUN", 2)
    monkeypatch.setattr(spans, "SPAN", 4)


async def checked(world: World) -> int:
    """How many publications are listed or will be. Fails where runs or spans disagree, or a run is too large."""
    async with world.services.database.writing() as conn:
        await conn.execute("set transaction isolation level repeatable read")
        found = [
            await (await conn.execute(query, (world.workspace.id,))).fetchall() for query in (MEMBERS, KEPT, BITMAPS)
        ]
    members, rows = [[(row[0], (row[1] or ALWAYS, *row[2:4]), *row[4:]) for row in one] for one in found[:2]]
    kept = {(sort, language, first): active for sort, first, language, active, _ in rows if active}
    begun = sorted((sort, first, span or 0) for sort, first, language, _, span in rows if language == "")
    in_runs, in_spans = _counted(members, begun)
    assert kept == in_runs
    assert _unpacked(found[2]) == in_spans
    assert all(active <= 2 * runs.RUN for active in kept.values())
    return len(members) // 3


def _counted(members: Sequence[Row], begun: Sequence[Row]) -> tuple[Counter[Row], Counter[Row]]:
    """The publications of each run, and of each span by their groups."""
    in_runs, in_spans = Counter[Row](), Counter[Row]()
    for sort, key, language, group in members:
        known, first, span = begun[bisect_right(begun, (sort, key, math.inf)) - 1]
        assert known == sort
        in_runs.update({(sort, "", first): 1, (sort, language, first): 1})
        if span:
            in_spans[span, group] += 1
    return in_runs, in_spans


def _unpacked(bitmaps: Sequence[Row]) -> Counter[Row]:
    numbers = Counter[Row]()
    for span, block, digit, bits in bitmaps:
        for bit in re.finditer("1", bits):
            numbers[span, block * BLOCK + bit.start()] += 1 << digit
    return numbers


async def _change(world: World, job: Job, title: str) -> None:
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title=title))


async def _translate(world: World, job: Job, *, starts_at: datetime | None = None, title: str = "Planner") -> None:
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        new = NewPublication(language="nl", title=title, starts_at=starts_at)
        await publish_in_language(ctx, await hold_job(ctx, job.id), new)


async def _import(world: World, folder: Path, *lines: dict[str, object]) -> None:
    source = folder / "postings.ndjson"
    source.write_text("".join(json.dumps({"company": "Works", **line}) + "\n" for line in lines))
    services = world.services
    report = await import_postings(
        services.database,
        services.job_body,
        clock=services.clock,
        source=source,
        workspace=world.workspace.slug,
        rejects=folder / "rejects.ndjson",
    )
    assert report.rejected == 0


def _line(number: int, **facts: object) -> dict[str, object]:
    return {"id": str(number), "title": f"Planner {number % 5}", **facts}


async def test_runs_follow_single_writes(acme: World) -> None:
    jobs = [await acme.job(f"Planner {n % 3}", languages=["sv"]) for n in range(9)]
    assert await checked(acme) == 9
    await _change(acme, jobs[0], "Architect")
    await _change(acme, jobs[8], "Zoologist")
    for job in jobs[:4]:
        await _translate(acme, job)
    assert await checked(acme) == 13
    await _translate(acme, jobs[1], starts_at=datetime.now(UTC) - 9 * HOUR)
    await _translate(acme, jobs[2], starts_at=datetime.now(UTC) + 9 * HOUR, title="Bricklayer")
    assert await checked(acme) == 13
    for job in jobs[1:8]:
        await acme.move(job.id, JobStatus.CLOSED)
    assert await checked(acme) == 3
    await _translate(acme, jobs[1], starts_at=datetime.now(UTC) - 20 * HOUR)
    await acme.move(jobs[1].id, JobStatus.OPEN)
    assert await checked(acme) == 5


async def test_runs_that_nothing_is_left_of_go(acme: World) -> None:
    jobs = [await acme.job(f"Planner {n}") for n in range(12)]
    for job in jobs:
        await acme.move(job.id, JobStatus.CLOSED)
    for n in range(5):
        await acme.job(f"Architect {n}")
    assert await checked(acme) == 5
    async with acme.services.database.reading() as conn:
        query = "select count(*) from publication_run where workspace_id = %s and active = 0 and first_number > 0"
        ((empty,),) = await (await conn.execute(query, (acme.workspace.id,))).fetchall()
    assert empty == 0


async def test_spans_are_divided_as_they_grow(acme: World) -> None:
    """Short lists have none; those of a long one are of about one size, and are there when it is emptied and filled."""
    jobs = [await acme.job(f"Planner {n:02}", languages=["sv"]) for n in range(8)]
    assert await checked(acme) == 8
    assert await _spans(acme) == {}
    jobs += [await acme.job(f"Planner {n:02}", languages=["sv"]) for n in range(8, 40)]
    assert await checked(acme) == 40
    sizes = await _spans(acme)
    assert sum(sizes.values()) == 3 * 40
    assert len(sizes) >= 3 * 4
    assert max(sizes.values()) <= 4 * spans.SPAN
    for job in jobs:
        await acme.move(job.id, JobStatus.CLOSED)
    assert await checked(acme) == 0
    for n in range(9):
        await acme.job(f"Architect {n}")
    assert await checked(acme) == 9
    assert sum((await _spans(acme)).values()) == 3 * 9


async def test_what_changes_its_group_changes_it_in_its_spans(acme: World) -> None:
    jobs = [await acme.job(f"Planner {n:02}") for n in range(20)]
    assert await _spans(acme)
    for job in jobs[::3]:
        async with acme.services.database.writing() as conn:
            ctx = acme.context(conn)
            await change_job(ctx, await hold_job(ctx, job.id), JobChanges(contract_type="fixed_term"))
    assert await checked(acme) == 20


async def _spans(world: World) -> dict[int, int]:
    """How many publications each span has."""
    query = "select span, sum(active)::int from publication_run where workspace_id = %s and span is not null group by 1"
    async with world.services.database.reading() as conn:
        return dict(await (await conn.execute(query, (world.workspace.id,))).fetchall())


async def test_runs_follow_imports(acme: World, tmp_path: Path) -> None:
    await _import(acme, tmp_path, *(_line(number) for number in range(30)))
    assert await checked(acme) == 30
    changed = [
        _line(0, visibility="internal"),
        _line(1, valid_through="2020-01-01"),
        _line(2, title="Architect"),
        _line(3, title="Zoologist", department="D9"),
        _line(4, description="Planner, as before"),
    ]
    await _import(acme, tmp_path, *changed, *(_line(number) for number in range(25, 40)))
    assert await checked(acme) == 38
    await _import(acme, tmp_path, _line(0), _line(1, title="Architect"), _line(2, visibility="internal"))
    assert await checked(acme) == 39


async def test_runs_follow_what_an_import_deletes(acme: World, tmp_path: Path) -> None:
    """A job that is to be internal, and already has an internal publication in the language, loses the other one."""
    await _import(acme, tmp_path, *(_line(number) for number in range(6)))
    async with acme.services.database.writing() as conn:
        query = "select id from job where workspace_id = %s and remote_id = '3'"
        ((job_id,),) = await (await conn.execute(query, (acme.workspace.id,))).fetchall()
        (website,) = await publications.of_job(conn, acme.workspace.id, job_id)
        internal = replace(website, id=job_id, channel=publications.INTERNAL, slug="inside")
        await publications.insert(conn, internal)
    await _import(acme, tmp_path, _line(3, visibility="internal", title="Guard"))
    async with acme.services.database.reading() as conn:
        assert [one.id for one in await publications.of_job(conn, acme.workspace.id, job_id)] == [job_id]
    assert await checked(acme) == 5


async def test_runs_follow_the_end_of_a_connector(acme: World) -> None:
    await acme.job("Planner")
    linked = await (await (await link_of(acme)).linked()).unread()
    remote = [RemoteJob(remote_id=str(n), raw={"id": str(n)}, title=f"Tester {n}", status="open") for n in range(7)]
    async with acme.services.database.writing() as conn:
        await store_records(acme.context(conn), linked.id, remote)
        query = "select id from job where connector_id = %s"
        ids = [row[0] for row in await (await conn.execute(query, (linked.id,))).fetchall()]
    for job_id in ids:
        for status in (JobStatus.CLOSED, JobStatus.OPEN):
            await acme.move(job_id, status)
    assert await checked(acme) == 8
    renamed = [RemoteJob(remote_id="1", raw={"id": "1", "n": 2}, title="Analyst", status="open")]
    async with acme.services.database.writing() as conn:
        await store_records(acme.context(conn), linked.id, renamed)
    assert await checked(acme) == 8
    await linked.call("DELETE", f"/api/ats/v1/connectors/{linked.id}/delete")
    left = True
    while left:
        async with acme.services.database.writing() as conn:
            left = await remove_records(acme.context(conn), linked.id)
    assert await checked(acme) == 1


async def test_concurrent_writers_lose_nothing(acme: World, tmp_path: Path) -> None:
    company = await acme.company()
    jobs = [await acme.job(f"Planner {n}", company=company) for n in range(12)]
    await asyncio.gather(
        *(acme.move(job.id, JobStatus.CLOSED) for job in jobs[:4]),
        *(_change(acme, job, "Architect") for job in jobs[2:8]),
        *(_translate(acme, job, starts_at=datetime.now(UTC) - HOUR) for job in jobs[6:]),
        _import(acme, tmp_path, *(_line(number) for number in range(30))),
    )
    assert await checked(acme) == 8 + 6 + 30


async def test_a_transaction_counts_what_was_committed_before_it_held(acme: World) -> None:
    """One that has begun, and looked, before another wrote and split runs, adds to what that one left."""
    first, second = await acme.job("First"), await acme.job("Second")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await publications.set_active(conn, acme.workspace.id, first.id, active=False, now=ctx.now)
        others: list[asyncio.Task[Any]] = [asyncio.create_task(acme.move(second.id, JobStatus.CLOSED))]
        others += [asyncio.create_task(acme.job(f"Other {n}")) for n in range(6)]
        await asyncio.sleep(0.1)
        assert not any(task.done() for task in others)
        await facets.hold(conn, acme.workspace.id)
        await facets.regroup(conn, acme.workspace.id, [first.id])
    await asyncio.wait_for(asyncio.gather(*others), timeout=30)
    assert await checked(acme) == 6


async def test_what_is_undone_was_never_counted(acme: World) -> None:
    jobs = [await acme.job(f"Planner {n}") for n in range(4)]
    with pytest.raises(RuntimeError, match="undone"):
        async with acme.services.database.writing() as conn:
            await _undone(acme.context(conn), jobs)
    assert await checked(acme) == 4


async def _undone(ctx: Any, jobs: Sequence[Job]) -> None:
    for job in jobs:
        await publish_in_language(ctx, await hold_job(ctx, job.id), NewPublication(language="nl", title="Planner"))
    raise RuntimeError("undone")


async def test_the_migration_counts_what_is_stored_already(acme: World) -> None:
    for n in range(9):
        await acme.job(f"Planner {n % 4}", languages=["sv" if n % 2 else "en"])
    (migration,) = [one for one in packaged() if one.name == "0029_runs_of_publications"]
    (insert,) = [one for one in migration.sql.split(";") if "insert into publication_run" in one]
    async with acme.services.database.writing() as conn:
        await conn.execute("delete from publication_run")
        await conn.execute("delete from span_block")
        await conn.execute(insert.replace("4096", "2").encode())
    assert await checked(acme) == 9
