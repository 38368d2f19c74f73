"""Lines that cannot be imported: each goes to the rejects file with its number and the reason, the others go in."""

import json
from typing import Any

import pytest

from rolecall.domain.errors import FieldInvalid
from tests.actions.importing.conftest import POSTING, Importer, counts, posting

BAD_LINES: list[tuple[bytes, str]] = [
    (b"not json", "not JSON: JSON is malformed: invalid character (byte 4)"),
    (b'{"id": "a"', "not JSON: Input data was truncated"),
    (b"[1, 2]", "the line: a list, not an object"),
    (b"null", "the line: null, not an object"),
    (b'{"title": "T", "company": "C"}', "id: missing"),
    (b'{"id": "a", "company": "C"}', "title: missing"),
    (b'{"id": "a", "title": "T"}', "company: missing"),
    (b'{"id": 7, "title": "T", "company": "C"}', "id: a whole number, not text"),
    (b'{"id": "a", "title": "\xff", "company": "C"}', "not UTF-8"),
    (b'{"id": "a", "title": "T", "company": "C", "unknown": "\xff"}', "not UTF-8"),
    (b'{"id": "a", "title": "T\\u0000", "company": "C"}', "title: has a NUL character"),
    (b'{"id": "a", "title": "T", "company": "C", "x": ["\\u0000"]}', "x[0]: has a NUL character"),
    (b'{"id": "a", "title": "T", "company": "C", "\\u0000": 1}', "the line: has a NUL character"),
    (b'{"id": "a", "title": "\\ud800", "company": "C"}', "title: has half of a surrogate pair"),
    (b'{"id": "a", "title": "T", "company": "C", "x": {"y": "\\uDC00"}}', "x.y: has half of a surrogate pair"),
    (b'{"id": "a\x00", "title": "T", "company": "C"}', "not JSON: JSON is malformed: invalid character (byte 9)"),
    (b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    (b'{"id": "' + b"a" * 2_000_000 + b'"}', "longer than 1048576 bytes"),
]

BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"id": " "}, "id: empty"),
    ({"id": "a" * 201}, "id: longer than 200 characters"),
    ({"title": ""}, "title: empty"),
    ({"title": " \n"}, "title: empty"),
    ({"title": "T" * 301}, "title: longer than 300 characters"),
    ({"salary": 61950}, "salary: a whole number, not an object"),
    ({"salary": {"min": "61,950", "currency": "USD"}}, "salary.min: text, not a number"),
    ({"salary": {"min": True, "currency": "USD"}}, "salary.min: true or false, not a number"),
    ({"salary": {"min": -1, "currency": "USD"}}, "salary.min: below 0"),
    ({"salary": {"max": 1e13, "currency": "USD"}}, "salary.max: above 1000000000000"),
    ({"salary": {"min": 2, "max": 1, "currency": "USD"}}, "salary: min is above max"),
    ({"salary": {"min": 2}}, "salary.currency: missing"),
    ({"salary": {"min": 2, "currency": "XXQ"}}, "salary.currency: not a code of ISO 4217"),
    (
        {"salary": {"min": 2, "currency": "USD", "interval": "DECADE"}},
        "salary.interval: 'DECADE' is not one of its words",
    ),
    ({"location": {"country": "ZZ"}}, "location.country: not a code of ISO 3166-1"),
    ({"location": {"raw": "Here", "lat": 91}}, "location.lat: above 90"),
    ({"date_posted": "2026-02-30"}, "date_posted: not a date such as 2026-01-31"),
    ({"date_posted": "0001-01-01"}, "date_posted: not between the years 1900 and 2999"),
    ({"valid_through": 20260101}, "valid_through: a whole number, not a date"),
    ({"positions": 0}, "positions: below 1"),
    ({"positions": 1.5}, "positions: a number, not a whole number"),
    ({"remote": "yes"}, "remote: text, not true or false"),
    ({"employment_type": "GIG"}, "employment_type: 'GIG' is not one of its words"),
    ({"visibility": "secret"}, "visibility: 'secret' is not one of its words"),
    ({"screening_questions": [{"text": "Q"}, {"text": ""}]}, "screening_questions[1].text: empty"),
    ({"screening_questions": [{"text": "Q"}] * 201}, "screening_questions: more than 200 items"),
    ({"description": "d" * 50_001}, "description: longer than 50000 characters"),
]


async def test_bad_lines_are_named_and_the_others_go_in(importer: Importer):
    report = await importer.lines(posting(id="first"), *(line for line, _ in BAD_LINES), posting(id="last"))
    assert counts(report) == (2, 0, 0, 0, len(BAD_LINES))
    assert importer.rejected() == [(number, reason) for number, (_, reason) in enumerate(BAD_LINES, 2)]
    assert [job["remote_id"] for job in await importer.rows("job", "remote_id")] == ["first", "last"]


async def test_bad_fields_are_named(importer: Importer):
    report = await importer.lines(*({**POSTING, **changes} for changes, _ in BAD_FIELDS))
    assert counts(report) == (0, 0, 0, 0, len(BAD_FIELDS))
    assert importer.rejected() == [(number, reason) for number, (_, reason) in enumerate(BAD_FIELDS, 1)]
    assert await importer.count("job") == 0


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
async def test_a_salary_that_no_number_can_be(importer: Importer, number: bytes):
    line = b'{"id": "a", "title": "T\\u0001", "company": "C", "salary": {"currency": "USD", "min": ' + number + b"}}"
    report = await importer.lines(line, line.replace(b"\\u0001", b""))
    assert counts(report) == (0, 0, 0, 0, 2)


async def test_what_is_unknown_or_null_is_no_fault(importer: Importer):
    line = json.dumps({**posting(id="a"), "hobby": {"deep": [1e5, "é"]}, "department": None, "salary": None})
    assert counts(await importer.lines(line.encode())) == (1, 0, 0, 0, 0)
    assert not importer.rejects.exists()


async def test_control_characters_become_blanks(importer: Importer):
    await importer.lines(b'{"id": "a", "title": "Lead\\u0001er", "company": "C", "description": "x\\u001fy\\ny"}')
    assert await importer.one("job", "title, description") == {"title": "Lead er", "description": "x y\ny"}


async def test_a_clean_run_takes_the_rejects_of_the_one_before_away(importer: Importer):
    await importer.lines(b"bad")
    assert importer.rejected() == [(1, "not JSON: JSON is malformed: invalid character (byte 0)")]
    await importer.lines(posting())
    assert not importer.rejects.exists()


async def test_the_file_itself_cannot_take_the_rejects(importer: Importer):
    importer.rejects.write_bytes(b"{}\n")
    with pytest.raises(FieldInvalid):
        await importer.file(importer.rejects)
    assert importer.rejects.read_bytes() == b"{}\n"
