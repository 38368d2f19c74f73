"""An importer: writes lines to a file, imports it into a workspace, and reads what is stored."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rolecall.actions.importing import ImportReport, Progress, import_postings
from rolecall.store.db import fetch_dicts
from tests.world import World

# A Monday; what is valid through an earlier day is over.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

POSTING: dict[str, Any] = {
    "id": "p-1",
    "source": "test",
    "title": "Bridge Engineer",
    "company": "City of Harbours",
    "department": "Bridges",
    "category": "Engineering",
    "occupation": "CIVIL ENGINEER",
    "requisition_id": "R-77",
    "location": {"raw": "1 Centre St", "city": "New York", "region": "NY", "country": "US"},
    "employment_type": "FULL_TIME",
    "description": "Keep the bridges up.",
    "requirements": "A licence.",
    "salary": {"min": 61950.0, "max": 81801.5, "currency": "USD", "interval": "YEAR"},
    "positions": 2,
    "visibility": "external",
    "screening_questions": [
        {"section": "Licences", "text": "Do you have a licence?", "options": ["Yes", "No"]},
        {"text": "Why bridges?"},
    ],
    "date_posted": "2026-02-01",
    "valid_through": "2026-06-30",
}


def posting(**changes: Any) -> dict[str, Any]:
    """A posting with other values; a field that is set to None is left out."""
    return {name: value for name, value in {**POSTING, **changes}.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports into one workspace. `rejects` is where rejected lines go."""

    world: World
    folder: Path

    @property
    def rejects(self) -> Path:
        return self.folder / f"{self.world.workspace.slug}.rejects.ndjson"

    async def lines(self, *lines: dict[str, Any] | bytes, now: datetime = NOW) -> ImportReport:
        """Import these lines, each a posting or the bytes of a line."""
        source = self.folder / f"{self.world.workspace.slug}.ndjson"
        source.write_bytes(b"".join((line if isinstance(line, bytes) else _line(line)) + b"\n" for line in lines))
        return await self.file(source, now=now)

    async def file(
        self, source: Path, *, now: datetime = NOW, on_progress: Callable[[Progress], None] = lambda _: None
    ) -> ImportReport:
        return await import_postings(
            self.world.services.database,
            self.world.services.job_body,
            clock=lambda: now,
            source=source,
            workspace=self.world.workspace.slug,
            rejects=self.rejects,
            on_progress=on_progress,
        )

    def rejected(self) -> list[tuple[int, str]]:
        """Number and reason of each line in the rejects file."""
        rejects = [json.loads(line) for line in self.rejects.read_bytes().splitlines()]
        return [(reject["line"], reject["reason"]) for reject in rejects]

    async def rows(self, table: str, columns: str = "*", order: str = "1") -> list[dict[str, Any]]:
        """What the workspace has in a table."""
        query = f"select {columns} from {table} where workspace_id = %s order by {order}"
        async with self.world.services.database.reading() as conn:
            return await fetch_dicts(conn, query, [self.world.workspace.id])

    async def one(self, table: str, columns: str = "*") -> dict[str, Any]:
        (row,) = await self.rows(table, columns)
        return row

    async def count(self, table: str) -> int:
        return (await self.rows(table, "count(*) as n"))[0]["n"]


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    """Created, updated, unchanged, repeated, rejected; they add up to the lines read."""
    five = (report.created, report.updated, report.unchanged, report.repeated, report.rejected)
    assert sum(five) == report.read
    return five


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


@pytest.fixture
def importer(acme: World, tmp_path: Path) -> Importer:
    return Importer(acme, tmp_path)


@pytest.fixture
def stranger(globex: World, tmp_path: Path) -> Importer:
    return Importer(globex, tmp_path)
