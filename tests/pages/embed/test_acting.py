"""Acting for a teammate: who may, for whom, with which rights, how it is recorded and how it ends."""

import re
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import httpx
import pytest

from rolecall.actions import chat, submissions
from rolecall.actions.clients import add_client_job, user_of
from rolecall.actions.posting_questions import ask_question
from rolecall.actions.teammates import add_teammate, set_rights, set_teammate_active
from rolecall.domain.clients import ClientUser, Permission, Person
from rolecall.domain.submissions import PersonFacts, Side
from rolecall.store import events
from rolecall.store.db import fetch_value, fetch_values
from rolecall.store.events import Event
from tests.marketplace import Marketplace, build_marketplace
from tests.pages.embed.test_settings_screen import FORMS
from tests.partnership import TERMS, Screen, build_partnership, words_of
from tests.world import World

IDA = Person(first_name="Ida", last_name="Tveit")
GRACE = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org")


@dataclass(frozen=True, slots=True)
class Office:
    """A client with a team manager, `u-558`, and Ida, who made the second posting of the `market` and is away."""

    market: Marketplace
    manager: ClientUser
    ida: ClientUser
    title: str = "Test Lead"

    async def settings(self, user: str = "u-558") -> Screen:
        return await self.market.partnership.screen("settings", userId=user)

    async def may(self, person: ClientUser, *rights: str, active: bool = True) -> None:
        """Let somebody have these rights."""
        async with self.market.acting() as ctx:
            boss = await user_of(ctx, self.market.partnership.client, "u-boss")
            await ctx.conn.execute("update client_user set permissions = %s where id = %s", [list(Permission), boss.id])
            boss = await user_of(ctx, self.market.partnership.client, "u-boss")
            await set_rights(ctx, boss, person.id, list(rights))
            await set_teammate_active(ctx, boss, person.id, active=active)

    async def events_since(self, since: int) -> list[Event]:
        world = self.market.partnership.world
        query = "select id from event where workspace_id = %s order by id offset %s"
        async with world.services.database.reading() as conn:
            ids = await fetch_values(conn, query, (world.workspace.id, since))
            found = [await events.get(conn, world.workspace.id, one) for one in ids]
        return [event for event in found if event is not None]

    async def count(self) -> int:
        world = self.market.partnership.world
        async with world.services.database.reading() as conn:
            query = "select count(*) from event where workspace_id = %s"
            return await fetch_value(conn, query, [world.workspace.id])


@pytest.fixture
async def office(acme: World) -> Office:
    market = await build_marketplace(await build_partnership(acme))
    async with market.acting() as ctx:
        manager = await user_of(ctx, market.partnership.client, "u-558")
        ida = await add_teammate(ctx, manager, "u-9", person=IDA, permissions=["posting_creator"])
    job = await acme.job("Test Lead")
    async with market.acting() as ctx:
        await add_client_job(ctx, market.partnership.connector.id, "cust-2207", job_external_id="req-2", job_id=job.id)
    await market.offer(job, creator_id=ida.id)
    return Office(market, manager, ida)


async def act(screen: Screen, person: ClientUser | UUID) -> Screen:
    """The tasks screen in a teammate's place."""
    person_id = person if isinstance(person, UUID) else person.id
    answer = await screen.post("act-for", person=str(person_id))
    assert answer.status_code == 303, words_of(answer)
    return await follow(screen, answer.headers["location"])


async def follow(screen: Screen, address: str) -> Screen:
    """The screen at an address."""
    page = await screen.client.get(unescape(address), follow_redirects=True)
    assert page.status_code == 200, words_of(page)
    opened = Screen(screen.world, screen.token, page.url.path.rpartition("/")[2])
    opened.session = page.url.params["session"]
    return opened


async def link(screen: Screen, label: str) -> str:
    """Where a link of the page leads; `label` is how its text begins."""
    page = await screen.reload()
    found = re.search(rf'href="([^"]+)"[^>]*>{label}', page.text)
    assert found is not None, words_of(page)
    return unescape(found[1])


