"""Reading fields: everything that is wrong with a body is found at once, each under its name with dots."""

from datetime import date
from typing import Any

import pytest

from rolecall.web.fields import (
    Field,
    Place,
    Problem,
    Reader,
    accepted,
    boolean,
    day,
    link,
    list_of,
    mapping,
    one_of,
    text,
)

PERSON = mapping(
    {
        "first_name": Field(text(longest=10), required=True, alias="given_name"),
        "born": Field(day),
        "tags": Field(list_of(mapping({"word": Field(one_of(["a", "b"]), required=True)}), most=2)),
    }
)


def read(reader: Reader, value: Any) -> tuple[Any, list[tuple[str, str]]]:
    place = Place()
    return reader(place, value), [(problem.field, problem.code) for problem in place.problems]


def test_a_good_body_is_read() -> None:
    body = {"first_name": " Mira ", "born": "1990-02-28", "tags": [{"word": "a"}], "other": 1}
    assert read(PERSON, body) == ({"first_name": "Mira", "born": date(1990, 2, 28), "tags": [{"word": "a"}]}, [])


def test_all_that_is_wrong_is_found() -> None:
    body = {"born": "1990-02-30", "tags": [{"word": "a"}, {"word": "c"}]}
    assert read(PERSON, body)[1] == [("first_name", "required"), ("born", "date"), ("tags.1.word", "listed")]
    assert read(PERSON, {"first_name": 5, "tags": "x"})[1] == [("first_name", "string"), ("tags", "array")]
    assert read(PERSON, [])[1] == [("", "object")]


def test_a_problem_tells_its_facts() -> None:
    place = Place("tags")
    list_of(text(longest=1), most=1)(place, ["a", "b"])
    assert place.problems == [Problem("tags", "items", {"most": 1})]


def test_a_second_name_is_known_and_named_where_it_is_wrong() -> None:
    assert read(PERSON, {"given_name": "Mira"}) == ({"first_name": "Mira"}, [])
    assert read(PERSON, {"given_name": "x" * 11})[1] == [("given_name", "longest")]


def test_a_blank_field_is_none_and_an_absent_one_is_absent() -> None:
    assert read(PERSON, {"first_name": "Mira", "born": " "}) == ({"first_name": "Mira", "born": None}, [])


def test_places_of_a_form_make_a_list() -> None:
    words = list_of(text(longest=5), most=20)
    assert read(words, {"10": "c", "2": "b", "0": "a"}) == (["a", "b", "c"], [])
    assert read(words, {"2": 1})[1] == [("2", "string")]


@pytest.mark.parametrize(
    ("value", "found"), [(True, True), ("on", True), ("YES", True), ("0", False), ("", False), (1, True), (0, False)]
)
def test_a_boolean_is_read_from_text_too(value: object, found: object) -> None:
    assert read(boolean, value) == (found, [])


def test_a_box_must_be_ticked() -> None:
    assert read(accepted, "1") == (True, [])
    assert read(accepted, False)[1] == [("", "accepted")]
    assert read(accepted, 2)[1] == [("", "boolean")]


@pytest.mark.parametrize("value", ["https://example.org/a?b=c", "http://example.org:8080"])
def test_a_link_is_kept(value: str) -> None:
    assert read(link, value) == (value, [])


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "example.org", "http://", "http://a:x/", "https://a b/", "//a"]
)
def test_what_is_no_safe_link_is_refused(value: str) -> None:
    assert read(link, value)[1] == [("", "url")]
