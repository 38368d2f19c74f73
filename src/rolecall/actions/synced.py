"""What a sync has read, stored: a batch of records of one kind in a transaction, only what is new or different.

A record is what its payload is: one whose payload is the same as the last time is not written, so its `modified_at`
stays. Jobs that somebody has published here keep their pages, which follow them.
"""

import asyncio
import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec

from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_ids
from rolecall.actions.publishing import recount, refresh_publications
from rolecall.actions.slugs import person_slug
from rolecall.actions.text import clean_rich_text, is_html, stored_form
from rolecall.domain.candidates import folded_email, search_text_of
from rolecall.domain.errors import ConnectorUnknown
from rolecall.domain.jobs import Job, JobStatus
from rolecall.domain.texts import folded_lines
from rolecall.ports import remote_records as remote
from rolecall.ports.remote_records import RemoteJob, RemoteRecord
from rolecall.store import connectors, jobs, publications, synced
from rolecall.store.facets import Gone
from rolecall.store.synced import StagedRecord

# The kind, by which `store.synced` knows it, of each record of the port.
KINDS: Mapping[type, str] = {
    remote.RemoteDepartment: "department",
    remote.RemoteOffice: "location",
    remote.RemoteMember: "member",
    remote.RemoteTag: "term",
    remote.RemoteRejectReason: "reject_reason",
    remote.RemoteJob: "job",
    remote.RemoteStage: "stage",
    remote.RemoteQuestion: "screening_question",
    remote.RemoteCandidate: "candidate",
    remote.RemoteApplication: "application",
    remote.RemoteAttachment: "attachment",
    remote.RemoteActivity: "activity",
    remote.RemoteEeoc: "eeoc",
    remote.RemoteInterview: "interview",
    remote.RemoteScorecard: "scorecard",
    remote.RemoteOffer: "offer",
}


_MANY = 100  # new records of a kind, from which on the planner should know of them


@dataclass(frozen=True, slots=True)
class _Read:
    """A record that is to be stored, with its payload as JSON."""

    id: UUID
    record: RemoteRecord
    raw: bytes


async def store_records(ctx: Context, connector_id: UUID, records: Sequence[RemoteRecord]) -> int:
    """Store a batch of records of one kind; how many were new or different. Raises ConnectorUnknown.

    The connector is held, so that nothing is stored for one that is being deleted.
    """
    if not records:
        return 0
    if await connectors.lock(ctx.conn, ctx.workspace_id, connector_id) is None:
        raise ConnectorUnknown(connector=connector_id)
    kind = KINDS[type(records[0])]
    new, changed = await _different(ctx, connector_id, kind, records)
    if not new and not changed:
        return 0
    if kind == "job":
        stored = await _store_jobs(ctx, connector_id, new=new, changed=changed)
    else:
        await synced.stage(ctx.conn, [_staged(found) for found in [*new, *changed]])
        stored = await synced.write(ctx.conn, ctx.workspace_id, connector_id, kind=kind, now=ctx.now)
    if len(new) >= _MANY:
        await synced.gather_statistics(ctx.conn, kind=kind)
    ids = [str(found) for found in stored]
    await record(ctx, "connector", "records_read", record_id=connector_id, table=kind, ids=ids)
    return len(ids)


async def _different(
    ctx: Context, connector_id: UUID, kind: str, records: Sequence[RemoteRecord]
) -> tuple[list[_Read], list[_Read]]:
    """The records that are new, and those whose payload is another one than last time. Of two with one id the last."""
    latest = {found.remote_id: found for found in records}
    known = await synced.known(ctx.conn, ctx.workspace_id, connector_id, kind=kind, remote_ids=list(latest))
    new: list[_Read] = []
    changed: list[_Read] = []
    fresh = new_ids(len(latest))
    for found in latest.values():
        raw = msgspec.json.encode(found.raw)
        before = known.get(found.remote_id)
        if before is None:
            new.append(_Read(next(fresh), found, raw))
        elif before.raw_hash != hashlib.md5(raw, usedforsecurity=False).hexdigest():
            changed.append(_Read(before.id, found, raw))
    return new, changed


def _staged(read: _Read, *, body: bytes | None = None, **more: Any) -> StagedRecord:
    facts = {field.name: getattr(read.record, field.name) for field in dataclasses.fields(read.record)}
    del facts["raw"], facts["remote_id"]
    facts |= _derived(read) | more
    return StagedRecord(read.id, read.record.remote_id, msgspec.json.encode(facts).decode(), read.raw.decode(), body)


def _derived(read: _Read) -> dict[str, Any]:
    """What we keep beside the facts: texts to search in, the address somebody is known by, a slug."""
    found = read.record
    if isinstance(found, remote.RemoteOffice):
        return {"search_text": folded_lines(found.name, found.city, found.address)}
    if isinstance(found, remote.RemoteMember):
        return {"search_text": folded_lines(found.first_name, found.last_name, found.email, None)}
    if isinstance(found, remote.RemoteCandidate):
        email = next((folded_email(good) for one in found.email_addresses if (good := read_email(one))), None)
        return {
            "email": email,
            "search_text": search_text_of(found.first_name, found.last_name, email),
            "slug": f"{person_slug(found.first_name, found.last_name)}-{read.id.hex[-16:]}",
        }
    return {}


