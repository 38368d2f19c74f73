"""Who may open the screen, and with which headers it leaves."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions import clients as client_actions
from rolecall.actions import partners as partner_actions
from rolecall.actions.credentials import revoke_credential
from rolecall.domain.jobs import JobStatus
from rolecall.store import clients, connectors, partners
from tests.partnership import ORIGIN, TERMS, Partnership, Screen, build_partnership, words_of
from tests.world import World

AUDIENCE = "embed/job"


async def claims_of(oakline: Partnership) -> dict[str, Any]:
    token = await oakline.link_token()
    return oakline.world.services.signer.read(token, audience=AUDIENCE, now=datetime.now(UTC))


async def test_the_headers_of_the_screen(oakline: Partnership) -> None:
    answer = await Screen(oakline.world, await oakline.link_token()).open()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "x-frame-options" not in answer.headers
    assert "set-cookie" not in answer.headers
    policy = answer.headers["content-security-policy"].split("; ")
    assert f"frame-ancestors {ORIGIN}" in policy
    assert {"default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'"} <= set(policy)


async def test_without_registered_origins_any_https_page_may_frame_it(acme: World) -> None:
    open_to_all = await build_partnership(acme, origins=())
    answer = await Screen(acme, await open_to_all.link_token()).open()
    assert answer.headers["content-security-policy"].endswith("frame-ancestors https:")


async def test_the_screen_runs_only_its_own_script_and_loads_nothing_from_elsewhere(oakline: Partnership) -> None:
    screen = await oakline.screen("job")
    nonces = set[str]()
    for answer in (await screen.open(), await screen.reload()):
        found = re.search(r"script-src 'nonce-([\w-]{22})'; ", answer.headers["content-security-policy"])
        assert found is not None
        assert re.findall("<script[^>]*>", answer.text) == [f'<script nonce="{found[1]}">']
        assert "//" not in answer.text
        assert " style=" not in answer.text
        nonces.add(found[1])
    assert len(nonces) == 2


async def test_a_link_works_until_its_half_hour_is_over(oakline: Partnership) -> None:
    claims, signer = await claims_of(oakline), oakline.world.services.signer
    for minutes, status in [(29, 200), (31, 401)]:
        made = datetime.now(UTC) - timedelta(minutes=minutes)
        screen = Screen(oakline.world, signer.sign(claims, audience=AUDIENCE, now=made, lives=timedelta(minutes=30)))
        answer = await screen.open()
        assert answer.status_code == status
    assert "This link has expired" in words_of(answer)
    assert "Firmware" not in answer.text
    assert f"frame-ancestors {ORIGIN}" in answer.headers["content-security-policy"]


async def test_a_tampered_or_strange_token_gets_a_readable_page(oakline: Partnership) -> None:
    good = await oakline.link_token()
    head, claims, signature = good.split(".")
    other_screen = oakline.world.services.signer.sign(
        await claims_of(oakline), audience="embed/settings", now=datetime.now(UTC), lives=timedelta(minutes=5)
    )
    tokens = ["", "x", "\x00", "\ud83d", "a" * 5000, f"{head}.{claims[:-3]}AAA.{signature}", f"{head}.{claims}."]
    for token in [*tokens, other_screen, await oakline.token()]:
        screen = Screen(oakline.world, token.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
        for answer in (await screen.open(), await screen.post("save", **TERMS)):
            assert answer.status_code == 401, token
            assert "This link is not valid" in words_of(answer)
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["", "?token=", "?token={0}&token={0}", "?token=%ED%A0%80", "?token=%FF%00"])
async def test_a_missing_or_repeated_token(oakline: Partnership, query: str) -> None:
    answer = await oakline.world.client.get("/embed/job" + query.format(await oakline.link_token()))
    assert answer.status_code == 401


async def test_a_repeated_session_in_a_form(oakline: Partnership) -> None:
    session = (await oakline.screen("job")).session
    answer = await oakline.world.client.post("/embed/job/flow", data={"session": [session, session], "to": "open"})
    assert answer.status_code == 401


async def lose(oakline: Partnership, what: str) -> None:
    now, workspace_id = datetime.now(UTC), oakline.world.workspace.id
    async with oakline.world.services.database.writing() as conn:
        ctx = oakline.world.context(conn)
        if what == "connector":
            await connectors.set_disabled(conn, workspace_id, oakline.connector.id, at=now)
        elif what == "partner":
            await partners.set_disabled(conn, workspace_id, oakline.partner.id, at=now)
        elif what == "credential":
            await revoke_credential(conn, workspace_id, oakline.credential.id, now=now)
        elif what == "user":
            await client_actions.set_user_active(ctx, oakline.client, "u-558", active=False)
        elif what == "right":
            (user,) = await clients.users(conn, workspace_id, oakline.client.id)
            await clients.set_user_permissions(conn, workspace_id, user.id, permissions=["standard"])


@pytest.mark.parametrize("what", ["connector", "partner", "credential", "user", "right"])
async def test_lost_access_shows_at_the_next_request(oakline: Partnership, what: str) -> None:
    screen = await oakline.screen("job")
    await screen.submit("save", **TERMS)
    await lose(oakline, what)
    for answer in (
        await screen.open(),
        await screen.reload(),
        await screen.post("save", **{**TERMS, "version": "1", "title": "Changed"}),
        await screen.post("flow", to="open"),
        await screen.post("agencies", add_preferred="1"),
    ):
        assert answer.status_code == 403
        assert "You no longer have access" in words_of(answer)
        assert "Firmware" not in answer.text


async def test_a_rotated_secret_leaves_open_screens_alone(oakline: Partnership) -> None:
    screen = Screen(oakline.world, await oakline.link_token())
    async with oakline.world.services.database.writing() as conn:
        await partner_actions.rotate_client_secret(oakline.world.context(conn), oakline.credential.id)
    assert (await screen.open()).status_code == 200


async def test_a_job_that_is_gone(oakline: Partnership) -> None:
    screen = await oakline.screen("job")
    await oakline.world.move(oakline.job.id, JobStatus.ARCHIVED)
    for answer in (await screen.open(), await screen.post("save", **TERMS)):
        assert answer.status_code == 404
        assert "There is nothing here" in words_of(answer)


async def test_a_client_that_no_longer_acts_for_the_workspace(oakline: Partnership) -> None:
    other = await oakline.world.job("Other", code="OTHER")

    async def act(*, acts: bool) -> None:
        async with oakline.world.services.database.writing() as conn:
            ctx = oakline.world.context(conn)
            await client_actions.let_client_act_for_workspace(ctx, oakline.connector.id, "cust-2207", acts=acts)

    await act(acts=True)
    screen = Screen(oakline.world, await oakline.link_token(jobId=str(other.id)))
    assert (await screen.open()).status_code == 200
    await act(acts=False)
    assert (await screen.open()).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/embed/settings/people"),
        ("GET", "/embed/Job"),
        ("GET", "/embed/nothing/at/all"),
        ("GET", "/embed/job/save"),
        ("POST", "/embed/job"),
        ("DELETE", "/embed/job"),
    ],
)
async def test_an_unknown_screen(oakline: Partnership, method: str, path: str) -> None:
    answer = await oakline.world.client.request(method, path, params={"token": await oakline.link_token()})
    assert answer.status_code == 404
    assert "There is nothing here" in words_of(answer)


async def test_another_persons_token_acts_as_that_person_on_that_job_only(oakline: Partnership, globex: World) -> None:
    mine = Screen(oakline.world, await oakline.link_token())
    stranger = Screen(globex, await (await build_partnership(globex)).link_token())
    await mine.submit("save", **TERMS)
    agency = await oakline.agency("Corvid Search")
    assert (await stranger.post("flow", to="closed")).status_code == 404
    await stranger.submit("save", **{**TERMS, "title": "Stranger"})
    refused = await stranger.post("agencies", add=str(agency.id))
    assert refused.status_code == 404
    page = words_of(await mine.open())
    assert "Stranger" not in page
    assert "Corvid Search" not in words_of(refused)
