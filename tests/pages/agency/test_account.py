"""One's own account: passwords, and the browsers in which one is signed in."""

from collections.abc import Callable

import pytest

from rolecall.store.agencies import Recruiter
from tests.agency_desk import PASSWORD, Desk, enter, give_password, words
from tests.marketplace import Marketplace
from tests.world import World

NORA = "nora@northwind.example"
NEW = "nine quiet harbours"


@pytest.fixture
async def nora(market: Marketplace) -> Recruiter:
    return market.recruiters["Northwind Search"]


async def grow_old(acme: World) -> None:
    """Let everybody have signed in an hour ago."""
    async with acme.services.database.writing() as conn:
        query = "update agency_recruiter set sessions_since = null where workspace_id = %s"
        await conn.execute(query, (acme.workspace.id,))
        query = "update agency_session set created_at = created_at - interval '1 hour' where workspace_id = %s"
        await conn.execute(query, (acme.workspace.id,))


async def test_who_has_forgotten_the_password_sets_another_after_a_link(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    await give_password(acme, nora)
    desk = await enter(browser(), nora)
    assert "Present password" not in words(await desk.get("/account"))
    await desk.send("/account/password", password=NEW)
    assert (await browser().sign_in(NORA, NEW)).status_code == 303


async def test_a_password_is_set_after_a_link_and_signs_in(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), nora)
    assert "Set a password" in words(await desk.get("/account"))
    told = words(await desk.send("/account/password", password=PASSWORD))
    assert "Your password is set." in told
    assert (await browser().sign_in(NORA)).status_code == 303


async def test_the_present_password_is_not_to_be_guessed(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    await give_password(acme, nora)
    desk = await enter(browser(), nora)
    await grow_old(acme)
    guesses = [await desk.post("/account/password", present=f"guess {n}", password=NEW) for n in range(11)]
    assert [answer.status_code for answer in guesses] == [422] * 10 + [429]
    assert int(guesses[-1].headers["retry-after"]) > 0


async def test_a_new_password_ends_all_other_sessions(
    acme: World, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    await give_password(acme, nora)
    desk, other = await enter(browser(), nora), await enter(browser(), nora)
    await grow_old(acme)
    assert "Present password" in words(await desk.get("/account"))
    answer = await desk.post("/account/password", present="wrong lanterns here", password=NEW)
    assert (answer.status_code, "not your present password" in words(answer)) == (422, True)
    await desk.send("/account/password", present=PASSWORD, password=NEW)
    assert [(await one.get()).status_code for one in (desk, other)] == [200, 303]
    assert [(await browser().sign_in(NORA, one)).status_code for one in (PASSWORD, NEW)] == [422, 303]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Fill this in."),
        ("eleven char", "At least 12 characters."),
        ("x" * 201, "At most 200 characters."),
        ("aaaaaaaaaaaaaa", "One that is harder to guess"),
        ("my name is NORA", "One that is harder to guess"),
    ],
)
async def test_a_weak_password_is_refused(
    nora: Recruiter, browser: Callable[[], Desk], password: str, said: str
) -> None:
    answer = await (await enter(browser(), nora)).post("/account/password", password=password)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not password or password not in answer.text


async def test_another_browser_is_signed_out(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk, other = await enter(browser(), nora), browser()
    other.client.headers["user-agent"] = "Lantern 7 <on a phone>"
    await enter(other, nora)
    page = await desk.get("/account")
    assert "Lantern 7 <on a phone>" in words(page)
    session = page.text.partition('name="session" value="')[2].partition('"')[0]
    assert "That browser is signed out." in words(await desk.send("/account/sessions", session=session))
    assert [(await one.get()).status_code for one in (desk, other)] == [200, 303]
    other.client.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    await enter(other, nora)
    assert "Firefox on Linux" in words(await desk.get("/account"))


async def test_nobody_signs_out_somebody_else(
    acme: World, market: Marketplace, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk, sam = await enter(browser(), nora), await enter(browser(), market.recruiters["Southgate Talent"])
    async with acme.services.database.reading() as conn:
        query = "select id::text from agency_session where workspace_id = %s and recruiter_id = %s"
        row = await (await conn.execute(query, (acme.workspace.id, nora.id))).fetchone()
    assert row is not None
    await sam.send("/account/sessions", session=row[0])
    assert (await desk.get()).status_code == 200
    assert (await sam.post("/account/sessions", session="x")).status_code == 400
