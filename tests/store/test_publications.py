"""The kept counts of active publications agree with what is stored, whoever writes and in whatever order."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import rolecall
from rolecall.domain.jobs import JobStatus
from rolecall.store import publications
from rolecall.store.db import Database
from tests.world import World

COUNTED = """
    select coalesce(language, ''), count(*) from publication
    where workspace_id = %s and active and channel = 'website' group by grouping sets ((), (language))
"""
KEPT = "select language, active from publication_count where workspace_id = %s"
WRITES = re.compile(r"(insert\s+into|update|delete\s+from)\s+publication\b")


async def counts(world: World) -> tuple[dict[str, int], dict[str, int]]:
    """Kept and counted, by language; languages without any are left out."""
    async with world.services.database.reading() as conn:
        kept, counted = [
            dict(await (await conn.execute(query, (world.workspace.id,))).fetchall()) for query in (KEPT, COUNTED)
        ]
    return {name: n for name, n in kept.items() if n}, {name: n for name, n in counted.items() if n}


async def test_counts_follow_every_move(acme: World) -> None:
    job = await acme.job(languages=["sv"])
    await acme.job()
    assert await counts(acme) == ({"": 2, "en": 1, "sv": 1}, {"": 2, "en": 1, "sv": 1})
    await acme.move(job.id, JobStatus.PAUSED)
    assert await counts(acme) == ({"": 1, "en": 1}, {"": 1, "en": 1})
    await acme.move(job.id, JobStatus.CLOSED)
    await acme.move(job.id, JobStatus.OPEN)
    assert await counts(acme) == ({"": 2, "en": 1, "sv": 1}, {"": 2, "en": 1, "sv": 1})


async def test_internal_publications_are_not_counted(acme: World) -> None:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        (website,) = await publications.of_job(conn, acme.workspace.id, job.id)
        internal = replace(website, id=job.id, channel=publications.INTERNAL, slug="inside")
        await publications.insert(conn, internal)
        await publications.set_active(conn, acme.workspace.id, job.id, active=False, now=datetime.now(UTC))
    assert await counts(acme) == ({}, {})


async def test_concurrent_moves_lose_nothing(acme: World) -> None:
    company = await acme.company()
    jobs = [await acme.job(f"Planner {n}", company=company) for n in range(12)]
    await asyncio.gather(*(acme.move(job.id, JobStatus.CLOSED) for job in jobs[:8]))
    await asyncio.gather(
        *(acme.move(job.id, JobStatus.OPEN) for job in jobs[:4]),
        *(acme.move(job.id, JobStatus.PAUSED) for job in jobs[8:]),
    )
    assert await counts(acme) == ({"": 4, "en": 4}, {"": 4, "en": 4})


async def test_a_bulk_writer_adds_its_differences(acme: World, database: Database) -> None:
    jobs = [await acme.job(f"Planner {n}") for n in range(4)]
    written = [jobs[0].id, jobs[1].id]
    async with database.writing() as conn:
        before = await publications.active_by_language(conn, acme.workspace.id, written)
        await conn.execute(
            "update publication set language = 'de' where workspace_id = %s and job_id = %s",
            (acme.workspace.id, jobs[0].id),
        )
        await conn.execute(
            "delete from publication where workspace_id = %s and job_id = %s", (acme.workspace.id, jobs[1].id)
        )
        after = await publications.active_by_language(conn, acme.workspace.id, written)
        assert (before, after) == ({"en": 2}, {"de": 1})
        await publications.add_to_counts(conn, acme.workspace.id, {"en": -2, "de": 1})
    assert await counts(acme) == ({"": 3, "en": 2, "de": 1}, {"": 3, "en": 2, "de": 1})


async def test_whoever_counts_waits_for_the_one_before(acme: World, database: Database) -> None:
    first, second = await acme.job("First"), await acme.job("Second")
    async with database.writing() as conn:
        await publications.set_active(conn, acme.workspace.id, first.id, active=False, now=datetime.now(UTC))
        task = asyncio.create_task(acme.move(second.id, JobStatus.CLOSED))
        await asyncio.sleep(0.1)
        assert not task.done()
    await task
    assert await counts(acme) == ({}, {})


def test_every_module_that_writes_publications_keeps_their_counts() -> None:
    """One that writes them in other statements than those here ends its transaction with `add_to_counts`."""
    source = Path(rolecall.__file__).parent
    writers = {str(path.relative_to(source)) for path in source.rglob("*.py") if WRITES.search(path.read_text())}
    known = {"store/publications.py", "store/facets.py"}  # the latter does not touch what is counted here
    assert writers - known <= {"store/importing.py", "store/import_changes.py"}
    if writers - known:
        loaders = [path for path in (source / "actions").rglob("*.py") if "add_to_counts(" in path.read_text()]
        assert loaders, "the import writes publications and does not count them"
