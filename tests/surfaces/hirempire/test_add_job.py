"""Adding a job: every refusal in its order, and what is made of what is sent."""

from typing import Any
from uuid import uuid4

import pytest

from rolecall.store import events
from tests.surfaces.hirempire.conftest import JOB, Tracker

REQUIRED = (
    "company_id",
    "job_title",
    "department",
    "job_country",
    "salary",
    "currency",
    "salary_period",
    "job_type",
    "workplace",
    "career_level",
    "job_description",
    "job_sources",
)
PERIODS = "Per hour, Per day, Per week, Bi-weekly, Per month, Per year"
TYPES = "Full-time, Part-time, Contract, Freelance, Internship, Temporary, Project-based"
LEVELS = "Junior, Mid-level, Senior, Team Leader, Manager, Director, VP, C-level"
SOURCES = (
    "LinkedIn, Referral, Alien Talents, Facebook, WhatsApp, Pinterest, Reddit, Snapchat, TikTok, X, Instagram, Xing, "
    "WeChat, YouTube, Indeed, My Website, Other, Hirempire"
)
STATUSES = "status must be one of: Pending, Active, Paused, Hired, Closed"
# In the order in which they are looked at.
WRONG: list[tuple[str, Any, str]] = [
    ("salary", "42000", "Field 'salary' must be a number."),
    ("salary_period", "Per decade", f"Invalid salary_period. Allowed values: {PERIODS}"),
    ("job_type", "Mission", f"Invalid job_type. Allowed values: {TYPES}"),
    ("workplace", "Office", "Invalid workplace. Allowed values: On-site, Remote, Hybrid"),
    ("career_level", "Guru", f"Invalid career_level. Allowed values: {LEVELS}"),
    ("department", "Robots", "Invalid department. Allowed values: Accounting/Auditing, Administrative, "),
    ("currency", "EURO", "Invalid currency. Use a three-letter code."),
    ("job_sources", "LinkedIn", "Field 'job_sources' must be an array."),
    ("status", 5, "Field 'status' must be a string if provided."),
]


async def _refused(tracker: Tracker, body: dict[str, Any]) -> str:
    answer = await tracker.call("POST", "add-job", json=body)
    assert (answer.status_code, answer.json()["success"]) == (400, False), answer.text
    return answer.json()["error"]


async def test_required_fields_are_told_in_documented_order(tracker: Tracker) -> None:
    body: dict[str, Any] = {}
    for name in REQUIRED:
        for blank in ({}, {name: None}, {name: " \n"}):
            assert await _refused(tracker, body | blank) == f"Missing required field: {name}"
        body[name] = 0  # present, and of the wrong type for most
        if name in {"job_title", "job_country", "job_description"}:
            assert await _refused(tracker, body) == f"Missing required field: {name}"
            body[name] = "text"


async def test_words_and_types_are_told_in_documented_order(tracker: Tracker) -> None:
    body = JOB | {"company_id": str(uuid4())} | {name: value for name, value, _ in WRONG}
    for name, _, error in WRONG:
        assert (await _refused(tracker, body)).startswith(error)
        body[name] = JOB[name]


@pytest.mark.parametrize("value", [True, "", None, [1], -1, 10**16])
async def test_a_salary_is_a_number(tracker: Tracker, value: Any) -> None:
    error = await _refused(tracker, JOB | {"company_id": "x", "salary": value})
    assert error == ("Missing required field: salary" if value in ("", None) else "Field 'salary' must be a number.")


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ("", '""'),
        (" \t", '" \\t"'),
        (5, "5"),
        (None, "null"),
        ([], "[]"),
        ({"a": 1}, '{"a":1}'),
        ("a\x00", '"a\\u0000"'),
    ],
)
async def test_a_source_is_any_text_with_a_word(tracker: Tracker, entry: Any, shown: str) -> None:
    error = await _refused(tracker, JOB | {"company_id": "x", "job_sources": ["LinkedIn", entry]})
    assert error == f"Invalid job_source: {shown}. Allowed: {SOURCES}"


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b'"text"', b"[" * 100_000])
async def test_a_body_that_is_no_object_reads_as_an_empty_one(tracker: Tracker, content: bytes) -> None:
    answer = await tracker.call("POST", "add-job", content=content)
    assert answer.json() == {"success": False, "error": "Missing required field: company_id"}


