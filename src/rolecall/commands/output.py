"""What commands print: tables for people, JSON for scripts."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE = 1_000  # columns when nobody looks: what reads the output wants whole values


def print_json(value: Any) -> None:
    """A value as indented JSON; ids and times as text."""
    typer.echo(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode())


def print_rows(rows: Sequence[Mapping[str, Any]], *, empty: str, as_json: bool = False) -> None:
    """A list of records with the same keys: the keys head the columns. `empty` is said when there are none."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        typer.echo(empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in rows[0]:
        table.add_column(key.replace("_", " "), no_wrap=key in {"id", "slug"}, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "-"  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType] - a column's own values
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
