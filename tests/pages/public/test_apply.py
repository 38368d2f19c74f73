"""Applying through a job's page: what is stored, and that it is stored once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from rolecall.actions.forms import NewQuestion
from rolecall.app import create_app
from rolecall.domain.jobs import JobStatus
from rolecall.services import Services
from tests.applicant import applicant, job_with_form, stored, token_in
from tests.conftest import BASE_URL
from tests.documents_sent import PDF, RECORDINGS, TAKEN
from tests.pages.public.conftest import Door
from tests.world import World

ALL_FIELDS = ("cover_letter", "photo", "experience_years", "languages", "nationality", "location", "salary_expectation")
KINDS = {
    "text": "Lund",
    "textarea": "Two\r\nlines",
    "number": "12,5",
    "date": "2026-12-01",
    "url": "https://mira.example.org",
    "single_select": "Day",
    "multi_select": ["Day", "Night"],
}
FILES = {"file": "pdf", "video": "mp4", "audio": "m4a"}


async def names_of_questions(world: World) -> dict[str, str]:
    """The form's field of each question, by its kind."""
    async with world.services.database.reading() as conn:
        query = "select kind, id from screening_question where workspace_id = %s"
        rows = await (await conn.execute(query, (world.workspace.id,))).fetchall()
    return {kind: f"q_{question_id.hex}" for kind, question_id in rows}


async def test_an_application_is_stored_whole(acme: World) -> None:
    job = await acme.job()
    person = await applicant(acme, job.public_path or "")
    page = await person.thanks(await person.send(talent_pool="yes"))
    assert (page.status_code, "Thank you for applying" in page.text) == (200, True)
    (application,) = await stored(acme)
    assert application["publication_id"] is not None
    expected = {
        "source": "Career site", "first_name": "Mira", "last_name": "Okafor", "email": "mira.okafor@example.org",
        "phone_numbers": ["+351910000112"], "privacy": True, "pool": True, "language": "en",
        "documents": ["resume cv.pdf"], "answers": [], "motivation": None,
    }  # fmt: skip
    assert {name: application[name] for name in expected} == expected


async def test_every_switched_field_is_stored(acme: World) -> None:
    job = await job_with_form(acme, fields=ALL_FIELDS)
    person = await applicant(acme, job.public_path or "")
    await person.thanks(
        await person.send(
            files={"photo": ("me.jpg", TAKEN["jpg"])}, cover_letter="Dear all,\r\nhello.", experience_years="7.5",
            languages="Portuguese (native), English", nationality="Portuguese", city="Porto", country="PT",
            salary_expectation="42 000",
        )
    )  # fmt: skip
    (application,) = await stored(acme)
    expected = {
        "motivation": "Dear all,\nhello.", "years": 7.5, "salary": 42000.0, "nationality": "Portuguese",
        "city": "Porto", "country_code": "PT", "has_photo": True, "documents": ["photo me.jpg", "resume cv.pdf"],
        "spoken_languages": [
            {"language": "Portuguese", "fluency": "native"}, {"language": "English", "fluency": ""},
        ],
    }  # fmt: skip
    assert {name: application[name] for name in expected} == expected


async def test_all_ten_kinds_of_questions_are_answered(acme: World) -> None:
    asked = [NewQuestion(text=kind.title(), kind=kind, options=["Day", "Night"], required=True) for kind in KINDS]
    asked += [NewQuestion(text=kind.title(), kind=kind, required=True) for kind in FILES]
    job = await job_with_form(acme, *asked)
    names = await names_of_questions(acme)
    person = await applicant(acme, job.public_path or "")
    fields: dict[str, Any] = {names[kind] + "[]" * (kind == "multi_select"): value for kind, value in KINDS.items()}
    files = {names[kind]: (f"mine.{ending}", {**TAKEN, **RECORDINGS}[ending]) for kind, ending in FILES.items()}
    await person.thanks(await person.send(files=files, **fields))
    (application,) = await stored(acme)
    assert application["answers"] == [
        ["Text", "text", "Lund", None],
        ["Textarea", "textarea", "Two\nlines", None],
        ["Number", "number", 12.5, None],
        ["Date", "date", "2026-12-01", None],
        ["Url", "url", "https://mira.example.org", None],
        ["Single_Select", "single_select", "Day", None],
        ["Multi_Select", "multi_select", ["Day", "Night"], None],
        ["File", "file", None, "mine.pdf"],
        ["Video", "video", None, "mine.mp4"],
        ["Audio", "audio", None, "mine.m4a"],
    ]


