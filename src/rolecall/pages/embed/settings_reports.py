"""Reports, on the settings screen: posting creators read of their own postings, team managers of the company's."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission, check_permitted
from rolecall.domain.errors import ClientUserUnknown, FieldInvalid, NotFound
from rolecall.domain.ids import parse_id
from rolecall.domain.reports import Period, check_period, usual_period
from rolecall.pages.embed import report_queries as queries
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.answers import embed_headers
from rolecall.pages.embed.application_view import STAGES
from rolecall.pages.embed.forms import fault_text
from rolecall.pages.embed.frame import Tried
from rolecall.pages.embed.report_queries import Scope
from rolecall.pages.embed.sections import Section
from rolecall.store import clients
from rolecall.store.db import Connection
from rolecall.web.tables import Cell, Table, csv_response

COMPANY, OWN = "company", "own"
_FILE = "report.csv"
_STATES = {"open": "Open", "yielded": "Yielded", "locked": "Locked", "closed": "Closed"}
_NOBODY = "Nobody in particular"
_MOST_SHOWN = 50  # rows of a table; its file has all
_MOST_TO_CHOOSE = 500
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the address asks for: `whose` is company, own, or the id of a teammate."""

    whose: str
    period: Period


async def values(opened: Opened[Visit], _tried: Tried) -> dict[str, Any]:
    """All tables for the days and the person that are asked for; for the usual days where those cannot be."""
    faults = {"first": "", "last": ""}
    asked = _Asked(whose=_whose(opened), period=usual_period(_today(opened)))
    try:
        asked = _Asked(whose=asked.whose, period=_period(opened))
    except FieldInvalid as error:
        faults[error.facts["field"]] = fault_text(error)
    scope = await _scope(opened, asked)
    query = opened.request.query_params
    return {
        "tables": [await make(opened.conn, scope) for make in TABLES.values()],
        "most_shown": _MOST_SHOWN,
        "faults": faults,
        "asked": asked,
        "days": {
            "first": query.get("first", "") if any(faults.values()) else asked.period.first.isoformat(),
            "last": query.get("last", "") if any(faults.values()) else asked.period.last.isoformat(),
        },
        "people": await _people(opened),
        "file_of": lambda table: _address(opened, asked, table),
    }


def _address(opened: Opened[Visit], asked: _Asked, table: Table) -> str:
    days = {"first": asked.period.first.isoformat(), "last": asked.period.last.isoformat()}
    query = {"session": opened.token, "table": table.name, "whose": asked.whose, **days}
    return f"/embed/{opened.session.screen}/{_FILE}?{urlencode(query)}"


async def _people(opened: Opened[Visit]) -> list[tuple[str, str]]:
    """Whose postings a report may be about, for the field that chooses."""
    visit = opened.visit
    if not visit.user.may(Permission.TEAM_MANAGER):
        return []
    found = await queries.makers(opened.conn, visit.workspace_id, visit.client.id, limit=_MOST_TO_CHOOSE)
    return [(COMPANY, "Everybody"), *((str(one.id), one.called) for one in found)]


def _today(opened: Opened[Visit]) -> date:
    return opened.services.clock().date()


def _period(opened: Opened[Visit]) -> Period:
    """The days in the address; what it leaves out is as usual. Raises FieldInvalid."""
    usual, query = usual_period(_today(opened)), opened.request.query_params
    period = Period(
        first=_day(query.get("first", ""), "first") or usual.first,
        last=_day(query.get("last", ""), "last") or usual.last,
    )
    check_period(period)
    return period


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise FieldInvalid(field=name, hint="a day such as 2026-03-02") from error


def _whose(opened: Opened[Visit]) -> str:
    """What the address says; else the company for whoever may read of it."""
    manages = opened.visit.user.may(Permission.TEAM_MANAGER)
    return opened.request.query_params.get("whose", "") or (COMPANY if manages else OWN)


async def _scope(opened: Opened[Visit], asked: _Asked) -> Scope:
    """What the report is about. Raises PermissionMissing or ClientUserUnknown."""
    visit = opened.visit
    creator_id = await _creator(opened, asked.whose)
    return Scope(
        workspace_id=visit.workspace_id,
        client_id=visit.client.id,
        creator_id=creator_id,
        period=asked.period,
        now=opened.services.clock(),
    )


