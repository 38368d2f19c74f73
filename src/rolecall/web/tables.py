"""Tables that a page shows and that can be taken along as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from starlette.responses import Response

Cell = str | int | Decimal | date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`name` is that of its file, without an ending. Each row has a cell for each heading."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    def is_numeric(self, column: int) -> bool:
        """Whether a column has numbers, and nothing else."""
        cells = [row[column] for row in self.rows if row[column] is not None]
        return bool(cells) and all(isinstance(cell, int | Decimal) for cell in cells)


def cell_text(cell: Cell) -> str:
    """A cell as people read it: 12,500.00, 6 May 2026, and a dash for nothing."""
    if isinstance(cell, int | Decimal):
        return f"{cell:,}"
    if isinstance(cell, date):
        return f"{cell:%-d %b %Y}"
    return "–" if cell is None else cell


def csv_text(table: Table) -> str:
    """RFC 4180, with a line of headings. Texts that a spreadsheet would compute come after an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.headings)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return written.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)


def csv_response(table: Table, *, name: str, headers: Mapping[str, str]) -> Response:
    """A table as a file to download; `name` is its own, in letters of ASCII, without an ending."""
    told = {**headers, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + csv_text(table), headers=told, media_type="text/csv")
