"""The rules of postings."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rolecall.domain.errors import (
    FieldInvalid,
    FieldMissing,
    JobNotOffered,
    MoveRefused,
    PostingClosed,
)
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import (
    MOVES,
    PostingState,
    Terms,
    can_move,
    check_changeable,
    check_client_may_move,
    check_move,
    check_terms,
    check_yield_reason,
    faults_of,
    read_fee_percent,
    shown_state,
)

TERMS = Terms(title="Lead", description="Own it.", fee_percent=Decimal(18), must_haves=["C"], questions=["When?"])
DRAFT, OPEN, YIELDED, LOCKED, CLOSED = PostingState


def test_every_state_has_its_moves() -> None:
    allowed = {(old, new) for old in MOVES for new in MOVES[old]}
    assert allowed == {
        (DRAFT, OPEN),
        (OPEN, YIELDED),
        (OPEN, LOCKED),
        (OPEN, CLOSED),
        (YIELDED, OPEN),
        (YIELDED, LOCKED),
        (YIELDED, CLOSED),
        (LOCKED, OPEN),
        (LOCKED, YIELDED),
        (LOCKED, CLOSED),
        (CLOSED, OPEN),
    }
    for old in PostingState:
        for new in PostingState:
            if old != new and (old, new) not in allowed:
                with pytest.raises(MoveRefused):
                    check_move(old, new)


def test_a_client_neither_locks_nor_unlocks() -> None:
    allowed = {(old, new) for old in MOVES for new in PostingState if can_move(old, new, job=JobStatus.OPEN)}
    assert allowed == {
        (DRAFT, OPEN),
        (OPEN, YIELDED),
        (OPEN, CLOSED),
        (YIELDED, OPEN),
        (YIELDED, CLOSED),
        (LOCKED, CLOSED),
        (CLOSED, OPEN),
    }
    with pytest.raises(MoveRefused, match="A posting cannot go from locked to open"):
        check_client_may_move(LOCKED, OPEN, job=JobStatus.OPEN)


@pytest.mark.parametrize("job", [JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED])
def test_a_job_that_is_not_open_is_not_offered(job: JobStatus) -> None:
    assert [shown_state(state, job) for state in PostingState] == [DRAFT, CLOSED, CLOSED, CLOSED, CLOSED]
    check_changeable(DRAFT, job=job)
    with pytest.raises(JobNotOffered, match=f"The job is {job}, so it cannot be offered to agencies."):
        check_changeable(OPEN, job=job)
    with pytest.raises(JobNotOffered):
        check_client_may_move(DRAFT, OPEN, job=job)


def test_the_posting_of_an_open_job_shows_its_own_state() -> None:
    assert [shown_state(state, JobStatus.OPEN) for state in PostingState] == list(PostingState)
    check_changeable(YIELDED, job=JobStatus.OPEN)
    with pytest.raises(PostingClosed):
        check_changeable(CLOSED, job=JobStatus.OPEN)


@pytest.mark.parametrize(
    ("text", "fee"), [("18", "18"), (" 17.5 ", "17.5"), ("17,25 %", "17.25"), ("100%", "100"), ("0.01", "0.01")]
)
def test_percentages_as_people_write_them(text: str, fee: str) -> None:
    assert read_fee_percent(text) == Decimal(fee)


@pytest.mark.parametrize("text", ["", "abc", "1e2", "-5", "+5", "NaN", "1.234", "1000", "5..5", "\u0665", "5 5", "%"])
def test_what_is_no_percentage(text: str) -> None:
    with pytest.raises(FieldInvalid):
        read_fee_percent(text)


@pytest.mark.parametrize("fee", ["0", "-1", "100.01", "17.555", "NaN", "Infinity"])
def test_fees_out_of_bounds(fee: str) -> None:
    assert list(faults_of(replace(TERMS, fee_percent=Decimal(fee)))) == ["fee_percent"]


def test_terms_within_their_limits() -> None:
    check_terms(TERMS)
    longest = Terms(
        title="a" * 200,
        description="a" * 20_000,
        fee_percent=Decimal(100),
        must_haves=["a" * 200] * 20,
        questions=["a" * 300] * 3,
    )
    assert faults_of(longest) == {}


def test_terms_beyond_their_limits() -> None:
    wrong = Terms(
        title=" ", description="a\x00", fee_percent=Decimal(0), must_haves=["a"] * 21, questions=["a", "b", "c", "d"]
    )
    faults = faults_of(wrong)
    assert list(faults) == ["title", "description", "fee_percent", "must_haves", "questions"]
    assert str(faults["must_haves"]) == 'The field "must_haves" is not valid: at most 20 lines, these are 21.'
    with pytest.raises(FieldMissing):
        check_terms(wrong)


@pytest.mark.parametrize("text", ["\ud800", "a\x00", "a\x1b[0m", "two\nlines"])
def test_characters_that_are_no_text(text: str) -> None:
    for changes in ({"title": text}, {"must_haves": [text]}, {"questions": [text]}):
        with pytest.raises(FieldInvalid):
            check_terms(replace(TERMS, **changes))


def test_a_yield_has_a_reason_of_up_to_500_characters() -> None:
    check_yield_reason("Busy.\nBack on Monday.")
    with pytest.raises(FieldMissing):
        check_yield_reason("\n ")
    with pytest.raises(FieldInvalid):
        check_yield_reason("a" * 501)
