"""What each role of an agency may open and send. The walk finds the pages by itself: a new one fails until it is here.

Candidates are those of Nora; Kim, a colleague, asks for them in each role.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from starlette.routing import Route

from rolecall.actions import agencies, agency_hires, agency_team
from rolecall.actions import submissions as client_side
from rolecall.actions.agencies import NewRecruiter
from rolecall.domain.recruiters import Role
from rolecall.pages.agency.routes import PAGES
from rolecall.store.agencies import Recruiter
from tests.agency_desk import Desk, enter, words
from tests.conftest import BASE_URL
from tests.marketplace import HIRE, Marketplace
from tests.pages.agency.test_strangers import owned

R, T, F = Role.RECRUITER, Role.TEAM_MANAGER, Role.FINANCE_MANAGER
ALL = {R, T, F}
# Who may, for each page and form of somebody who is signed in.
MAY: dict[tuple[str, str], set[Role]] = {
    ("POST", "/sign-out"): ALL,
    ("GET", ""): ALL,
    ("GET", "/postings/{posting}"): ALL,
    ("POST", "/postings/{posting}/questions"): ALL,
    ("GET", "/postings/{posting}/submit"): ALL,
    ("POST", "/postings/{posting}/submit"): ALL,
    ("GET", "/candidates"): ALL,
    ("GET", "/candidates/{submission}"): {T},
    ("POST", "/candidates/{submission}/withdraw"): {T},
    ("POST", "/candidates/{submission}/remind"): {T},
    ("POST", "/candidates/{submission}/messages"): {T},
    ("GET", "/fees"): {T, F},
    ("GET", "/statements"): {T, F},
    ("GET", "/statements.csv"): {T, F},
    ("GET", "/account"): ALL,
    ("POST", "/account/password"): ALL,
    ("POST", "/account/sessions"): ALL,
    ("GET", "/team"): {T},
    ("POST", "/team/invite"): {T},
    ("POST", "/team/{recruiter}"): {T},
}
# Their own tests walk the roles, or nobody is signed in.
ELSEWHERE = re.compile(r"/timesheets.*|/account/mail|/sign-in.*|/enter.*")
HIDDEN = re.compile(r"/candidates/{submission}.*")  # refused as if it were not there


@dataclass(frozen=True, slots=True)
class Office:
    market: Marketplace
    kim: Recruiter
    records: dict[str, str]


def walk() -> set[tuple[str, str]]:
    found = set[tuple[str, str]]()
    for route in PAGES.routes(None):
        assert isinstance(route, Route)
        path = route.path.removeprefix("/agency/{workspace}")
        if path != route.path and not ELSEWHERE.fullmatch(path):
            found.add((next(iter((route.methods or set()) - {"HEAD"})), path))
    return found


def test_every_page_has_its_roles() -> None:
    assert set(MAY) == walk()


@pytest.fixture
async def office(market: Marketplace) -> Office:
    records = await owned(market)
    new = NewRecruiter(first_name="Kim", last_name="Vik", email="kim@northwind.example")
    async with market.acting() as ctx:
        kim = await agencies.add_recruiter(ctx, market.northwind.id, new)
        boss = market.recruiters["Northwind Search"]
        await agency_team.change_role(ctx, market.northwind.id, boss.id, Role.TEAM_MANAGER)
    return Office(market, kim, records)


async def as_(office: Office, role: Role, desk: Desk) -> Desk:
    if role != Role.RECRUITER:
        async with office.market.acting() as ctx:
            await agency_team.change_role(ctx, office.market.northwind.id, office.kim.id, role)
    return await enter(desk, office.kim)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("method", "path"), sorted(MAY))
async def test_a_role_opens_what_is_its_own(
    office: Office, browser: Callable[[], Desk], method: str, path: str, role: Role
) -> None:
    desk = await as_(office, role, browser())
    filled = re.sub(r"{(\w+)}", lambda found: office.records[found[1]], path)
    answer = await (desk.get(filled) if method == "GET" else desk.post(filled, origin=BASE_URL))
    if role in MAY[method, path]:
        assert answer.status_code not in {403, 404, 500}
        return
    assert answer.status_code == (404 if HIDDEN.fullmatch(path) else 403)
    assert "Ada" not in words(answer)


@pytest.mark.parametrize("role", list(Role))
async def test_pages_lead_only_where_one_may_go(office: Office, browser: Callable[[], Desk], role: Role) -> None:
    desk = await as_(office, role, browser())
    page = await desk.get()
    shown = {path for path in ("/fees", "/team") if f'href="{desk.home}{path}"' in page.text}
    assert shown == {path for path in ("/fees", "/team") if role in MAY["GET", path]}


@pytest.mark.parametrize("role", list(Role))
async def test_lists_are_of_ones_own_but_for_team_managers(
    office: Office, browser: Callable[[], Desk], role: Role
) -> None:
    desk = await as_(office, role, browser())
    assert ("Ada Lovelace" in words(await desk.get("/candidates"))) == (role == Role.TEAM_MANAGER)


async def test_a_statement_of_the_agency(office: Office, browser: Callable[[], Desk]) -> None:
    market = office.market
    async with market.acting() as ctx:
        for _ in range(2):
            await client_side.advance(ctx, UUID(office.records["submission"]), feedback="On.")
        hire = await agency_hires.log_hire(ctx, UUID(office.records["submission"]), HIRE)
    desk = await as_(office, Role.FINANCE_MANAGER, browser())
    said = words(await desk.get("/statements"))
    assert "EUR 0 10,715.95 0 0 10,715.95 0 0" in said
    assert "Invoiced Ada Lovelace Firmware Lead" in said
    answer = await desk.get(f"/statements.csv?month={hire.created_at:%Y-%m}")
    name = f"statement-{hire.created_at:%Y-%m}.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [rows[1][1], rows[1][2], rows[1][5]] == ["Invoiced", "Ada Lovelace", "10715.95"]
    assert "Nothing was invoiced" in words(await desk.get("/statements?month=2025-01"))
    sam = await enter(browser(), market.recruiters["Southgate Talent"])
    async with market.acting() as ctx:
        sams = market.recruiters["Southgate Talent"]
        await agency_team.change_role(ctx, market.southgate.id, sams.id, Role.FINANCE_MANAGER)
    assert "Ada" not in words(await sam.get("/statements"))
    assert "Ada" not in (await sam.get("/statements.csv")).text


@pytest.mark.parametrize("month", ["soon", "2026-13", "9999-12", "0001-01", "<b>"])
async def test_months_that_cannot_be(office: Office, browser: Callable[[], Desk], month: str) -> None:
    desk = await as_(office, Role.FINANCE_MANAGER, browser())
    page = await desk.get(f"/statements?month={month}")
    assert (page.status_code, "a month such as 2026-03" in words(page)) == (200, True)
    assert "<b>" not in page.text
    assert (await desk.get(f"/statements.csv?month={month}")).status_code == 400
