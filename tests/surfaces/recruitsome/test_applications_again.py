"""Applications of people who are known, and requests that are sent again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from rolecall.app import create_app
from rolecall.domain.jobs import JobStatus
from rolecall.store.events import of_record
from tests.documents_sent import PDF
from tests.surfaces.recruitsome.applicants import PERSON, Applicant, applicant, sent_document
from tests.surfaces.recruitsome.conftest import CareerSite, career_site
from tests.world import World


async def test_a_known_address_joins_its_candidate_and_fills_gaps(site: CareerSite) -> None:
    milan = await applicant(site)
    await milan.send(candidate=PERSON | {"current_employer": "Deltion"})
    other = Applicant(site, (await site.vacancy("Second")).slug)
    told = {"email": "MILAN@Mail.Example", "first_name": "M.", "current_employer": "Other", "current_job_title": "Lead"}
    assert (await other.send(candidate=PERSON | told)).status_code == 201
    (candidate,) = await milan.rows("candidate")
    first, second = await milan.rows("application")
    assert first["candidate_id"] == second["candidate_id"] == candidate["id"]
    assert (candidate["first_name"], candidate["company"], candidate["title"]) == ("Milan", "Deltion", "Lead")
    async with site.world.services.database.reading() as conn:
        _, changed = await of_record(conn, site.world.workspace.id, candidate["id"])
    assert (changed.type, changed.payload) == ("candidate.changed", {"fields": ["last_interaction_at", "title"]})


async def test_the_same_address_in_another_workspace_is_another_person(acme: World, globex: World) -> None:
    ours, theirs = [await applicant(await career_site(world)) for world in (acme, globex)]
    await ours.send()
    await theirs.send(candidate=PERSON | {"current_employer": "Deltion"})
    (known,) = await ours.rows("candidate")
    assert known["company"] is None
    assert len(await theirs.rows("candidate")) == 1


async def test_people_who_apply_at_once_with_one_address_are_one(site: CareerSite) -> None:
    milan = await applicant(site)
    answers = await asyncio.gather(*(milan.send(motivation=str(number)) for number in range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len(await milan.rows("candidate")) == 1
    assert len(await milan.rows("application")) == 6
    assert len(await milan.rows("stage")) == 7


async def test_a_repeat_is_answered_as_the_first_and_writes_nothing(site: CareerSite) -> None:
    milan = await applicant(site)
    first = await milan.send(documents=[sent_document(PDF)])
    before = [await milan.rows(table) for table in ("application", "candidate", "attachment", "event")]
    again = await milan.send(documents=[sent_document(PDF)])
    assert (again.status_code, again.content) == (201, first.content)
    assert [await milan.rows(table) for table in ("application", "candidate", "attachment", "event")] == before
    assert len(await milan.stored_keys()) == 1


async def test_a_repeat_in_a_form_is_one_too_though_it_is_split_up_otherwise(site: CareerSite) -> None:
    milan = await applicant(site)
    files = [("documents[0][file]", ("cv.pdf", PDF, "application/pdf"))]
    answers = [await milan.post_form({"documents[0][type]": "resume"}, files) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert len(await milan.rows("application")) == 1


async def test_two_identical_requests_at_once_write_once(site: CareerSite) -> None:
    milan = await applicant(site)
    answers = await asyncio.gather(*(milan.send(documents=[sent_document(PDF)]) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [len(await milan.rows(table)) for table in ("application", "candidate", "file")] == [1, 1, 1]


async def test_another_body_or_another_key_is_no_repeat(site: CareerSite) -> None:
    milan = await applicant(site)
    elsewhere = Applicant(await career_site(site.world), milan.slug)
    await milan.send()
    await milan.send(motivation="I like planning.")
    await elsewhere.send()
    assert len(await milan.rows("application")) == 3


@pytest.mark.parametrize(("hours", "applications"), [(23, 1), (25, 2)])
async def test_a_repeat_counts_for_a_day(site: CareerSite, hours: int, applications: int) -> None:
    milan, services = await applicant(site), site.world.services
    await milan.send()
    later = replace(services, clock=lambda: services.clock() + timedelta(hours=hours))
    transport = httpx.ASGITransport(create_app(later))
    async with httpx.AsyncClient(transport=transport, base_url=str(site.world.client.base_url)) as client:
        assert (await milan.send(client)).status_code == 201
    assert len(await milan.rows("application")) == applications


async def test_a_repeat_is_answered_though_the_job_has_closed(site: CareerSite) -> None:
    milan = await applicant(site)
    first = await milan.send()
    (application,) = await milan.rows("application")
    await site.world.move(application["job_id"], JobStatus.CLOSED)
    assert (await milan.send()).content == first.content
    assert await milan.refused(motivation="Late.") == {"vacancy": ["The selected vacancy is invalid."]}
