"""A career site that reads a workspace's vacancies, and what a test needs to fill them."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.places import parse_place
from rolecall.actions.publishing import recount
from rolecall.domain.credentials import VACANCY_PRESETS, CredentialKind
from rolecall.store import companies, departments, jobs, publications, terms
from rolecall.store.companies import Company
from rolecall.store.db import columns, fetch_all, fetch_value
from rolecall.store.departments import Department
from rolecall.store.facets import Gone
from rolecall.store.publications import Publication
from rolecall.store.terms import Term
from tests.world import World


@dataclass
class CareerSite:
    """Calls the contract with a key of one workspace."""

    world: World
    key: str

    async def get(self, path: str, *, client: httpx.AsyncClient | None = None) -> httpx.Response:
        client = client or self.world.client
        return await client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.key}"})

    async def page(self, query: str = "") -> dict[str, Any]:
        answer = await self.get(f"/vacancies{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def only(self, query: str = "") -> dict[str, Any]:
        (vacancy,) = (await self.page(query))["data"]
        return vacancy

    async def titles(self, query: str = "") -> list[str]:
        return [vacancy["title"] for vacancy in (await self.page(query))["data"]]

    async def problems(self, query: str) -> dict[str, list[str]]:
        answer = await self.get(f"/vacancies{query}")
        assert answer.status_code == 422, answer.text
        assert answer.json()["message"] == "The given data was invalid."
        return answer.json()["errors"]

    async def vacancy(
        self,
        title: str,
        *,
        places: Sequence[str] = (),
        department: str | None = None,
        filed_under: Sequence[UUID] = (),
        company: Company | None = None,
        publication: dict[str, Any] | None = None,
        **facts: Any,
    ) -> Publication:
        """A published job; `publication` has columns to overwrite and `facts` are fields of NewJob."""
        found = [parse_place(place) for place in places]
        job = await self.world.job(title, company=company, places=found, **facts)
        async with self.world.services.database.writing() as conn:
            if department is not None:
                ids = [await departments.put(conn, self._department(department))]
                await jobs.set_departments(conn, job.workspace_id, job.id, ids)
            await jobs.set_terms(conn, job.workspace_id, job.id, filed_under)
            own = "where workspace_id = %s and job_id = %s"
            places = f"select {columns(Gone)} from publication {own}"
            gone = await fetch_all(conn, Gone, places, (job.workspace_id, job.id))
            for column, value in {**(publication or {}), "facet_group": None}.items():
                query: Any = f"update publication set {column} = %s {own}"
                await conn.execute(query, (value, job.workspace_id, job.id))
            await recount(self.world.context(conn), [job.id], gone=gone)
            (stored,) = await publications.of_job(conn, job.workspace_id, job.id)
        return stored

    def _department(self, name: str) -> Department:
        now = datetime.now(UTC)
        return Department(workspace_id=self.world.workspace.id, id=new_id(), name=name, created_at=now, modified_at=now)

    async def term(self, kind: str, name: str, *, under: UUID | None = None) -> UUID:
        term = Term(workspace_id=self.world.workspace.id, id=new_id(), kind=kind, name=name, parent_id=under)
        async with self.world.services.database.writing() as conn:
            return await terms.put(conn, term)

    async def client_company(
        self, name: str, *, city: str | None = "Kampen", country_code: str | None = "NL"
    ) -> Company:
        """A client's work site."""
        now = datetime.now(UTC)
        company = Company(
            workspace_id=self.world.workspace.id,
            id=new_id(),
            name=name,
            slug=str(new_id()),
            is_client=True,
            city=city,
            country_code=country_code,
            created_at=now,
            updated_at=now,
        )
        async with self.world.services.database.writing() as conn:
            await companies.insert(conn, company)
            stored = await companies.get(conn, company.workspace_id, company.id)
        assert stored is not None
        return replace(company, number=stored.number)

    async def number(self, table: str, name: str) -> int:
        """The integer id that the contract shows for a record."""
        async with self.world.services.database.reading() as conn:
            query = f"select number from {table} where workspace_id = %s and name = %s"
            return await fetch_value(conn, query, (self.world.workspace.id, name))


async def career_site(world: World, scopes: Sequence[str] = VACANCY_PRESETS["career-website"]) -> CareerSite:
    return CareerSite(world, await world.secret(CredentialKind.RECRUITSOME, scopes=scopes))


@pytest.fixture
async def site(acme: World) -> CareerSite:
    return await career_site(acme)


@pytest.fixture
async def strange_site(globex: World) -> CareerSite:
    return await career_site(globex)


@pytest.fixture
async def one_window() -> None:
    """Let a test that counts requests run within one window of a minute."""
    left = 60 - time.time() % 60
    if left < 12:
        await asyncio.sleep(left + 0.1)
