"""The unified job list: its records, filters and pages."""

import base64
from datetime import datetime, timedelta

import pytest

from rolecall.actions.places import parse_place
from rolecall.domain.jobs import JobStatus
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World

KEYS = [
    "id", "remote_id", "modified_at", "custom_fields", "name", "description", "code", "status", "job_posting_urls",
    "remote_created_at", "remote_updated_at", "confidential", "departments", "offices", "hiring_managers", "recruiters",
]  # fmt: skip


async def test_a_record_has_every_key_of_the_model(acme: World, acme_ats: Organization) -> None:
    job = await acme.job("Firmware Lead", code="FW-1")
    (item,) = (await acme_ats.page())["items"]
    assert list(item) == KEYS
    assert (item["id"], item["name"], item["code"], item["status"]) == (str(job.id), "Firmware Lead", "FW-1", "OPEN")
    assert item["custom_fields"] is None
    assert item["job_posting_urls"] == [
        {"value": f"http://rolecall.test/jobs/{job.public_path}", "url_type": "JOB_POSTING"}
    ]
    assert item["modified_at"].endswith("Z")
    assert datetime.fromisoformat(item["modified_at"]) == job.modified_at


async def test_an_empty_page(acme_ats: Organization) -> None:
    assert await acme_ats.page() == {"cursor": None, "page_size": 0, "items": []}


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (JobStatus.DRAFT, "DRAFT"),
        (JobStatus.OPEN, "OPEN"),
        (JobStatus.PAUSED, "PENDING"),
        (JobStatus.CLOSED, "CLOSED"),
        (JobStatus.ARCHIVED, "ARCHIVED"),
    ],
)
async def test_status_words_and_their_filter(acme: World, acme_ats: Organization, status: JobStatus, word: str) -> None:
    await acme.job("Wanted", status=status)
    await acme.job("Other", status=JobStatus.OPEN if status != JobStatus.OPEN else JobStatus.CLOSED)
    page = await acme_ats.page(f"?status={word}")
    assert [(item["name"], item["status"]) for item in page["items"]] == [("Wanted", word)]


async def test_pages_follow_the_order_of_creation_to_the_end(acme: World, acme_ats: Organization) -> None:
    for number in range(5):
        await acme.job(f"Job {number}")
    seen: list[str] = []
    query = "?page_size=2"
    sizes = []
    while True:
        page = await acme_ats.page(query)
        seen += [item["name"] for item in page["items"]]
        sizes.append(page["page_size"])
        if page["cursor"] is None:
            break
        query = f"?page_size=2&cursor={page['cursor']}"
    assert seen == ["Job 0", "Job 1", "Job 2", "Job 3", "Job 4"]
    assert sizes == [2, 2, 1]


async def test_a_full_last_page_ends_with_null(acme: World, acme_ats: Organization) -> None:
    await acme.job("A")
    await acme.job("B")
    assert (await acme_ats.page("?page_size=2"))["cursor"] is None


async def test_rows_added_while_paging_shift_nothing(acme: World, acme_ats: Organization) -> None:
    await acme.job("A")
    await acme.job("B")
    await acme.job("C")
    first = await acme_ats.page("?page_size=2")
    await acme.job("D")
    rest = await acme_ats.names(f"?cursor={first['cursor']}")
    assert rest == ["C", "D"]


async def test_the_cursor_is_the_id_of_the_last_item(acme: World, acme_ats: Organization) -> None:
    job = await acme.job("A")
    await acme.job("B")
    page = await acme_ats.page("?page_size=1")
    assert base64.b64decode(page["cursor"]).decode() == str(job.id)


async def test_filters_by_id_code_and_office(acme: World, acme_ats: Organization) -> None:
    lund = parse_place("SE-lund")
    a = await acme.job("A", code="one", places=[lund])
    b = await acme.job("B", code="two")
    assert await acme_ats.names(f"?ids={a.id},{b.id}") == ["A", "B"]
    assert await acme_ats.names(f"?ids={b.id},not-a-uuid") == ["B"]
    assert await acme_ats.names("?ids=not-a-uuid") == []
    assert await acme_ats.names("?code=two") == ["B"]
    assert await acme_ats.names("?code=TWO") == []
    assert await acme_ats.names(f"?offices={a.location_ids[0]}") == ["A"]
    assert await acme_ats.names(f"?offices={a.location_ids[0]}&code=two") == []
    assert await acme_ats.names("?remote_id=unknown") == []


async def test_modified_after_is_strictly_later(acme: World, acme_ats: Organization) -> None:
    job = await acme.job("A")
    at = job.modified_at
    exact = at.isoformat().replace("+00:00", "Z")
    before = (at - timedelta(microseconds=1)).replace(tzinfo=None).isoformat()
    assert await acme_ats.names(f"?modified_after={exact}") == []
    assert await acme_ats.names(f"?modified_after={before}") == ["A"]
    offset = (at - timedelta(microseconds=1)).isoformat()
    assert await acme_ats.names(f"?modified_after={offset.replace('+', '%2B')}") == ["A"]
    assert await acme_ats.names(f"?modified_after={offset}") == ["A"]


async def test_raw_data_and_custom_fields_on_request(acme: World, acme_ats: Organization) -> None:
    await acme.job("A")
    (item,) = (await acme_ats.page("?include_raw_data=true&include_custom_fields=true"))["items"]
    (plain,) = (await acme_ats.page("?include_raw_data=false"))["items"]
    assert item["raw_data"] == plain
    assert item["custom_fields"] == {}
    assert "raw_data" not in plain


async def test_expand_puts_records_in_the_place_of_ids(acme: World, acme_ats: Organization) -> None:
    job = await acme.job("A", places=[parse_place("SE-lund"), parse_place("SE")])
    (item,) = (await acme_ats.page("?expand=offices,manager[first_name],departments"))["items"]
    assert [office["id"] for office in item["offices"]] == [str(office) for office in job.location_ids]
    assert item["offices"][0]["name"] == "Lund"
    assert item["offices"][0]["location"] == "Lund, SE"
    assert item["offices"][0]["custom_fields"] is None
    assert item["departments"] == []
    (cut,) = (await acme_ats.page("?expand=offices[name,unknown]"))["items"]
    assert cut["offices"] == [{"name": "Lund"}, {"name": "Sweden"}]


async def test_another_workspace_sees_nothing(acme: World, globex_ats: Organization) -> None:
    job = await acme.job("A")
    assert await globex_ats.names() == []
    assert await globex_ats.names(f"?ids={job.id}") == []
