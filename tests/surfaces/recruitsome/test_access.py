"""Keys, the order of checks, and the answers that do not depend on the operation."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from rolecall.actions.credentials import NewCredential, create_credential, revoke_credential
from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.domain.credentials import CredentialKind
from tests.surfaces.recruitsome.conftest import CareerSite, career_site
from tests.world import World

NO_KEY = {"message": "Unauthenticated."}
WRONG_KEY = {"message": "Invalid authentication credentials."}
SWITCHED_OFF = {"message": "API access is not enabled for this tenant."}
NOT_FOUND = {"message": "Resource not found."}
LIMIT_HEADERS = {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"}


async def test_health_names_the_workspace(acme: World) -> None:
    site = await career_site(acme, scopes=())
    answer = await site.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "authenticated", "tenant": acme.workspace.slug})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  ", "Basic abc", "Apikey rs_1"])
@pytest.mark.parametrize("path", ["/health", "/vacancies"])
async def test_without_a_key(acme: World, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = await acme.client.get(f"/api/v1{path}", headers=headers)
    assert (answer.status_code, answer.json()) == (401, NO_KEY)


@pytest.mark.parametrize("key", ["rs_unknown", "\xff", "x" * 5000])
async def test_an_unknown_key(acme: World, key: str) -> None:
    headers = {b"Authorization": f"Bearer {key}".encode("latin-1")}
    answer = await acme.client.get("/api/v1/health", headers=headers)
    assert (answer.status_code, answer.json()) == (401, WRONG_KEY)


async def test_a_key_of_another_contract(acme: World) -> None:
    site = CareerSite(acme, await acme.secret(CredentialKind.HIREMPIRE))
    assert (await site.get("/health")).json() == WRONG_KEY


async def test_a_revoked_and_an_expired_key_look_unknown(acme: World) -> None:
    now = datetime.now(UTC)
    async with acme.services.database.writing() as conn:
        new = NewCredential(kind=CredentialKind.RECRUITSOME, name="old")
        revoked, revoked_secret = await create_credential(conn, acme.workspace, new, now=now)
        await revoke_credential(conn, acme.workspace.id, revoked.id, now=now)
    expired = await acme.secret(CredentialKind.RECRUITSOME, lives=timedelta(seconds=-1))
    for secret in (revoked_secret, expired):
        answer = await CareerSite(acme, secret).get("/health")
        assert (answer.status_code, answer.json()) == (401, WRONG_KEY)


async def test_the_words_letter_case_does_not_matter(acme: World, site: CareerSite) -> None:
    answer = await acme.client.get("/api/v1/health", headers={"Authorization": f"bearer {site.key}"})
    assert answer.status_code == 200


async def test_a_missing_scope(acme: World) -> None:
    site = await career_site(acme, scopes=["team:read"])
    answer = await site.get("/vacancies")
    assert (answer.status_code, answer.json()) == (
        403,
        {
            "message": "This API key does not have the required scope.",
            "code": "INSUFFICIENT_SCOPE",
            "error_code": "INSUFFICIENT_SCOPE",
            "required_scope": "vacancies:read",
        },
    )
    assert set(answer.headers) >= LIMIT_HEADERS


async def test_the_checks_come_in_order(acme: World) -> None:
    """Switch before scope before validation; each wrong request is wrong in all that comes later."""
    scoped, unscoped = await career_site(acme), await career_site(acme, scopes=["team:read"])
    assert (await unscoped.get("/vacancies?page=0")).json()["code"] == "INSUFFICIENT_SCOPE"
    assert (await scoped.get("/vacancies?page=0")).status_code == 422
    await acme.switch_api_off()
    for site, path in ((scoped, "/health"), (scoped, "/vacancies"), (unscoped, "/vacancies?page=0")):
        answer = await site.get(path)
        assert (answer.status_code, answer.json()) == (403, SWITCHED_OFF)
        assert set(answer.headers) >= LIMIT_HEADERS


@pytest.mark.usefixtures("one_window")
async def test_the_limit_comes_before_the_switch(acme: World) -> None:
    settings = acme.services.settings.model_copy(update={"recruitsome_requests_per_minute": 1})
    assert acme.services.settings.database_url is not None
    async with open_services(settings, database_url=acme.services.settings.database_url) as services:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://rolecall.test") as client:
            site = await career_site(acme)
            await acme.switch_api_off()
            statuses = [(await site.get("/vacancies?page=0", client=client)).status_code for _ in range(2)]
    assert statuses == [403, 429]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("POST", "/vacancies"), ("DELETE", "/health"), ("GET", "/vacancies/a/b"), ("POST", "/team")],
)
async def test_what_is_not_served_is_not_found(acme: World, method: str, path: str) -> None:
    answer = await acme.client.request(method, f"/api/v1{path}")
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "query", ["?%00=1", "?page=%00", "?search=%00", "?tags[]=%00", "?language=%00%00", "?sort=%00", "?include=%ff"]
)
async def test_no_parameter_brings_it_down(site: CareerSite, query: str) -> None:
    assert (await site.get(f"/vacancies{query}")).status_code in {200, 422}
