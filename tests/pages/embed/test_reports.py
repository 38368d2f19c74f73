"""Reports: what they count, for whom, on which days; and their files."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from rolecall.actions import agency_hires, submissions
from rolecall.actions.clients import user_of
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.submitting import withdraw
from rolecall.actions.teammates import change_teammate, set_rights
from rolecall.domain.clients import ClientUser, Person
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.jobs import JobStatus
from rolecall.domain.submissions import PersonFacts, Submission
from rolecall.pages.embed.settings_reports import TABLES
from rolecall.store.db import fetch_value
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import Screen, build_partnership, words_of
from tests.world import World

DAYS = {"first": "2026-03-01", "last": "2026-03-31"}
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Company:
    """A client with two people who make postings: Ida, who manages the team, and Per, whose `pers` is the second."""

    market: Marketplace
    ida: ClientUser
    per: ClientUser
    pers: UUID

    async def person(self, name: str, *, at: datetime, agency: str = "northwind", pers: bool = False) -> Submission:
        """Somebody who has confirmed, at a time."""
        market, facts = self.market, PersonFacts(first_name=name, last_name="Dahl", email=f"{name}@example.org".lower())
        if pers:
            market = replace(market, posting=replace(market.posting, id=self.pers))
        return await market.confirmed(getattr(market, agency), facts, now=at)

    async def move(self, one: Submission, *at: datetime, to: str = "on") -> None:
        for moment in at:
            async with self.market.acting(now=moment) as ctx:
                act = submissions.advance if to == "on" else submissions.reject
                await act(ctx, one.id, feedback="Said.")

    async def report(self, screen: Screen, table: str, **query: str) -> list[list[str]]:
        """The rows of a table's file."""
        answer = await file(screen, table, **query)
        assert answer.status_code == 200, answer.text
        return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def reports(screen: Screen, **query: str) -> httpx.Response:
    return await screen.reload(headers=None, part="reports", **query)


async def file(screen: Screen, table: str, **query: str) -> httpx.Response:
    params = {"session": screen.session or "", "table": table, **DAYS, **query}
    return await screen.client.get("/embed/settings/report.csv", params=params)


@pytest.fixture
async def company(acme: World) -> Company:
    partnership = await build_partnership(acme)
    market = await build_marketplace(partnership)
    async with market.acting() as ctx:
        ida, per = [await user_of(ctx, partnership.client, name) for name in ("u-558", "u-2")]
        await change_teammate(ctx, ida, ida.id, Person(first_name="Ida", last_name="Tveit"))
        await change_teammate(ctx, ida, per.id, Person(first_name="=Per", last_name="Moe"))
        query = "update posting set creator_id = %s where workspace_id = %s"
        await ctx.conn.execute(query, [ida.id, ctx.workspace_id])
    posting = await market.offer(await acme.job("Test Lead"), creator_id=per.id)
    async with market.acting() as ctx:
        query = "update posting set created_at = '2026-02-01 09:00+00' where workspace_id = %s"
        await ctx.conn.execute(query, [ctx.workspace_id])
    return Company(market, ida, per, posting.id)


async def test_a_team_manager_reads_of_everybody_and_of_each(company: Company) -> None:
    await company.move(await company.person("Ada", at=MONDAY), MONDAY + timedelta(hours=3))
    await company.move(await company.person("Bo", at=MONDAY, pers=True), MONDAY + timedelta(hours=99), to="rejected")
    screen = await company.market.partnership.screen("settings")
    page = await reports(screen, **DAYS)
    assert "Postings of Everybody =Per Moe Ida Tveit" in words_of(page)
    assert "All 2 2 51.0 1 1 50.0" in words_of(page)
    rows = await company.report(screen, "feedback")
    assert rows[1:] == [
        ["All", "2", "2", "51.0", "1", "1", "50.0"],
        ["'=Per Moe", "1", "1", "99.0", "0", "1", "0.0"],
        ["Ida Tveit", "1", "1", "3.0", "1", "0", "100.0"],
    ]
    rows = await company.report(screen, "feedback", whose=str(company.per.id))
    assert rows[1] == ["All", "1", "1", "99.0", "0", "1", "0.0"]


async def test_a_posting_creator_reads_of_their_own_only(company: Company) -> None:
    await company.person("Ada", at=MONDAY)
    await company.person("Bo", at=MONDAY, pers=True)
    screen = await company.market.partnership.screen("settings", userId="u-2")
    page = await reports(screen, **DAYS)
    assert "About the postings that you made." in words_of(page)
    assert "Ida" not in page.text
    assert (await company.report(screen, "candidates"))[1] == ["New", "1"]
    assert (await company.report(screen, "candidates", whose=str(company.per.id)))[1] == ["New", "1"]
    for whose in ("company", str(company.ida.id), "x"):
        assert (await reports(screen, whose=whose, **DAYS)).status_code == 403
        assert (await file(screen, "candidates", whose=whose)).status_code == 403


