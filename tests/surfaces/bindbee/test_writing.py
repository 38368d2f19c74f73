"""Creates: what is stored is read at once, refusals name what is wrong, repeats write nothing."""

import asyncio
import base64
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
import pytest

from rolecall.app import create_app
from rolecall.store import idempotency
from rolecall.store.db import fetch_value
from rolecall.surfaces.bindbee.models import MODELS
from tests.contract.contracts import contract
from tests.contract.scenarios.bindbee.reading import UNKNOWN
from tests.contract.scenarios.bindbee.writing import BODIES, PDF
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World


@pytest.fixture
async def made(acme: World) -> dict[str, UUID]:
    return await furnish(acme)


async def posted(ats: Organization, path: str, body: Any, *, status: int = 200, key: str | None = None) -> Any:
    """The answer to a create."""
    headers = ats.headers | ({"X-Idempotency-Key": key} if key else {})
    answer = await ats.world.client.post(f"/api/ats/v1/{path}", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize("slug", MODELS)
async def test_what_is_stored_is_read_at_once(made: dict[str, UUID], acme_ats: Organization, slug: str) -> None:
    model, body = MODELS[slug], BODIES[slug](made)
    answer = await posted(acme_ats, model.path, body, status=model.create.status)
    record_id = answer["id"] if isinstance(answer, dict) else answer
    record = (await acme_ats.get(f"{model.path}/{record_id}")).json()
    if isinstance(answer, dict):
        assert {**answer, "file_url": ""} == {**record, "file_url": ""}
    names = {found.name for found in model.fields} - {"attachments"}
    assert {name: record[name] for name in body if name in names} == {
        name: value for name, value in body.items() if name in names
    }


@pytest.mark.parametrize("slug", [slug for slug in MODELS if slug != "candidate"])
async def test_required_fields_are_those_of_the_contract(acme_ats: Organization, slug: str) -> None:
    operation = contract("bindbee")["paths"][f"/api/ats/v1/{MODELS[slug].path}"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    required = contract("bindbee")["components"]["schemas"][name].get("required", []) if name else ["candidate"]
    if slug == "job":
        required = ["name"]  # or a template that has one
    problems = (await posted(acme_ats, MODELS[slug].path, {}, status=422))["detail"]
    assert sorted(problem["loc"][1] for problem in problems) == sorted(required)


async def test_a_candidate_with_data_applies_at_a_stage(made: dict[str, UUID], acme_ats: Organization) -> None:
    data = {"first_name": "Mira", "tags": ["python", "new"], "job_id": str(made["job"])}
    stage = {"job_interview_stage_id": str(made["job_interview_stage"])}
    body = {"data": data | stage, "remote_user_id": str(made["remote_user"]), "job_requisition_id": "REQ-118"}
    candidate = await posted(acme_ats, "candidates", body)
    assert candidate["tags"] == ["new", "python"]
    (application,) = await acme_ats.items(f"applications?candidate={candidate['id']}")
    assert application["current_stage"] == str(made["job_interview_stage"])
    assert application["credited_to"] == str(made["remote_user"])
    assert candidate["applications"] == [application["id"]]


async def test_without_a_stage_the_lowest_is_taken(acme: World, acme_ats: Organization) -> None:
    job = await acme.job()
    await posted(acme_ats, "job-interview-stages", {"name": "Second", "job": str(job.id), "stage_order": 5})
    first = await posted(acme_ats, "job-interview-stages", {"name": "First", "job": str(job.id), "stage_order": 2})
    await posted(acme_ats, "candidates", {"first_name": "Mira", "job": str(job.id)})
    (application,) = await acme_ats.items("applications")
    assert application["current_stage"] == first


async def test_a_job_without_stages_gets_the_usual_ones(acme: World, acme_ats: Organization) -> None:
    job = await acme.job()
    await posted(acme_ats, "candidates", {"data": {"job_id": str(job.id)}})
    (application,) = await acme_ats.items("applications?expand=current_stage[name]")
    assert application["current_stage"] == {"name": "Applied"}
    assert await acme_ats.items("candidates?last_name=nobody") == []


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("https://a.example", {"value": "https://a.example", "url_type": None}),
        ({"value": "a.example", "type": "BLOG"}, {"value": "a.example", "url_type": "BLOG"}),
        ({"value": "a.example", "url_type": "PERSONAL", "type": "x"}, {"value": "a.example", "url_type": "PERSONAL"}),
        ({"value": None, "url_type": "-"}, {"value": None, "url_type": "-"}),
    ],
)
async def test_addresses_in_all_shapes(acme_ats: Organization, sent: Any, stored: dict[str, Any]) -> None:
    assert (await posted(acme_ats, "candidates", {"urls": [sent]}))["urls"] == [stored]


