"""Migrations expand first: what a newer release adds to a table must not trouble processes of this one."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rolecall import store
from rolecall.domain.jobs import JobStatus
from rolecall.store.db import fetch_values
from tests.architecture.test_catalogue import GLOBAL_TABLES, TENANT_TABLES
from tests.contract.stage import Stage
from tests.world import World

SOURCES = sorted(Path(store.__file__).parents[1].rglob("*.py"))
READS = {
    "bindbee": "/api/ats/v1/jobs?expand=departments,offices",
    "crosspath": "/partners/v1/companies",
    "hirempire": "/v1/job-sources?job_id={job}",
    "recruitsome": "/api/v1/vacancies",
}


def test_no_statement_asks_a_table_for_all_it_has() -> None:
    tables = re.compile(r"select \*\s+from (?!unnest|found|listed)[a-z_]+", re.IGNORECASE)
    found = [f"{path.name}: {match[0]}" for path in SOURCES for match in tables.finditer(path.read_text("utf-8"))]
    assert found == []


async def _on_every_table(world: World, change: str) -> None:
    async with world.services.database.writing() as conn:
        for table in await fetch_values(conn, TENANT_TABLES, [list(GLOBAL_TABLES)]):
            await conn.execute(f"alter table {table} {change}".encode())


@pytest.fixture
async def expanded(acme: World) -> AsyncIterator[World]:
    """A database in which every table has a column more."""
    await _on_every_table(acme, "add column added_later text")
    yield acme
    await _on_every_table(acme, "drop column added_later")


async def test_every_surface_reads_and_writes_expanded_tables(expanded: World) -> None:
    stage = Stage(expanded)
    job = await expanded.job()
    headers = await stage.all_headers()
    for contract, path in READS.items():
        answer = await stage.call("GET", path.format(job=job.id), headers=headers[contract])
        assert answer.status_code == 200, answer.text
    assert (await stage.call("GET", await stage.screen_url(job.id))).status_code == 200
    await expanded.move(job.id, JobStatus.PAUSED)
