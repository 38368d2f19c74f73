"""Which postings are contract work, and what an hour or a day costs: exactly, in cents."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rolecall.domain.contract_hires import (
    ContractHire,
    ContractRate,
    NewContractHire,
    check_contract_hire,
    check_new_end,
    check_new_rate,
    next_change,
    rate_on,
)
from rolecall.domain.contract_work import (
    Engagement,
    bill_rate,
    check_contract_terms,
    engagement_of,
    in_cents,
)
from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from tests.contracting import CONTRACT_HIRE, TERMS
from tests.domain.test_hires import ID

MADE_AT = datetime(2026, 5, 1, tzinfo=UTC)


def hire(**changes: object) -> ContractHire:
    facts = {
        "workspace_id": ID, "id": ID, "submission_id": ID, "cost_center_id": None, "user_id": None,
        "starts_on": date(2026, 6, 1), "ends_on": date(2026, 11, 30), "currency": "EUR", "unit": "hour",
        "markup_percent": Decimal(20), "fee_note": None, "work_location": "Lund", "invoice_memo": None,
        "created_at": MADE_AT,
    }  # fmt: skip
    return ContractHire(**(facts | changes))  # type: ignore[arg-type]


def rate(from_day: date, pay_rate: int) -> ContractRate:
    return ContractRate(
        workspace_id=hire().workspace_id,
        id=hire().id,
        contract_hire_id=hire().id,
        user_id=None,
        from_day=from_day,
        pay_rate=Decimal(pay_rate),
        bill_rate=Decimal(pay_rate) * 2,
        created_at=MADE_AT,
    )


RATES = [rate(date(2026, 6, 1), 50), rate(date(2026, 7, 1), 60)]


@pytest.mark.parametrize(
    ("contract_type", "engagement"),
    [
        (None, "permanent"),
        ("permanent", "permanent"),
        ("fixed-term", "permanent"),
        ("Full-time", "permanent"),
        ("freelance", "contract"),
        ("Project based", "contract"),
        ("TEMPORARY", "contract"),
        (" Contract ", "contract"),
    ],
)
def test_a_jobs_kind_of_contract_says_what_its_posting_is_for(contract_type: str | None, engagement: str) -> None:
    assert engagement_of(contract_type) == Engagement(engagement)


@pytest.mark.parametrize(
    ("pay", "markup", "billed"),
    [
        ("62.50", "17.5", "73.44"),  # 73.4375
        ("50", "25", "62.50"),
        ("0.10", "5", "0.11"),  # half a cent goes up
        ("33.33", "33.33", "44.44"),
        ("100000", "100", "200000.00"),
    ],
)
def test_a_bill_rate_is_the_rate_of_pay_with_the_markup_in_cents(pay: str, markup: str, billed: str) -> None:
    assert bill_rate(Decimal(pay), Decimal(markup)) == Decimal(billed)


def test_amounts_are_exact() -> None:
    assert in_cents(Decimal("37.75") * Decimal("73.44")) == Decimal("2772.36")
    assert in_cents(Decimal("0.05") * Decimal("0.10")) == Decimal("0.01")
    assert in_cents(Decimal(168) * Decimal(100000)) == Decimal("16800000.00")


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"pay_rate": Decimal(0)}, FieldInvalid, "pay_rate"),
        ({"pay_rate": Decimal("NaN")}, FieldInvalid, "pay_rate"),
        ({"pay_rate": Decimal("100000.01")}, FieldInvalid, "pay_rate"),
        ({"pay_rate": Decimal("50.001")}, FieldInvalid, "pay_rate"),
        ({"currency": "eur"}, FieldInvalid, "currency"),
        ({"currency": "€"}, FieldInvalid, "currency"),
        ({"availability": " "}, FieldMissing, "availability"),
        ({"availability": "a" * 201}, FieldInvalid, "availability"),
    ],
)
def test_what_an_agency_says_is_checked(changes: dict[str, object], error: type[DomainError], field: str) -> None:
    check_contract_terms(TERMS)
    with pytest.raises(error) as caught:
        check_contract_terms(replace(TERMS, **changes))  # type: ignore[arg-type]
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pay_rate": Decimal(-1)}, "pay_rate"),
        ({"currency": "EURO"}, "currency"),
        ({"ends_on": date(2026, 5, 31)}, "ends_on"),
        ({"work_location": "a" * 201}, "work_location"),
        ({"invoice_memo": "a\x00"}, "invoice_memo"),
    ],
)
def test_a_contract_hire_is_checked(changes: dict[str, object], field: str) -> None:
    check_contract_hire(CONTRACT_HIRE)
    check_contract_hire(replace(CONTRACT_HIRE, ends_on=CONTRACT_HIRE.starts_on))
    wrong: NewContractHire = replace(CONTRACT_HIRE, **changes)  # type: ignore[arg-type]
    with pytest.raises(FieldInvalid) as caught:
        check_contract_hire(wrong)
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize(
    ("day", "pay", "change"),
    [
        (date(2026, 6, 1), 50, date(2026, 7, 1)),
        (date(2026, 6, 30), 50, date(2026, 7, 1)),
        (date(2026, 7, 1), 60, None),
        (date(2027, 1, 1), 60, None),
    ],
)
def test_a_rate_holds_from_its_day_until_the_next_one(day: date, pay: int, change: date | None) -> None:
    assert rate_on(RATES, day).pay_rate == pay
    assert next_change(RATES, day) == change


@pytest.mark.parametrize(
    ("from_day", "until", "hint"),
    [
        (date(2026, 5, 31), None, "2026-06-01 or later"),
        (date(2026, 6, 1), None, ""),
        (date(2026, 6, 7), date(2026, 6, 7), "2026-06-08 or later"),
        (date(2026, 6, 8), date(2026, 6, 7), ""),
        (date(2026, 11, 30), date(2026, 6, 7), ""),
        (date(2026, 12, 1), date(2026, 6, 7), "2026-11-30 or earlier"),
    ],
)
def test_a_new_rate_holds_for_future_timesheets_only(from_day: date, until: date | None, hint: str) -> None:
    if not hint:
        check_new_rate(hire(), from_day, submitted_until=until)
        return
    with pytest.raises(FieldInvalid, match=hint):
        check_new_rate(hire(), from_day, submitted_until=until)


@pytest.mark.parametrize(
    ("ends_on", "until", "hint"),
    [
        (None, date(2026, 6, 7), ""),
        (date(2026, 6, 1), None, ""),
        (date(2026, 5, 31), None, "2026-06-01 or later, as work starts"),
        (date(2026, 6, 7), date(2026, 6, 7), ""),
        (date(2026, 6, 6), date(2026, 6, 7), "2026-06-07 or later, as a timesheet"),
    ],
)
def test_work_ends_after_what_was_submitted(ends_on: date | None, until: date | None, hint: str) -> None:
    if not hint:
        check_new_end(hire(), ends_on, submitted_until=until)
        return
    with pytest.raises(FieldInvalid, match=hint):
        check_new_end(hire(), ends_on, submitted_until=until)
