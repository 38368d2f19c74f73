"""The moves of a job."""

import pytest

from rolecall.domain.errors import JobNotOpen, MoveRefused
from rolecall.domain.jobs import MOVES, JobStatus, check_move, check_partner_may_move

ALLOWED = {
    ("draft", "open"), ("draft", "archived"), ("open", "paused"), ("open", "closed"), ("open", "archived"),
    ("paused", "open"), ("paused", "closed"), ("paused", "archived"), ("closed", "open"), ("closed", "archived"),
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
    with pytest.raises(MoveRefused, match="A job cannot go from closed to paused"):
        check_move(JobStatus.CLOSED, JobStatus.PAUSED)