@pytest.mark.parametrize(
    ("kind", "options", "control"),
    [
        ("MULTI_LINE_TEXT", [], "<textarea"),
        ("SINGLE_SELECT", ["Day"], 'type="radio"'),
        ("BOOLEAN", [], 'value="Yes"'),
        ("NUMERIC", [], 'inputmode="decimal"'),
        ("single_select", [], 'type="text" id="q_'),
        ("single_select", [f"Shift {number}" for number in range(8)], "<select"),
    ],
)
async def test_questions_from_elsewhere_are_asked_too(acme: World, kind: str, options: list[str], control: str) -> None:
    job = await job_with_form(acme, NewQuestion(text="Which one?", kind=kind, options=options))
    page = (await acme.client.get(f"/jobs/{job.public_path}/apply")).text
    assert ("Which one?" in page, control in page) == (True, True)


async def test_the_link_is_the_source_and_its_form_counts_no_visit(door: Door) -> None:
    job = await door.world.job()
    link, path = await door.link(job, "University fair")
    assert f'href="{path}/apply"' in (await door.world.client.get(path)).text
    person = await applicant(door.world, path.removeprefix("/jobs/"))
    await person.thanks(await person.send())
    (application,) = await stored(door.world)
    assert (application["source"], application["source_link_id"]) == ("University fair", link.id)
    assert await door.visits(link.id) == 1


async def test_a_link_of_another_job_opens_that_job(door: Door) -> None:
    job = await door.world.job()
    other, path = await door.link(await door.world.job("Optics Lead"))
    person = await applicant(door.world, job.public_path or "")
    answer = await replace(person, path=f"{path}/apply").send()  # the token is of the first job's form
    assert (answer.status_code, await stored(door.world)) == (422, [])
    assert await door.visits(other.id) == 0


async def test_a_repeat_is_one_application_and_the_same_page(acme: World) -> None:
    job = await acme.job()
    person = await applicant(acme, job.public_path or "")
    first, second = await person.send(), await person.send(files={"resume": ("other.pdf", PDF)})
    assert first.headers["location"] == second.headers["location"]
    assert (await person.thanks(first)).text == (await person.thanks(second)).text
    assert len(await stored(acme)) == 1


async def test_the_same_form_sent_at_the_same_time_is_one_application(acme: World) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answers = await asyncio.gather(*(person.send() for _ in range(5)))
    assert {answer.headers.get("location") for answer in answers} == {answers[0].headers["location"]}
    assert len(await stored(acme)) == 1


async def test_a_repeat_after_the_job_closed_still_says_thank_you(acme: World) -> None:
    job = await acme.job()
    person = await applicant(acme, job.public_path or "")
    await person.send()
    await acme.move(job.id, JobStatus.CLOSED)
    page = await person.thanks(await person.send())
    assert (page.status_code, len(await stored(acme))) == (200, 1)


async def test_a_form_that_was_open_for_too_long_is_shown_again(acme: World) -> None:
    job = await acme.job()
    person = await applicant(acme, job.public_path or "")
    async with later(acme.services, days=15) as client:
        late = replace(person, world=replace(acme, client=client))
        answer = await late.send()
        assert (answer.status_code, 'value="Mira"' in answer.text) == (422, True)
        assert "was open for too long" in answer.text
        await late.thanks(await replace(late, token=token_in(answer.text)).send())
    assert len(await stored(acme)) == 1


def later(services: Services, **by: int) -> httpx.AsyncClient:
    """A client of the application as it will be then."""
    at = datetime.now(UTC) + timedelta(**by)
    transport = httpx.ASGITransport(create_app(replace(services, clock=lambda: at)))
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL)


async def test_a_known_person_is_joined(acme: World) -> None:
    job = await acme.job()
    for email in ("mira.okafor@example.org", "MIRA.OKAFOR@example.org"):
        person = await applicant(acme, job.public_path or "")
        await person.thanks(await person.send(email=email))
    async with acme.services.database.reading() as conn:
        query = "select count(*) from candidate where workspace_id = %s"
        (count,) = await (await conn.execute(query, (acme.workspace.id,))).fetchone() or (0,)
    assert (count, len(await stored(acme))) == (1, 2)


async def test_a_question_deleted_meanwhile_keeps_its_answer(acme: World) -> None:
    job = await job_with_form(acme, NewQuestion(text="Which shift?", kind="text"))
    (name,) = (await names_of_questions(acme)).values()
    person = await applicant(acme, job.public_path or "")
    await person.thanks(await person.send(None, **{name: "Night"}))
    async with acme.services.database.writing() as conn:
        await conn.execute("delete from screening_question where workspace_id = %s", (acme.workspace.id,))
    (application,) = await stored(acme)
    assert application["answers"] == [["Which shift?", "text", "Night", None]]


async def test_the_thank_you_page_needs_a_form_that_was_sent(acme: World) -> None:
    job = await acme.job()
    for query in ("", "?form=", "?form=zz", f"?form={'0' * 32}", "?form=%00"):
        answer = await acme.client.get(f"/jobs/{job.public_path}/applied{query}")
        assert answer.status_code == 404
