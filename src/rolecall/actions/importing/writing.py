"""The writing of a planned batch, in the caller's transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rolecall.actions.importing.changes import Changes, apply, hold
from rolecall.actions.importing.planning import MANY, Plan
from rolecall.actions.importing.references import References
from rolecall.actions.importing.rows import LANGUAGE, changed_job, staged_job, staged_questions
from rolecall.actions.importing.run import Run
from rolecall.domain.events import EventType
from rolecall.store import facets, import_changes, importing, publications, words
from rolecall.store.db import Connection
from rolecall.store.facets import Gone
from rolecall.store.importing import StagedJob, StagedQuestion


@dataclass(frozen=True, slots=True)
class Staged:
    """A plan whose rows are in the session's temporary tables.

    `before` counts the active publications of the changed jobs, `changes` is what was stored of them.
    """

    plan: Plan
    changes: Changes | None
    before: Mapping[str, int]


async def stage_plan(conn: Connection, run: Run, references: References, plan: Plan) -> Staged:
    """Hold the jobs that a plan changes, and send its rows."""
    if not plan.changed:
        await importing.stage(conn, plan.jobs, plan.questions)
        return Staged(plan, None, {})
    changes = await hold(conn, run.workspace_id, list(plan.changed))
    before = await publications.active_by_language(conn, run.workspace_id, list(plan.changed))
    jobs, questions = _changed_rows(run, references, plan, changes)
    await importing.stage(conn, [*plan.jobs, *jobs], [*plan.questions, *questions])
    return Staged(plan, changes, before)


async def write_staged(conn: Connection, run: Run, staged: Staged) -> None:
    """Write what has been staged. The statements are sent together: PostgreSQL need not wait for us in between."""
    workspace_id, plan, changes = run.workspace_id, staged.plan, staged.changes
    again = changes is not None
    async with conn.pipeline():
        await importing.put_jobs(conn, workspace_id, run.connector_id, now=plan.now, again=again)
        if len(plan.new) > MANY:
            await run.gather_statistics(conn, "job")
        gone: list[Gone] = []
        if changes is not None:
            gone = await apply(conn, workspace_id, changes)
            gone += await import_changes.replace_texts(conn, workspace_id, now=plan.now)
            await import_changes.drop_links(conn, workspace_id)
        await importing.put_links(conn, workspace_id, again=again)
        await importing.put_questions(conn, workspace_id, again=again)
        payload = {"created": [str(id_) for id_ in plan.created], "updated": [str(id_) for id_ in plan.changed]}
        await run.record(conn, EventType.JOB_IMPORTED, payload, now=plan.now)
        await _publish(conn, run, plan, gone=gone)
        if not again and plan.published:
            await publications.add_to_counts(conn, workspace_id, {LANGUAGE: plan.published})
    if again:
        await _count(conn, run, before=staged.before, job_ids=[*plan.created, *plan.changed])


async def _publish(conn: Connection, run: Run, plan: Plan, *, gone: Sequence[Gone]) -> None:
    """Store the new publications; keep groups, runs and words. Others who publish there wait from here on."""
    workspace_id, changed = run.workspace_id, list(plan.changed)
    await facets.hold(conn, workspace_id)
    await importing.put_publications(conn, workspace_id, plan.created, now=plan.now)
    if changed:
        await facets.regroup(conn, workspace_id, changed, gone=gone)
    await facets.fit(conn, workspace_id)
    await words.learn(conn, workspace_id, [*plan.created, *changed])
    await words.index(conn, workspace_id, [*plan.created, *changed])


def _changed_rows(
    run: Run, references: References, plan: Plan, changes: Changes
) -> tuple[list[StagedJob], list[StagedQuestion]]:
    jobs, questions = list[StagedJob](), list[StagedQuestion]()
    for job_id, entry in plan.changed.items():
        draft = entry.draft
        links = references.links(draft)
        status = changes.status(job_id, draft, today=run.today)
        path = changes.public_path(job_id, draft, links.company_slug)
        job = changed_job(changes.jobs[job_id], draft, links, status=status, public_path=path, now=plan.now)
        jobs.append(staged_job(run, job, entry, links, slug=draft.slug, is_new=False))
        ids = (changes.question_id(job_id, question) for question in draft.questions)
        questions.extend(staged_questions(draft, job_id, ids))
    return jobs, questions


async def _count(conn: Connection, run: Run, *, before: Mapping[str, int], job_ids: Sequence[UUID]) -> None:
    """Keep the counts of active publications; `before` is what the changed jobs had of them."""
    differences = Counter(await publications.active_by_language(conn, run.workspace_id, job_ids))
    differences.subtract(before)
    differences = {language: difference for language, difference in differences.items() if difference}
    if differences:
        await publications.add_to_counts(conn, run.workspace_id, differences)
