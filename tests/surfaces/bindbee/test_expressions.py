"""Expressions over raw payloads: what they find, and that none costs much."""

from typing import Any

import pytest

from rolecall.surfaces.bindbee.expressions import value_at

PAYLOAD = {"a": {"b": 30}, "list": ["x"], "flag": False, "long": "y" * 3_000, "many": [{"n": n} for n in range(300)]}
BROKEN = "INVALID_JSON_PATH"


@pytest.mark.parametrize(
    ("json_path", "found"),
    [
        ("a.b", 30),
        ("a.missing", None),
        ("list[0]", "x"),
        ("{n: a.b}", {"n": 30}),
        ("length(list)", 1),
        ("flag", False),
        ("many[?n > `297`].n", [298, 299]),
        ("sum(many[*].n)", 44_850),
        ("sort_by(many, &n)[-1]", {"n": 299}),
        ("join(', ', list)", "x"),
        ("to_string(a)", '{"b":30}'),
        ("merge(a, {c: list})", {"b": 30, "c": ["x"]}),
    ],
)
def test_what_an_expression_finds(json_path: str, found: Any) -> None:
    assert value_at(json_path, PAYLOAD) == found


@pytest.mark.parametrize(
    "json_path",
    [
        "a..b",
        "",
        "length(a.b)",
        "unknown(a)",
        "join()",
        "&a",
        "list[::0]",
        "[" * 1024,
        "ceil(`1e999`)",
        '`"\\ud800"`',
        "to_number('9') | @ & @",
    ],
)
def test_what_is_broken(json_path: str) -> None:
    assert value_at(json_path, PAYLOAD) == BROKEN


@pytest.mark.parametrize(
    "json_path",
    [
        "|".join(["[@,@]"] * 170),  # 2^170 references to one value
        "|".join(["{a:@,b:@}"] * 100),
        "|".join(["[@,@][]"] * 120),  # 2^120 elements
        "long|" + "|".join(["join('',[@,@])"] * 60),  # 2^60 characters
        "join(long, many[*].to_string(n))",
        "|".join(["to_string(@)"] * 70),  # a backslash before each backslash
        f"[{'|'.join(['[@,@]'] * 80)}] == [{'|'.join(['[@,@]'] * 80)}]",  # compared value by value
        "map(&[@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@,@], many)",
        f"many[*].`[{','.join(['1'] * 400)}]`",
        f"[{','.join(['many'] * 150)}]",
    ],
)
def test_what_would_cost_much_is_broken(json_path: str) -> None:
    assert len(json_path) <= 1024
    assert value_at(json_path, PAYLOAD) == BROKEN


def test_a_large_value_is_not_copied_into_a_field() -> None:
    assert value_at("@", {"text": "z" * 100_000}) == BROKEN
    assert value_at("length(text)", {"text": "z" * 10_000}) == 10_000
