"""Somebody applies through a counted link: one application that the contracts read, and one person for all of them."""

from typing import Any

import pytest

from rolecall.actions.forms import NewQuestion
from tests.applicant import applicant, job_with_form
from tests.contract.stage import Stage
from tests.documents_sent import TAKEN
from tests.world import World


@pytest.fixture
async def headers(acme: World) -> dict[str, dict[str, str]]:
    return await Stage(acme).all_headers()


async def read(world: World, path: str, headers: dict[str, str]) -> dict[str, Any]:
    answer = await world.client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_application_through_a_link_is_read_by_all(acme: World, headers: dict[str, dict[str, str]]) -> None:
    question = NewQuestion(text="Which shift?", kind="single_select", options=["Day", "Night"], required=True)
    job = await job_with_form(acme, question, fields=("cover_letter", "location"))
    body = {"job_id": str(job.id), "source_name": "University fair"}
    made = await acme.client.post("/v1/create-source", json=body, headers=headers["hirempire"])
    link = made.json()["source"]["source_url"].partition("/jobs/")[2]
    page = (await acme.client.get(f"/jobs/{link}/apply")).text
    name = page.partition('name="q_')[2].partition('"')[0]
    person = await applicant(acme, link)
    await person.thanks(await person.send(None, cover_letter="Dear all", city="Porto", **{f"q_{name}": "Night"}))

    (seen,) = (await read(acme, "/v1/candidates", headers["hirempire"]))["candidates"]
    expected = {
        "name": "Mira Okafor", "email": "Mira.Okafor@example.org", "type": "applicant", "status": "applied",
        "source": "University fair", "cover_letter": "Dear all", "location": "Porto", "job_title": "Firmware Lead",
    }  # fmt: skip
    assert {field: seen[field] for field in expected} == expected
    assert [(one["question"], one["answer"]) for one in seen["custom_answers"]] == [("Which shift?", "Night")]
    assert (await acme.client.get(seen["cv_url"])).content.startswith(b"%PDF")

    path = "/api/ats/v1/applications?expand=candidate,current_stage"
    (item,) = (await read(acme, path, headers["bindbee"]))["items"]
    assert (item["source"], item["current_stage"]["name"]) == ("University fair", "Applied")
    assert (item["candidate"]["first_name"], item["job"]) == ("Mira", str(job.id))


async def test_who_applied_here_is_the_same_person_for_the_career_site(
    acme: World, headers: dict[str, dict[str, str]]
) -> None:
    job = await acme.job()
    person = await applicant(acme, job.public_path or "")
    await person.thanks(await person.send())
    candidate = {"first_name": "M.", "last_name": "Okafor", "email": "mira.okafor@EXAMPLE.org"}
    body = {"vacancy": (job.public_path or "").split("/")[1], "candidate": candidate}
    answer = await acme.client.post("/api/v1/applications", json=body, headers=headers["recruitsome"])
    assert answer.status_code == 201
    (known,) = (await read(acme, "/api/ats/v1/candidates", headers["bindbee"]))["items"]
    assert (known["first_name"], len(known["applications"])) == ("Mira", 2)


async def test_the_profile_on_the_career_sites_contract_has_what_the_form_brought(
    acme: World, headers: dict[str, dict[str, str]]
) -> None:
    job = await job_with_form(acme, fields=("photo", "location"))
    person = await applicant(acme, job.public_path or "")
    await person.thanks(await person.send({"photo": ("me.jpg", TAKEN["jpg"])}, city="Porto", country="PT"))
    async with acme.services.database.reading() as conn:
        query = "select slug from candidate where workspace_id = %s"
        (slug,) = await (await conn.execute(query, (acme.workspace.id,))).fetchone() or ("",)
    profile = (await read(acme, f"/api/v1/candidates/{slug}", headers["recruitsome"]))["data"]
    assert (profile["first_name"], profile["email"]) == ("Mira", "Mira.Okafor@example.org")
    assert sorted((one["type"], one["filename"]) for one in profile["documents"]) == [
        ("photo", "me.jpg"),
        ("resume", "cv.pdf"),
    ]