async def _creator(opened: Opened[Visit], whose: str) -> UUID | None:
    user = opened.visit.user
    if whose in {OWN, str(user.id)}:
        if not user.may(Permission.TEAM_MANAGER):
            check_permitted(user, Permission.POSTING_CREATOR)
        return user.id
    check_permitted(user, Permission.TEAM_MANAGER)
    if whose == COMPANY:
        return None
    person_id = parse_id(whose)
    person = await clients.get_user(opened.conn, user.workspace_id, person_id) if person_id is not None else None
    if person is None or person.client_id != user.client_id:
        raise ClientUserUnknown
    return person.id


async def _postings(conn: Connection, scope: Scope) -> Table:
    found = {one.name: one for one in await queries.postings(conn, scope)}
    none = queries.Counted(name="", number=0)
    return Table(
        name="postings",
        title="Postings",
        headings=["State", "Now", "Made in these days"],
        rows=[(label, found.get(state, none).number, found.get(state, none).made) for state, label in _STATES.items()],
        note="The state is today’s. Drafts do not count.",
    )


async def _candidates(conn: Connection, scope: Scope) -> Table:
    found = {one.name: one.number for one in await queries.stages(conn, scope)}
    return Table(
        name="candidates",
        title="Candidates",
        headings=["Stage now", "Candidates"],
        rows=[(label, found.get(stage, 0)) for stage, label in STAGES.items() if stage != "unconfirmed"],
        note="Those who confirmed in these days.",
    )


async def _feedback(conn: Connection, scope: Scope) -> Table:
    rows: list[Sequence[Cell]] = []
    for one in await queries.feedback(conn, scope):
        judged = one.in_time + one.late
        share = _tenth(Decimal(100 * one.in_time) / judged) if judged else None
        whose = _whom(one.whose, everybody=one.everybody)
        rows.append((whose, one.candidates, one.answered, _tenth(one.hours), one.in_time, one.late, share))
    return Table(
        name="feedback",
        title="First feedback",
        headings=["Postings of", "Candidates", "Answered", "Hours, median", "In time", "Late", "In time, %"],
        rows=rows,
        note="In time is within two business days, Monday to Friday in UTC. Whoever left unanswered before counts for "
        "neither.",
    )


async def _hiring(conn: Connection, scope: Scope) -> Table:
    return Table(
        name="time-to-hire",
        title="Time to hire",
        headings=["Postings of", "Hires", "Days from confirmation, median", "Days from posting, median"],
        rows=[
            (
                _whom(one.whose, everybody=one.everybody),
                one.hires,
                _tenth(one.from_confirmation),
                _tenth(one.from_posting),
            )
            for one in await queries.hiring(conn, scope)
        ],
        note="Hires that were logged in these days.",
    )


async def _agencies(conn: Connection, scope: Scope) -> Table:
    return Table(
        name="agencies",
        title="Agencies",
        headings=["Agency", "Submitted", "Kept", "Interviewed", "Hired"],
        rows=[
            (one.agency, one.submitted, one.kept, one.interviewed, one.hired)
            for one in await queries.agencies(conn, scope)
        ],
        note="Those who confirmed in these days and have been sorted.",
    )


async def _spending(conn: Connection, scope: Scope) -> Table:
    return Table(
        name="fees",
        title="Hires and fees",
        headings=["Month", "Cost center", "Currency", "Hires", "Fees", "Of these void or refunded"],
        rows=[
            (f"{one.month:%Y-%m}", one.cost_center or "None", one.currency, one.hires, one.fees, one.settled)
            for one in await queries.spending(conn, scope)
        ],
        note="By the month in which the hire was logged. Hires that pay no agency count without a fee.",
    )


def _whom(whose: str | None, *, everybody: bool) -> str:
    return "All" if everybody else whose or _NOBODY


def _tenth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_TENTH)


TABLES: Mapping[str, Callable[[Connection, Scope], Awaitable[Table]]] = {
    "postings": _postings,
    "candidates": _candidates,
    "feedback": _feedback,
    "time-to-hire": _hiring,
    "agencies": _agencies,
    "fees": _spending,
}


async def download(opened: Opened[Visit]) -> Response:
    """One `table` as CSV. Raises PermissionMissing, ClientUserUnknown, FieldInvalid or NotFound."""
    named = opened.request.query_params.get("table", "")
    scope = await _scope(opened, _Asked(whose=_whose(opened), period=_period(opened)))
    if named not in TABLES:
        raise NotFound
    table = await TABLES[named](opened.conn, scope)
    name = f"{table.name}-{scope.period.first}-{scope.period.last}"
    return csv_response(table, name=name, headers=embed_headers(opened.visit.connector.origins))


REPORTS = Section(
    name="reports",
    title="Reports",
    rights=(Permission.POSTING_CREATOR, Permission.TEAM_MANAGER),
    values=values,
    downloads={_FILE: download},
)
