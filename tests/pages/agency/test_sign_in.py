"""Signing in to the agencies' pages: passwords, links, sessions, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector
from starlette.types import ASGIApp

from rolecall.actions import agency_team, signing_in
from rolecall.app import create_app
from rolecall.domain.errors import LinkUsed
from rolecall.domain.recruiters import SESSION_IDLE, SESSION_LIVES
from rolecall.store.agencies import Recruiter
from rolecall.store.db import fetch_value, fetch_values
from rolecall.tasks import housekeeping
from rolecall.tasks.queue import Work
from tests.agency_desk import PASSWORD, Desk, enter, give_password, open_desk, words
from tests.at_once import second_waits_for_first
from tests.background import work_off
from tests.inviting import Postbox, address_in
from tests.marketplace import Marketplace
from tests.world import World

NORA = "nora@northwind.example"


@pytest.fixture
async def nora(market: Marketplace) -> Recruiter:
    recruiter = market.recruiters["Northwind Search"]
    await give_password(market.partnership.world, recruiter)
    return recruiter


async def types_of(world: World, recruiter: Recruiter) -> list[str]:
    query = "select type from event where workspace_id = %s and record_id = %s order by id"
    async with world.services.database.reading() as conn:
        return await fetch_values(conn, query, (world.workspace.id, recruiter.id))


async def test_a_password_signs_in_and_the_cookie_is_kept_from_others(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = browser()
    assert (await desk.get()).headers["location"] == f"{desk.home}/sign-in"
    answer = await desk.sign_in("NORA@northwind.example")
    assert (answer.status_code, answer.headers["location"]) == (303, desk.home)
    cookie = answer.headers["set-cookie"]
    assert f"Path={desk.home}" in cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Max-Age=1209600"))
    assert "Firmware Lead" in words(await desk.get())
    assert (await types_of(acme, nora))[-1] == "agency_recruiter.signed_in"


async def test_pages_are_kept_nowhere_and_run_no_scripts(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), nora)
    for path in ("", "/sign-in", "/account"):
        answer = await desk.get(path)
        assert answer.headers["cache-control"] == "no-store"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = browser()
    answers = [
        await desk.sign_in(email, "wrong lanterns here") for email in (NORA, "nobody@northwind.example", "a\x00b")
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len({words(answer) for answer in answers}) == 1
    assert "set-cookie" not in answers[0].headers


async def test_an_unknown_address_and_a_locked_account_cost_as_much_as_a_wrong_password(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    async def written() -> int:
        query = "select count(*) from event where workspace_id = %s and type like 'agency_recruiter.sign_in_%%'"
        async with acme.services.database.reading() as conn:
            return await fetch_value(conn, query, (acme.workspace.id,))

    desk = browser()
    for email in (NORA, "nobody@northwind.example", *[NORA] * 5):
        before = await written()
        assert (await desk.sign_in(email, "wrong lanterns here")).status_code == 422
        assert await written() == before + 1
    assert (await types_of(acme, nora))[-2:] == ["agency_recruiter.sign_in_locked", "agency_recruiter.sign_in_failed"]


async def test_five_failures_lock_the_account_and_a_link_still_opens_it(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = browser()
    for _ in range(5):
        await desk.sign_in(NORA, "wrong lanterns here")
    refused = await desk.sign_in(NORA)
    assert refused.status_code == 422
    assert "no password is taken for a while" in words(refused)
    assert (await types_of(acme, nora))[-1] == "agency_recruiter.sign_in_locked"
    assert (await (await enter(desk, nora)).get()).status_code == 200
    assert (await browser().sign_in(NORA)).status_code == 303


@pytest.mark.parametrize(("failures", "minutes"), [(5, 15), (10, 30), (15, 60), (100, 1440)])
async def test_locks_grow(acme: World, nora: Recruiter, failures: int, minutes: int) -> None:
    async with acme.services.database.writing() as conn, conn.transaction(force_rollback=True):
        ctx = acme.context(conn)
        query = "update agency_recruiter set failed_sign_ins = %s where workspace_id = %s and id = %s"
        await conn.execute(query, (failures - 1, acme.workspace.id, nora.id))
        await signing_in.note_failure(ctx, nora.id)
        await signing_in.note_failure(ctx, nora.id)  # counts nothing while it is locked
        query = "select locked_until from agency_recruiter where workspace_id = %s and id = %s"
        assert await fetch_values(conn, query, (acme.workspace.id, nora.id)) == [ctx.now + timedelta(minutes=minutes)]


async def test_a_link_comes_by_mail_and_is_good_once(
    acme: World, nora: Recruiter, browser: Callable[[], Desk], database_url: str
) -> None:
    postbox = Postbox()
    desk = browser()
    said = {words(await desk.post("/sign-in/link", email=email)) for email in (NORA, "nobody@x.example", "")}
    assert len(said) == 1
    await work_off(replace(acme, services=replace(acme.services, mail=postbox)), database_url)
    (message,) = postbox.messages
    assert message.to == NORA
    path = address_in(message).removeprefix(f"http://rolecall.test{desk.home}")
    assert "Sign in now" in words(await desk.get(path))
    assert (await desk.get(path)).status_code == 200  # looking uses nothing up
    assert (await desk.post(path)).status_code == 303
    assert (await desk.get()).status_code == 200
    again = await browser().post(path)
    assert (again.status_code, "has been used" in words(again)) == (410, True)
    assert (await browser().get(f"{path}x")).status_code == 404


async def test_of_two_who_open_a_link_at_once_one_signs_in(market: Marketplace, nora: Recruiter) -> None:
    async with market.acting() as ctx:
        token = await signing_in.make_link(ctx, nora.id)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: signing_in.use_link(ctx, token, user_agent="first"),
        lambda ctx: signing_in.use_link(ctx, token, user_agent="second"),
    )
    assert isinstance(outcome, LinkUsed)


async def test_a_new_password_ends_the_links_from_before(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    async with acme.services.database.writing() as conn:
        token = await signing_in.make_link(acme.context(conn), nora.id)
    await give_password(acme, nora)
    assert (await browser().post(f"/enter/{token}")).status_code == 410


async def test_a_link_ends_after_fifteen_minutes(acme: World, nora: Recruiter, browser: Callable[[], Desk]) -> None:
    async with acme.services.database.writing() as conn:
        early = replace(acme.context(conn), now=datetime.now(UTC) - timedelta(minutes=15, seconds=1))
        token = await signing_in.make_link(early, nora.id)
    for answer in (await browser().get(f"/enter/{token}"), await browser().post(f"/enter/{token}")):
        assert (answer.status_code, "has expired" in words(answer)) == (410, True)


async def test_another_workspace_knows_neither_the_session_nor_the_link(
    acme: World, globex: World, nora: Recruiter, app: ASGIApp
) -> None:
    async with acme.services.database.writing() as conn:
        token = await signing_in.make_link(acme.context(conn), nora.id)
    strange = open_desk(globex, app)
    assert (await strange.post(f"/enter/{token}")).status_code == 404
    at_home = await enter(open_desk(acme, app), nora)
    (cookie,) = at_home.client.cookies.jar
    strange.client.cookies.set(cookie.name, cookie.value or "")
    assert (await strange.get()).headers["location"] == f"{strange.home}/sign-in"
    assert (await strange.sign_in(NORA)).status_code == 422


async def test_the_page_that_was_wanted_comes_after_signing_in(
    market: Marketplace, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = browser()
    wanted = f"{desk.home}/postings/{market.posting.id}"
    led = await desk.client.get(wanted)
    assert httpx.URL(led.headers["location"]).params["next"] == wanted
    answer = await desk.post("/sign-in", email=NORA, password=PASSWORD, next=wanted)
    assert answer.headers["location"] == wanted
    for foreign in ("https://evil.example/", "//evil.example", f"{desk.home}/..//evil", f"{desk.home}//\\evil.example"):
        answer = await browser().post("/sign-in", email=NORA, password=PASSWORD, next=foreign)
        assert answer.headers["location"] == desk.home


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://rolecall.test.evil.example"])
async def test_a_form_of_another_site_is_refused(
    nora: Recruiter, browser: Callable[[], Desk], origin: str | None
) -> None:
    desk = await enter(browser(), nora)
    for path, fields in (
        ("/sign-in", {"email": NORA, "password": PASSWORD}),
        ("/account/password", {}),
        ("/sign-out", {}),
    ):
        answer = await desk.post(path, origin=origin, **fields)
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert (await desk.get()).status_code == 200


async def test_a_form_without_the_sessions_word_is_refused(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk, other = await enter(browser(), nora), await enter(browser(), nora)
    for word in ("", "x", "\u00e9", await other.form_token()):
        assert (await desk.post("/sign-out", form_token=word)).status_code == 403
    assert (await desk.get()).status_code == 200


async def test_signing_out_ends_the_session(acme: World, nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), nora)
    (cookie,) = desk.client.cookies.jar
    answer = await desk.post("/sign-out")
    assert answer.headers["location"] == f"{desk.home}/sign-in"
    desk.client.cookies.set(cookie.name, cookie.value or "", path=desk.home)
    assert (await desk.get()).status_code == 303
    assert (await types_of(acme, nora))[-1] == "agency_recruiter.signed_out"


async def test_a_form_after_the_end_says_that_nothing_is_saved(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    answer = await browser().post("/account/password", password="x")
    assert answer.status_code == 401
    assert "Nothing was saved" in words(answer)


@pytest.mark.parametrize(
    ("column", "age"), [("seen_at", SESSION_IDLE), ("expires_at", SESSION_LIVES)], ids=["idle", "old"]
)
async def test_a_session_ends(
    acme: World, nora: Recruiter, browser: Callable[[], Desk], column: str, age: timedelta
) -> None:
    desk = await enter(browser(), nora)
    async with acme.services.database.writing() as conn:
        query = f"update agency_session set {column} = {column} - %s::interval where workspace_id = %s"
        await conn.execute(query.encode(), (age, acme.workspace.id))
    assert (await desk.get()).status_code == 303


async def test_use_keeps_a_session_up(acme: World, nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), nora)
    async with acme.services.database.writing() as conn:
        query = "update agency_session set seen_at = seen_at - interval '11 hours' where workspace_id = %s"
        await conn.execute(query, (acme.workspace.id,))
    assert (await desk.get()).status_code == 200
    async with acme.services.database.reading() as conn:
        query = "select max(seen_at) > now() - interval '1 minute' from agency_session where workspace_id = %s"
        assert await fetch_values(conn, query, (acme.workspace.id,)) == [True]


async def test_whoever_is_deactivated_is_out(
    acme: World, market: Marketplace, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = await enter(browser(), nora)
    async with acme.services.database.writing() as conn:
        token = await signing_in.make_link(acme.context(conn), nora.id)
        await agency_team.disable_recruiter(acme.context(conn), market.northwind.id, nora.id)
    assert (await desk.get()).status_code == 303
    assert (await desk.sign_in(NORA)).status_code == 422
    assert (await desk.get(f"/enter/{token}")).status_code == 404


async def test_tries_are_counted_by_where_they_come_from(acme: World, nora: Recruiter) -> None:
    settings = acme.services.settings.model_copy(update={"agency_sign_ins_per_minute": 1})
    desk = open_desk(acme, create_app(replace(acme.services, settings=settings)))
    desk.client._transport.client = ("198.51.100.7", 1)  # type: ignore[attr-defined]
    answers = [await desk.sign_in("nobody@x.example") for _ in range(3)]  # a minute may begin in between
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) <= 60


async def test_an_address_gets_five_links_an_hour(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = browser()
    for email in ("nobody@y.example", NORA):
        statuses = [(await desk.post("/sign-in/link", email=email)).status_code for _ in range(11)]
        assert statuses[-1] == 429


async def test_the_cookie_is_secure_under_https(acme: World, nora: Recruiter) -> None:
    settings = acme.services.settings.model_copy(update={"base_url": "https://rolecall.test"})
    desk = open_desk(acme, create_app(replace(acme.services, settings=settings)))
    answer = await desk.post("/sign-in", email=NORA, password=PASSWORD, origin="https://rolecall.test")
    assert "; Secure" in answer.headers["set-cookie"]


async def test_what_ended_long_ago_is_forgotten(acme: World, nora: Recruiter) -> None:
    async with acme.services.database.writing() as conn:
        old = replace(acme.context(conn), now=datetime.now(UTC) - timedelta(days=60))
        await signing_in.make_link(old, nora.id)
        await signing_in.enter(old, nora.id, user_agent="")
    await housekeeping.forget_sign_ins(Work(acme.services, App(connector=InMemoryConnector())))
    counts = "select count(*) from {} where workspace_id = %s and expires_at < now() - interval '30 days'"
    async with acme.services.database.reading() as conn:
        for table in ("agency_session", "agency_sign_in_link"):
            assert await fetch_values(conn, counts.format(table), (acme.workspace.id,)) == [0]
