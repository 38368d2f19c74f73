"""The postings that ship with the package: real input."""

import gzip
import json
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from rolecall.store import jobs
from tests.actions.importing.conftest import NOW, Importer, counts

SAMPLE = Path(str(resources.files("rolecall.demo").joinpath("postings.ndjson.gz")))


@pytest.fixture(scope="module")
def postings() -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(SAMPLE.read_bytes()).splitlines()]


async def test_all_of_it_goes_in_and_only_once(importer: Importer, postings: list[dict[str, Any]]):
    report = await importer.file(SAMPLE)
    assert counts(report) == (300, 0, 0, 0, 0)
    assert report.seconds < 5  # far less, but the machine may be busy
    assert counts(await importer.file(SAMPLE)) == (0, 0, 300, 0, 0)
    assert await importer.count("company") == len({" ".join(item["company"].split()) for item in postings})
    questions = sum(len(item.get("screening_questions", ())) for item in postings)
    assert await importer.count("screening_question") == questions > 150


async def test_it_is_alive(importer: Importer):
    await importer.file(SAMPLE)
    status = Counter(row["status"] for row in await importer.rows("job", "status"))
    assert status["open"] >= 270
    assert status["closed"] >= 15
    channels = Counter(row["channel"] for row in await importer.rows("publication", "channel"))
    assert channels == {"website": 290, "internal": 10}


async def test_each_job_is_its_line(importer: Importer, postings: list[dict[str, Any]]):
    await importer.file(SAMPLE, now=NOW)
    rows = {row["remote_id"]: row for row in await importer.rows("job", "remote_id, raw, title, salary_max, status")}
    for item in postings:
        row = rows[item["id"]]
        assert row["raw"] == item
        assert row["title"] == " ".join(item["title"].split())
        assert float(row["salary_max"] or 0) == item.get("salary", {}).get("max", 0)
        assert row["status"] == ("closed" if item.get("valid_through", "9999") < "2026-03-02" else "open")


async def test_the_stored_bodies_are_what_the_records_say(importer: Importer):
    await importer.file(SAMPLE)
    services = importer.world.services
    async with services.database.reading() as conn:
        for row in (await importer.rows("job", "id, unified"))[::10]:
            job = await jobs.get(conn, importer.world.workspace.id, row["id"])
            assert job is not None
            assert services.job_body(job) == bytes(row["unified"])


def test_its_readme_names_every_source_and_the_licence(postings: list[dict[str, Any]]):
    readme = SAMPLE.with_name("README.md").read_text()
    assert all(f"`{source}` | {number}" in readme for source, number in Counter(p["source"] for p in postings).items())
    assert "Copyright (c) 2025 stapply-ai" in readme
    assert "Permission is hereby granted" in readme
