"""The candidates of an agency: stages with feedback, chat, withdrawing, and who of the agency sees them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.actions import agencies, agency_team, chat, postings
from rolecall.actions import submissions as client_side
from rolecall.actions.agencies import NewRecruiter
from rolecall.domain.postings import PostingState
from rolecall.domain.recruiters import Role
from rolecall.domain.submissions import Side, Submission, SubmissionStage
from rolecall.store import submission_talk
from tests.agency_desk import Desk, enter, words
from tests.conftest import BASE_URL
from tests.marketplace import ADA, Marketplace
from tests.world import World


@pytest.fixture
async def desk(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    """Nora's browser."""
    return await enter(browser(), market.recruiters["Northwind Search"])


async def reviewed(market: Marketplace) -> Submission:
    """A candidate of Nora's whom the client has kept."""
    made = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        return await client_side.advance(ctx, made.id, feedback="Looks <right>.")


async def test_stages_and_feedback_are_followed(market: Marketplace, desk: Desk) -> None:
    made = await reviewed(market)
    assert "Ada Lovelace Reviewing Firmware Lead" in words(await desk.get("/candidates"))
    shown = words(await desk.get(f"/candidates/{made.id}"))
    for text in ("Reviewing", "Looks <right>.", "New at the client", "Swedish or English", "The best we know."):
        assert text in shown
    async with market.acting() as ctx:
        await client_side.reject(ctx, made.id, feedback="Somebody else fits better.")
    assert "Ada" not in words(await desk.get("/candidates"))
    assert "Ada Lovelace Rejected" in words(await desk.get("/candidates?over=1"))
    assert "Somebody else fits better." in words(await desk.get(f"/candidates/{made.id}"))


async def test_an_interview_is_said_by_the_clock_of_its_zone(market: Marketplace, desk: Desk) -> None:
    made = await reviewed(market)
    at = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    times = {"starts_at": at, "ends_at": at + timedelta(hours=1), "time_zone": "Europe/Stockholm", "location": "Lund"}
    async with market.acting() as ctx:
        await client_side.advance(ctx, made.id, feedback="Let us meet.")
        await client_side.schedule_interview(ctx, made.id, **times)  # type: ignore[arg-type]
    shown = words(await desk.get(f"/candidates/{made.id}"))
    assert "Tue 1 December 2026, 14:30 (Europe/Stockholm, UTC+1), 60 minutes, Lund" in shown


async def test_what_the_candidate_tells_the_client_is_not_shown(market: Marketplace, desk: Desk) -> None:
    made = await market.confirmed(market.northwind)
    shown = words(await desk.get(f"/candidates/{made.id}"))
    assert "In May." not in shown


async def test_a_candidate_is_withdrawn_for_a_reason(market: Marketplace, desk: Desk) -> None:
    made = await market.submit(market.northwind)
    answer = await desk.post(f"/candidates/{made.id}/withdraw", reason=" ")
    assert (answer.status_code, "Fill this in." in words(answer)) == (422, True)
    told = words(await desk.send(f"/candidates/{made.id}/withdraw", reason="Took another job."))
    assert "The candidate is withdrawn." in told
    assert "Took another job." in told
    assert (await market.stored(made)).stage == SubmissionStage.WITHDRAWN
    assert (await desk.post(f"/candidates/{made.id}/withdraw", reason="Again.")).status_code == 409


async def test_a_candidate_is_asked_again_once_a_day(market: Marketplace, desk: Desk) -> None:
    now = market.partnership.world.services.clock()
    fresh = await market.submit(market.northwind, replace(ADA, email="new@example.org", phone=None))
    shown = words(await desk.get(f"/candidates/{fresh.id}"))
    assert ("Ask again by mail" in shown, "The message is on its way. You can ask again from" in shown) == (False, True)
    assert (await desk.post(f"/candidates/{fresh.id}/remind")).status_code == 409
    made = await market.submit(market.northwind, now=now - timedelta(days=1))  # and no message got out
    path = f"/candidates/{made.id}"
    assert "Ask again by mail" in words(await desk.get(path))
    assert "asked again by mail" in words(await desk.send(f"{path}/remind"))
    async with market.acting() as ctx:
        query = "update submission set mailed_at = now() where workspace_id = %s and id = %s"
        await ctx.conn.execute(query, (ctx.workspace_id, made.id))
    assert "Ask again by mail" not in words(await desk.get(path))
    assert (await desk.post(f"{path}/remind")).status_code == 409