# --- what one finds and does ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("active", [True, False])
async def test_a_manager_finds_the_tasks_and_postings_of_a_teammate(office: Office, *, active: bool) -> None:
    await office.may(office.ida, "posting_creator", active=active)
    await office.market.confirmed(office.market.northwind)
    tasks = await act(await office.settings(), office.ida)
    page = await tasks.reload()
    said = words_of(page)
    assert "You act for Ida Tveit . What you do is recorded with both names." in said
    assert "Nothing waits for Ida Tveit on these postings." in said
    assert "Postings of Ida Tveit Test Lead Open" in said
    assert "set-cookie" not in page.headers
    assert "script-src 'nonce-" in page.headers["content-security-policy"]
    assert "Firmware Lead 1 to sort" in words_of(await tasks.reload(of="all"))


async def test_what_is_done_is_recorded_with_both(office: Office) -> None:
    since = await office.count()
    tasks = await act(await office.settings(), office.ida)
    job = await follow(tasks, await link(tasks, "Open"))
    assert "You act for Ida Tveit" in words_of(await job.reload())
    terms = {**TERMS, "version": "1", "title": "Test Lead II"}
    assert (await job.post("save", **terms)).status_code == 303
    back = await follow(job, await link(job, "← Back"))
    assert "You act for Ida Tveit" in words_of(await back.reload())
    recorded = [event for event in await office.events_since(since) if event.type != "client.link_made"]
    assert [event.type for event in recorded] == [
        "client_user.screen_opened",
        "client_user.acting_began",
        "client_user.screen_opened",
        "client_user.screen_opened",
        "posting.changed",
        "client_user.screen_opened",
    ]
    assert {event.actor for event in recorded} == {f"client_user:{office.manager.id}"}
    assert [event.payload.get("acted_for") for event in recorded] == [None, *[f"client_user:{office.ida.id}"] * 5]


async def test_words_stay_those_of_who_wrote_them(office: Office) -> None:
    market = office.market
    made = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        await submissions.advance(ctx, made.id, feedback="Good.")
        await chat.say(ctx, made.id, side=Side.AGENCY, author_id=market.recruiters["Northwind Search"].id, text="Hi.")
        await ask_question(ctx, market.posting.id, market.northwind.id, None, "Is it on site?")
    tasks = await act(await office.settings(), office.ida)
    tasks = await follow(tasks, f"/embed/tasks?session={tasks.session}&of=all")
    page = await tasks.reload(of="all")
    (application,) = re.findall(r'href="([^"]+)">Read', page.text)
    person = await follow(tasks, application)
    sent = {"session": (None, person.session or ""), "text": (None, "We like her.")}
    answer = await person.client.post("/embed/application/say", files=sent)
    assert answer.status_code == 303, words_of(answer)
    (question,) = re.findall(r'href="([^"]+)">Answer', page.text)
    job = await follow(tasks, question)
    asked = re.findall(r'name="question" value="([^"]+)"', (await job.reload()).text)[0]
    assert (await job.post("answer", question=asked, answer="Yes.")).status_code == 303
    async with market.acting() as ctx:
        for query in (
            "select user_id from submission_message where workspace_id = %s and side = 'client'",
            "select answered_by from posting_question where workspace_id = %s",
        ):
            assert await fetch_value(ctx.conn, query, [ctx.workspace_id]) == office.manager.id


async def test_a_posting_that_is_made_is_the_teammates(office: Office, acme: World) -> None:
    world = office.market.partnership.world
    job = await world.job("Third Lead")
    async with office.market.acting() as ctx:
        await ctx.conn.execute(
            "update client set acts_for_workspace = true where id = %s", [office.market.partnership.client.id]
        )
    tasks = await act(await office.settings(), office.ida)
    screen = await follow(tasks, f"/embed/open?session={tasks.session}&to=job&job={job.id}")
    assert (await screen.post("save", **TERMS)).status_code == 303
    async with office.market.acting() as ctx:
        query = "select creator_id from posting where workspace_id = %s and job_id = %s"
        assert await fetch_value(ctx.conn, query, [ctx.workspace_id, job.id]) == office.ida.id