async def test_posting_addresses_of_a_job(acme: World, acme_ats: Organization) -> None:
    urls = ["https://jobs.example.org/de-22", {"value": "https://b.example", "type": "OTHER"}]
    job = await posted(acme_ats, "jobs", {"name": "Lead", "job_posting_urls": urls}, status=201)
    assert job["job_posting_urls"] == [
        {"value": "https://jobs.example.org/de-22", "url_type": "JOB_POSTING"},
        {"value": "https://b.example", "url_type": "OTHER"},
    ]
    await acme.move(UUID(job["id"]), "open")  # type: ignore[arg-type]
    (expanded,) = await acme_ats.items(f"jobs?ids={job['id']}&expand=offices")
    (stored,) = await acme_ats.items(f"jobs?ids={job['id']}")
    assert expanded == stored
    assert [url["url_type"] for url in stored["job_posting_urls"]] == ["JOB_POSTING", "JOB_POSTING", "OTHER"]


@pytest.mark.parametrize("word", ["OPEN", "PENDING", "CLOSED", "ARCHIVED", "DRAFT", "-"])
async def test_a_job_begins_in_the_status_asked_for(acme_ats: Organization, word: str) -> None:
    job = await posted(acme_ats, "jobs", {"name": "Lead", "status": word}, status=201)
    assert job["status"] == ("DRAFT" if word == "-" else word)


async def test_a_job_after_a_template(acme: World, made: dict[str, UUID], acme_ats: Organization) -> None:
    body = {"template_id": str(made["job"])}
    (problem,) = (await posted(acme_ats, "jobs", body, status=422))["detail"]
    assert problem["loc"] == ["body", "template_id"]
    query = "update job set raw = '{\"is_template\": true}', remote_id = 'req-1000' where workspace_id = %s and id = %s"
    async with acme.services.database.writing() as conn:
        await conn.execute(query, (acme.workspace.id, made["job"]))
    for named in (str(made["job"]), "req-1000"):
        job = await posted(acme_ats, "jobs", {"template_id": named, "status": "OPEN"}, status=201)
        assert (job["name"], job["offices"]) == ("Firmware Lead", [str(made["office"])])


@pytest.mark.parametrize(
    ("body", "loc", "message"),
    [
        ({"file_name": "cv.pdf"}, ["body"], "Value error, send file_url or file_content"),
        ({"file_content": "&&&"}, ["body", "file_content"], "Input should be valid base64"),
        ({"file_content": "AAAA"}, ["body", "file_content"], None),
        ({"file_content": ""}, ["body", "file_content"], None),
        ({"file_url": "ftp://files.example.org/cv.pdf"}, ["body", "file_url"], None),
    ],
)
async def test_documents_that_are_refused(
    made: dict[str, UUID], acme_ats: Organization, body: dict[str, Any], loc: list[str], message: str | None
) -> None:
    path = f"candidates/{made['candidate']}/attachments"
    (problem,) = (await posted(acme_ats, path, body, status=422))["detail"]
    assert problem["loc"] == loc
    assert message is None or problem["msg"] == message


async def test_a_document_may_have_five_megabytes(made: dict[str, UUID], acme_ats: Organization) -> None:
    path, line = f"candidates/{made['candidate']}/attachments", "x" * 1023 + "\n"
    most = {"file_name": "a.txt", "file_content": _base64(line * 5 * 1024)}
    record = await posted(acme_ats, path, most)
    assert (record["file_name"], record["attachment_type"]) == ("a.txt", "OTHER")
    content = await acme_ats.world.client.get(record["file_url"].removeprefix("http://rolecall.test"))
    assert content.text == line * 5 * 1024
    (problem,) = (await posted(acme_ats, path, most | {"file_content": _base64(line * 5 * 1024 + "x")}, status=422))[
        "detail"
    ]
    assert problem["loc"] == ["body", "file_content"]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("departments", {"name": "Data"}, "The department name Data is taken."),
        ("tags", {"name": "python"}, "The tag name python is taken."),
        ("reject-reasons", {"name": "Reason mira"}, "The reject reason name Reason mira is taken."),
        ("remote-users", {"email": "INES.duarte@example.org"}, "The member name ines.duarte@example.org is taken."),
    ],
)
async def test_names_are_taken(
    made: dict[str, UUID], acme_ats: Organization, linked: Organization, path: str, body: Any, message: str
) -> None:
    assert (await posted(acme_ats, path, body, status=409)) == {"detail": message}
    await posted(linked, path, body)


async def test_ids_of_other_connectors_are_unknown(
    made: dict[str, UUID], acme_ats: Organization, linked: Organization
) -> None:
    body = {"candidate": str(made["candidate"]), "job": str(made["job"]), "remote_user_id": UNKNOWN}
    problems = (await posted(linked, "applications", body, status=422))["detail"]
    assert {problem["loc"][1]: problem["msg"] for problem in problems} == {
        "remote_user_id": "Remote User not found",
        "candidate": "Candidate not found",
        "job": "Job not found",
    }
    data = {"data": {"job_id": str(made["job"])}}
    (problem,) = (await posted(linked, "candidates", data, status=422))["detail"]
    assert problem["loc"] == ["body", "data", "job_id"]


