"""The records that the contract prints, stored as they would be: one of each model, pointing at each other."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import jobs
from rolecall.store.db import Connection
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.wire import job_body
from tests.contract.contracts import contract
from tests.unified import insert
from tests.world import World

NAMES = {slug: f"Ats{slug.title().replace('_', '')}" for slug in MODELS} | {"eeoc": "AtsEEOC"}
RECRUITER = "019a7c10-3102-7419-8bd6-3fe7c05a928b"


def printed(slug: str) -> dict[str, Any]:
    """A model's record as the contract prints it."""
    return contract("bindbee")["components"]["schemas"][NAMES[slug]]["examples"][0]


async def store_printed(world: World) -> None:
    """Store all of them in a workspace."""
    company = await world.company()
    async with world.services.database.writing() as conn:
        connector_id = await native_connector_id(conn, world.workspace.id)
        store = _Store(conn, {"workspace_id": world.workspace.id, "connector_id": connector_id})
        await _staff(store)
        await _job(store, company.id)
        await _people(store)
        await _process(store)


class _Store:
    def __init__(self, conn: Connection, own: dict[str, Any]) -> None:
        self.conn, self.own = conn, own

    async def put(self, slug: str, /, *same: str, **facts: Any) -> dict[str, Any]:
        """Store a printed record; `same` are the fields whose columns have their names."""
        record = printed(slug)
        common = {"id": record["id"], "remote_id": record["remote_id"], "modified_at": record["modified_at"]}
        await insert(
            self.conn, MODELS[slug].table, **self.own, **common, **{name: record[name] for name in same}, **facts
        )
        return record


async def _staff(store: _Store) -> None:
    await store.put("department", "name")
    await store.put("office", "name", address="Rua do Exemplo 12", city="Lisbon")
    await store.put("tag", "name", kind="tag")
    await store.put("reject_reason", "name")
    await store.put("remote_user", "first_name", "last_name", "email", "remote_created_at", role="recruiter")
    names = {"first_name": "R", "last_name": "R", "email": "r@example.org", "role": "recruiter"}
    await insert(store.conn, "member", **store.own, id=RECRUITER, remote_id="usr-78", **names)


async def _job(store: _Store, company_id: UUID) -> None:
    record = printed("job")
    times: dict[str, Any] = {
        name: datetime.fromisoformat(record[name]) for name in ("remote_created_at", "remote_updated_at")
    }
    modified_at = datetime.fromisoformat(record["modified_at"])
    job = Job(
        **store.own,
        id=UUID(record["id"]),
        remote_id=record["remote_id"],
        company_id=company_id,
        title=record["name"],
        description=record["description"],
        code=record["code"],
        status=JobStatus.OPEN,
        languages=[],
        created_at=modified_at,
        updated_at=modified_at,
        modified_at=modified_at,
        department_ids=[UUID(found) for found in record["departments"]],
        location_ids=[UUID(found) for found in record["offices"]],
        hiring_manager_ids=[UUID(found) for found in record["hiring_managers"]],
        recruiter_ids=[UUID(found) for found in record["recruiters"]],
        **times,
    )
    await jobs.insert(store.conn, job, body=job_body(job))
    where = (store.conn, job.workspace_id, job.id)
    await jobs.set_departments(*where, job.department_ids)
    await jobs.set_locations(*where, job.location_ids)
    await jobs.set_members(*where, role="hiring_manager", member_ids=job.hiring_manager_ids)
    await jobs.set_members(*where, role="recruiter", member_ids=job.recruiter_ids)
    await store.put("job_interview_stage", "name", job_id=job.id, position=2)
    question = {"text": "Tooling", "kind": "multi_select", "position": 1}
    options = Jsonb(printed("screening_question")["options"])
    await store.put("screening_question", "description", "required", job_id=job.id, choices=options, **question)


async def _people(store: _Store) -> None:
    same = (
        "first_name", "last_name", "company", "title", "last_interaction_at", "is_private", "can_email", "locations",
        "phone_numbers", "email_addresses", "remote_created_at", "remote_updated_at",
    )  # fmt: skip
    urls = Jsonb(printed("candidate")["urls"])
    own = {"slug": "mira-okafor", "urls": urls, "updated_at": printed("candidate")["modified_at"]}
    candidate = await store.put("candidate", *same, **own)
    tagged = "insert into candidate_term (workspace_id, candidate_id, term_id) values (%s, %s, %s)"
    workspace_id = store.own["workspace_id"]
    await store.conn.execute(tagged, (workspace_id, candidate["id"], printed("tag")["id"]))
    referral = await insert(store.conn, "term", **store.own, kind="tag", name="referral")
    await store.conn.execute(tagged, (workspace_id, candidate["id"], referral))
    of_candidate = {"candidate_id": candidate["id"]}
    record = printed("attachment")
    await store.put("attachment", **of_candidate, name=record["file_name"], url=record["file_url"], kind="resume")
    member = printed("remote_user")["id"]
    await store.put(
        "activity", "subject", "body", "remote_created_at", **of_candidate, member_id=member, kind="note",
        visibility="private",
    )  # fmt: skip
    words = {name: printed("eeoc")[name].lower() for name in ("race", "veteran_status", "disability_status")}
    await store.put("eeoc", "submitted_at", **of_candidate, **words, gender="non_binary")


async def _process(store: _Store) -> None:
    record, member = printed("application"), printed("remote_user")["id"]
    application = await store.put(
        "application", "applied_at", "source", candidate_id=record["candidate"], job_id=record["job"],
        credited_to_id=member, stage_id=record["current_stage"], status="applied", updated_at=record["modified_at"],
    )  # fmt: skip
    about = {"application_id": application["id"]}
    record = printed("scheduled_interview")
    interview = await store.put(
        "scheduled_interview", "location", "remote_created_at", "remote_updated_at", **about, organizer_id=member,
        stage_id=record["job_interview_stage"], starts_at=record["start_at"], ends_at=record["end_at"],
        status="scheduled",
    )  # fmt: skip
    link = "insert into interview_member (workspace_id, interview_id, member_id) values (%s, %s, %s)"
    await store.conn.execute(link, (store.own["workspace_id"], interview["id"], RECRUITER))
    await store.put(
        "scorecard", "remote_created_at", "submitted_at", **about, interview_id=interview["id"],
        interviewer_id=RECRUITER, recommendation="strong_yes",
    )  # fmt: skip
    times = ("remote_created_at", "sent_at", "closed_at", "start_date")
    await store.put("offer", *times, **about, creator_id=member, status="sent")