async def test_nobody_is_asked_while_the_posting_is_closed(market: Marketplace, desk: Desk) -> None:
    now = market.partnership.world.services.clock()
    made = await market.submit(market.northwind, now=now - timedelta(days=2))
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.CLOSED)
    shown = words(await desk.get(f"/candidates/{made.id}"))
    assert ("Ask again by mail" in shown, "nobody is asked at the moment" in shown) == (False, True)


async def test_client_and_agency_talk_from_reviewing_on(acme: World, market: Marketplace, desk: Desk) -> None:
    made = await market.confirmed(market.northwind)
    path = f"/candidates/{made.id}"
    assert (await desk.post(f"{path}/messages", text="Hello?")).status_code == 409
    async with market.acting() as ctx:
        await client_side.advance(ctx, made.id, feedback="Keep.")
        await chat.say(ctx, made.id, side=Side.CLIENT, author_id=None, text="Is she <free> in May?")
    assert "1 unread" in words(await desk.get("/candidates"))
    shown = words(await desk.get(path))
    assert "Is she <free> in May?" in shown
    assert "unread" not in shown
    assert "unread" not in words(await desk.get("/candidates"))
    told = await desk.send(f"{path}/messages", text="She is.", file=("certificate.txt", b"A certificate."))
    assert "Your message is sent." in words(told)
    assert "Nora Berg" in words(told)
    link = told.text.partition('href="http://rolecall.test/files/')[2].partition('"')[0]
    assert (await desk.client.get(f"/files/{link}")).content == b"A certificate."
    async with acme.services.database.reading() as conn:
        said = await submission_talk.messages(conn, acme.workspace.id, made.id)
    assert [(one.side, one.text) for one in said] == [
        (Side.CLIENT, "Is she <free> in May?"),
        (Side.AGENCY, "She is."),
    ]
    assert said[1].recruiter_id == market.recruiters["Northwind Search"].id


async def test_a_message_without_anything_and_a_program_are_refused(market: Marketplace, desk: Desk) -> None:
    made = await reviewed(market)
    for fields, said in (
        ({"text": " "}, "Fill this in."),
        ({"text": "x" * 4_001}, "At most 4,000 characters"),
        ({"text": "a", "file": ("a.exe", b"MZ\x90\x00\x03")}, "must be of one of these kinds"),
    ):
        answer = await desk.post(f"/candidates/{made.id}/messages", origin=BASE_URL, **fields)
        assert (answer.status_code, said in words(answer)) == (422, True)


async def test_a_recruiter_sees_own_candidates_and_a_team_manager_all(
    acme: World, market: Marketplace, desk: Desk, browser: Callable[[], Desk]
) -> None:
    made = await reviewed(market)
    async with acme.services.database.writing() as conn:
        new = NewRecruiter(first_name="Ole", last_name="Lind", email="ole@northwind.example")
        ole = await agencies.add_recruiter(acme.context(conn), market.northwind.id, new)
        await chat.say(acme.context(conn), made.id, side=Side.CLIENT, author_id=None, text="Hello.")
    oles = await enter(browser(), ole)
    path = f"/candidates/{made.id}"
    assert "Ada" not in words(await oles.get("/candidates"))
    assert "Ada" not in words(await oles.get(f"/postings/{market.posting.id}"))
    assert "unread" not in words(await oles.get())
    for answer in (
        await oles.get(path),
        await oles.post(f"{path}/withdraw", reason="No."),
        await oles.post(f"{path}/messages", text="No."),
    ):
        assert answer.status_code == 404
    assert (await market.stored(made)).stage == SubmissionStage.REVIEWING
    async with acme.services.database.writing() as conn:
        await agency_team.change_role(acme.context(conn), market.northwind.id, ole.id, Role.TEAM_MANAGER)
    assert "submitted by Nora Berg" in words(await oles.get("/candidates"))
    assert (await oles.get(path)).status_code == 200