async def test_a_stage_of_another_job_is_refused(acme: World, made: dict[str, UUID], acme_ats: Organization) -> None:
    other = await acme.job("Other")
    body = {
        "candidate": str(made["candidate"]),
        "job": str(other.id),
        "current_stage": str(made["job_interview_stage"]),
    }
    await posted(acme_ats, "applications", body, status=422)


async def test_a_repeat_is_answered_as_the_first(made: dict[str, UUID], acme_ats: Organization) -> None:
    body = BODIES["candidate"](made)
    first = await posted(acme_ats, "candidates", body, key="k")
    assert await posted(acme_ats, "candidates", body, key="k") == first
    other = await posted(acme_ats, "candidates", body, key="k2")
    assert other["id"] != first["id"]
    different = "Idempotency key already exists with a different payload."
    assert await posted(acme_ats, "candidates", {"first_name": "x"}, key="k", status=409) == {"detail": different}
    assert await posted(acme_ats, "tags", {"name": "x"}, key="k", status=409) == {"detail": different}


async def test_a_failure_is_not_remembered(made: dict[str, UUID], acme_ats: Organization) -> None:
    await posted(acme_ats, "departments", {"name": "Data"}, key="k", status=409)
    await posted(acme_ats, "departments", {}, key="k", status=422)
    await posted(acme_ats, "departments", {"name": "Research"}, key="k")


async def test_the_same_key_while_running(acme: World, acme_ats: Organization) -> None:
    answers = await asyncio.gather(
        *(
            acme.client.post(
                "/api/ats/v1/offices", json={"name": "Lisbon"}, headers=acme_ats.headers | {"X-Idempotency-Key": "k"}
            )
            for _ in range(8)
        )
    )
    assert len(await acme_ats.items("offices")) == 1
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.text for answer in answers if answer.status_code == 200}) == 1


async def test_a_key_that_is_held_is_in_progress(acme: World, acme_ats: Organization) -> None:
    async with acme.services.database.reading() as conn:
        query = "select id from connector where workspace_id = %s and integration = 'native'"
        scope = f"bindbee:{await fetch_value(conn, query, [acme.workspace.id])}"
    key = sha256(b"k").digest()
    async with acme.services.database.writing() as conn:
        assert await idempotency.hold(conn, acme.workspace.id, scope, key=key)
        answer = await posted(acme_ats, "offices", {"name": "Lisbon"}, key="k", status=409)
    assert answer == {"detail": "Request with this idempotency key is already in progress."}
    await posted(acme_ats, "offices", {"name": "Lisbon"}, key="k")


async def test_writes_of_a_model_can_be_switched_off(acme: World, acme_ats: Organization) -> None:
    closed = acme.services.settings.model_copy(update={"bindbee_closed_writes": "jobs, tags"})
    app = create_app(replace(acme.services, settings=closed))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rolecall.test") as client:
        ats = replace(acme_ats, world=replace(acme, client=client))
        assert await posted(ats, "tags", {"name": "x"}, status=403) == {"detail": "Write is disabled for this model"}
        await posted(ats, "offices", {"name": "Lisbon"})
        assert await ats.items("tags") == []


async def test_a_note_is_cleaned(made: dict[str, UUID], acme_ats: Organization) -> None:
    body = BODIES["activity"](made) | {"body": "<p onclick='x()'>Hi</p><script>x()</script>"}
    assert (await posted(acme_ats, "activities", body, status=201))["body"] == "<p>Hi</p>"


async def test_custom_fields_of_a_body_are_its_payload(acme_ats: Organization) -> None:
    body = {"custom_fields": {"days": 30}, "additional_attributes": {"channel": "meetup"}}
    await posted(acme_ats, "candidates", body)
    (item,) = await acme_ats.items("candidates?include_raw_data=true")
    assert item["raw_data"] == {"additional_attributes": {"channel": "meetup"}, "custom_fields": {"days": 30}}


async def test_a_body_has_to_be_json(acme_ats: Organization) -> None:
    headers = acme_ats.headers | {"Content-Type": "application/json"}
    for content in (b"{", b"[]", b'{"name": "\\u0000"}'):
        answer = await acme_ats.world.client.post("/api/ats/v1/tags", content=content, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body"]


async def test_a_printed_document(made: dict[str, UUID], acme_ats: Organization) -> None:
    body = contract("bindbee")["components"]["schemas"]["AtsAttachmentWrite"]["examples"][0]
    record = await posted(
        acme_ats,
        f"candidates/{made['candidate']}/attachments",
        body | {"remote_user_id": str(made["remote_user"]), "file_content": PDF},
    )
    assert (record["file_name"], record["attachment_type"]) == ("cv.pdf", "RESUME")
    assert record["candidate"] == str(made["candidate"])
