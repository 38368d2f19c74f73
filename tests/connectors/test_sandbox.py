"""The made-up company: always the same for a key, whole, and coherent."""

from datetime import datetime

import pytest

from rolecall.connectors.sandbox.company import JOBS, PEOPLE, TODAY, Company, company_of
from rolecall.connectors.sandbox.connector import Sandbox
from rolecall.connectors.sandbox.records import records_of
from rolecall.ports.ats import Account, SecretsRefused
from rolecall.ports.remote_records import RemoteRecord

# What a payload names, by collection and field.
NAMES = {
    ("users", "department_id"): "departments",
    ("users", "office_id"): "offices",
    ("jobs", "department_id"): "departments",
    ("jobs", "hiring_manager_id"): "users",
    ("jobs", "recruiter_id"): "users",
    ("stages", "job_id"): "jobs",
    ("questions", "job_id"): "jobs",
    ("applications", "candidate_id"): "candidates",
    ("applications", "job_id"): "jobs",
    ("applications", "stage_id"): "stages",
    ("documents", "candidate_id"): "candidates",
    ("notes", "candidate_id"): "candidates",
    ("notes", "author_id"): "users",
    ("eeo", "candidate_id"): "candidates",
    ("interviews", "application_id"): "applications",
    ("interviews", "stage_id"): "stages",
    ("feedback", "interview_id"): "interviews",
    ("feedback", "author_id"): "users",
    ("offers", "application_id"): "applications",
}


@pytest.fixture(scope="module")
def company() -> Company:
    return company_of("sandbox-blue")


def test_the_company_has_its_people_and_jobs(company: Company) -> None:
    assert (PEOPLE, JOBS) == (2_000, 300)
    assert len(company.collections["users"]) == 2_000
    assert len(company.collections["jobs"]) == 300
    assert len(company.collections) == 16
    assert all(company.collections.values())


def test_a_key_is_one_company(company: Company) -> None:
    company_of.cache_clear()
    assert company_of("sandbox-blue").collections == company.collections
    assert company_of("sandbox-green").collections != company.collections


@pytest.mark.parametrize(("collection", "field"), NAMES)
def test_what_is_named_is_there(company: Company, collection: str, field: str) -> None:
    known = {payload["id"] for payload in company.collections[NAMES[collection, field]]}
    assert {payload[field] for payload in company.collections[collection]} <= known


def test_what_names_comes_after_what_is_named(company: Company) -> None:
    order = list(company.collections)
    read = [type(batch[0]) for batch in records_of(company)]
    assert len(set(read)) == len(order) == 16


def test_nothing_happens_before_its_cause_or_after_today(company: Company) -> None:
    applied = {found["id"]: found["applied_at"] for found in company.collections["applications"]}
    opened = {job["id"]: job["created_at"] for job in company.collections["jobs"]}
    for application in company.collections["applications"]:
        assert opened[application["job_id"]] <= application["applied_at"] <= application["updated_at"]
        assert datetime.fromisoformat(application["updated_at"]) <= TODAY
    for name in ("interviews", "feedback", "offers"):
        assert all(applied[found["application_id"]] <= found["created_at"] for found in company.collections[name])


def test_a_filled_job_has_hired_somebody_who_signed(company: Company) -> None:
    filled = {job["id"] for job in company.collections["jobs"] if job["state"] == "filled"}
    hired = {found["id"]: found["job_id"] for found in company.collections["applications"] if found["state"] == "hired"}
    signed = {offer["application_id"] for offer in company.collections["offers"] if offer["state"] == "signed"}
    assert set(hired.values()) == filled
    assert set(hired) == signed


def test_a_day_adds_to_what_was(company: Company) -> None:
    later = company_of("sandbox-blue", days=3)
    before = {person["id"] for person in company.collections["candidates"]}
    after = {person["id"] for person in later.collections["candidates"]}
    assert before < after
    assert len(after) == len(before) + 15
    assert later.collections["users"] == company.collections["users"]


async def _read(key: str) -> list[RemoteRecord]:
    return [record async for batch in Sandbox().read(Account(secrets={"api_key": key})) for record in batch]


async def test_the_connector_reads_everything(company: Company) -> None:
    records = await _read("sandbox-blue")
    assert len(records) == sum(len(found) for found in company.collections.values())


@pytest.mark.parametrize("key", ["", "blue", "sandbox-blue-revoked"])
async def test_the_connector_reads_nothing_with_another_key(key: str) -> None:
    with pytest.raises(SecretsRefused):
        await _read(key)
