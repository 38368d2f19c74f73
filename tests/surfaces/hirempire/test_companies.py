"""Company profiles: made, and taken away without their jobs."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from rolecall.store import companies
from tests.surfaces.hirempire.conftest import COMPANY, JOB, Tracker

GONE = {"success": False, "error": "Company not found"}


async def test_a_company_shows_on_its_jobs(tracker: Tracker) -> None:
    company_id = await tracker.company()
    async with tracker.world.services.database.reading() as conn:
        stored = await companies.get(conn, tracker.world.workspace.id, UUID(company_id))
    assert stored is not None
    assert (stored.website, stored.logo_url) == ("https://larkspur.example", COMPANY["company_logo_url"])
    job = await tracker.job(await tracker.added(company_id=company_id))
    assert (job["company_name"], job["company_logo_url"]) == ("Larkspur Labs", COMPANY["company_logo_url"])


@pytest.mark.parametrize("content", [b"", b"[]", b"nothing"])
async def test_a_body_that_is_no_object(tracker: Tracker, content: bytes) -> None:
    answer = await tracker.call("POST", "create-company", content=content)
    assert answer.json() == {"success": False, "error": "Missing required field: company_name"}


async def test_fields_are_required_in_order_and_then_looked_at(tracker: Tracker) -> None:
    body: dict[str, Any] = {}
    for name in COMPANY:
        for blank in ({}, {name: None}, {name: " "}):
            answer = await tracker.call("POST", "create-company", json=body | blank)
            assert (answer.status_code, answer.json()["error"]) == (400, f"Missing required field: {name}")
        body[name] = 5
    for name, value in COMPANY.items():
        answer = await tracker.call("POST", "create-company", json=body)
        assert (answer.status_code, answer.json()["error"]) == (400, f"Field '{name}' must be a string.")
        body[name] = value
    assert (await tracker.call("POST", "create-company", json=body)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company_logo_url", "javascript:alert(1)"), ("company_logo_url", "logo.png"), ("company_domain", "a b.io"),
        ("company_domain", "ftp://larkspur.example"), ("company_name", "x" * 201), ("company_name", "a\x00"),
    ],
)  # fmt: skip
async def test_what_cannot_be_shown_is_refused(tracker: Tracker, field: str, value: str) -> None:
    answer = await tracker.call("POST", "create-company", json=COMPANY | {field: value})
    assert (answer.status_code, answer.json()["error"]) == (400, f"Field '{field}' must be a string.")


async def test_companies_of_one_name_have_slugs_with_numbers(tracker: Tracker) -> None:
    name = f"Larkspur {uuid4().hex[:8]}"
    urls = [
        (await tracker.job(await tracker.added(company_id=await tracker.company(company_name=name))))["sources"][
            "items"
        ][0]
        for _ in range(2)
    ]
    slugs = [item["source_url"].split("/")[-2] for item in urls]
    assert slugs[1] == f"{slugs[0]}-2"


async def test_a_company_goes_and_its_open_jobs_close(tracker: Tracker) -> None:
    company_id = await tracker.company()
    job_id, draft_id = [await tracker.added(company_id=company_id, status=word) for word in ("Active", "Pending")]
    url = (await tracker.job(job_id))["sources"]["items"][0]["source_url"]
    answer = await tracker.call("DELETE", f"delete-company?company_id={company_id}")
    body = answer.json()
    assert (answer.status_code, list(body)) == (200, ["success", "company_id", "message", "deleted"])
    assert (body["company_id"], body["message"]) == (company_id, "Company deleted successfully")
    assert [(await tracker.job(id_))["status"] for id_ in (job_id, draft_id)] == ["closed", "draft"]
    for address in (url, url.rsplit("/", 1)[0]):
        assert (await tracker.world.client.get(address)).status_code == 404
    again = await tracker.call("DELETE", f"delete-company?company_id={company_id}")
    assert (again.status_code, again.json()) == (404, GONE)
    assert (await tracker.call("POST", "add-job", json=JOB | {"company_id": company_id})).status_code == 401


async def test_a_foreign_company_and_a_partners_stay(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await strange_tracker.company()
    _, key = await tracker.world.partner()
    pushed = await tracker.world.client.post(
        "/partners/v1/companies", json={"name": "Client"}, headers={"Authorization": f"Apikey {key}"}
    )
    for company_id in (foreign, pushed.json()["id"], uuid4(), "7"):
        answer = await tracker.call("DELETE", f"delete-company?company_id={company_id}")
        assert (answer.status_code, answer.json()) == (404, GONE)
    assert (await strange_tracker.add(company_id=foreign)).status_code == 200


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "Missing required query parameter 'company_id'."),
        ("?x=1", "Missing required query parameter 'company_id'."),
        ("?company_id=7&x=1", "Only 'company_id' query parameter is allowed."),
    ],
)
async def test_the_query_of_a_deletion(tracker: Tracker, query: str, error: str) -> None:
    answer = await tracker.call("DELETE", f"delete-company{query}")
    assert (answer.status_code, answer.json()["error"]) == (400, error)
