"""Tokens, limits, unknown paths and failures of the HirEmpire contract."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from rolecall.actions.credentials import CredentialDesk, revoke_credential
from rolecall.app import create_app
from rolecall.domain.credentials import CredentialKind
from rolecall.services import Services
from rolecall.store import credentials
from rolecall.store.db import Database
from tests.conftest import BASE_URL
from tests.surfaces.hirempire.conftest import Tracker
from tests.world import World

INVALID = {"success": False, "error": "Invalid token"}
CALLS = [("GET", "/v1/job-sources"), ("POST", "/v1/create-source")]


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer sk-unknown", "Basic abc", "bearer", "sk-unknown", "Bearer \xff"]
)
async def test_a_missing_malformed_or_unknown_token(acme: World, method: str, path: str, header: str | None) -> None:
    headers: dict[bytes, bytes] = {} if header is None else {b"Authorization": header.encode("latin-1")}
    answer = await acme.client.request(method, path, headers=headers)
    assert (answer.status_code, answer.json()) == (401, INVALID)


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_the_scheme_is_taken_to_the_letter(tracker: Tracker, method: str, path: str) -> None:
    for header in (tracker.token, f"Token {tracker.token}", f"bearer {tracker.token}", f"Bearer  {tracker.token}"):
        answer = await tracker.world.client.request(method, path, headers={"Authorization": header})
        assert (answer.status_code, answer.json()) == (401, INVALID)


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_an_expired_token(acme: World, method: str, path: str) -> None:
    token = await acme.secret(CredentialKind.HIREMPIRE, lives=timedelta(seconds=-1))
    answer = await acme.client.request(method, path, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()) == (401, {"success": False, "error": "Token is expired"})


async def test_a_revoked_token_is_unknown_at_once(tracker: Tracker) -> None:
    services, workspace = tracker.world.services, tracker.world.workspace
    assert (await tracker.list("")).status_code == 400
    async with services.database.writing() as conn:
        (stored,) = await credentials.of_workspace(conn, workspace.id)
        await revoke_credential(conn, workspace.id, stored.id, now=services.clock())
    answer = await tracker.list("")
    assert (answer.status_code, answer.json()) == (401, INVALID)


async def test_a_credential_of_another_contract_is_unknown(acme: World) -> None:
    _, key = await acme.partner()
    answer = await acme.client.get("/v1/job-sources", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()) == (401, INVALID)


async def test_tokens_look_as_documented(tracker: Tracker) -> None:
    assert tracker.token.startswith("sk-")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/nothing"), ("GET", "/v1/applicants"), ("POST", "/v1/job-sources"), ("GET", "/v1/create-source")],
)
async def test_what_the_contract_lacks(acme: World, method: str, path: str) -> None:
    answer = await acme.client.request(method, path)
    assert (answer.status_code, answer.json()) == (404, {"success": False, "error": "Not found"})


async def test_the_hourly_limit_is_the_workspaces(services: Services, acme: World, globex: World) -> None:
    settings = services.settings.model_copy(update={"hirempire_requests_per_hour": 2})
    app = create_app(replace(services, settings=settings))
    tokens = [await acme.secret(CredentialKind.HIREMPIRE) for _ in range(2)] + [
        await globex.secret(CredentialKind.HIREMPIRE)
    ]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:

        async def call(token: str) -> httpx.Response:
            return await client.get("/v1/job-sources", headers={"Authorization": f"Bearer {token}"})

        assert [(await call(token)).status_code for token in tokens] == [400, 400, 400]
        refused = await call(tokens[0])
        other = await call(tokens[2])
    assert (refused.status_code, refused.json()) == (429, {"success": False, "error": "Too many requests"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600
    assert (other.status_code, "Retry-After" in other.headers) == (400, False)


async def test_a_database_that_is_gone(services: Services, tracker: Tracker) -> None:
    gone = Database("postgresql://127.0.0.1:1/nothing")  # never opened
    app = create_app(replace(services, database=gone, credentials=CredentialDesk(gone)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        answer = await client.get(
            f"/v1/job-sources?job_id={uuid4()}", headers={"Authorization": f"Bearer {tracker.token}"}
        )
    assert (answer.status_code, answer.json()) == (500, {"success": False, "error": "Internal server error"})
