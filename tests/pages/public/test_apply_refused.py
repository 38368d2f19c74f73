"""Forms that are not taken: what is wrong stands beside its field, and what was typed is kept."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from rolecall.actions.consents import ConsentChanges, change_consent
from rolecall.actions.forms import NewQuestion
from rolecall.app import create_app
from rolecall.domain.jobs import JobStatus
from tests.applicant import MIRA, applicant, job_with_form, stored
from tests.conftest import BASE_URL
from tests.documents_sent import LOOK_ALIKES, PDF
from tests.pages.public.conftest import Door
from tests.world import World

HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"first_name": " "}, "Fill this in."),
        ({"last_name": None}, "Fill this in."),
        ({"email": "mira@nowhere"}, "Write an e-mail address, as in name@example.com."),
        ({"phone": "call me"}, "Write a phone number"),
        ({"first_name": "x" * 256}, "Use at most 255 characters."),
        ({"privacy": None}, "Tick this box"),
        ({"privacy": "no"}, "Tick this box"),
        ({"second_note": "Buy now"}, "Leave this field empty"),
        ({"experience_years": "many"}, "Write a number of years"),
        ({"experience_years": "81"}, "Write a number of years"),
        ({"salary_expectation": "1e9"}, "Write a number, as in 12 or 12.5."),
        ({"country": "XX"}, "Choose an answer."),
        ({"languages": "((("}, "Separate languages by commas"),
    ],
)
async def test_a_wrong_field_is_told_and_the_others_are_kept(acme: World, fields: dict, fault: str) -> None:
    switched = ("experience_years", "salary_expectation", "location", "languages")
    job = await job_with_form(acme, fields=switched)
    person = await applicant(acme, job.public_path or "")
    answer = await person.send(**fields)
    assert (answer.status_code, fault in answer.text, await stored(acme)) == (422, True, [])
    kept = [value for name, value in MIRA.items() if name not in {*fields, "privacy"}]
    assert [value in answer.text for value in kept] == [True] * len(kept)
    assert "Choose this file again: a page cannot keep files." in answer.text
    assert f'name="token" value="{person.token}"' in answer.text


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("text", " ", "Fill this in."),
        ("number", "twelve", "Write a number, as in 12 or 12.5."),
        ("date", "tomorrow", "Write a date, as in 2026-05-04."),
        ("url", "javascript:alert(1)", "Write a whole address, as in https://example.com."),
        ("single_select", "Evening", "Choose an answer."),
        ("multi_select", "", "Choose an answer."),
        ("file", "", "Choose a file."),
    ],
)
async def test_a_question_is_answered_rightly_or_not_at_all(acme: World, kind: str, value: str, fault: str) -> None:
    question = NewQuestion(text="Which one?", kind=kind, options=["Day", "Night"], required=True)
    job = await job_with_form(acme, question)
    page = await acme.client.get(f"/jobs/{job.public_path}/apply")
    name = page.text.partition('name="q_')[2].partition('"')[0]
    person = await applicant(acme, job.public_path or "")
    answer = await person.send(None, **{f"q_{name}": value})
    assert (answer.status_code, fault in answer.text, await stored(acme)) == (422, True, [])


@pytest.mark.parametrize("kind", LOOK_ALIKES)
async def test_files_are_known_by_their_content(acme: World, kind: str) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answer = await person.send(files={"resume": ("cv.pdf", LOOK_ALIKES[kind])})
    assert (answer.status_code, "This is not a file that we can take" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "This file is empty."),
        (PDF + bytes(10 << 20), "This file is too large. Choose one of at most 10 MB."),
        (None, "Choose a file."),
    ],
)
async def test_files_that_are_not_there_or_too_large(acme: World, content: bytes | None, fault: str) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answer = await person.send(files={"resume": None if content is None else ("cv.pdf", content)})
    assert (answer.status_code, fault in answer.text) == (422, True)


async def test_more_than_the_form_asks_for_is_not_read(acme: World) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answer = await person.send(files={"resume": ("cv.pdf", PDF + bytes(15 << 20))})
    assert (answer.status_code, "too large together" in answer.text) == (413, True)


async def test_what_was_typed_stays_text(acme: World) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answer = await person.send(first_name=HOSTILE, email=HOSTILE)
    assert ("<script" in answer.text, "&lt;script&gt;alert(1)" in answer.text) == (False, True)


async def test_a_body_that_is_no_form(acme: World) -> None:
    job = await acme.job()
    path = f"/jobs/{job.public_path}/apply"
    bodies: list[dict[str, Any]] = [{"json": MIRA}, {"data": MIRA}, {"content": b"x"}]
    for body in bodies:
        answer = await acme.client.post(path, **body)
        assert (answer.status_code, "could not be read" in answer.text) == (400, True)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await acme.client.post(path, content=b"--x\r\nbroken", headers=headers)).status_code in {400, 422}


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c"])
async def test_a_token_that_is_not_ours(acme: World, token: str | None) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    answer = await person.send(token=token)
    assert (answer.status_code, "Your application is not sent yet." in answer.text) == (422, True)
    assert await stored(acme) == []


@pytest.mark.parametrize(("status", "code"), [(JobStatus.DRAFT, 409), (JobStatus.PAUSED, 409), (JobStatus.CLOSED, 410)])
async def test_a_job_that_is_not_open_takes_nothing(door: Door, status: JobStatus, code: int) -> None:
    job = await door.world.job()
    _, path = await door.link(job)
    person = await applicant(door.world, job.public_path or "")
    await door.world.move(job.id, status)
    assert f"{path}/apply" not in (await door.world.client.get(path)).text
    for answer in (await person.send(), await door.world.client.get(person.path)):
        assert (answer.status_code, "takes no applications" in answer.text) == (code, True)
    assert await stored(door.world) == []


async def test_many_from_one_address_have_to_wait(acme: World) -> None:
    person = await applicant(acme, (await acme.job()).public_path or "")
    settings = acme.services.settings.model_copy(update={"applications_per_hour": 1})
    app = create_app(replace(acme.services, settings=settings))
    transport = httpx.ASGITransport(app, client=("192.0.2.77", 1))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        late = replace(person, world=replace(acme, client=client))
        first, second = await late.send(), await late.send()
    assert (first.status_code, second.status_code) == (303, 429)
    assert 0 < int(second.headers["Retry-After"]) <= 3600


async def test_no_connection_is_held_while_a_form_comes_in(acme: World) -> None:
    job = await acme.job()
    path, going_on = f"/jobs/{job.public_path}/apply", asyncio.Event()

    async def slowly():
        yield b"--x\r\n"
        await going_on.wait()

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    slow = [asyncio.ensure_future(acme.client.post(path, content=slowly(), headers=headers)) for _ in range(20)]
    await asyncio.sleep(0.2)
    assert (await acme.client.get(path)).status_code == 200  # a pool has eight connections
    going_on.set()
    await asyncio.gather(*slow)


async def test_the_consent_is_the_workspaces_own(acme: World) -> None:
    job = await acme.job()
    changes = ConsentChanges(
        texts={"nl": "Ja, bewaar dit."}, privacy_url="https://acme.example/privacy", talent_pool=False
    )
    async with acme.services.database.writing() as conn:
        await change_consent(acme.context(conn), changes)
    page = (await acme.client.get(f"/jobs/{job.public_path}/apply")).text
    assert 'class="lines" lang="nl">Ja, bewaar dit.</label>' in page
    assert ('href="https://acme.example/privacy"' in page, "talent_pool" in page) == (True, False)
    person = await applicant(acme, job.public_path or "")
    await person.thanks(await person.send(talent_pool="yes"))
    assert [found["pool"] for found in await stored(acme)] == [False]