# --- with which rights ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", [right for right in Permission if right != Permission.STANDARD])
async def test_the_rights_are_the_teammates_without_the_team(office: Office, right: Permission) -> None:
    """A form of the settings is carried out, or told what else is wrong with it, for the teammate's right alone."""
    await office.may(office.ida, str(right))
    tasks = await act(await office.settings(), office.ida)
    opened = await tasks.client.get(f"/embed/open?session={tasks.session}&to=settings")
    if right == Permission.TEAM_MANAGER:
        assert opened.status_code == 403
        return
    settings = await follow(tasks, opened.headers["location"])
    for form, (needed, fields) in FORMS.items():
        answer = await settings.post(form, **fields)
        assert (answer.status_code != 403) == (needed == right), form
    job = await tasks.client.get(
        f"/embed/open?session={tasks.session}&to=job&job={office.market.job.id}", follow_redirects=True
    )
    assert job.status_code == (200 if right == Permission.POSTING_CREATOR else 403)


async def test_a_teammate_without_rights_reads(office: Office) -> None:
    await office.may(office.ida)
    await office.market.confirmed(office.market.northwind, GRACE)
    tasks = await act(await office.settings(), office.ida)
    page = await tasks.reload()
    assert ">Settings</a>" not in page.text
    person = await follow(tasks, await link(tasks, "Sort"))
    assert "Grace Hopper" in words_of(await person.reload())
    assert (await person.post("move", to="on", feedback="Good.")).status_code == 403


# --- who may not ------------------------------------------------------------------------------------------------------


async def test_only_team_managers_act_for_others(office: Office) -> None:
    others = [str(right) for right in Permission if right != Permission.TEAM_MANAGER]
    await office.may(office.ida, *others)
    screen = await office.settings("u-9")
    assert "Act for" not in (await screen.reload(part="people")).text
    assert (await screen.post("act-for", person=str(office.manager.id))).status_code == 403


async def test_nobody_acts_for_themselves_or_for_somebody_unknown(office: Office, globex: World) -> None:
    other = await build_marketplace(await build_partnership(globex))
    async with other.acting() as ctx:
        stranger = await user_of(ctx, other.partnership.client, "u-9")
    await office.market.partnership.ask("settings", clientId="cust-9", userId="u-1")
    async with office.market.acting() as ctx:
        query = "select id from client_user where external_id = 'u-1' and workspace_id = %s"
        sister = await fetch_value(ctx.conn, query, [ctx.workspace_id])
    screen = await office.settings()
    since = await office.count()
    assert (await screen.post("act-for", person=str(office.manager.id))).status_code == 422
    for person in (stranger.id, sister, office.market.job.id, "x", ""):
        answer = await screen.post("act-for", person=str(person))
        assert answer.status_code == 404
        assert "There is no such person." in words_of(answer)
    assert await office.count() == since


async def test_whoever_acts_for_somebody_acts_for_nobody_else(office: Office) -> None:
    async with office.market.acting() as ctx:
        per = await add_teammate(ctx, office.manager, "u-7", person=Person(), permissions=["team_manager"])
    await office.may(office.ida, "team_manager", "finance_manager")
    tasks = await act(await office.settings(), office.ida)
    settings = await follow(tasks, await link(tasks, "Settings"))
    for person in (per.id, office.manager.id, office.ida.id):
        assert (await settings.post("act-for", person=str(person))).status_code == 403
    assert (await settings.post("active", person=str(per.id), to="off")).status_code == 403


@pytest.mark.parametrize("change", ["right", "active"])
async def test_a_manager_is_checked_at_every_request(office: Office, change: str) -> None:
    tasks = await act(await office.settings(), office.ida)
    opening = await link(tasks, "Open")
    job = await follow(tasks, opening)
    await office.may(
        office.manager, *(["posting_creator"] if change == "right" else ["team_manager"]), active=change == "right"
    )
    since = await office.count()
    for answer in (
        await tasks.reload(),
        await tasks.client.get(opening),
        await job.reload(),
        await job.post("flow", to="closed"),
        await tasks.post("stop-acting"),
    ):
        assert answer.status_code == 403
        assert "You no longer have access" in words_of(answer)
        assert "Test Lead" not in answer.text
    assert await office.count() == since


