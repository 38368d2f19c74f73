"""Candidates, their applications, answers and attachments are stored and read back whole."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import rolecall
from rolecall.actions.ids import new_id
from rolecall.store import applications, attachments, candidates, idempotency, stages
from tests.people import (
    EMAIL,
    NOW,
    answer_of,
    attachment_of,
    make_application,
    make_candidate,
    remembered,
    stage_of,
)
from tests.world import World


async def test_a_candidate_comes_back_as_stored_and_as_changed(acme: World):
    async with acme.services.database.writing() as conn:
        candidate = await make_candidate(
            conn, acme.workspace.id, date_of_birth=date(1990, 2, 3), address={"locality": "Lisbon"}
        )
        stored = await candidates.get(conn, acme.workspace.id, candidate.id)
        assert stored is not None
        assert stored.number is not None
        assert replace(stored, number=None) == candidate
        changed = replace(stored, title="Data Engineer", experience_years=Decimal("7.5"), address=None)
        await candidates.update(conn, changed)
        assert await candidates.lock(conn, acme.workspace.id, candidate.id) == changed


async def test_a_candidate_is_found_by_address_in_its_own_workspace_only(acme: World, globex: World):
    async with acme.services.database.writing() as conn:
        ours = await make_candidate(conn, acme.workspace.id)
        theirs = await make_candidate(conn, globex.workspace.id)
        for world, own in ((acme, ours), (globex, theirs)):
            found = await candidates.by_email(conn, world.workspace.id, own.connector_id, EMAIL)
            assert [one.id for one in found] == [own.id]
        assert await candidates.get(conn, globex.workspace.id, ours.id) is None


async def test_an_application_keeps_its_answers_and_documents(acme: World):
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        candidate = await make_candidate(conn, acme.workspace.id)
        application = await make_application(conn, candidate, job.id)
        answer = answer_of(application)
        await applications.insert_answers(conn, [answer])
        assert await applications.answers(conn, acme.workspace.id, application.id) == [answer]
        document = attachment_of(application)
        await attachments.insert(conn, document)
        stored = await attachments.of_candidate(conn, acme.workspace.id, candidate.id)
        assert [replace(one, number=None) for one in stored] == [document]
        found = await applications.get(conn, acme.workspace.id, application.id)
        assert found is not None
        assert replace(found, number=None) == application


async def test_stages_of_a_job_are_stored_once(acme: World):
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        names = ["Applied", "Interview"]
        made = [stage_of(acme.workspace.id, job.id, name, position=position) for position, name in enumerate(names)]
        await stages.add_all(conn, made)
        await stages.add_all(conn, [replace(made[0], id=new_id())])
        assert await stages.of_job(conn, acme.workspace.id, job.id) == made


@pytest.mark.parametrize(("hours", "kept"), [(23, True), (24, False)])
async def test_a_key_is_taken_until_it_expires(acme: World, hours, kept):
    first = remembered(acme.workspace.id)
    async with acme.services.database.writing() as conn:
        assert await idempotency.claim(conn, first)
        record = new_id()
        await idempotency.settle(conn, acme.workspace.id, "test", key=b"key", record_id=record)
        again = remembered(acme.workspace.id, now=NOW + timedelta(hours=hours))
        assert await idempotency.claim(conn, again) is not kept
        found = await idempotency.find(conn, acme.workspace.id, "test", key=b"key")
        assert found is not None
        assert found.record_id == (record if kept else None)


def test_candidates_and_repositories_are_written_in_one_place() -> None:
    """Repositories copy what they are listed by: another writer has to keep the copies, and be named here."""
    writes = re.compile(r"(?:insert into|update|delete from|copy)\s+candidate(?:_member)?\b", re.IGNORECASE)
    source = Path(rolecall.__file__).parent
    writers = {str(path.relative_to(source)) for path in source.rglob("*.py") if writes.search(path.read_text("utf-8"))}
    assert writers == {"store/candidates.py"}
