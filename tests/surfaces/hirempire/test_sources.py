"""Source links: what the schemas cannot say."""

import asyncio
import re
from typing import Any
from uuid import uuid4

import pytest

from rolecall.domain.jobs import JobStatus
from rolecall.store import events
from tests.surfaces.hirempire.conftest import Tracker
from tests.world import World

NO_JOB = {"success": False, "error": "Job not found"}
NO_JOB_ID = {"success": False, "error": "job_id is required and must be a UUID"}
NO_NAME = {"success": False, "error": "source_name is required and must be a non-empty string"}
JOB_ID = "5b0f7c1e-3a84-4d0b-9c35-7d1e0a9b6f21"


async def test_a_new_link_is_complete(tracker: Tracker) -> None:
    job = await tracker.world.job(status=JobStatus.DRAFT)
    answer = await tracker.create(job_id=str(job.id), source_name="  LinkedIn ")
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    source = answer.json()["source"]
    assert list(source) == ["id", "job_id", "source_name", "source_url", "code", "visits", "created_at"]
    assert (source["job_id"], source["source_name"], source["visits"]) == (str(job.id), "LinkedIn", 0)
    assert re.fullmatch(r"http://rolecall\.test/jobs/norrvik-optics(-[a-z0-9]+)?/" + source["id"], source["source_url"])
    assert re.fullmatch(r"[a-z0-9]{4}", source["code"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", source["created_at"])


async def test_the_list_is_oldest_first_and_has_the_documented_shape(tracker: Tracker) -> None:
    job = await tracker.world.job()
    created = [(await tracker.create(job_id=str(job.id), source_name=name)).json()["source"] for name in "BAC"]
    answer = await tracker.list(f"?job_id={job.id}")
    body = answer.json()
    assert (answer.status_code, list(body)) == (200, ["success", "job_id", "total_sources", "sources"])
    assert (body["success"], body["job_id"], body["total_sources"]) == (True, str(job.id), 3)
    assert list(body["sources"][0]) == ["id", "source_name", "source_url", "visits", "created_at", "code"]
    assert body["sources"] == [{k: v for k, v in source.items() if k != "job_id"} for source in created]


async def test_a_job_without_links(tracker: Tracker) -> None:
    job = await tracker.world.job()
    answer = await tracker.list(f"?job_id={job.id}")
    assert answer.json() == {"success": True, "job_id": str(job.id), "total_sources": 0, "sources": []}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "Query parameter 'job_id' is required."),
        ("?job_id=", "Query parameter 'job_id' is required."),
        ("?page=1", "Query parameter 'job_id' is required."),
        (f"?job_id={JOB_ID}&page=1", "Only 'job_id' query parameter is allowed."),
        (f"?page=&job_id={JOB_ID}", "Only 'job_id' query parameter is allowed."),
        (f"?job_id={JOB_ID}&job_id={JOB_ID}", "Only 'job_id' query parameter is allowed."),
    ],
)
async def test_the_query_is_checked_before_the_job(tracker: Tracker, query: str, error: str) -> None:
    answer = await tracker.list(query)
    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": error})


@pytest.mark.parametrize("job_id", [JOB_ID, "7", "%00", "%ED%A0%80", "x" * 36, "%20", "9" * 5000])
async def test_an_unknown_or_malformed_job_in_a_query(tracker: Tracker, job_id: str) -> None:
    answer = await tracker.list(f"?job_id={job_id}")
    assert (answer.status_code, answer.json()) == (404, NO_JOB)


