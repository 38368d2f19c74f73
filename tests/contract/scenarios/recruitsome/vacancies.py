"""How each documented answer of the served RecruitSome operations comes about."""

from decimal import Decimal

import httpx

from rolecall.actions.places import parse_place
from rolecall.domain.credentials import CredentialKind
from tests.contract.stage import Stage

HEALTH, VACANCIES = "/api/v1/health", "/api/v1/vacancies"
ONE_A_MINUTE = {"recruitsome_requests_per_minute": 1}


async def _key(stage: Stage, *scopes: str) -> dict[str, str]:
    return await stage.bearer(CredentialKind.RECRUITSOME, scopes=list(scopes))


async def healthy(stage: Stage) -> httpx.Response:
    return await stage.call("GET", HEALTH, headers=await _key(stage))


async def health_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", HEALTH)


async def health_switched_off(stage: Stage) -> httpx.Response:
    await stage.world.switch_api_off()
    return await stage.call("GET", HEALTH, headers=await _key(stage))


async def health_limited(stage: Stage) -> httpx.Response:
    return await stage.call_limited("GET", HEALTH, settings=ONE_A_MINUTE, headers=await _key(stage))


async def vacancies(stage: Stage) -> httpx.Response:
    place = parse_place("SE-lund")
    low, high = Decimal(3400), Decimal("4300.50")
    await stage.world.job(places=[place], salary_period="month", salary_min=low, salary_max=high, salary_currency="EUR")
    query = "?include_media=1&include_compensation=true&include_company_name=yes&per_page=1"
    return await stage.call("GET", VACANCIES + query, headers=await _key(stage, "vacancies:read"))


async def vacancies_with_wrong_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", VACANCIES, headers={"Authorization": "Bearer wrong"})


async def vacancies_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("GET", VACANCIES, headers=await _key(stage, "team:read"))


async def vacancies_refused(stage: Stage) -> httpx.Response:
    query = "?per_page=101&language=eng"
    return await stage.call("GET", VACANCIES + query, headers=await _key(stage, "vacancies:read"))


async def vacancies_limited(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "vacancies:read")
    return await stage.call_limited("GET", VACANCIES, settings=ONE_A_MINUTE, headers=headers)


SCENARIOS = {
    ("getHealth", "200"): healthy,
    ("getHealth", "401"): health_without_key,
    ("getHealth", "403"): health_switched_off,
    ("getHealth", "429"): health_limited,
    ("listVacancies", "200"): vacancies,
    ("listVacancies", "401"): vacancies_with_wrong_key,
    ("listVacancies", "403"): vacancies_without_scope,
    ("listVacancies", "422"): vacancies_refused,
    ("listVacancies", "429"): vacancies_limited,
}

# The contract shows one example of a body that names a field or scope; these scenarios name another one.
SHOWS_ANOTHER_FIELD = {("listVacancies", "403")}
