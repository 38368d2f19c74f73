"""Jobs: what a write leaves behind."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest

from rolecall.actions.jobs import JobChanges, NewJob, change_job, create_job, hold_job
from rolecall.actions.places import Place, parse_place
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import events, jobs, publications
from rolecall.store.db import fetch_value, fetch_values
from tests.world import World


async def _body(world: World, job: Job) -> dict[str, object]:
    async with world.services.database.reading() as conn:
        query = "select unified from job where workspace_id = %s and id = %s"
        stored: bytes = await fetch_value(conn, query, (world.workspace.id, job.id))
    return msgspec.json.decode(stored.replace(b'"\x01/', b'"http://jobs/'))


async def test_every_write_appends_its_event(acme: World) -> None:
    job = await acme.job(status=JobStatus.CLOSED)
    async with acme.services.database.reading() as conn:
        found = await events.of_record(conn, acme.workspace.id, job.id)
    assert [event.type for event in found] == ["job.created", "job.moved", "job.moved"]
    assert found[-1].payload == {"old": "open", "new": "closed"}
    assert {event.actor for event in found} == {"operator"}


async def test_the_stored_body_follows_every_write(acme: World) -> None:
    job = await acme.job("Firmware Lead")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        job = await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title="Firmware Head"))
    body = await _body(acme, job)
    assert (body["name"], body["status"]) == ("Firmware Head", "OPEN")
    assert datetime.fromisoformat(str(body["modified_at"])) == job.modified_at  # the body has no zeros at the end


async def test_publications_follow_the_job(acme: World) -> None:
    job = await acme.job("Firmware Lead")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title="Firmware Head"))
    await acme.move(job.id, JobStatus.PAUSED)
    async with acme.services.database.reading() as conn:
        (publication,) = await publications.of_job(conn, acme.workspace.id, job.id)
    assert (publication.title, publication.active) == ("Firmware Head", False)
    assert publication.slug.startswith("firmware-head-")


async def test_a_change_without_a_difference_writes_nothing(acme: World) -> None:
    job = await acme.job("Firmware Lead")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        same = await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title="Firmware Lead"))
    assert same.modified_at == job.modified_at


async def test_the_same_external_id_at_once_makes_one_job(acme: World) -> None:
    partner, _ = await acme.partner()
    company = await acme.company()
    async with acme.services.database.writing() as conn:
        query = "update company set partner_id = %s where workspace_id = %s and id = %s"
        await conn.execute(query, (partner.id, acme.workspace.id, company.id))

    async def push() -> tuple[Job, bool]:
        async with acme.services.database.writing() as conn:
            new = NewJob(
                company_id=company.id, partner_id=partner.id, external_id="77", title="Lead", description="Own it."
            )
            return await create_job(acme.context(conn), new)

    answers = await asyncio.gather(*(push() for _ in range(6)))
    assert len({job.id for job, _ in answers}) == 1
    assert sorted(is_new for _, is_new in answers) == [False] * 5 + [True]


async def test_a_job_of_another_workspace_is_unknown(acme: World, globex: World) -> None:
    job = await acme.job()
    async with globex.services.database.reading() as conn:
        assert await jobs.get(conn, globex.workspace.id, job.id) is None


def _place(code: str) -> Place:
    place = parse_place(code)
    assert place is not None
    return place


async def test_who_waits_for_a_job_sees_what_the_other_wrote(acme: World) -> None:
    job = await acme.job(places=[parse_place("SE")])

    async def move_to(code: str) -> None:
        async with acme.services.database.writing() as conn:
            ctx = acme.context(conn)
            held = await hold_job(ctx, job.id)
            await asyncio.sleep(0.02)
            await change_job(ctx, held, JobChanges(places=[_place(code), _place("SE")]))

    await asyncio.gather(move_to("SE-lund"), move_to("SE-malmo"))
    async with acme.services.database.reading() as conn:
        stored = await jobs.get(conn, acme.workspace.id, job.id)
    assert stored is not None
    assert (await _body(acme, stored))["offices"] == [str(office) for office in stored.location_ids]


async def test_the_stamp_of_a_later_change_is_later(acme: World) -> None:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        early = acme.context(conn)
        early = replace(early, now=early.now - timedelta(hours=1))
        changed = await change_job(early, await hold_job(early, job.id), JobChanges(title="Other"))
    assert changed.modified_at > job.modified_at


@pytest.mark.parametrize("text", ["Lead \\u0001 x", "Lead \x01 x", 'Lead "x" \\'])
async def test_no_text_is_taken_for_the_mark_of_the_jobs_url(acme: World, text: str) -> None:
    job = await acme.job(description=text)
    body = await _body(acme, job)
    assert body["description"] == text


async def test_a_write_that_fails_half_way_leaves_nothing(acme: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(events, "insert", broken)
    with pytest.raises(RuntimeError):
        await acme.company("Half")
    monkeypatch.undo()
    async with acme.services.database.reading() as conn:
        query = "select count(*) from company where workspace_id = %s"
        assert await fetch_value(conn, query, (acme.workspace.id,)) == 0


async def test_the_contract_type_is_the_job_type_on_the_career_site(acme: World) -> None:
    job = await acme.job(contract_type="fixed-term")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), JobChanges(contract_type="permanent"))
        query = """
            select t.name from job_term jt join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
            where jt.workspace_id = %s and jt.job_id = %s
        """
        assert await fetch_values(conn, query, (acme.workspace.id, job.id)) == ["Permanent"]
