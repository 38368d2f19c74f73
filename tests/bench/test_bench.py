"""The benchmarks run, check that no visit is lost, and say whether a promise is met. Nothing here is timed."""

import pytest
from bench.__main__ import main
from bench.client import Load
from bench.report import Promise
from bench.source_links import Counted, VisitsLost


def _load(answered: int, sent: int) -> Load:
    return Load(
        sent=sent, answered=answered, failed=0, broken=0, seconds=1, bytes=0, p50=1, p99=1, client_cpu=0
    )  # fmt: skip


@pytest.mark.slow
def test_every_workload_runs(capsys: pytest.CaptureFixture[str]) -> None:
    small = "--jobs 1200 --workspaces 4 --rounds 1 --seconds 1 --postings 300 --keep-results"
    main(small.split())
    printed = capsys.readouterr().out
    for title in ("## A. ", "## B. ", "## C. "):
        assert title in printed
    assert printed.count("promised") == 4


@pytest.mark.parametrize(("stored", "fits"), [(9, False), (10, True), (12, True), (13, False)])
def test_stored_visits_lie_between_the_answered_and_the_sent(stored: int, fits: bool) -> None:  # noqa: FBT001
    loads = [_load(4, 5), _load(6, 7)]
    if fits:
        Counted.compare(stored, loads)
    else:
        with pytest.raises(VisitsLost):
            Counted.compare(stored, loads)


def test_a_promise_is_judged_by_its_median() -> None:
    assert Promise("of the limit", [0.1, 0.8, 0.9], 0.75).text().endswith("promised 0.75: met")
    assert Promise("of the limit", [0.1, 0.2, 0.9], 0.75).text().endswith("promised 0.75: NOT met")
