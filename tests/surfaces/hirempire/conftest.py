"""A workspace that calls the HirEmpire contract."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from rolecall.app import create_app
from rolecall.domain.credentials import CredentialKind
from rolecall.surfaces.hirempire.webhooks import EVENTS
from tests.background import work_off
from tests.receiver import Receiver, receiver
from tests.world import World

# The contract's own example of a job, without its company.
JOB: dict[str, Any] = {
    "job_title": "Robotics Technician",
    "department": "Engineering",
    "job_country": "Portugal",
    "city": "Porto",
    "salary": 42000,
    "currency": "EUR",
    "salary_period": "Per year",
    "hide_salary": False,
    "job_type": "Full-time",
    "workplace": "On-site",
    "career_level": "Mid-level",
    "job_description": "Keep the pilot line running and document every fix.",
    "job_sources": ["LinkedIn", "Campus fair"],
    "status": "Active",
}
COMPANY = {
    "company_name": "Larkspur Labs",
    "company_domain": "larkspur.example",
    "company_logo_url": "https://cdn.example.com/logos/larkspur.png",
}


class Tracker:
    """A token that calls the contract."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token

    async def list(self, query: str, **options: Any) -> httpx.Response:
        return await self.world.client.get(f"/v1/job-sources{query}", headers=self._headers(), **options)

    async def create(self, **body: Any) -> httpx.Response:
        return await self.world.client.post("/v1/create-source", json=body, headers=self._headers())

    async def send(self, content: bytes, **headers: str) -> httpx.Response:
        return await self.world.client.post(
            "/v1/create-source", content=content, headers={**self._headers(), **headers}
        )

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self.world.client.request(method, f"/v1/{path}", headers=self._headers(), **options)

    async def company(self, **changes: Any) -> str:
        """The id of a new company."""
        answer = await self.call("POST", "create-company", json=COMPANY | changes)
        assert answer.status_code == 200, answer.text
        return answer.json()["company_id"]

    async def add(self, **changes: Any) -> httpx.Response:
        """The example of a job, in a company of its own unless one is named."""
        company_id = changes.get("company_id") or await self.company()
        return await self.call("POST", "add-job", json=JOB | {"company_id": company_id} | changes)

    async def added(self, **changes: Any) -> str:
        """The id of a new job."""
        answer = await self.add(**changes)
        assert answer.status_code == 200, answer.text
        return answer.json()["job_id"]

    async def job(self, job_id: object) -> dict[str, Any]:
        """A job as it is read."""
        answer = await self.call("GET", f"get-job?job_id={job_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()["job"]

    async def update(self, job_id: object, **changes: Any) -> httpx.Response:
        return await self.call("PATCH", "update-job", json={"job_id": str(job_id), **changes})

    def on_plan(self, plan: str) -> "Tracker":
        """The same token at an installation with a plan."""
        services = self.world.services
        settings = services.settings.model_copy(update={"hirempire_plan": plan})
        app = create_app(replace(services, settings=settings))
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=str(self.world.client.base_url))
        return Tracker(replace(self.world, client=client), self.token)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
async def tracker(acme: World) -> Tracker:
    return Tracker(acme, await acme.secret(CredentialKind.HIREMPIRE))


@pytest.fixture
async def strange_tracker(globex: World) -> Tracker:
    return Tracker(globex, await globex.secret(CredentialKind.HIREMPIRE))


@dataclass(frozen=True, slots=True)
class Listening:
    """A workspace that calls the contract, a receiver that hears of everything, and the worker."""

    tracker: Tracker
    there: Receiver
    webhook_id: str
    database_url: str

    @property
    def world(self) -> World:
        return self.tracker.world

    async def told(self) -> list[Any]:
        """What has been sent by now, in the order of what happened."""
        await work_off(self.world, self.database_url)
        return sorted(self.there.messages, key=lambda body: body["timestamp"])

    async def words(self) -> list[str]:
        return [body["event"] for body in await self.told()]


async def register(tracker: Tracker, url: str, events: list[str], *, path: str = "create-webhook") -> str:
    answered = await tracker.call("POST", path, json={"request_url": url, "events": events})
    assert answered.status_code == 200, answered.text
    return answered.json()["data"]["id"]


@pytest.fixture
async def listening(tracker: Tracker, database_url: str) -> AsyncIterator[Listening]:
    async with receiver() as there:
        yield Listening(tracker, there, await register(tracker, there.url, list(EVENTS)), database_url)
