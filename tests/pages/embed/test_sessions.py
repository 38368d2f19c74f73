"""A link is exchanged for a session: by one page only, as often as it reloads, for half an hour in all."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from rolecall.actions.embedding.sessions import check_lasts, session_of
from rolecall.app import create_app
from rolecall.domain.errors import LinkExpired
from rolecall.store import events
from rolecall.store.db import fetch_value, fetch_values
from tests.partnership import ORIGIN, TERMS, Partnership, Screen, build_partnership, words_of
from tests.world import World

HERE = {"Referer": f"{ORIGIN}/requisitions/9031?tab=agencies"}
ELSEWHERE = {"Referer": "https://copied.example/"}
SCREENS = ["settings", "tasks", "job"]


async def later(oakline: Partnership, minutes: int) -> Partnership:
    """The same partnership, with an application whose clock is ahead."""

    def ahead() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    services = replace(oakline.world.services, clock=ahead)
    transport = httpx.ASGITransport(create_app(services))
    client = httpx.AsyncClient(transport=transport, base_url=str(oakline.world.client.base_url))
    return replace(oakline, world=replace(oakline.world, services=services, client=client))


def in_world(screen: Screen, world: World) -> Screen:
    """The same open page, asking another application."""
    moved = Screen(world, screen.token, screen.name)
    moved.session = screen.session
    return moved


@pytest.mark.parametrize("name", SCREENS)
async def test_a_reload_gives_a_fresh_session_and_the_old_one_goes_on(oakline: Partnership, name: str) -> None:
    screen = Screen(oakline.world, await oakline.link_token(name), name)
    sessions = set[str]()
    for _ in range(3):
        assert (await screen.open(headers=HERE)).status_code == 200
        sessions.add(screen.session or "")
    assert len(sessions) == 3
    for session in sessions:
        screen.session = session
        assert (await screen.reload()).status_code == 200
    assert screen.token not in sessions


@pytest.mark.parametrize(
    ("first", "then"), [(HERE, {}), ({}, HERE), (HERE, ELSEWHERE), ({}, ELSEWHERE), (HERE, {"Referer": "about:blank"})]
)
async def test_a_link_that_one_page_has_opened_opens_for_no_other(
    oakline: Partnership, first: dict[str, str], then: dict[str, str]
) -> None:
    screen = Screen(oakline.world, await oakline.link_token())
    assert (await screen.open(headers=first)).status_code == 200
    answer = await screen.open(headers=then)
    assert answer.status_code == 401
    assert "This link belongs to another page" in words_of(answer)
    assert "Firmware" not in answer.text
    assert f"frame-ancestors {ORIGIN}" in answer.headers["content-security-policy"]
    assert (await screen.open(headers=first)).status_code == 200


async def test_a_page_that_is_not_registered_opens_no_link(oakline: Partnership) -> None:
    screen = Screen(oakline.world, await oakline.link_token())
    assert (await screen.open(headers=ELSEWHERE)).status_code == 401
    assert (await screen.open(headers=HERE)).status_code == 200


async def test_without_registered_origins_the_first_page_keeps_the_link(acme: World) -> None:
    partnership = await build_partnership(acme, origins=())
    screen = Screen(acme, await partnership.link_token())
    assert (await screen.open(headers=ELSEWHERE)).status_code == 200
    assert (await screen.open(headers=HERE)).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "null"}, 200),
        ({"Origin": "http://rolecall.test"}, 200),
        (HERE, 200),
        ({"Origin": "https://copied.example"}, 401),
        ({"Origin": ORIGIN}, 401),
        (ELSEWHERE, 401),
        ({"Referer": "https://["}, 401),
    ],
)
async def test_a_session_works_in_its_page_only(oakline: Partnership, headers: dict[str, str], status: int) -> None:
    screen = Screen(oakline.world, await oakline.link_token())
    await screen.open(headers=HERE)
    assert (await screen.reload(headers=headers)).status_code == status
    saved = await screen.post("save", headers, **TERMS)
    assert saved.status_code == (303 if status == 200 else 401)
    assert "Firmware Lead" not in saved.text


async def test_a_link_is_no_session_and_a_session_no_link(oakline: Partnership) -> None:
    screen = await oakline.screen("job")
    client = oakline.world.client
    for params in ({"session": screen.token}, {"token": screen.session or ""}, {"session": ""}):
        assert (await client.get("/embed/job", params=params)).status_code == 401
    answer = await client.post("/embed/job/save", data={"session": screen.token, **TERMS})
    assert answer.status_code == 401
    answer = await client.post("/embed/job/save", data={"token": screen.token, **TERMS})
    assert answer.status_code == 401


async def test_a_session_is_for_one_screen(oakline: Partnership) -> None:
    tasks, job = await oakline.screen("tasks"), await oakline.screen("job")
    for name, session in (("job", tasks.session), ("settings", job.session), ("application", job.session)):
        answer = await oakline.world.client.get(f"/embed/{name}", params={"session": session or ""})
        assert answer.status_code == 401
    token = await oakline.link_token("tasks")
    for name in ("settings", "job", "application"):
        assert (await oakline.world.client.get(f"/embed/{name}", params={"token": token})).status_code == 401


async def test_a_tampered_session_and_one_of_another_workspace(oakline: Partnership, globex: World) -> None:
    session = (await oakline.screen("tasks")).session or ""
    theirs = (await (await build_partnership(globex)).screen("tasks")).session or ""
    secret = base64.urlsafe_b64decode(session)
    moved = base64.urlsafe_b64encode(base64.urlsafe_b64decode(theirs)[:16] + secret[16:]).decode()
    unknown = base64.urlsafe_b64encode(uuid4().bytes + secret[16:]).decode()
    hostile = ["", "x", "\x00", "é" * 64, session[:-4], session + "AAAA", session[:-1] + "!", session.lower()]
    for token in [*hostile, moved, unknown, f"{session} ", "A" * 100_000]:
        answer = await oakline.world.client.post("/embed/tasks/any", data={"session": token})
        assert answer.status_code == 404
        answer = await oakline.world.client.get("/embed/tasks", params={"session": token[:5_000]})
        assert answer.status_code == 401, token
        assert "This link is not valid" in words_of(answer)


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 401)])
async def test_a_session_ends_with_its_link(oakline: Partnership, minutes: int, status: int) -> None:
    screen = await oakline.screen("job")
    ahead = await later(oakline, minutes)
    moved = in_world(screen, ahead.world)
    answers = [await moved.reload(), await moved.post("save", **TERMS)]
    assert [answer.status_code for answer in answers] == ([200, 303] if status == 200 else [401, 401])
    if status == 401:
        assert "This link has expired" in words_of(answers[0])
        assert f"frame-ancestors {ORIGIN}" in answers[0].headers["content-security-policy"]


async def test_a_link_opened_late_gives_a_session_for_what_is_left(oakline: Partnership) -> None:
    token = await oakline.link_token()
    soon = Screen((await later(oakline, 20)).world, token)
    assert (await soon.open()).status_code == 200
    then = in_world(soon, (await later(oakline, 31)).world)
    assert (await then.reload()).status_code == 401


async def test_a_session_says_in_time_that_it_ends(oakline: Partnership) -> None:
    page = (await oakline.screen("tasks")).open
    seconds = (await page()).text.partition('data-seconds="')[2].partition('"')[0]
    assert 1_700 <= int(seconds) <= 1_800


async def test_openings_are_recorded_and_tokens_stored_as_hashes_only(oakline: Partnership) -> None:
    screen = Screen(oakline.world, await oakline.link_token("tasks"), "tasks")
    await screen.open(headers=HERE)
    workspace_id = oakline.world.workspace.id
    async with oakline.world.services.database.reading() as conn:
        user_id = await fetch_value(conn, "select id from client_user where workspace_id = %s", [workspace_id])
        opened = [event for event in await events.of_record(conn, workspace_id, user_id) if "opened" in event.type]
        rows = await fetch_values(conn, "select t::text from screen_session t where workspace_id = %s", [workspace_id])
    assert [event.type for event in opened] == ["client_user.screen_opened"]
    assert (opened[0].payload["screen"], opened[0].payload["origin"]) == ("tasks", ORIGIN)
    assert opened[0].actor == f"client_user:{user_id}"
    assert len(rows) == 1
    for stored in (rows[0], str(opened[0].payload)):
        assert (screen.session or "") not in stored
        assert screen.token not in stored


async def test_no_token_reaches_a_log(oakline: Partnership, capsys: Any, caplog: Any) -> None:
    services = oakline.world.services
    settings = services.settings.model_copy(update={"log_requests": True})
    transport = httpx.ASGITransport(create_app(replace(services, settings=settings)))
    async with httpx.AsyncClient(transport=transport, base_url=str(oakline.world.client.base_url)) as client:
        screen = Screen(replace(oakline.world, client=client), await oakline.link_token())
        await screen.open()
        await screen.submit("save", **TERMS)
        await screen.open(headers=ELSEWHERE)
        await screen.reload(headers=ELSEWHERE)
        await client.get("/embed/job", params={"token": screen.token + "x"})
    captured = capsys.readouterr()
    written = (
        captured.out
        + captured.err
        + "".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    )
    assert "embed /embed/job" in written
    assert screen.token not in written
    assert (screen.session or "") not in written


async def test_a_session_ends_in_the_moment_that_it_is_for(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    async with oakline.world.services.database.reading() as conn:
        session = await session_of(conn, screen.session or "", None)
    check_lasts(session, session.expires_at - timedelta.resolution)
    with pytest.raises(LinkExpired):
        check_lasts(session, session.expires_at)
