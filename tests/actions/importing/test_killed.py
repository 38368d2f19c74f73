"""An import that is killed half-way, and started again."""

import subprocess
import sys
from pathlib import Path

from tests.actions.importing.conftest import Importer, counts

LINES = 6000

# Imports the file of its arguments and prints how many lines are stored so far.
PROGRAM = """
import asyncio, sys
from pathlib import Path
from rolecall.actions.importing import import_postings
from rolecall.ports.clock import system_clock
from rolecall.store.db import Database
from rolecall.surfaces.bindbee.wire import job_body

async def main(url, source, workspace, rejects):
    database = Database(url, size=1)
    await database.open()
    await import_postings(
        database, job_body, clock=system_clock, source=Path(source), workspace=workspace, rejects=Path(rejects),
        on_progress=lambda progress: print(progress.report.read, flush=True),
    )

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_killed_import_goes_on_where_it_was(importer: Importer, database_url: str):
    source = _file(importer.folder)
    _import_and_kill(database_url, str(source), importer.world.workspace.slug, str(importer.rejects))
    stored = await importer.count("job")
    assert LINES // 3 - 1 <= stored < LINES
    again = await importer.file(source)
    assert counts(again) == (LINES - 1 - again.unchanged, 0, again.unchanged, 0, 1)
    assert again.unchanged >= stored
    assert importer.rejected() == [(LINES // 2, "title: missing")]
    tables = ("job", "publication", "screening_question", "job_location", "job_term")
    assert [await importer.count(table) for table in tables] == [LINES - 1] * 5
    assert counts(await importer.file(source)) == (0, 0, LINES - 1, 0, 1)


def _import_and_kill(*arguments: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < LINES // 3:
            pass
        process.kill()


def _file(folder: Path) -> Path:
    line = (
        '{"id": "k-%d", "title": "Job %d", "company": "C%d", "location": {"country": "US"},'
        ' "employment_type": "PART_TIME", "screening_questions": [{"text": "Why?"}]}\n'
    )
    lines = [line % (number, number, number % 50) for number in range(1, LINES + 1)]
    lines[LINES // 2 - 1] = '{"id": "bad", "company": "C"}\n'
    source = folder / "killed.ndjson"
    source.write_text("".join(lines))
    return source
