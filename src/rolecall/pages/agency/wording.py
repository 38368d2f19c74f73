"""The words of the agencies' pages: stages, states, roles, days and amounts as people read them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rolecall.domain.contract_work import PayUnit
from rolecall.domain.postings import PostingState
from rolecall.domain.recruiters import Role
from rolecall.domain.submissions import Meets, SubmissionStage
from rolecall.domain.time_zones import spoken
from rolecall.pages.agency.browsers import browser_name

DONE = {
    "signed_in": "You are signed in.",
    "accepted": "Your agency is in. Set a password, or sign in with a link by mail each time.",
    "password": "Your password is set. You are signed out everywhere else.",
    "session": "That browser is signed out.",
    "invited": "Your colleague gets a message that says how to sign in.",
    "role": "The role is changed.",
    "disabled": "That account can no longer sign in.",
    "enabled": "That account can sign in again.",
    "asked": "Your question is sent. The answer will stand here.",
    "submitted": "The candidate is submitted and gets a message to confirm.",
    "withdrawn": "The candidate is withdrawn.",
    "reminded": "The candidate is asked again by mail.",
    "said": "Your message is sent.",
    "timesheet": "The timesheet is with the client.",
    "corrected": "The corrected timesheet is with the client.",
}
STAGES = {
    SubmissionStage.UNCONFIRMED: "Waits for the candidate",
    SubmissionStage.AWAITING_SORT: "New at the client",
    SubmissionStage.REVIEWING: "Reviewing",
    SubmissionStage.INTERVIEWING: "Interviewing",
    SubmissionStage.OFFERS: "Offers",
    SubmissionStage.HIRED: "Hired",
    SubmissionStage.DECLINED: "Declined by the candidate",
    SubmissionStage.WITHDRAWN: "Withdrawn",
    SubmissionStage.REJECTED: "Rejected",
}
STATES = {
    PostingState.DRAFT: "Draft",
    PostingState.OPEN: "Open",
    PostingState.YIELDED: "Yielded",
    PostingState.LOCKED: "Locked",
    PostingState.CLOSED: "Closed",
}
ROLES = {
    Role.RECRUITER: "Recruiter",
    Role.TEAM_MANAGER: "Team manager",
    Role.FINANCE_MANAGER: "Finance manager",
}
UNITS = {PayUnit.HOUR: "an hour", PayUnit.DAY: "a day"}
ENTRIES = {"invoiced": "Invoiced", "paid": "Paid", "void": "Void", "refunded": "Refunded"}
MEETS = {Meets.YES: "Yes", Meets.PARTLY: "Partly", Meets.NO: "No"}


def day(value: date) -> str:
    """As in 6 May 2026."""
    return f"{value:%-d %B %Y}"


def moment(value: datetime) -> str:
    """As in 6 May 2026, 14:05 UTC."""
    return f"{value:%-d %B %Y, %H:%M} UTC"


def percent(value: Decimal) -> str:
    """Without needless zeros, as in 17.5 %."""
    text = f"{value:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def money(value: Decimal, currency: str) -> str:
    """As in 12,500.00 EUR."""
    return f"{value:,.2f} {currency}"


def pay(value: Decimal, currency: str, unit: str) -> str:
    """As in 62.50 EUR an hour."""
    return f"{money(value, currency)} {UNITS[PayUnit(unit)]}"


def worked(quantity: Decimal, unit: str) -> str:
    """As in 37.5 hours."""
    word = {PayUnit.HOUR: "hour", PayUnit.DAY: "day"}[PayUnit(unit)]
    return f"{quantity.normalize():f} {word}{'' if quantity == 1 else 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "percent": percent,
    "money": money,
    "pay": pay,
    "worked": worked,
    "stage": lambda stage: STAGES[SubmissionStage(stage)],
    "state": lambda state: STATES[PostingState(state)],
    "role": lambda role: ROLES[Role(role)],
    "spoken": spoken,
    "browser": browser_name,
    "meets": lambda meets: MEETS[Meets(meets)],
}
