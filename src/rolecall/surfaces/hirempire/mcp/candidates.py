"""The MCP tools get_candidates and update_candidate_stage."""

from typing import Any

from rolecall.actions.candidates import CandidateChanges
from rolecall.domain.applications import ApplicationStatus
from rolecall.surfaces.hirempire import candidate_queries, fields, queries
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.candidate_wire import candidate_list
from rolecall.surfaces.hirempire.candidates import change, file_url_of
from rolecall.surfaces.hirempire.mcp.tools import Arguments, Tool, check_required, record_id, unknown

# The tool's stages are an older list than the REST API's statuses.
STAGES = {
    "uploaded": ApplicationStatus.UPLOADED,
    "applied": ApplicationStatus.APPLIED,
    "reviewed": ApplicationStatus.SCREENING,
    "accepted": ApplicationStatus.SHORTLISTED,
    "scheduled": ApplicationStatus.INTERVIEW,
    "met": ApplicationStatus.INTERVIEW,
    "hired": ApplicationStatus.HIRED,
    "rejected": ApplicationStatus.REJECTED,
}
_read_stage = fields.listed({stage: stage for stage in STAGES})


async def get_candidates(call: TokenCall, arguments: Arguments) -> Any:
    check_required(arguments, ["job_id"])
    job_id = record_id(arguments, "job_id", kind="job")
    workspace_id = call.principal.workspace_id
    if not await queries.has_job(call.conn, workspace_id, job_id):
        raise unknown("job_id", "job")
    rows = await candidate_queries.job_candidates(call.conn, workspace_id, job_id)
    return candidate_list(rows, file_url=file_url_of(call))


async def update_candidate_stage(call: TokenCall, arguments: Arguments) -> Any:
    check_required(arguments, ["candidate_id", "stage"])
    candidate_id = record_id(arguments, "candidate_id", kind="candidate")
    stage = _read_stage("stage", arguments["stage"])
    ctx = await acting(call)
    row = await candidate_queries.candidate(call.conn, ctx.workspace_id, candidate_id)
    if row is None:
        raise unknown("candidate_id", "candidate")
    status = await change(ctx, row, CandidateChanges(), status=STAGES[stage])
    return {"success": True, "candidate_id": str(row.id), "stage": stage, "status": status}


TOOLS = [
    Tool(
        name="get_candidates",
        title="Candidates of a job",
        description="The candidates of one job, newest first, with answers, a status and the source they came by.",
        run=get_candidates,
        properties={"job_id": {"type": "string", "description": "The job's id, as get_jobs has it."}},
        required=("job_id",),
    ),
    Tool(
        name="update_candidate_stage",
        title="Move a candidate",
        description=(
            "Move a candidate to a stage. The status that get_candidates then shows: reviewed is screening, accepted "
            "is shortlisted, scheduled and met are interview, the others keep their word."
        ),
        run=update_candidate_stage,
        properties={
            "candidate_id": {"type": "string", "description": "The candidate's id, as get_candidates has it."},
            "stage": {"type": "string", "enum": list(STAGES)},
        },
        required=("candidate_id", "stage"),
        writes=True,
    ),
]
