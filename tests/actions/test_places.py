"""Places as partners write them."""

import pytest

from rolecall.actions.places import Place, country_name, parse_place


def test_a_country_and_a_city() -> None:
    assert parse_place(" sweden ") == Place("SE", "SE", None, "Sweden")
    assert parse_place("se-LUND") == Place("SE-lund", "SE", "Lund", "Lund")


def test_there_are_249_countries_and_kosovo() -> None:
    letters = [chr(number) for number in range(ord("A"), ord("Z") + 1)]
    assert sum(country_name(first + second) is not None for first in letters for second in letters) == 250
    assert country_name("XK") == "Kosovo"


@pytest.mark.parametrize("code", ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
def test_a_code_that_is_no_country(code: str) -> None:
    assert parse_place(code) is None
    assert parse_place(f"{code}-town") is None


@pytest.mark.parametrize("text", ["", "-", "SE-", "SE--lund", "SE-lund-", "SE lund", "SE-malmö", "S", "SE-\x00"])
def test_what_is_no_code(text: str) -> None:
    assert parse_place(text) is None


def test_a_code_has_80_characters_at_most() -> None:
    assert parse_place("SE-" + "a" * 77) is not None
    assert parse_place("SE-" + "a" * 78) is None
