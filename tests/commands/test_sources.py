"""`rolecall source report`: for people, for programs and for spreadsheets."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.actions.source_links import create_source_link
from rolecall.domain.jobs import Job
from rolecall.store import visits
from rolecall.store.source_links import SourceLink
from tests.terminal import Terminal
from tests.visits import visit
from tests.world import World

TODAY = datetime.now(UTC).date()
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0"


@pytest.fixture
async def job(acme: World) -> Job:
    return await acme.job()


@pytest.fixture
async def link(acme: World, job: Job) -> SourceLink:
    """A link with two visits of somebody today, one of a program, and one of 40 days ago."""
    assert job.public_path is not None
    async with acme.services.database.writing() as conn:
        link, _ = await create_source_link(acme.context(conn), job.id, name="LinkedIn")
        await visits.add(conn, [visit(link, datetime.now(UTC) - timedelta(days=40))])
        await conn.execute("update visits_rolled_up set until = '-infinity'")
    path = f"/jobs/{job.public_path.partition('/')[0]}/{link.id}"
    for agent in (PHONE, PHONE, "curl/8.5.0"):
        await acme.client.get(path, headers={"User-Agent": agent})
    return link


def test_the_table_is_for_people(acme: World, link: SourceLink, terminal: Terminal):
    heads, row = terminal.run("source", "report", "-w", acme.workspace.slug).splitlines()
    assert heads.split() == ["source", "job", "visits", "human", "visitors", "applications", "hires", "conversion"]
    assert re.split(r"\s{2,}", row.strip()) == ["LinkedIn", "Firmware Lead", "3", "2", "1", "0", "0", "0.0%"]


def test_json_has_the_ids(acme: World, job: Job, link: SourceLink, terminal: Terminal):
    (found,) = json.loads(terminal.run("source", "report", "-w", acme.workspace.slug, "--format", "json"))
    assert found == {
        "day": None,
        "source": "LinkedIn",
        "source_id": str(link.id),
        "job": "Firmware Lead",
        "job_id": str(job.id),
        "visits": 3,
        "human": 2,
        "visitors": 1,
        "applications": 0,
        "hires": 0,
        "conversion": 0.0,
    }


def test_csv_has_a_row_for_each_day(acme: World, job: Job, link: SourceLink, terminal: Terminal):
    since = TODAY - timedelta(days=60)
    asked = ("--job", job.id, "--since", since, "--until", TODAY, "--daily", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(terminal.run("source", "report", "-w", acme.workspace.slug, *asked))))
    long_ago = str(TODAY - timedelta(days=40))
    assert [(row["day"], row["visits"], row["human"]) for row in rows] == [(long_ago, "1", "1"), (str(TODAY), "3", "2")]


def test_nothing_is_said_so(acme: World, terminal: Terminal):
    asked = ("source", "report", "-w", acme.workspace.slug, "--since", "2020-01-01", "--until", "2020-01-31")
    assert "No visit and no application by a link from 2020-01-01 to 2020-01-31." in terminal.run(*asked)
    assert terminal.run(*asked, "--format", "csv").startswith("day,source,source_id,job,")
    assert json.loads(terminal.run(*asked, "--format", "json")) == []


@pytest.fixture
async def strange_job(globex: World) -> Job:
    return await globex.job()


def test_a_job_of_somebody_else_is_unknown(acme: World, strange_job: Job, terminal: Terminal):
    for job in (strange_job.id, "nonsense"):
        assert "job" in terminal.run("source", "report", "-w", acme.workspace.slug, "--job", job, status=3)


def test_days_in_the_wrong_order_are_a_wrong_command(acme: World, terminal: Terminal):
    asked = ("source", "report", "-w", acme.workspace.slug, "--since", "2026-02-01", "--until", "2026-01-01")
    assert "2026-02-01 is after 2026-01-01." in terminal.run(*asked, status=2)
