"""Departments and terms are put by their natural keys, and a job's links are set as a whole."""

from datetime import UTC, datetime
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.store import departments, jobs, terms
from rolecall.store.db import Connection
from rolecall.store.departments import Department
from rolecall.store.terms import Term
from tests.world import World


def _department(world: World, name: str, *, company_id: UUID | None = None) -> Department:
    now = datetime.now(UTC)
    return Department(
        workspace_id=world.workspace.id, id=new_id(), name=name, company_id=company_id, created_at=now, modified_at=now
    )


def _term(world: World, name: str, *, kind: str = terms.TAG, parent_id: UUID | None = None) -> Term:
    return Term(workspace_id=world.workspace.id, id=new_id(), kind=kind, name=name, parent_id=parent_id)


async def _terms_of(conn: Connection, world: World, job_id: UUID) -> set[UUID]:
    query = "select term_id from job_term where workspace_id = %s and job_id = %s"
    return {row[0] for row in await (await conn.execute(query, (world.workspace.id, job_id))).fetchall()}


async def test_a_department_is_stored_once_for_each_company(acme: World, globex: World) -> None:
    company = await acme.company()
    async with acme.services.database.writing() as conn:
        first = await departments.put(conn, _department(acme, "Works"))
        assert await departments.put(conn, _department(acme, "Works")) == first
        assert await departments.put(conn, _department(acme, "Works", company_id=company.id)) != first
        assert await departments.put(conn, _department(globex, "Works")) != first


async def test_a_term_is_stored_once_for_each_kind_and_main_term(acme: World, globex: World) -> None:
    async with acme.services.database.writing() as conn:
        main = await terms.put(conn, _term(acme, "Planning"))
        assert await terms.put(conn, _term(acme, "Planning")) == main
        assert await terms.put(conn, _term(acme, "Planning", parent_id=main)) != main
        assert await terms.put(conn, _term(acme, "Planning", kind=terms.JOB_TYPE)) != main
        assert await terms.put(conn, _term(globex, "Planning")) != main


async def test_departments_of_a_job_keep_their_order(acme: World) -> None:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        one, two, three = [await departments.put(conn, _department(acme, name)) for name in ("1", "2", "3")]
        for wanted in ([one, two], [three, one], []):
            await jobs.set_departments(conn, acme.workspace.id, job.id, wanted)
            stored = await jobs.get(conn, acme.workspace.id, job.id)
            assert stored is not None
            assert stored.department_ids == wanted


async def test_terms_of_a_job_are_set_as_a_whole(acme: World) -> None:
    job, other = await acme.job(), await acme.job()
    async with acme.services.database.writing() as conn:
        one, two, three = [await terms.put(conn, _term(acme, name)) for name in ("1", "2", "3")]
        await jobs.set_terms(conn, acme.workspace.id, other.id, [one])
        for wanted in ([one, two], [three, one], []):
            await jobs.set_terms(conn, acme.workspace.id, job.id, wanted)
            assert await _terms_of(conn, acme, job.id) == set(wanted)
        assert await _terms_of(conn, acme, other.id) == {one}