@pytest.mark.parametrize("right", ["agency_manager", "finance_manager"])
async def test_others_have_no_reports(company: Company, right: str) -> None:
    async with company.market.acting() as ctx:
        await set_rights(ctx, company.ida, company.per.id, [right])
    screen = await company.market.partnership.screen("settings", userId="u-2")
    page = await reports(screen)
    assert 'aria-current="page">Organization' in page.text
    for whose in ("own", "company", str(company.per.id)):
        assert (await file(screen, "fees", whose=whose)).status_code == 403


async def test_nobody_of_another_client_is_known(company: Company, globex: World) -> None:
    other = await build_marketplace(await build_partnership(globex))
    async with other.acting() as ctx:
        theirs = await user_of(ctx, other.partnership.client, "u-558")
    await company.market.partnership.ask("settings", clientId="cust-9", userId="u-1")
    async with company.market.acting() as ctx:
        query = "select id from client_user where external_id = 'u-1' and workspace_id = %s"
        sister = await fetch_value(ctx.conn, query, [ctx.workspace_id])
    screen = await company.market.partnership.screen("settings")
    for whose in (str(theirs.id), str(sister), "x", "0"):
        assert (await reports(screen, whose=whose)).status_code == 404
        assert (await file(screen, "fees", whose=whose)).status_code == 404
    await company.person("Ada", at=MONDAY)
    theirs_screen = await other.partnership.screen("settings")
    answer = await file(theirs_screen, "candidates")
    assert answer.text.splitlines()[1] == "New,0"


# --- what is counted --------------------------------------------------------------------------------------------------

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 10, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 8, 23, 59, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [
        (MONDAY, datetime(2026, 3, 4, 9, tzinfo=UTC)),
        (MONDAY + timedelta(days=1), datetime(2026, 3, 5, 9, tzinfo=UTC)),
        (MONDAY + timedelta(days=2), datetime(2026, 3, 6, 9, tzinfo=UTC)),
        (MONDAY + timedelta(days=3), datetime(2026, 3, 9, 9, tzinfo=UTC)),
        (FRIDAY, datetime(2026, 3, 10, 15, tzinfo=UTC)),
        (SATURDAY, datetime(2026, 3, 11, tzinfo=UTC)),
        (SUNDAY, datetime(2026, 3, 11, tzinfo=UTC)),
    ],
)
async def test_two_business_days_end_where_they_do(company: Company, confirmed: datetime, due: datetime) -> None:
    await company.move(await company.person("Ada", at=confirmed), due)
    await company.move(await company.person("Bo", at=confirmed), due + timedelta(seconds=1))
    screen = await company.market.partnership.screen("settings")
    (_, all_of_them, *_) = await company.report(screen, "feedback")
    assert all_of_them[4:] == ["1", "1", "50.0"]


async def test_who_waits_counts_once_it_is_late(company: Company) -> None:
    now = datetime.now(UTC)
    for name, at in (("Ada", now), ("Bo", now - timedelta(days=5)), ("Cy", now - timedelta(days=5))):
        one = await company.person(name, at=at)
    async with company.market.acting() as ctx:
        await withdraw(ctx, one.id, one.agency_id, reason="Gone.")
    days = {"first": str((now - timedelta(days=9)).date()), "last": str(now.date())}
    screen = await company.market.partnership.screen("settings")
    (_, all_of_them, *_) = await company.report(screen, "feedback", **days)
    assert all_of_them == ["All", "3", "0", "", "0", "1", "0.0"]


async def test_days_are_those_of_utc(company: Company) -> None:
    for name, at in (
        ("Ada", datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)),
        ("Bo", datetime(2026, 3, 1, 1, tzinfo=UTC).astimezone(tz=None)),
        ("Cy", datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)),
        ("Di", datetime(2026, 4, 1, tzinfo=UTC)),
    ):
        await company.person(name, at=at)
    screen = await company.market.partnership.screen("settings")
    assert (await company.report(screen, "candidates"))[1] == ["New", "2"]
    assert (await company.report(screen, "candidates", last="2026-04-01"))[1] == ["New", "3"]