async def test_query_parameters_come_before_the_body(tracker: Tracker) -> None:
    answer = await tracker.call("POST", "add-job?x=1", json={})
    assert (answer.status_code, answer.json()["error"]) == (400, "Query parameters or URL params are not allowed.")


async def test_the_company_comes_last_and_is_the_workspaces_own(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign, gone = await strange_tracker.company(), await tracker.company()
    assert (await tracker.call("DELETE", f"delete-company?company_id={gone}")).status_code == 200
    for company_id in (foreign, gone, str(uuid4()), "7", 7, {"id": 1}):
        answer = await tracker.call("POST", "add-job", json=JOB | {"company_id": company_id})
        assert (answer.status_code, answer.json()) == (401, {"success": False, "error": "Invalid company id"})
    assert (await tracker.call("GET", "jobs")).json()["total_jobs"] == 0


async def test_the_answer_is_the_printed_one(tracker: Tracker) -> None:
    answer = await tracker.add()
    body = answer.json()
    assert body.pop("job_id")
    assert body == {
        "success": True,
        "job_status": "active",
        "total_applications": 0,
        "applications": [],
        "google_jobs_indexed": False,
    }


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Pending", "draft"), ("Active", "active"), ("Paused", "paused"), ("Hired", "closed"), ("Closed", "closed"),
        ("active", "active"), ("DRAFT", "draft"),
    ],
)  # fmt: skip
async def test_a_job_starts_in_any_status(tracker: Tracker, word: str, status: str) -> None:
    answer = await tracker.add(status=word)
    assert answer.json()["job_status"] == status
    assert (await tracker.job(answer.json()["job_id"]))["status"] == status


async def test_a_job_without_a_status_is_a_draft(tracker: Tracker) -> None:
    body = {name: value for name, value in JOB.items() if name != "status"} | {"company_id": await tracker.company()}
    assert (await tracker.call("POST", "add-job", json=body)).json()["job_status"] == "draft"


@pytest.mark.parametrize(("status", "error"), [(None, WRONG[-1][2]), ("", STATUSES), ("Open", STATUSES)])
async def test_other_statuses(tracker: Tracker, status: Any, error: str) -> None:
    assert await _refused(tracker, JOB | {"company_id": "x", "status": status}) == error


async def test_words_are_read_in_any_letter_case_and_shown_in_lower_case(tracker: Tracker) -> None:
    job_id = await tracker.added(
        job_type="project-BASED",
        workplace="on-SITE",
        career_level="team leader",
        salary_period="bi-weekly",
        department="legal",
        currency="usd",
    )
    job = await tracker.job(job_id)
    assert (job["job_type"], job["job_mode"], job["career_level"]) == ("project-based", "onsite", "team-leader")
    assert (job["salary_period"], job["department"], job["currency"]) == ("Bi-weekly", "Legal", "USD")


@pytest.mark.parametrize(
    ("country", "city", "shown"),
    [
        ("Portugal", "Porto", "Porto, Portugal"), ("portugal", None, "Portugal"), ("PT", " ", "Portugal"),
        ("USA", "New York", "New York, United States"), ("Turkey", "Izmir", "Izmir, Türkiye"),
        ("Worldwide", None, "Worldwide"), ("Worldwide", "Porto", "Porto, Worldwide"), ("Atlantis", "", "Atlantis"),
        ("Singapore", "Singapore", "Singapore, Singapore"), ("Japan", "東京", "東京, Japan"),
    ],
)  # fmt: skip
async def test_a_place_is_a_city_and_a_country(tracker: Tracker, country: str, city: str | None, shown: str) -> None:
    job_id = await tracker.added(job_country=country, city=city)
    assert (await tracker.job(job_id))["job_location"] == shown


async def test_source_names_are_trimmed_and_distinct(tracker: Tracker) -> None:
    job_id = await tracker.added(job_sources=[" LinkedIn", "LinkedIn\n", "linkedin", "Fax"])
    names = [item["source_name"] for item in (await tracker.job(job_id))["sources"]["items"]]
    assert names == ["LinkedIn", "linkedin", "Fax"]
    again = await tracker.create(job_id=job_id, source_name="Fax")
    assert again.json()["source"]["id"] == (await tracker.job(job_id))["sources"]["items"][2]["id"]


