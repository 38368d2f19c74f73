"""Tables as files: what a spreadsheet would compute is text."""

from datetime import date
from decimal import Decimal

import pytest

from rolecall.web.tables import Cell, Table, cell_text, csv_text


def a_table(*rows: tuple[Cell, ...]) -> Table:
    return Table(name="t", title="T", headings=["Who", "What"][: len(rows[0])], rows=rows)


def test_texts_are_quoted_where_they_must_be() -> None:
    table = a_table(('Berg, "Nora"\nOslo', Decimal("10715.50")), (date(2026, 5, 6), None))
    assert csv_text(table) == 'Who,What\r\n"Berg, ""Nora""\nOslo",10715.50\r\n2026-05-06,\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+47 22", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(1)"])
def test_no_text_is_a_formula(text: str) -> None:
    assert csv_text(a_table((text,))).splitlines()[1].strip('"') == f"'{text}"


def test_negative_numbers_stay_numbers() -> None:
    assert csv_text(a_table((Decimal("-12.50"), -3))) == "Who,What\r\n-12.50,-3\r\n"


def test_cells_as_people_read_them() -> None:
    assert [cell_text(cell) for cell in (12_500, Decimal("1000.50"), date(2026, 5, 6), None, "x")] == [
        "12,500",
        "1,000.50",
        "6 May 2026",
        "–",
        "x",
    ]


def test_a_column_of_numbers_is_one() -> None:
    table = a_table(("a", 1), ("b", None))
    assert [table.is_numeric(column) for column in (0, 1)] == [False, True]
