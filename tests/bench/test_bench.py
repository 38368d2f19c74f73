"""The benchmarks run, check that no visit is lost, and say whether a promise is met. Nothing here is timed."""

import re

import pytest
from bench.__main__ import main
from bench.client import Load
from bench.report import Ceiling, Promise, Report, Section
from bench.source_links import VISITORS, Counted, VisitsLost


def _load(answered: int, sent: int) -> Load:
    return Load(
        sent=sent, answered=answered, failed=0, broken=0, seconds=1, bytes=0, p50=1, p99=1, client_cpu=0
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_workload_runs(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = "--jobs 1200 --workspaces 4 --postings 300 --publications 2500 --candidates 2000"
    main([*sizes.split(), *["--rounds", "1", "--seconds", "1", "--warm-up", "0", "--keep-results"]])
    printed = capsys.readouterr().out
    for title in ("A. ", "B. ", "C. ", "D. Vacancies of", "D. Vacancies, in", "E. ", "F. A page", "F. All 2,000"):
        assert f"## {title}" in printed
    assert printed.count("promised") == 4 + 2 + 2 * 3 + 2 + 3 * 3 + 4
    killed = re.search(
        r"killed with `kill -9` in the middle, 3 times: ([\d,]+) visits answered, ([\d,]+) stored", printed
    )
    assert killed
    answered, stored = (int(number.replace(",", "")) for number in killed.groups())
    assert 0 < answered <= stored <= answered + 3 * 2 * VISITORS


@pytest.mark.parametrize(("stored", "fits"), [(9, False), (10, True), (12, True), (13, False)])
def test_stored_visits_lie_between_the_answered_and_the_sent(stored: int, fits: bool) -> None:  # noqa: FBT001
    loads = [_load(4, 5), _load(6, 7)]
    if fits:
        Counted.compare(stored, loads)
    else:
        with pytest.raises(VisitsLost):
            Counted.compare(stored, loads)


def test_a_machine_that_stands_still_can_be_compared_with() -> None:
    assert _load(0, 5).per_second == 1


def test_a_promise_is_judged_by_its_median() -> None:
    assert Promise("of the limit", [0.1, 0.8, 0.9], 0.75).text().endswith("promised 0.75: met")
    assert Promise("of the limit", [0.1, 0.2, 0.9], 0.75).text().endswith("promised 0.75: NOT met")
    assert Ceiling("ms", [1, 20, 90], 20).text().endswith("promised at most 20: met")
    assert Ceiling("ms", [1, 21, 90], 20).text().endswith("promised at most 20: NOT met")


def test_a_report_keeps_what_was_not_measured_again() -> None:
    def section(title: str, about: str) -> Section:
        return Section(title, about, ["", "x"], [["row", "1"]], [Promise("of it", [1], 1)])

    first = Report(["then"], [section("A. One", "old"), section("B. Two", "old")]).text()
    again = Report(["now"], [section("B. Two", "new"), section("D. More", "new"), section("D. Three", "new")])
    expected = [("A. One", "old"), ("B. Two", "new"), ("D. More", "new"), ("D. Three", "new")]
    assert again.text(over=first) == Report(["now"], [section(*one) for one in expected]).text()
