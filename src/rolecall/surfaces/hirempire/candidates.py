"""HirEmpire candidates: GET /candidates, /get-candidate and /job-candidates, PATCH /update-candidate."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType
from starlette.responses import Response

from rolecall.actions.applications import move_application, note_on_application
from rolecall.actions.candidates import CandidateChanges, change_candidate
from rolecall.actions.context import Context
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.candidates import POOL_STAGES
from rolecall.domain.errors import CandidateUnknown, JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.services import file_url
from rolecall.surfaces.hirempire import candidate_queries, fields, queries, words
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.candidate_queries import CandidateRow
from rolecall.surfaces.hirempire.candidate_wire import FileUrl, candidate_list, one_candidate, status_shown
from rolecall.surfaces.hirempire.errors import Refusal, says
from rolecall.surfaces.hirempire.parameters import id_or, only, optional
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_LONGEST_NOTE = 10_000
_LONGEST_TAG = 200
_MOST_TAGS = 100
_UPDATABLE = ("status", "tags", "pool_stage", "note_to_candidate")


def file_url_of(call: TokenCall) -> FileUrl:
    """What makes the addresses of the workspace's files."""
    return partial(file_url, call.services, call.principal.workspace_id)


async def list_candidates(call: TokenCall) -> Response:
    kind = optional(call.request, "type")
    if kind is not None and kind not in words.CANDIDATE_TYPES:
        raise Refusal(f"type must be one of: {', '.join(words.CANDIDATE_TYPES)}")
    rows = await candidate_queries.candidates(call.conn, call.principal.workspace_id, kind=kind)
    return json_response(candidate_list(rows, file_url=file_url_of(call)))


async def list_job_candidates(call: TokenCall) -> Response:
    wanted = only(call.request, "job_id")
    job_id = id_or(JobUnknown(job=wanted), wanted)
    workspace_id = call.principal.workspace_id
    if not await queries.has_job(call.conn, workspace_id, job_id):
        raise JobUnknown(job=job_id)
    rows = await candidate_queries.job_candidates(call.conn, workspace_id, job_id)
    return json_response(candidate_list(rows, file_url=file_url_of(call)))


async def get_candidate(call: TokenCall) -> Response:
    candidate_id = id_or(CandidateUnknown(), only(call.request, "candidate_id"))
    row = await candidate_queries.candidate(call.conn, call.principal.workspace_id, candidate_id)
    if row is None:
        raise CandidateUnknown
    return json_response(one_candidate(row, file_url=file_url_of(call)))


async def update_candidate(call: TokenCall) -> Response:
    body = await fields.read_object(call.request, at_most=call.services.settings.max_body_bytes)
    candidate_id = _candidate_id(body)
    status = _status(body)
    if not any(name in body for name in _UPDATABLE):
        raise Refusal("At least one updatable field must be provided")
    changes = CandidateChanges(tags=_tags(body), pool_stage=_pool_stage(body))
    note = _note(body)
    ctx = await acting(call)
    row = await candidate_queries.candidate(call.conn, ctx.workspace_id, candidate_id)
    if row is None:
        raise CandidateUnknown
    stands = await change(ctx, row, changes, status=status, note=note)
    return json_response({"success": True, "id": str(row.id), "status": stands})


async def change(
    ctx: Context,
    row: CandidateRow,
    changes: CandidateChanges,
    *,
    status: ApplicationStatus | None,
    note: str | UnsetType | None = UNSET,
) -> str:
    """Change an application, or a person who has none; where it stands afterwards."""
    standing: str = status or status_shown(row)
    if row.is_application:
        if status is not None:
            await move_application(ctx, row.id, status)
        if note is not UNSET:
            await note_on_application(ctx, row.id, note)
    else:
        changes = CandidateChanges(
            tags=changes.tags,
            pool_stage=changes.pool_stage,
            standing=status if status is not None else UNSET,
            follow_up_note=note,
        )
    await change_candidate(ctx, row.person_id, changes)
    return standing


def _candidate_id(body: Mapping[str, Any]) -> UUID:
    value = body.get("candidate_id")
    found = parse_id(value) if isinstance(value, str) else None
    if found is None:
        raise Refusal("candidate_id is required and must be a UUID")
    return found


def _status(body: Mapping[str, Any]) -> ApplicationStatus | None:
    if "status" not in body:
        return None
    value = body["status"]
    if fields.is_blank(value):
        raise Refusal("status is required")
    if not isinstance(value, str) or value not in list(ApplicationStatus):
        raise Refusal(f"status must be one of: {', '.join(ApplicationStatus)}")
    return ApplicationStatus(value)


def _tags(body: Mapping[str, Any]) -> list[str] | UnsetType:
    if "tags" not in body:
        return UNSET
    value = body["tags"]
    if not isinstance(value, list) or len(value) > _MOST_TAGS:
        raise Refusal("tags must be an array of strings")
    tags = [fields.text(tag, longest=_LONGEST_TAG) for tag in value]
    if None in tags:
        raise Refusal("tags must be an array of strings")
    return [tag.strip() for tag in tags if tag is not None]


def _pool_stage(body: Mapping[str, Any]) -> str | UnsetType | None:
    value = body.get("pool_stage", UNSET)
    if value is not UNSET and value is not None and value not in POOL_STAGES:
        raise Refusal(f"pool_stage must be one of: {', '.join(POOL_STAGES)}")
    return value


def _note(body: Mapping[str, Any]) -> str | UnsetType | None:
    """The note; null clears it, and so does one without a word."""
    value = body.get("note_to_candidate", UNSET)
    if value is UNSET or fields.is_blank(value):
        return UNSET if value is UNSET else None
    note = fields.text(value, longest=_LONGEST_NOTE, lines=True)
    if note is None:
        raise Refusal("note_to_candidate must be a string")
    return note


OPERATIONS = [
    Operation(method="GET", path="/candidates", name="listCandidates", handle=list_candidates),
    Operation(method="GET", path="/get-candidate", name="getCandidate", handle=get_candidate),
    Operation(method="GET", path="/job-candidates", name="listJobCandidates", handle=list_job_candidates),
    Operation(
        method="PATCH",
        path="/update-candidate",
        name="updateCandidate",
        handle=update_candidate,
        writes=True,
        errors={CandidateUnknown: says(401, "Invalid candidate id")},
    ),
]