async def test_agencies_are_compared_once_their_candidates_are_sorted(company: Company) -> None:
    for name, agency, steps in (
        ("Ada", "northwind", 3),
        ("Bo", "northwind", 1),
        ("Cy", "southgate", 2),
        ("Di", "southgate", 0),
    ):
        one = await company.person(name, at=MONDAY, agency=agency)
        await company.move(one, *[MONDAY + HOUR] * steps)
        if name == "Ada":
            async with company.market.acting(now=MONDAY + timedelta(days=9)) as ctx:
                await agency_hires.log_hire(ctx, one.id, HIRE)
        if name == "Cy":
            await company.move(one, MONDAY + 2 * HOUR, to="rejected")
    await company.move(await company.person("Eva", at=MONDAY, agency="southgate"), MONDAY + HOUR, to="rejected")
    screen = await company.market.partnership.screen("settings")
    assert (await company.report(screen, "agencies"))[1:] == [
        ["Northwind Search", "2", "2", "1", "1"],
        ["Southgate Talent", "2", "1", "1", "0"],
    ]
    assert (await company.report(screen, "candidates"))[1:] == [
        ["New", "1"],
        ["Reviewing", "1"],
        ["Interviewing", "0"],
        ["Offers", "0"],
        ["Hired", "1"],
        ["Declined by the candidate", "0"],
        ["Withdrawn by the agency", "0"],
        ["Rejected", "2"],
    ]


async def test_hires_are_counted_by_month_and_cost_center(company: Company) -> None:
    async with company.market.acting() as ctx:
        await create_cost_center(ctx, company.ida, CostCenterFacts(name="Oslo", address="Kaia 4"))
    hired_at = [datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC)]
    hired_at.append(datetime(2026, 4, 1, tzinfo=UTC))
    for number, at in enumerate(hired_at):
        one = await company.person(f"Ada{number}", at=MONDAY)
        await company.move(one, *[MONDAY + HOUR] * 3)
        async with company.market.acting(now=at) as ctx:
            hire = await agency_hires.log_hire(ctx, one.id, replace(HIRE, starts_on=at.date()))
            if number == 1:
                await agency_hires.fail_guarantee(ctx, hire.id, on=at.date(), reason="Left.")
    screen = await company.market.partnership.screen("settings")
    rows = await company.report(screen, "fees", last="2026-04-30")
    assert rows[1:] == [
        ["2026-04", "Oslo", "EUR", "1", "10715.95", "0"],
        ["2026-03", "Oslo", "EUR", "2", "21431.90", "10715.95"],
    ]
    assert (await company.report(screen, "time-to-hire"))[1] == ["All", "2", "15.3", "44.3"]
    assert "2026-03 Oslo EUR 2 21,431.90 10,715.95" in words_of(await reports(screen, **DAYS))


async def test_postings_are_counted_by_what_they_show(company: Company) -> None:
    await company.market.partnership.world.move(company.market.job.id, JobStatus.PAUSED)
    screen = await company.market.partnership.screen("settings")
    rows = await company.report(screen, "postings", first="2026-02-01", last="2026-02-01")
    assert rows[1:] == [["Open", "1", "1"], ["Yielded", "0", "0"], ["Locked", "0", "0"], ["Closed", "1", "1"]]


# --- what is asked for ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"first": "soon"}, "A day such as 2026-03-02."),
        ({"first": "2026-02-30"}, "A day such as 2026-03-02."),
        ({"first": "2026-04-01"}, "Not before the first day."),
        ({"first": "2010-04-01"}, "Within three years of the first day."),
        ({"last": "9999-12-31"}, "A day from 2000 to 2200."),
        ({"first": "<b>"}, "A day such as 2026-03-02."),
    ],
)
async def test_days_that_cannot_be(company: Company, days: dict[str, str], said: str) -> None:
    screen = await company.market.partnership.screen("settings")
    page = await reports(screen, **{**DAYS, **days})
    assert page.status_code == 200
    assert said in words_of(page)
    assert "<b>" not in page.text
    assert (await file(screen, "fees", **days)).status_code == 400


async def test_files_are_for_the_page_alone(company: Company) -> None:
    screen = await company.market.partnership.screen("settings")
    answer = await file(screen, "feedback")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="feedback-2026-03-01-2026-03-31.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await file(screen, "salaries")).status_code == 404
    for session in ("", "x", screen.token):
        assert (await file(screen, "feedback", session=session)).status_code == 401
    tasks = await company.market.partnership.screen("tasks")
    assert (await file(tasks, "feedback")).status_code == 401
    elsewhere = {"Referer": "https://copied.example/"}
    params = {"session": screen.session or "", "table": "fees"}
    assert (await screen.client.get("/embed/settings/report.csv", params=params, headers=elsewhere)).status_code == 401


async def test_every_table_is_shown_with_its_file(company: Company) -> None:
    await company.person("Ada", at=MONDAY)
    screen = await company.market.partnership.screen("settings")
    page = await reports(screen, **DAYS)
    for name in TABLES:
        assert f'id="{name}-heading"' in page.text
        assert (await file(screen, name)).status_code == 200
