"""How each documented answer of the CrossPath operations comes about."""

from typing import Any

import httpx

from tests.contract.contracts import contract
from tests.contract.stage import Stage

BASE = "/partners/v1"


def _sent(path: str) -> dict[str, Any]:
    body = contract("crosspath")["paths"][path]["post"]["requestBody"]
    return dict(body["content"]["application/json"]["example"])


async def _company(stage: Stage, headers: dict[str, str]) -> httpx.Response:
    return await stage.call("POST", f"{BASE}/companies", json=_sent("/companies"), headers=headers)


async def _mission(stage: Stage, headers: dict[str, str], **changes: Any) -> httpx.Response:
    company = (await _company(stage, headers)).json()
    body = {**_sent("/missions"), "companyId": company["id"], **changes}
    return await stage.call("POST", f"{BASE}/missions", json=body, headers=headers)


async def companies(stage: Stage) -> httpx.Response:
    headers = await stage.apikey()
    await _company(stage, headers)
    return await stage.call("GET", f"{BASE}/companies", headers=headers)


async def company_created(stage: Stage) -> httpx.Response:
    return await _company(stage, await stage.apikey())


async def company_repeated(stage: Stage) -> httpx.Response:
    headers = await stage.apikey()
    await _company(stage, headers)
    return await _company(stage, headers)


async def company_refused(stage: Stage) -> httpx.Response:
    body = {**_sent("/companies"), "size": "enormous"}
    return await stage.call("POST", f"{BASE}/companies", json=body, headers=await stage.apikey())


async def companies_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{BASE}/companies")


async def company_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("POST", f"{BASE}/companies", json=_sent("/companies"))


async def missions(stage: Stage) -> httpx.Response:
    headers = await stage.apikey()
    await _mission(stage, headers)
    return await stage.call("GET", f"{BASE}/missions", headers=headers)


async def missions_refused(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{BASE}/missions?status=open", headers=await stage.apikey())


async def missions_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{BASE}/missions")


async def mission_created(stage: Stage) -> httpx.Response:
    return await _mission(stage, await stage.apikey())


async def mission_repeated(stage: Stage) -> httpx.Response:
    headers = await stage.apikey()
    await _mission(stage, headers)
    return await _mission(stage, headers)


async def mission_of_stranger(stage: Stage) -> httpx.Response:
    return await _mission(stage, await stage.apikey(), companyId="cmp_7Q2M")


async def mission_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("POST", f"{BASE}/missions", json=_sent("/missions"))


async def _patched(stage: Stage, change: dict[str, Any]) -> httpx.Response:
    headers = await stage.apikey()
    mission = (await _mission(stage, headers)).json()
    return await stage.call("PATCH", f"{BASE}/missions/{mission['id']}", json=change, headers=headers)


async def mission_changed(stage: Stage) -> httpx.Response:
    return await _patched(stage, {"description": "Own the firmware of two lidar modules."})


async def mission_change_refused(stage: Stage) -> httpx.Response:
    return await _patched(stage, {"headcount": 0})


async def mission_locked(stage: Stage) -> httpx.Response:
    return await _patched(stage, {"status": "Closed"})


async def mission_change_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("PATCH", f"{BASE}/missions/mis_4F9K", json={"status": "Closed"})


async def mission_unknown(stage: Stage) -> httpx.Response:
    return await stage.call(
        "PATCH", f"{BASE}/missions/mis_4F9K", json={"status": "Closed"}, headers=await stage.apikey()
    )


SCENARIOS = {
    ("listCompanies", "200"): companies,
    ("listCompanies", "401"): companies_without_key,
    ("createCompany", "200"): company_repeated,
    ("createCompany", "201"): company_created,
    ("createCompany", "400"): company_refused,
    ("createCompany", "401"): company_without_key,
    ("listMissions", "200"): missions,
    ("listMissions", "400"): missions_refused,
    ("listMissions", "401"): missions_without_key,
    ("createMission", "200"): mission_repeated,
    ("createMission", "201"): mission_created,
    ("createMission", "400"): mission_of_stranger,
    ("createMission", "401"): mission_without_key,
    ("updateMission", "200"): mission_changed,
    ("updateMission", "400"): mission_change_refused,
    ("updateMission", "401"): mission_change_without_key,
    ("updateMission", "403"): mission_locked,
    ("updateMission", "404"): mission_unknown,
}

# The contract shows one example of a body that names a field or scope; these scenarios name another one.
SHOWS_ANOTHER_FIELD = {("listMissions", "400"), ("updateMission", "400")}
