"""POST /v1/auth/token, and what a token is good for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions import partners as partner_actions
from rolecall.actions.credentials import revoke_credential
from rolecall.domain.credentials import CredentialKind
from rolecall.store import partners
from rolecall.surfaces.recruitifi import auth
from tests.partnership import Partnership
from tests.world import World

REFUSED = {"error": "unauthorized", "message": "Invalid client_id or client_secret."}
NO_TOKEN = {"error": "unauthorized", "message": "Missing or invalid X-Auth-Token header."}
BAD_BODY = {
    "error": "unprocessable_entity",
    "message": "One or more required body fields are missing or invalid.",
}


async def test_the_documented_answer(oakline: Partnership) -> None:
    body = {"client_id": oakline.credential.public_id, "client_secret": oakline.secret, "extra": 1}
    answer = await oakline.world.client.post("/v1/auth/token", json=body)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json().pop("access_token")
    assert answer.json() == {"access_token": token, "token_type": "bearer", "expires_in": 3600}
    assert (await oakline.ask(token=token)).status_code == 200


async def test_wrong_values_look_the_same(oakline: Partnership, globex: World) -> None:
    public_id = str(oakline.credential.public_id)
    crosspath = await globex.secret(CredentialKind.CROSSPATH, public_id=f"x{public_id}")
    pairs = [
        (public_id, "wrong"),
        ("partner_wrong", oakline.secret),
        (public_id.upper(), oakline.secret),
        (f"x{public_id}", crosspath),
    ]
    for client_id, secret in pairs:
        body = {"client_id": client_id, "client_secret": secret}
        answer = await oakline.world.client.post("/v1/auth/token", json=body)
        assert (answer.status_code, answer.json()) == (401, REFUSED)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"{}",
        b'{"client_id": "a"}',
        b'{"client_id": "", "client_secret": "b"}',
        b'{"client_id": 7, "client_secret": "b"}',
        b'{"client_id": null, "client_secret": "b"}',
        b'{"client_id": "a", "client_secret": ["b"]}',
        b'{"client_id": "\\u0000", "client_secret": "b"}',
        b'{"client_id": "\\ud800", "client_secret": "b"}',
        b'{"client_id": "\xff", "client_secret": "b"}',
        b"[" * 5000,
        b'{"client_id": "' + b"a" * 1_000_001 + b'"}',
    ],
)
async def test_a_bad_body_is_422(client: Any, body: bytes) -> None:
    answer = await client.post("/v1/auth/token", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (422, BAD_BODY)


async def test_several_tokens_hold_at_once(oakline: Partnership) -> None:
    first, second = await oakline.token(), await oakline.token()
    assert (await oakline.ask(token=first)).status_code == 200
    assert (await oakline.ask(token=second)).status_code == 200


async def test_a_revoked_secret_ends_its_tokens_at_once(oakline: Partnership) -> None:
    token = await oakline.token()
    async with oakline.world.services.database.writing() as conn:
        await revoke_credential(conn, oakline.world.workspace.id, oakline.credential.id, now=datetime.now(UTC))
    answer = await oakline.ask(token=token)
    assert (answer.status_code, answer.json()) == (401, NO_TOKEN)


async def test_a_rotated_secret_ends_its_tokens_and_keeps_the_client_id(oakline: Partnership) -> None:
    token = await oakline.token()
    async with oakline.world.services.database.writing() as conn:
        fresh = await partner_actions.rotate_client_secret(oakline.world.context(conn), oakline.credential.id)
    assert (await oakline.ask(token=token)).status_code == 401
    old = {"client_id": oakline.credential.public_id, "client_secret": oakline.secret}
    assert (await oakline.world.client.post("/v1/auth/token", json=old)).status_code == 401
    again = await oakline.world.client.post("/v1/auth/token", json={**old, "client_secret": fresh})
    assert (await oakline.ask(token=again.json()["access_token"])).status_code == 200


async def test_a_disabled_account_gets_no_token_and_loses_its_own(oakline: Partnership) -> None:
    token = await oakline.token()
    async with oakline.world.services.database.writing() as conn:
        await partners.set_disabled(conn, oakline.world.workspace.id, oakline.partner.id, at=datetime.now(UTC))
    assert (await oakline.ask(token=token)).json() == NO_TOKEN
    body = {"client_id": oakline.credential.public_id, "client_secret": oakline.secret}
    answer = await oakline.world.client.post("/v1/auth/token", json=body)
    assert (answer.status_code, answer.json()) == (401, REFUSED)


async def test_an_hour_later_the_token_is_void(oakline: Partnership) -> None:
    services = oakline.world.services
    claims = services.signer.read(await oakline.token(), audience="recruitifi/v1", now=datetime.now(UTC))
    an_hour_ago = datetime.now(UTC) - auth.TOKEN_LIVES
    for minutes, status in [(1, 200), (-1, 401)]:
        now = an_hour_ago + timedelta(minutes=minutes)
        old = services.signer.sign(claims, audience="recruitifi/v1", now=now, lives=auth.TOKEN_LIVES)
        assert (await oakline.ask(token=old)).status_code == status


async def test_other_words_in_the_header_are_refused(oakline: Partnership) -> None:
    good = await oakline.token()
    link = await oakline.link_token()
    head, claims, signature = good.split(".")
    unsigned = "eyJhbGciOiJub25lIn0"
    wrong = ["", " ", "x", f"Bearer {good}", link, f"{head}.{claims}.", f"{unsigned}.{claims}.", f"{unsigned}.{claims}"]
    wrong += [
        f"{head}.{claims[:-2]}AA.{signature}",
        f"{good}.{signature}",
        "." * 5,
        f"{head}.bnVsbA.{signature}",
        "a" * 60_000,
    ]
    for token in wrong:
        answer = await oakline.ask(token=token)
        assert (answer.status_code, answer.json()) == (401, NO_TOKEN), token


async def test_the_header_comes_once_and_in_ascii(oakline: Partnership) -> None:
    token = await oakline.token()
    for headers in ([], [("X-Auth-Token", token)] * 2, [(b"X-Auth-Token", b"\xff\xfe")], [("Authorization", token)]):
        answer = await oakline.world.client.get("/v1/links/job", headers=headers)
        assert (answer.status_code, answer.json()) == (401, NO_TOKEN)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/auth/token"), ("POST", "/v1/links/job"), ("GET", "/v1/links/other"), ("GET", "/v1/auth/x/y")],
)
async def test_what_is_not_served_is_404_in_the_contracts_shape(client: Any, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == 404
    assert answer.json() == {"error": "not_found", "message": "The requested resource was not found."}
