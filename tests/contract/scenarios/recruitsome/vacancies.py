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


async def facets(stage: Stage) -> httpx.Response:
    place = parse_place("SE-lund")
    await stage.world.job(places=[place], contract_type="permanent")
    query = "/facets?search=firmware&language=en&location_id=1"
    return await stage.call("GET", VACANCIES + query, headers=await _key(stage, "vacancies:read"))


async def facets_with_wrong_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{VACANCIES}/facets", headers={"Authorization": "Bearer wrong"})


async def facets_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{VACANCIES}/facets", headers=await _key(stage, "team:read"))


async def facets_refused(stage: Stage) -> httpx.Response:
    query = "/facets?tags=1&language=eng"
    return await stage.call("GET", VACANCIES + query, headers=await _key(stage, "vacancies:read"))


async def facets_limited(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "vacancies:read")
    return await stage.call_limited("GET", f"{VACANCIES}/facets", settings=ONE_A_MINUTE, headers=headers)


async def _slug(stage: Stage) -> str:
    job = await stage.world.job(places=[parse_place("SE-lund")])
    return str(job.public_path).rpartition("/")[2]


async def vacancy(stage: Stage) -> httpx.Response:
    path = f"{VACANCIES}/{await _slug(stage)}?include_compensation=1&include_company_name=1&language=nl"
    return await stage.call("GET", path, headers=await _key(stage, "vacancies:read"))


async def vacancy_with_wrong_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{VACANCIES}/{await _slug(stage)}", headers={"Authorization": "Bearer wrong"})


async def vacancy_switched_off(stage: Stage) -> httpx.Response:
    slug = await _slug(stage)
    await stage.world.switch_api_off()
    return await stage.call("GET", f"{VACANCIES}/{slug}", headers=await _key(stage, "vacancies:read"))


async def vacancy_unknown(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{VACANCIES}/unknown", headers=await _key(stage, "vacancies:read"))


async def vacancy_refused(stage: Stage) -> httpx.Response:
    path = f"{VACANCIES}/{await _slug(stage)}?language=dutch"
    return await stage.call("GET", path, headers=await _key(stage, "vacancies:read"))


async def vacancy_limited(stage: Stage) -> httpx.Response:
    headers, path = await _key(stage, "vacancies:read"), f"{VACANCIES}/{await _slug(stage)}"
    return await stage.call_limited("GET", path, settings=ONE_A_MINUTE, headers=headers)


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
    ("getVacancyFacets", "200"): facets,
    ("getVacancyFacets", "401"): facets_with_wrong_key,
    ("getVacancyFacets", "403"): facets_without_scope,
    ("getVacancyFacets", "422"): facets_refused,
    ("getVacancyFacets", "429"): facets_limited,
    ("getVacancy", "200"): vacancy,
    ("getVacancy", "401"): vacancy_with_wrong_key,
    ("getVacancy", "403"): vacancy_switched_off,
    ("getVacancy", "404"): vacancy_unknown,
    ("getVacancy", "422"): vacancy_refused,
    ("getVacancy", "429"): vacancy_limited,
}

# The contract shows one example of a body that names a field or scope; these scenarios name another one.
SHOWS_ANOTHER_FIELD = {
    ("listVacancies", "403"),
    ("getVacancyFacets", "403"),
    ("getVacancyFacets", "422"),
    ("getVacancy", "422"),
}
