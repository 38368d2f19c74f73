"""The linking page without a browser: headers, what is entered, and what a person is told when it cannot go on."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from rolecall.app import create_app
from rolecall.store.db import fetch_value
from tests.linking import link_of
from tests.world import World


async def opened(world: World, token: str, **query: str) -> httpx.Response:
    return await world.client.get("/embed", params={"link_token": token, **query})


def policy_of(answer: httpx.Response) -> dict[str, str]:
    parts = [part.partition(" ") for part in answer.headers["content-security-policy"].split("; ")]
    return {name: value for name, _, value in parts}


async def test_the_headers_of_the_page(acme: World) -> None:
    answer = await opened(acme, await (await link_of(acme)).token())
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "x-frame-options" not in answer.headers
    assert "set-cookie" not in answer.headers
    policy = policy_of(answer)
    assert (policy["default-src"], policy["style-src"], policy["form-action"]) == ("'none'", "'self'", "'self'")
    assert policy["frame-ancestors"] == "https: http://localhost:* http://127.0.0.1:*"
    (nonce,) = re.findall(r'<script nonce="([^"]+)">', answer.text)
    assert policy["script-src"] == f"'nonce-{nonce}'"
    assert "<script>" not in answer.text
    assert " on" not in re.findall(r"<button[^>]*>", answer.text)[0]


async def test_each_answer_has_a_nonce_of_its_own(acme: World) -> None:
    token = await (await link_of(acme)).token()
    assert policy_of(await opened(acme, token))["script-src"] != policy_of(await opened(acme, token))["script-src"]


async def test_an_operator_says_who_may_frame_it(acme: World) -> None:
    settings = acme.services.settings.model_copy(update={"bindbee_link_origins": "https://app.example.org"})
    transport = httpx.ASGITransport(create_app(replace(acme.services, settings=settings)))
    token = await (await link_of(acme)).token()
    async with httpx.AsyncClient(transport=transport, base_url="http://framed") as client:
        answer = await client.get("/embed", params={"link_token": token})
    assert policy_of(answer)["frame-ancestors"] == "https://app.example.org"


async def test_the_page_says_who_asks_for_what(acme: World) -> None:
    text = (await opened(acme, await (await link_of(acme)).token(), instanceId='"><b>')).text
    assert "Connect Sandbox ATS" in text
    assert acme.workspace.name in text
    assert "Tallpine Labs" in text
    assert "<b>" not in text


@pytest.mark.parametrize(("entered", "fault"), [("", "Fill this in."), ("x" * 10_001, "This is too long.")])
async def test_what_cannot_be_right_is_named_at_its_field(acme: World, entered: str, fault: str) -> None:
    link = await link_of(acme)
    answer = await link.enter(await link.token(), entered)
    assert answer.status_code == 422
    assert re.search(rf'id="api_key-error">{fault}', answer.text)


async def test_what_the_system_refuses_completes_nothing(acme: World) -> None:
    link = await link_of(acme)
    token = await link.token()
    answer = await link.enter(token, "a wrong key")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "a wrong key" not in answer.text
    assert (await link.enter(token)).status_code == 200


async def test_a_link_is_used_once(acme: World) -> None:
    link = await link_of(acme)
    token = await link.token()
    assert (await link.enter(token)).status_code == 200
    for answer in (await opened(acme, token), await link.enter(token)):
        assert answer.status_code == 401
        assert "This link has been used" in answer.text
    query = "select count(*) from event where workspace_id = %s and type = 'connector.linked'"
    async with acme.services.database.reading() as conn:
        assert await fetch_value(conn, query, (acme.workspace.id,)) == 1


async def test_a_link_works_for_seven_days(acme: World) -> None:
    token = await (await link_of(acme)).token()
    for wait, status in ((timedelta(days=6, hours=23), 200), (timedelta(days=7, seconds=1), 401)):
        later = replace(acme.services, clock=lambda wait=wait: acme.services.clock() + wait)
        transport = httpx.ASGITransport(create_app(later))
        async with httpx.AsyncClient(transport=transport, base_url="http://later") as client:
            answer = await client.get("/embed", params={"link_token": token})
        assert answer.status_code == status
    assert "This link has expired" in answer.text


@pytest.mark.parametrize("token", ["", "none", "\x00"])
async def test_a_link_that_is_none_of_ours_says_so_to_a_person(acme: World, token: str) -> None:
    answer = await opened(acme, token, instanceId="i-1")
    assert answer.status_code == 401
    assert "This link is not valid" in answer.text
    assert 'data-instance="i-1"' in answer.text
    assert policy_of(answer)["frame-ancestors"].startswith("https:")


async def test_a_link_of_a_connector_that_is_gone_is_not_valid(acme: World) -> None:
    link = await link_of(acme)
    token = await link.token()
    path = f"/api/ats/v1/connectors?origin_id={link.origin_id}"
    (shown,) = (await acme.client.get(path, headers=link.key)).json()["items"]
    await acme.client.delete(f"/api/ats/v1/connectors/{shown['id']}/delete", headers=link.key)
    assert (await opened(acme, token)).status_code == 401


@pytest.mark.parametrize("body", [b"link_token=%ff", b"a=" * 60 + b"&a=" * 60, b"link_token=%00"])
async def test_a_form_that_is_none_is_refused_in_words(acme: World, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await acme.client.post("/embed", content=body, headers=headers)
    assert answer.status_code in {400, 401}
    assert "<h1>" in answer.text


async def test_another_screen_is_still_another_page(acme: World) -> None:
    assert (await acme.client.get("/embed/job")).status_code == 401
    assert (await acme.client.get("/embed/none")).status_code == 404
