"""POST /v1/oauth/token, the documents about it, and what an access token is good for."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from rolecall.actions.credentials import revoke_credential
from rolecall.actions.issuing import Issued
from rolecall.domain.credentials import CredentialKind
from tests.contract.stage import Stage
from tests.surfaces.hirempire.mcp.conftest import Assistant, message
from tests.world import World

TOKEN = "/v1/oauth/token"
GRANT = {"grant_type": "client_credentials"}
WHERE = 'resource_metadata="http://rolecall.test/.well-known/oauth-protected-resource/v1/mcp"'


@pytest.fixture
async def issued(acme: World) -> Issued:
    return await Stage(acme).mcp_client()


def form_of(issued: Issued, **changes: str) -> dict[str, str]:
    return GRANT | {"client_id": str(issued.credential.public_id), "client_secret": issued.secret} | changes


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


async def ask(world: World, **options: Any) -> httpx.Response:
    return await world.client.post(TOKEN, **options)


async def listed(world: World, authorization: str | None) -> httpx.Response:
    headers = {} if authorization is None else {b"authorization": authorization.encode("latin-1")}
    return await world.client.post("/v1/mcp", json=message("tools/list"), headers=headers)


async def test_a_token_for_an_id_and_a_secret(acme: World, issued: Issued) -> None:
    public_id = str(issued.credential.public_id)
    ways = ({"data": form_of(issued)}, {"data": GRANT, "headers": basic(public_id, issued.secret)})
    for way in ways:
        answer = await ask(acme, **way)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        token = answer.json()["access_token"]
        assert answer.json() == {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        assert (await listed(acme, f"bearer {token}")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "mcp_other"}, 401, "invalid_client"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "authorization_code"}, 400, "unsupported_grant_type"),
        ({"resource": "https://elsewhere.example/mcp"}, 400, "invalid_target"),
        ({"scope": "admin"}, 400, "invalid_scope"),
    ],
)
async def test_a_request_is_refused(
    acme: World, issued: Issued, changes: dict[str, str], status: int, code: str
) -> None:
    answer = await ask(acme, data=form_of(issued, **changes))
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["error_description"].endswith(".")
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_the_resource_may_be_named(acme: World, issued: Issued) -> None:
    answer = await ask(acme, data=form_of(issued, resource="http://rolecall.test/v1/mcp"))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "options",
    [
        {"json": GRANT},
        {"content": b"grant_type=client_credentials&grant_type=x", "headers": {"content-type": "FORM"}},
        {"content": b"client_id=%ff", "headers": {"content-type": "FORM"}},
        {"content": b"\xff", "headers": {"content-type": "FORM"}},
        {"content": b"&".join(b"a%d=1" % number for number in range(60)), "headers": {"content-type": "FORM"}},
        {"content": b"a=" + b"x" * 1_000_001, "headers": {"content-type": "FORM"}},
        {"data": GRANT | {"client_secret": "x"}, "headers": basic("a", "b")},
        {"data": GRANT | {"client_id": "x"}, "headers": basic("a", "b")},
    ],
)
async def test_an_unreadable_request(acme: World, options: dict[str, Any]) -> None:
    headers = {
        name: value.replace("FORM", "application/x-www-form-urlencoded")
        for name, value in options.get("headers", {}).items()
    }
    answer = await ask(acme, **options | {"headers": headers})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Basic YQ==", "Bearer abc", "Basic /zr/", ""])
async def test_a_header_that_is_none(acme: World, header: str) -> None:
    answer = await ask(acme, data=GRANT, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_a_secret_of_another_kind_is_none(acme: World) -> None:
    token = await acme.secret(CredentialKind.HIREMPIRE, public_id="mcp_token_holder")
    answer = await ask(acme, data=GRANT | {"client_id": "mcp_token_holder", "client_secret": token})
    assert answer.status_code == 401


async def test_without_a_good_token_nothing_is_told(acme: World) -> None:
    none = await listed(acme, None)
    assert (none.status_code, none.json()) == (401, {"success": False, "error": "Invalid token"})
    assert none.headers["www-authenticate"] == f"Bearer {WHERE}"
    workspace_token = await acme.secret(CredentialKind.HIREMPIRE)
    for wrong in ("nonsense", "a.b.c", workspace_token, "\xff"):
        refused = await listed(acme, f"Bearer {wrong}")
        assert (refused.status_code, refused.json()["error"]) == (401, "Invalid token")
        assert refused.headers["www-authenticate"] == f'Bearer error="invalid_token", {WHERE}'


async def test_a_token_of_another_contract_is_none(acme: World) -> None:
    stage = Stage(acme)
    foreign = (await stage.access_token(await stage.embedding()))["X-Auth-Token"]
    assert (await listed(acme, f"Bearer {foreign}")).status_code == 401
    ours = (await stage.mcp())["Authorization"].removeprefix("Bearer ")
    assert (await acme.client.get("/v1/links/job", headers={"X-Auth-Token": ours})).status_code == 401
    assert (await acme.client.get("/v1/jobs", headers={"Authorization": f"Bearer {ours}"})).status_code == 401


async def test_a_revoked_client_ends_with_its_tokens(acme: World, issued: Issued) -> None:
    token = (await ask(acme, data=form_of(issued))).json()["access_token"]
    assert (await listed(acme, f"Bearer {token}")).status_code == 200
    async with acme.services.database.writing() as conn:
        await revoke_credential(conn, acme.workspace.id, issued.credential.id, now=datetime.now(UTC))
    assert (await listed(acme, f"Bearer {token}")).status_code == 401
    assert (await ask(acme, data=form_of(issued))).status_code == 401


async def test_a_token_lives_no_longer_than_its_client(acme: World) -> None:
    soon = await Stage(acme).mcp_client(lives=timedelta(minutes=10))
    answer = await ask(acme, data=form_of(soon))
    assert 590 <= answer.json()["expires_in"] <= 600
    gone = await Stage(acme).mcp_client(lives=timedelta(seconds=-1))
    answer = await ask(acme, data=form_of(gone))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert "expired" in answer.json()["error_description"]


async def test_an_expired_token_says_so(acme: World, issued: Issued) -> None:
    old = acme.services.signer.sign(
        {"credential": str(issued.credential.id), "secret": "any"},
        audience="hirempire/mcp",
        now=datetime.now(UTC) - timedelta(hours=2),
        lives=timedelta(hours=1),
    )
    answer = await listed(acme, f"Bearer {old}")
    assert (answer.status_code, answer.json()["error"]) == (401, "Token is expired")


async def test_the_documents_lead_to_the_token(acme: World) -> None:
    for path in ("/.well-known/oauth-protected-resource/v1/mcp", "/.well-known/oauth-protected-resource"):
        resource = (await acme.client.get(path)).json()
        assert resource["resource"] == "http://rolecall.test/v1/mcp"
        assert resource["authorization_servers"] == ["http://rolecall.test"]
    server = (await acme.client.get("/.well-known/oauth-authorization-server")).json()
    assert server["issuer"] == "http://rolecall.test"
    assert server["token_endpoint"] == "http://rolecall.test/v1/oauth/token"
    assert server["grant_types_supported"] == ["client_credentials"]
    refused = await acme.client.get(server["authorization_endpoint"])
    assert (refused.status_code, refused.json()["error"]) == (400, "unsupported_response_type")


async def test_guesses_are_limited_by_address(acme: World) -> None:
    tight = {"anonymous_requests_per_minute": 1}
    answer = await Stage(acme).call_limited("POST", TOKEN, settings=tight, data=GRANT)
    assert answer.status_code == 429


async def test_messages_and_tokens_count_against_the_hour(assistant: Assistant) -> None:
    options = {"settings": {"hirempire_requests_per_hour": 1}, "headers": assistant.headers}
    answer = await Stage(assistant.world).call_limited("POST", "/v1/mcp", json=message("tools/list"), **options)
    assert (answer.status_code, answer.json()) == (429, {"success": False, "error": "Too many requests"})
    assert 1 <= int(answer.headers["retry-after"]) <= 3600
