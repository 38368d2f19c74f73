"""The facts and the moves of a job."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from rolecall.domain.errors import Invalid, JobNotOpen, MoveRefused
from rolecall.domain.jobs import MOVES, Job, JobStatus, check_facts, check_move, check_partner_may_move

ALLOWED = {
    ("draft", "open"), ("draft", "paused"), ("draft", "closed"), ("draft", "archived"),
    ("open", "draft"), ("open", "paused"), ("open", "closed"), ("open", "archived"),
    ("paused", "draft"), ("paused", "open"), ("paused", "closed"), ("paused", "archived"),
    ("closed", "draft"), ("closed", "open"), ("closed", "paused"), ("closed", "archived"),
}  # fmt: skip


@pytest.mark.parametrize("old", JobStatus)
@pytest.mark.parametrize("new", JobStatus)
def test_every_pair_of_statuses(old: JobStatus, new: JobStatus) -> None:
    if old == new or (old, new) in ALLOWED:
        check_move(old, new)
    else:
        with pytest.raises(MoveRefused):
            check_move(old, new)


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(JobStatus)


@pytest.mark.parametrize("old", ["draft", "paused", "closed"])
def test_a_partner_moves_nothing_that_is_not_open(old: str) -> None:
    with pytest.raises(JobNotOpen):
        check_partner_may_move(JobStatus(old), JobStatus.OPEN)
    check_partner_may_move(JobStatus(old), JobStatus(old))


def test_the_message_of_a_refused_move() -> None:
    with pytest.raises(MoveRefused, match="A job cannot go from archived to open"):
        check_move(JobStatus.ARCHIVED, JobStatus.OPEN)


def test_a_partner_moves_an_open_job_only_to_a_stop() -> None:
    check_partner_may_move(JobStatus.OPEN, JobStatus.CLOSED)
    with pytest.raises(MoveRefused):
        check_partner_may_move(JobStatus.OPEN, JobStatus.DRAFT)


WRONG: dict[str, dict[str, Any]] = {
    "title": {"title": "   "},
    "code": {"code": "x" * 201},
    "workplace": {"workplace": "office"},
    "headcount": {"headcount": 10**12},
    "languages": {"languages": ["eng"]},
    "salary_min": {"salary_min": Decimal(-1), "salary_currency": "EUR"},
    "salary_max": {"salary_min": Decimal(2), "salary_max": Decimal(1), "salary_currency": "EUR"},
    "salary_currency": {"salary_max": Decimal(1), "salary_currency": "euro"},
    "salary_period": {"salary_period": "fortnight"},
}


@pytest.mark.parametrize("field", WRONG)
def test_a_fact_that_cannot_be_stored_is_refused_by_its_name(field: str):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    sound = Job(
        workspace_id=uuid4(),
        id=uuid4(),
        connector_id=uuid4(),
        company_id=uuid4(),
        title="Firmware Lead",
        status=JobStatus.DRAFT,
        created_at=now,
        updated_at=now,
        modified_at=now,
        languages=[],
        department_ids=[],
        location_ids=[],
        hiring_manager_ids=[],
        recruiter_ids=[],
    )
    check_facts(sound)
    with pytest.raises(Invalid) as raised:
        check_facts(replace(sound, **WRONG[field]))
    assert raised.value.facts["field"] == field
