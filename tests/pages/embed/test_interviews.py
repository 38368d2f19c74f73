"""Interviews and offers, recorded on the application screen: times by the clock of a zone."""

import pytest

from tests.marketplace import Marketplace, build_marketplace
from tests.pages.embed.test_application_screen import in_stage
from tests.partnership import Partnership, words_of


@pytest.fixture
async def market(oakline: Partnership) -> Marketplace:
    return await build_marketplace(oakline)


async def test_interviews_and_offers_go_on_the_record(market: Marketplace) -> None:
    _, screen = await in_stage(market, 2)
    meeting = {
        "day": "2026-12-01", "at": "14:30", "time_zone": "Europe/Stockholm", "minutes": "45", "location": "Video call",
    }  # fmt: skip
    page = await screen.submit("interview", **meeting)
    assert "Interview Tue 1 December 2026, 14:30 (Europe/Stockholm, UTC+1) , 45 minutes, Video call" in words_of(page)
    for name, value in [
        ("day", "2026-02-30"),
        ("day", "9999-12-31"),
        ("at", "25:00"),
        ("at", ""),
        ("minutes", "0"),
        ("time_zone", ""),
    ]:
        answer = await screen.post("interview", **{**meeting, name: value})
        assert answer.status_code == 422
        assert f'id="interview-{name}-error"' in answer.text
    assert (await screen.post("offer", start_date="")).status_code == 409
    await screen.submit("move", to="on", feedback="Let us hire her.")
    page = await screen.submit("offer", start_date="2027-01-04")
    assert "to start on 2027-01-04" in words_of(page)


async def test_a_time_that_clocks_leave_out_or_show_twice_is_asked_about(market: Marketplace) -> None:
    _, screen = await in_stage(market, 2)
    meeting = {"day": "2026-03-29", "at": "02:30", "time_zone": "stockholm", "minutes": "60", "location": ""}
    answer = await screen.post("interview", **meeting)
    assert answer.status_code == 422
    assert "Another time: clocks in Europe/Stockholm are put forward over 02:30" in words_of(answer)
    twice = meeting | {"day": "2026-10-25"}
    answer = await screen.post("interview", **twice)
    assert answer.status_code == 422
    assert "Before clocks go back (UTC+2)" in words_of(answer)
    assert "After clocks go back (UTC+1)" in words_of(answer)
    page = await screen.submit("interview", **twice, turn="second")
    assert "Interview Sun 25 October 2026, 02:30 (Europe/Stockholm, UTC+1)" in words_of(page)
    assert 'value="Europe/Stockholm" required' in page.text  # what the user chose last