async def test_a_foreign_job_and_an_archived_one_look_unknown(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await strange_tracker.world.job()
    await strange_tracker.create(job_id=str(foreign.id), source_name="LinkedIn")
    archived = await tracker.world.job(status=JobStatus.ARCHIVED)
    for job_id in (foreign.id, archived.id, uuid4()):
        listed = await tracker.list(f"?job_id={job_id}")
        created = await tracker.create(job_id=str(job_id), source_name="LinkedIn")
        assert (listed.status_code, listed.json()) == (404, NO_JOB)
        assert (created.status_code, created.json()) == (404, NO_JOB)
    assert (await strange_tracker.list(f"?job_id={foreign.id}")).json()["total_sources"] == 1


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED])
async def test_a_job_that_is_not_open_has_links_too(tracker: Tracker, status: JobStatus) -> None:
    job = await tracker.world.job(status=status)
    assert (await tracker.create(job_id=str(job.id), source_name="LinkedIn")).status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, NO_JOB_ID),
        ({"source_name": "LinkedIn"}, NO_JOB_ID),
        ({"job_id": None, "source_name": ""}, NO_JOB_ID),
        ({"job_id": 7, "source_name": "LinkedIn"}, NO_JOB_ID),
        ({"job_id": "7", "source_name": "LinkedIn"}, NO_JOB_ID),
        ({"job_id": "\x00" * 36, "source_name": "LinkedIn"}, NO_JOB_ID),
        ({"job_id": [JOB_ID], "source_name": "LinkedIn"}, NO_JOB_ID),
        ({"job_id": JOB_ID}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": None}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": 5}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": ["LinkedIn"]}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": ""}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": " \t\n\u00a0"}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": "Linked\x00In"}, NO_NAME),
        ({"job_id": JOB_ID, "source_name": "x" * 501}, NO_NAME),
    ],
)
async def test_fields_are_checked_in_order_and_before_the_job(
    tracker: Tracker, body: dict[str, Any], error: dict[str, Any]
) -> None:
    answer = await tracker.create(**body)
    assert (answer.status_code, answer.json()) == (400, error)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'"text"', b"{", b"\xff\xfe", b'{"job_id": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000],
)
async def test_a_body_that_is_no_object_reads_as_an_empty_one(tracker: Tracker, content: bytes) -> None:
    answer = await tracker.send(content)
    assert (answer.status_code, answer.json()) == (400, NO_JOB_ID)


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "application/x-www-form-urlencoded", "?"])
async def test_any_content_type_and_unknown_fields_are_taken(tracker: Tracker, media_type: str) -> None:
    job = await tracker.world.job()
    body = f'{{"job_id": "{job.id}", "source_name": "LinkedIn", "code": "abcd", "other": "\\u0000"}}'
    answer = await tracker.send(body.encode(), **{"Content-Type": media_type})
    assert (answer.status_code, answer.json()["source"]["source_name"]) == (200, "LinkedIn")


async def test_a_body_that_is_too_large(tracker: Tracker) -> None:
    answer = await tracker.send(b" " * 1_000_001)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


async def test_the_same_name_returns_the_stored_link_with_its_visits(tracker: Tracker) -> None:
    job = await tracker.world.job()
    first = (await tracker.create(job_id=str(job.id), source_name="LinkedIn")).json()["source"]
    await tracker.world.client.get(first["source_url"])
    again = await tracker.create(job_id=str(job.id).upper(), source_name="\tLinkedIn\n")
    assert (again.status_code, again.json()["source"]) == (200, {**first, "visits": 1})
    other = (await tracker.create(job_id=str(job.id), source_name="linkedin")).json()["source"]
    assert other["id"] != first["id"]


async def test_requests_at_the_same_time_make_one_link(tracker: Tracker) -> None:
    job = await tracker.world.job()
    answers = await asyncio.gather(*(tracker.create(job_id=str(job.id), source_name="Fair") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    sources = [answer.json()["source"] for answer in answers]
    assert all(source == sources[0] for source in sources)
    assert (await tracker.list(f"?job_id={job.id}")).json()["total_sources"] == 1


async def test_a_new_link_leaves_one_event(tracker: Tracker) -> None:
    job = await tracker.world.job()
    first, _ = [await tracker.create(job_id=str(job.id), source_name="LinkedIn") for _ in range(2)]
    source = first.json()["source"]
    async with tracker.world.services.database.reading() as conn:
        (event,) = await events.of_record(conn, tracker.world.workspace.id, source["id"])
    assert (event.type, event.payload) == ("source_link.created", {"job_id": str(job.id)})
    assert event.actor.startswith("credential:")


async def test_codes_are_unique_within_the_job(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["aaaa", "aaaa", "aaaa", "bbbb"])
    monkeypatch.setattr("rolecall.actions.source_links.new_code", lambda: next(codes))
    job = await tracker.world.job()
    made = [(await tracker.create(job_id=str(job.id), source_name=name)).json()["source"]["code"] for name in "ab"]
    assert made == ["aaaa", "bbbb"]


async def test_both_workspaces_may_use_one_company_name(
    acme: World, tracker: Tracker, strange_tracker: Tracker
) -> None:
    ours, theirs = await acme.job(), await strange_tracker.world.job()
    first = (await tracker.create(job_id=str(ours.id), source_name="LinkedIn")).json()["source"]["source_url"]
    second = (await strange_tracker.create(job_id=str(theirs.id), source_name="LinkedIn")).json()["source"][
        "source_url"
    ]
    assert first.split("/")[-2] != second.split("/")[-2]