async def test_a_right_that_the_teammate_loses_is_lost(office: Office) -> None:
    tasks = await act(await office.settings(), office.ida)
    job = await follow(tasks, await link(tasks, "Open"))
    await office.may(office.ida, "finance_manager")
    assert (await job.reload()).status_code == 403
    assert (await job.post("flow", to="closed")).status_code == 403
    assert (await tasks.reload()).status_code == 200


async def test_a_session_that_names_somebody_of_another_client_opens_nothing(office: Office) -> None:
    tasks = await act(await office.settings(), office.ida)
    await office.market.partnership.ask("settings", clientId="cust-9", userId="u-1")
    async with office.market.acting() as ctx:
        query = """
            update screen_session set acting_for_id = (
                select id from client_user where external_id = 'u-1' and workspace_id = screen_session.workspace_id)
            where workspace_id = %s and acting_for_id is not null
        """
        await ctx.conn.execute(query, [ctx.workspace_id])
    assert (await tasks.reload()).status_code == 404
    assert (await tasks.post("stop-acting")).status_code == 404


# --- how it ends ------------------------------------------------------------------------------------------------------


async def test_stopping_ends_every_screen_of_it(office: Office) -> None:
    own = await office.settings()
    tasks = await act(own, office.ida)
    job = await follow(tasks, await link(tasks, "Open"))
    since = await office.count()
    answer = await job.post("stop-acting")
    settings = await follow(job, answer.headers["location"])
    page = await settings.reload(part="people", done="stopped_acting")
    assert settings.name == "settings"
    assert "You act for yourself again." in words_of(page)
    assert "You act for Ida" not in words_of(page)
    for screen in (tasks, job):
        gone = await screen.reload()
        assert (gone.status_code, "This link has expired" in words_of(gone)) == (401, True)
        assert (await screen.post("stop-acting")).status_code == 401
    assert (await own.reload(part="people")).status_code == 200
    (ended, opened) = await office.events_since(since)
    assert (ended.type, ended.record_id) == ("client_user.acting_ended", office.ida.id)
    assert (ended.actor, ended.payload["acted_for"]) == (
        f"client_user:{office.manager.id}",
        f"client_user:{office.ida.id}",
    )
    assert (opened.type, "acted_for" in opened.payload) == ("client_user.screen_opened", False)


async def test_stopping_leaves_what_others_and_other_links_have_open(office: Office) -> None:
    first, second = await act(await office.settings(), office.ida), await act(await office.settings(), office.ida)
    assert (await first.post("stop-acting")).status_code == 303
    assert (await first.reload()).status_code == 401
    assert (await second.reload()).status_code == 200


async def test_who_does_not_act_has_nothing_to_stop(office: Office) -> None:
    screen = await office.settings()
    answer: httpx.Response = await screen.post("stop-acting")
    assert answer.status_code == 401
    assert (await screen.reload()).status_code == 200


async def test_a_session_of_acting_works_in_its_page_only(office: Office) -> None:
    tasks = await act(await office.settings(), office.ida)
    elsewhere = {"Referer": "https://copied.example/"}
    assert (await tasks.reload(headers=elsewhere)).status_code == 401
    assert (await tasks.post("stop-acting", {"Origin": "https://copied.example"})).status_code == 401
    assert (await tasks.reload()).status_code == 200


# --- one's own --------------------------------------------------------------------------------------------------------


async def test_tasks_of_ones_own_postings(office: Office) -> None:
    await office.market.confirmed(office.market.northwind)
    screen = await office.market.partnership.screen("tasks", userId="u-9")
    assert "Firmware Lead 1 to sort" in words_of(await screen.reload())
    page = await screen.reload(of="own")
    assert "Nothing waits for you on your postings." in words_of(page)
    assert "Firmware Lead" not in page.text
