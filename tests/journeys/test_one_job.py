"""The point of it all: one mission, pushed by a partner, is the same job behind all five contracts."""

from typing import Any

import httpx
import pytest

from rolecall.domain.credentials import CredentialKind
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from tests.contract.stage import Stage
from tests.world import World

MISSION = {"title": "Firmware Lead", "description": "Own the firmware of a lidar module.", "locations": ["SE-lund"]}


class Eyes:
    """Sees one job through the four contracts that read it."""

    def __init__(self, stage: Stage, job_id: str) -> None:
        self._stage, self._job_id = stage, job_id

    async def ready(self) -> "Eyes":
        self._embedding = await self._stage.embedding()
        self._headers = await self._stage.all_headers()
        return self

    async def _get(self, contract: str, path: str) -> httpx.Response:
        return await self._stage.call("GET", path, headers=self._headers[contract])

    async def unified_status(self) -> str:
        (item,) = (await self._get("bindbee", f"/api/ats/v1/jobs?ids={self._job_id}")).json()["items"]
        return item["status"]

    async def vacancy_titles(self) -> list[str]:
        return [item["title"] for item in (await self._get("recruitsome", "/api/v1/vacancies")).json()["data"]]

    async def source_link(self) -> dict[str, Any]:
        body = {"job_id": self._job_id, "source_name": "LinkedIn"}
        answer = await self._stage.call("POST", "/v1/create-source", json=body, headers=self._headers["hirempire"])
        assert answer.status_code == 200, answer.text
        return answer.json()["source"]

    async def visits(self) -> int:
        listed = (await self._get("hirempire", f"/v1/job-sources?job_id={self._job_id}")).json()
        return listed["sources"][0]["visits"]

    async def agency_screen(self) -> str:
        url = await self._stage.screen_url(self._job_id, embedding=self._embedding)
        screen = await self._stage.call("GET", url)
        assert screen.status_code == 200, screen.text
        return screen.text


@pytest.fixture
async def stage(acme: World) -> Stage:
    return Stage(acme)


async def test_a_mission_is_one_job_everywhere_and_closes_everywhere(acme: World, stage: Stage) -> None:
    partner = await stage.apikey()
    company = (await stage.call("POST", "/partners/v1/companies", json={"name": "Norrvik"}, headers=partner)).json()
    body = {**MISSION, "companyId": company["id"]}
    mission = (await stage.call("POST", "/partners/v1/missions", json=body, headers=partner)).json()
    eyes = await Eyes(stage, mission["id"]).ready()
    assert await eyes.unified_status() == "DRAFT"
    assert await eyes.vacancy_titles() == []

    job_id = parse_id(mission["id"])
    assert job_id is not None
    await acme.move(job_id, JobStatus.OPEN)
    assert await eyes.unified_status() == "OPEN"
    assert await eyes.vacancy_titles() == ["Firmware Lead"]
    link = await eyes.source_link()
    page = await stage.call("GET", link["source_url"])
    assert (page.status_code, "Firmware Lead" in page.text) == (200, True)
    assert await eyes.visits() == 1
    assert "Firmware Lead" in await eyes.agency_screen()

    closing = await stage.call(
        "PATCH", f"/partners/v1/missions/{mission['id']}", json={"status": "Closed"}, headers=partner
    )
    assert (closing.status_code, closing.json()["status"]) == (200, "Closed")
    assert await eyes.unified_status() == "CLOSED"
    assert await eyes.vacancy_titles() == []
    page = await stage.call("GET", link["source_url"])
    assert (page.status_code, "no longer" in page.text.lower() or "closed" in page.text.lower()) == (200, True)
    assert "closed" in (await eyes.agency_screen()).lower()


async def test_a_credential_opens_only_its_own_contract(acme: World, stage: Stage) -> None:
    wrong = await stage.bearer(CredentialKind.CROSSPATH)
    for path in ("/api/ats/v1/jobs", "/api/v1/vacancies", "/v1/job-sources?job_id=1"):
        assert (await stage.call("GET", path, headers=wrong)).status_code == 401, path
