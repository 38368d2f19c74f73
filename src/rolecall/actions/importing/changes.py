"""Changed lines: what becomes of the jobs that earlier lines made.

The line wins over what was edited here in all that it says: title, texts, company, salary, links, questions and the
end of the publication. A status changes only together with the line's own `valid_through`, so what an operator has
paused, closed, reopened or archived stays so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.importing.drafts import Draft, DraftQuestion, channel_of
from rolecall.actions.importing.rows import is_over
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import import_changes as store
from rolecall.store import jobs
from rolecall.store.db import Connection
from rolecall.store.facets import Gone
from rolecall.store.import_changes import StoredLine, StoredPublication
from rolecall.store.publications import WEBSITE


@dataclass(slots=True)
class Changes:
    """The stored state of the jobs whose lines have changed, held against other writers."""

    jobs: dict[UUID, Job]
    lines: dict[UUID, StoredLine]
    publications: dict[UUID, list[StoredPublication]]
    questions: dict[UUID, dict[tuple[str | None, str], list[UUID]]]
    moved: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list[UUID]))
    gone: list[UUID] = field(default_factory=list[UUID])

    def status(self, job_id: UUID, draft: Draft, *, today: date) -> JobStatus:
        """The status of a job after its line has changed."""
        before = _day(self.lines[job_id].valid_through)
        return status_after(self.jobs[job_id].status, before, draft.valid_through, today=today)

    def question_id(self, job_id: UUID, question: DraftQuestion) -> UUID:
        """The id of the stored question with the same section and text, which is then used up; else a new one."""
        section, text, *_ = question
        ids = self.questions[job_id].get((section, text))
        return ids.pop(0) if ids else new_id()

    def public_path(self, job_id: UUID, draft: Draft, company_slug: str) -> str | None:
        """Where a job's page stands from now on. Notes which publications change channel with the line's visibility."""
        wanted, before = draft.channel, channel_of(self.lines[job_id].visibility)
        here = self.publications[job_id]
        if wanted != before:
            taken = {publication.language for publication in here if publication.channel == wanted}
            for publication in here:
                if publication.channel == before:
                    which = self.gone if publication.language in taken else self.moved[wanted]
                    which.append(publication.id)
        channels = {publication.id: publication.channel for publication in here if publication.id not in self.gone}
        channels |= {id_: wanted for id_ in self.moved[wanted] if id_ in channels}
        slug = next((item.slug for item in here if channels.get(item.id) == WEBSITE), None)
        return f"{company_slug}/{slug}" if slug else None


def status_after(status: JobStatus, old: date | None, new: date | None, *, today: date) -> JobStatus:
    """The status of a job whose line had the last day `old` and has the last day `new`.

    A new day that has passed closes what is open or paused; one to come reopens what the old one had closed.
    """
    if new == old:
        return status
    if is_over(new, today=today):
        return JobStatus.CLOSED if status in {JobStatus.OPEN, JobStatus.PAUSED} else status
    return JobStatus.OPEN if status == JobStatus.CLOSED and is_over(old, today=today) else status


async def hold(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> Changes:
    """Lock jobs and read what is stored of them."""
    changes = Changes(
        jobs={job.id: job for job in await jobs.lock_all(conn, workspace_id, job_ids)},
        lines={line.id: line for line in await store.stored_lines(conn, workspace_id, job_ids)},
        publications=defaultdict(list),
        questions=defaultdict(lambda: defaultdict(list)),
    )
    for publication in await store.stored_publications(conn, workspace_id, job_ids):
        changes.publications[publication.job_id].append(publication)
    for question in await store.stored_questions(conn, workspace_id, job_ids):
        changes.questions[question.job_id][question.section, question.text].append(question.id)
    return changes


async def apply(conn: Connection, workspace_id: UUID, changes: Changes) -> list[Gone]:
    """Carry out what was noted; the publications that went.

    What is left of the questions was asked by the old lines only.
    """
    left = [id_ for by_text in changes.questions.values() for ids in by_text.values() for id_ in ids]
    if left:
        await store.delete_questions(conn, workspace_id, left)
    gone = await store.delete_publications(conn, workspace_id, changes.gone) if changes.gone else []
    for channel, ids in changes.moved.items():
        if ids:
            await store.move_publications(conn, workspace_id, ids, channel=channel)
    return gone


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
