"""What a batch will change, and the rows of what is new in it, made ready while the batch before is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from rolecall.actions.ids import new_ids
from rolecall.actions.importing.batches import Batch
from rolecall.actions.importing.drafts import Draft, Entry
from rolecall.actions.importing.references import References
from rolecall.actions.importing.rows import new_job, staged_job, staged_questions
from rolecall.actions.importing.run import Run
from rolecall.actions.slugs import publication_slug
from rolecall.domain.jobs import JobStatus
from rolecall.store import importing
from rolecall.store.db import Connection
from rolecall.store.importing import StagedJob, StagedQuestion
from rolecall.store.publications import WEBSITE

MANY = 200  # new lines in a batch


@dataclass(slots=True, kw_only=True)
class Plan:
    """A batch by what it means: `new` lines with their publications' slugs, `changed` ones by the job they change.

    `now` is the time of all its writes. Once they are made, `jobs` and `questions` are the rows of the new lines,
    `created` these jobs' ids, and `published` counts those that the website will list.
    """

    batch: Batch
    now: datetime
    new: dict[str, Entry]
    changed: dict[UUID, Entry]
    created: list[UUID] = field(default_factory=list[UUID])
    published: int = 0
    jobs: list[StagedJob] = field(default_factory=list[StagedJob])
    questions: list[StagedQuestion] = field(default_factory=list[StagedQuestion])

    @property
    def writes(self) -> int:
        """How many jobs it writes."""
        return len(self.new) + len(self.changed)


class Planner:
    """Plans the batches of one import, one ahead of what is written."""

    def __init__(self, run: Run) -> None:
        self.references = References(run)
        self._run = run
        self._last: Plan | None = None

    def must_wait(self, batch: Batch) -> bool:
        """Whether a batch has ids of the one planned last, which must be written before this one can be planned."""
        return self._last is not None and not self._last.batch.entries.keys().isdisjoint(batch.entries)

    async def plan(self, conn: Connection, batch: Batch, *, now: datetime) -> Plan:
        """Compare a batch with what is stored, and find or make what its new and changed lines name."""
        workspace_id = self._run.workspace_id
        known = await importing.known_lines(conn, workspace_id, self._run.connector_id, list(batch.entries))
        new = batch.entries.keys() - {line.remote_id for line in known}
        changed = {
            line.id: batch.entries[line.remote_id]
            for line in known
            if line.source_hash != batch.entries[line.remote_id].source_hash
        }
        entries = [entry for key, entry in batch.entries.items() if key in new]
        await self.references.learn(conn, [entry.draft for entry in (*entries, *changed.values())], now=now)
        if len(new) > MANY:
            await self._run.gather_statistics(conn, "company", "department", "location", "term")
        slugs = await self._free_slugs(conn, [entry.draft for entry in entries])
        self._last = Plan(batch=batch, now=now, new=dict(zip(slugs, entries, strict=True)), changed=changed)
        return self._last

    def make_rows(self, plan: Plan) -> None:
        """Make the rows of a plan's new lines. It needs no database."""
        question_ids = new_ids(sum(len(entry.draft.questions) for entry in plan.new.values()))
        for slug, entry in plan.new.items():
            links = self.references.links(entry.draft)
            path = f"{links.company_slug}/{slug}" if entry.draft.channel == WEBSITE else None
            job = new_job(self._run, entry, links, public_path=path, now=plan.now)
            plan.created.append(job.id)
            plan.published += path is not None and job.status == JobStatus.OPEN
            plan.jobs.append(staged_job(self._run, job, entry, links, slug=slug, is_new=True))
            plan.questions.extend(
                staged_questions(entry.draft, job.id, islice(question_ids, len(entry.draft.questions)))
            )

    async def _free_slugs(self, conn: Connection, drafts: Sequence[Draft]) -> list[str]:
        """A publication's slug for each draft, none of them twice and none in use."""
        slugs: dict[str, int] = {}
        coming: Mapping[str, object] = self._last.new if self._last else {}
        tried = {draft.slug: place for place, draft in enumerate(drafts)}
        while tried:
            taken = (
                await importing.taken_slugs(conn, self._run.workspace_id, list(tried)) | slugs.keys() | coming.keys()
            )
            slugs |= {slug: place for slug, place in tried.items() if slug not in taken}
            missing = set(range(len(drafts))) - set(slugs.values())
            tried = {publication_slug(drafts[place].title): place for place in missing}
        return sorted(slugs, key=slugs.__getitem__)
