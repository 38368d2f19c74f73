"""The import itself: each batch of lines in a transaction of its own, so that a kill loses at most one of them."""

import asyncio
import gc
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rolecall.actions.ids import new_id
from rolecall.actions.importing.batches import Batch, BatchReader
from rolecall.actions.importing.planning import Plan, Planner
from rolecall.actions.importing.progress import ImportReport, Progress
from rolecall.actions.importing.reading import LineReader
from rolecall.actions.importing.references import References
from rolecall.actions.importing.rejects import RejectsFile
from rolecall.actions.importing.run import Run
from rolecall.actions.importing.writing import stage_plan, write_staged
from rolecall.actions.workspaces import native_connector_id, workspace_by_slug
from rolecall.domain.errors import FieldInvalid
from rolecall.ports.clock import Clock, system_clock
from rolecall.ports.unified import JobBody
from rolecall.store import importing, registration
from rolecall.store.db import Connection, Database
from rolecall.store.registration import Standing


async def import_postings(
    database: Database,
    job_body: JobBody,
    *,
    clock: Clock,
    source: Path,
    workspace: str,
    rejects: Path,
    on_progress: Callable[[Progress], None] = lambda _: None,
    actor: str = "operator",
) -> ImportReport:
    """Import a file of postings, one JSON object per line, plain or gzip; `-` is standard input.

    A line makes a job, or changes the one that a line with its id has made; a line that says nothing new changes
    nothing. Of two lines with one id the later wins. Lines that cannot be imported go to `rejects`. Killed and started
    again, it goes on. `workspace` is a slug. Raises OSError when a file cannot be opened, WorkspaceUnknown, and
    FieldInvalid when `rejects` is the file itself.
    """
    _check_rejects(rejects, source)
    started = time.perf_counter()
    reader = LineReader(source)
    try:
        async with database.committing() as conn:
            run = await _begin(conn, job_body, clock=clock, workspace=workspace, actor=actor)
            progress = Progress(report=ImportReport(), bytes_total=reader.bytes_total)
            async with _alone(conn, run, lambda: on_progress(replace(progress, waiting=True))):
                with RejectsFile(rejects) as file, _rare_collections():
                    meter = _Meter(progress, started, on_progress)
                    return await _Import(conn, run, file, meter, clock).run_through(reader)
    finally:
        reader.close()


@dataclass(slots=True)
class _Meter:
    """Adds up the batches that are stored, and tells."""

    progress: Progress
    started: float
    tell: Callable[[Progress], None]

    def add(self, plan: Plan) -> None:
        """Add a batch that has been stored."""
        batch, created, updated = plan.batch, len(plan.new), len(plan.changed)
        so_far = self.progress.report
        report = ImportReport(
            read=so_far.read + batch.read,
            created=so_far.created + created,
            updated=so_far.updated + updated,
            unchanged=so_far.unchanged + len(batch.entries) - created - updated,
            repeated=so_far.repeated + batch.repeated,
            rejected=so_far.rejected + len(batch.rejects),
            seconds=time.perf_counter() - self.started,
        )
        self.progress = replace(self.progress, report=report, bytes_done=batch.bytes_done)
        self.tell(self.progress)

    def finish(self) -> ImportReport:
        """The report of the whole import."""
        return replace(self.progress.report, seconds=time.perf_counter() - self.started)


def _check_rejects(rejects: Path, source: Path) -> None:
    if rejects.exists() and source.exists() and rejects.samefile(source):
        raise FieldInvalid(field="rejects", hint="it is the file to be imported")


async def _begin(conn: Connection, job_body: JobBody, *, clock: Clock, workspace: str, actor: str) -> Run:
    workspace_id = (await workspace_by_slug(conn, workspace)).id
    return Run(
        id=new_id(),
        workspace_id=workspace_id,
        connector_id=await native_connector_id(conn, workspace_id),
        actor=actor,
        today=clock().date(),
        job_body=job_body,
        thin_tables=await importing.thin_tables(conn),
    )


@asynccontextmanager
async def _alone(conn: Connection, run: Run, tell: Callable[[], None]) -> AsyncGenerator[None]:
    """The only import into the workspace, with its temporary tables. `tell` is called when another has to end first."""
    try:
        if not await importing.lock_imports(conn, run.workspace_id, wait=False):
            tell()
            await importing.lock_imports(conn, run.workspace_id, wait=True)
        await importing.make_temporary_tables(conn)
        yield
        await importing.drop_temporary_tables(conn)
        await importing.unlock_imports(conn, run.workspace_id)
    except BaseException:
        await conn.close()  # whatever state it is in, its lock and its tables go with it
        raise


@contextmanager
def _rare_collections() -> Generator[None]:
    """Let the garbage collector look less often: an import makes millions of objects, and none in a circle."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(slots=True)
class _Import:
    """One import under way. While PostgreSQL writes a batch, a thread makes the next one's rows and reads one more.

    The thread works only then: beside it, a conversation with the database would crawl.
    """

    conn: Connection
    run: Run
    rejects: RejectsFile
    meter: _Meter
    clock: Clock
    standing: deque[Standing] = field(default_factory=deque)  # of the batches that are planned and not yet written

    async def run_through(self, reader: LineReader) -> ImportReport:
        """Import all lines; what has become of them."""
        planner, source = Planner(self.run), BatchReader(reader)
        ready: Plan | None = None
        batch = await asyncio.to_thread(source.take)
        while ready is not None or batch.read:
            plan = None
            if batch.read and not (ready is not None and planner.must_wait(batch)):
                plan = await self._plan(planner, batch)
                source.draft_ahead = 2 * plan.writes > len(batch.entries)
            ahead = partial(_work_ahead, planner, source, plan, batch)
            batch = await self._write(ready, planner.references, ahead)
            ready = plan
        return self.meter.finish()

    async def _plan(self, planner: Planner, batch: Batch) -> Plan:
        """Plan a batch. Its time stays registered until it is written, so that who polls meanwhile misses nothing."""
        standing = await registration.register_session(self.conn, self.run.workspace_id)
        self.standing.append(standing)
        async with self.conn.transaction():
            now = standing.at if self.clock is system_clock else self.clock()
            return await planner.plan(self.conn, batch, now=now)

    async def _write(self, plan: Plan | None, references: References, ahead: Callable[[], Batch]) -> Batch:
        """Write a planned batch, if there is one, and do the work ahead meanwhile."""
        if plan is None or not plan.writes:
            batch = await asyncio.to_thread(ahead)
        else:
            async with self.conn.transaction():
                await importing.commit_lazily(self.conn)
                staged = await stage_plan(self.conn, self.run, references, plan)
                task = asyncio.create_task(asyncio.to_thread(ahead))
                try:
                    await write_staged(self.conn, self.run, staged)
                finally:
                    await asyncio.wait([task])
                batch = task.result()
        if plan is not None:
            await registration.unregister_session(self.conn, self.run.workspace_id, self.standing.popleft())
            await self._note(plan)
        return batch

    async def _note(self, plan: Plan) -> None:
        self.rejects.write(plan.batch.rejects)
        self.meter.add(plan)


def _work_ahead(planner: Planner, source: BatchReader, plan: Plan | None, batch: Batch) -> Batch:
    """Make a plan's rows and take the batch after it; without a plan the batch itself is still to be planned."""
    if plan is None:
        return batch
    planner.make_rows(plan)
    return source.take()