async def _store_jobs(
    ctx: Context, connector_id: UUID, *, new: Sequence[_Read], changed: Sequence[_Read]
) -> Sequence[UUID]:
    """New jobs as a set; those that changed one by one, because their pages may have to follow."""
    company_id = await company_of(ctx, connector_id)
    names = await _Names.of(ctx, connector_id, [found.record for found in [*new, *changed]])
    descriptions = await asyncio.to_thread(_clean, [*new, *changed])
    made: list[StagedRecord] = []
    for read in new:
        job = names.job(ctx, read, connector_id=connector_id, company_id=company_id)
        job = replace(job, description=descriptions[read.id])
        more = {"description": job.description, "company_id": str(company_id)}
        made.append(_staged(read, body=ctx.job_body(job), **more))
    stored: list[UUID] = []
    if made:
        await synced.stage(ctx.conn, made)
        stored += await synced.write(ctx.conn, ctx.workspace_id, connector_id, kind="job", now=ctx.now)
    before = {job.id: job for job in await jobs.lock_all(ctx.conn, ctx.workspace_id, [read.id for read in changed])}
    for read in changed:
        job = names.job(ctx, read, connector_id=connector_id, company_id=company_id, before=before[read.id])
        await _change(ctx, replace(job, description=descriptions[read.id]), before=before[read.id], raw=read.raw)
        stored.append(read.id)
    return stored


def _clean(reads: Iterable[_Read]) -> dict[UUID, str | None]:
    """Descriptions as they are stored: plain text as it is, HTML cleaned."""
    found: dict[UUID, str | None] = {}
    for read in reads:
        assert isinstance(read.record, RemoteJob)
        text = read.record.description
        found[read.id] = stored_form(clean_rich_text(text)) if text is not None and is_html(text) else text
    return found


async def _change(ctx: Context, job: Job, *, before: Job, raw: bytes) -> None:
    """Store a job that its system has changed, and let its publications follow, if it has any here."""
    published = before.public_path is not None
    gone: list[Gone] = []
    if published:
        path, gone = await refresh_publications(ctx, job)
        job = replace(job, public_path=path)
        active = job.status == JobStatus.OPEN
        await publications.set_active(ctx.conn, ctx.workspace_id, job.id, active=active, now=ctx.now)
    await jobs.update(ctx.conn, job, body=ctx.job_body(job))
    await jobs.set_raw(ctx.conn, ctx.workspace_id, job.id, raw=raw.decode())
    await jobs.set_departments(ctx.conn, ctx.workspace_id, job.id, job.department_ids)
    await jobs.set_locations(ctx.conn, ctx.workspace_id, job.id, job.location_ids)
    for role, ids in (("hiring_manager", job.hiring_manager_ids), ("recruiter", job.recruiter_ids)):
        await jobs.set_members(ctx.conn, ctx.workspace_id, job.id, role=role, member_ids=ids)
    if published:
        await recount(ctx, [job.id], texts=True, gone=gone)


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids of what jobs name, by kind and remote id."""

    ids: Mapping[str, Mapping[str, UUID]]

    @classmethod
    async def of(cls, ctx: Context, connector_id: UUID, records: Sequence[RemoteRecord]) -> "_Names":
        """Everything that these jobs name, as far as the connector has it."""
        wanted: dict[str, set[str]] = {"department": set(), "location": set(), "member": set()}
        for job in records:
            assert isinstance(job, RemoteJob)
            wanted["department"].update(job.departments)
            wanted["location"].update(job.offices)
            wanted["member"].update([*job.hiring_managers, *job.recruiters])
        return cls(
            {
                kind: await synced.ids_of(
                    ctx.conn, ctx.workspace_id, connector_id, kind=kind, remote_ids=sorted(remote_ids)
                )
                for kind, remote_ids in wanted.items()
            }
        )

    def job(self, ctx: Context, read: _Read, *, connector_id: UUID, company_id: UUID, before: Job | None = None) -> Job:
        """The job that a record tells of; what it does not tell stays as it was `before`."""
        told = read.record
        assert isinstance(told, RemoteJob)
        facts: dict[str, Any] = {
            "title": told.title,
            "status": JobStatus(told.status),
            "remote_status": told.remote_status,
            "code": told.code,
            "confidential": told.confidential,
            "headcount": told.headcount,
            "posting_urls": [dict(url) for url in told.posting_urls],
            "remote_created_at": told.remote_created_at,
            "remote_updated_at": told.remote_updated_at,
            "department_ids": self._known("department", told.departments),
            "location_ids": self._known("location", told.offices),
            "hiring_manager_ids": self._known("member", told.hiring_managers),
            "recruiter_ids": self._known("member", told.recruiters),
            "updated_at": ctx.now,
            "modified_at": ctx.now,
        }
        if before is not None:
            return replace(before, **facts)
        own = {"workspace_id": ctx.workspace_id, "connector_id": connector_id, "company_id": company_id}
        return Job(id=read.id, remote_id=told.remote_id, languages=[], created_at=ctx.now, **own, **facts)

    def _known(self, kind: str, remote_ids: Sequence[str]) -> list[UUID]:
        found = self.ids[kind]
        return list(dict.fromkeys(found[remote_id] for remote_id in remote_ids if remote_id in found))


async def company_of(ctx: Context, connector_id: UUID) -> UUID:
    """The company that a connector's jobs belong to: its customer, made with the first of them."""
    connector = await connectors.lock(ctx.conn, ctx.workspace_id, connector_id)
    if connector is None:
        raise ConnectorUnknown(connector=connector_id)
    if connector.company_id is not None:
        return connector.company_id
    company, _ = await create_company(ctx, NewCompany(name=connector.name))
    await connectors.set_company(ctx.conn, ctx.workspace_id, connector_id, company_id=company.id)
    return company.id