async def test_a_public_slug_is_kept_and_is_the_pages_address(tracker: Tracker) -> None:
    job_id = await tracker.added(public_slug="robots-wanted", status="Pending")
    assert (await tracker.job(job_id))["public_slug"] == "robots-wanted"
    await tracker.update(job_id, status="Active")
    job = await tracker.job(job_id)
    assert job["public_slug"] == "robots-wanted"
    base = job["sources"]["items"][0]["source_url"].rsplit("/", 1)[0]
    assert (await tracker.world.client.get(f"{base}/robots-wanted")).status_code == 200


async def test_a_public_slug_is_given_once(tracker: Tracker) -> None:
    slugs = [(await tracker.job(await tracker.added(public_slug="Robots Wanted!")))["public_slug"] for _ in range(2)]
    assert slugs[0] == "robots-wanted"
    assert slugs[1].startswith("robots-wanted-")


async def test_optional_fields_that_cannot_be_used_are_passed_over(tracker: Tracker) -> None:
    unusable = {"city": 5, "industry": ["x"], "public_slug": 7, "questions": "none", "surprise": {"a": "\x00"}}
    job = await tracker.job(await tracker.added(**unusable))
    assert (job["job_location"], job["industry"], job["questions"]) == ("Portugal", None, None)


async def test_questions_that_are_none_are_passed_over(tracker: Tracker) -> None:
    custom = [None, {"type": "text"}, {"label": " "}, {"label": "Why?", "type": "essay", "options": ["a"]}]
    job = await tracker.job(await tracker.added(questions={"fields": [], "custom": custom}))
    [question] = job["questions"]["custom"]
    assert (question["label"], question["type"], question["options"], question["required"]) == (
        "Why?", "text", None, False,
    )  # fmt: skip
    assert set(job["questions"]["fields"].values()) == {False}


@pytest.mark.parametrize(
    "kind", ["text", "textarea", "number", "date", "url", "file", "multi_select", "video", "audio"]
)
async def test_every_kind_of_question(tracker: Tracker, kind: str) -> None:
    custom = [{"label": "Which?", "type": kind, "options": ["a", "b"], "required": True}]
    [question] = (await tracker.job(await tracker.added(questions={"custom": custom})))["questions"]["custom"]
    assert (question["type"], question["required"]) == (kind, True)
    assert question["options"] == (["a", "b"] if kind == "multi_select" else None)


async def test_markdown_stays_and_markup_is_cleaned(tracker: Tracker) -> None:
    markdown = "# Robots\n\n- *fix* them\r\n- [docs](https://example.com)"
    assert (await tracker.job(await tracker.added(job_description=markdown)))["job_description"] == markdown
    unsafe = "<p>Fix <b>robots</b><script>alert(1)</script></p>"
    shown = (await tracker.job(await tracker.added(job_description=unsafe)))["job_description"]
    assert shown == "<p>Fix <b>robots</b></p>"


async def test_a_description_without_a_word_that_may_stay(tracker: Tracker) -> None:
    answer = await tracker.add(job_description="<script>alert(1)</script>")
    assert answer.json() == {"success": False, "error": "Missing required field: job_description"}


@pytest.mark.parametrize(
    "changes", [{"job_title": "x" * 301}, {"job_title": "a\x00b"}, {"job_description": "x" * 50_001}]
)
async def test_texts_that_cannot_be_stored_are_missing(tracker: Tracker, changes: dict[str, str]) -> None:
    answer = await tracker.add(**changes)
    assert (answer.status_code, answer.json()["error"]) == (400, f"Missing required field: {next(iter(changes))}")


async def test_what_a_new_job_leaves_behind(tracker: Tracker) -> None:
    job_id = await tracker.added()
    async with tracker.world.services.database.reading() as conn:
        found = await events.of_record(conn, tracker.world.workspace.id, job_id)  # type: ignore[arg-type]
    assert [event.type for event in found] == ["job.created", "job.moved"]
