"""What the application screen shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

import structlog

from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.actions.ownership import LONGEST_EVIDENCE
from rolecall.domain import hires as hire_rules
from rolecall.domain import submissions as rules
from rolecall.domain.clients import Permission
from rolecall.domain.submissions import EXITS, TRANSFERABLE, Side, Submission, SubmissionStage, next_stage
from rolecall.domain.time_zones import spoken
from rolecall.pages.embed import application_queries as queries
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.application_contract import contract_values
from rolecall.pages.embed.application_hire import fees_to_choose
from rolecall.pages.embed.application_interview import choices as interview_choices
from rolecall.pages.embed.application_queries import Said
from rolecall.pages.embed.frame import Tried, note_seen, render, templates
from rolecall.ports.files import FileMissing
from rolecall.ports.resumes import ResumeHints, ResumeUnreadable
from rolecall.services import file_url
from rolecall.store import agencies, agency_hires, cost_centers, files, hiring, recruiters, submission_talk
from rolecall.store.files import File

log = structlog.get_logger()
templates.filters["spoken"] = cast(Any, spoken)  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict

DONE = {
    "moved": "Done. The agency reads your feedback.",
    "kept": "Kept. That was the last new candidate; from here on you know the agency and can write to it.",
    "kept_next": "Kept. Here is the next new candidate.",
    "rejected": "Rejected. The agency reads your feedback.",
    "rejected_next": "Rejected. Here is the next new candidate.",
    "undone": "The rejection is undone.",
    "scheduled": "The interview is on the record.",
    "offered": "The offer is on the record.",
    "hired": "The hire is logged.",
    "rate": "The rate holds from that day on, for what has not been submitted yet.",
    "end": "The last day of work is set.",
    "approved": "The timesheet is approved.",
    "sent_back": "The timesheet goes back to the agency, which reads your reason.",
    "transferred": "Transferred. You are looking at the candidate in the other job now.",
    "contested": "Your contest is filed. Whoever runs this platform looks at it.",
}
STAGES = {
    "unconfirmed": "Unconfirmed",
    "awaiting_sort": "New",
    "reviewing": "Reviewing",
    "interviewing": "Interviewing",
    "offers": "Offers",
    "hired": "Hired",
    "declined": "Declined by the candidate",
    "withdrawn": "Withdrawn by the agency",
    "rejected": "Rejected",
}
_CHIPS = {"awaiting_sort": "chip-info", "hired": "chip-good", "offers": "chip-good"}
_ON = {
    SubmissionStage.AWAITING_SORT: "Keep",
    SubmissionStage.REVIEWING: "Move to interviews",
    SubmissionStage.INTERVIEWING: "Move to offers",
}
_LIMITS = {name: getattr(rules, name) for name in dir(rules) if name.startswith("LONGEST_")} | {
    "LONGEST_EVIDENCE": LONGEST_EVIDENCE,
    "LONGEST_MEMO": hire_rules.LONGEST_MEMO,
    "LONGEST_LOCATION": hire_rules.LONGEST_LOCATION,
}
_LONGEST_SHOWN = 20_000


class Line(NamedTuple):
    """One step of the history."""

    at: datetime
    text: str
    feedback: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view has shown of the agency: when its last message was written, and whether it took the person back."""

    written_at: datetime | None
    withdrawn: bool


def _shown(submission: Submission, messages: Sequence[Said]) -> Shown:
    written = [message.created_at for message in messages if message.side == Side.AGENCY]
    return Shown(max(written, default=None), submission.stage == SubmissionStage.WITHDRAWN)


async def view(opened: Opened[ApplicationVisit], tried: Tried) -> str:
    """The person, as the agency and they themselves told of them, and what can be done in their stage."""
    conn, visit = opened.conn, opened.visit
    workspace_id, submission = visit.workspace_id, visit.submission
    may_act = opened.visit.user.may(Permission.POSTING_CREATOR)
    values: dict[str, Any] = {
        "job": visit.job,
        "posting": visit.posting,
        "submission": submission,
        "stage": str(submission.stage),
        "stage_name": STAGES[submission.stage],
        "chip": "chip-bad" if submission.stage in EXITS else _CHIPS.get(submission.stage, "chip-warn"),
        "may_act": may_act,
        "on": _ON.get(submission.stage, ""),
        "can_reject": next_stage(submission.stage) is not None,
        "history": await _history(opened),
        "interviews": await hiring.meetings(conn, workspace_id, submission.application_id),
        "offers": await queries.offers(conn, workspace_id, submission.application_id),
        "hire": await agency_hires.of_submission(conn, workspace_id, submission.id),
        "contest": await agency_hires.contest_of(conn, workspace_id, submission.id),
        "limits": _LIMITS,
    }
    values |= interview_choices(opened, tried)
    parts = [
        await contract_values(opened),
        await _agency(opened),
        await _resume(opened),
        await _waiting(opened),
        await _choices(opened),
    ]
    for part in parts:
        values |= part
    if may_act and await queries.has_unread(conn, workspace_id, submission.id):
        note_seen(opened, _shown(submission, values["messages"]))
    return render("application.html", opened, tried, done=DONE, values=values)


async def _agency(opened: Opened[ApplicationVisit]) -> Mapping[str, Any]:
    """Who submitted the person, and the chat: nothing before the person is reviewed."""
    conn, visit, submission = opened.conn, opened.visit, opened.visit.submission
    if not submission.talks:
        return {"agency": None, "recruiter": None, "messages": [], "address_of_file": None}
    agency = await agencies.get(conn, visit.workspace_id, submission.agency_id)
    return {
        "agency": agency,
        "recruiter": await recruiters.of_submission(conn, submission),
        "messages": await queries.chat(conn, visit.workspace_id, submission.id),
        "address_of_file": lambda file_id: _address(opened, file_id),
    }


async def _history(opened: Opened[ApplicationVisit]) -> list[Line]:
    """What happened to the submission since the person confirmed, newest first."""
    visit = opened.visit
    moves = await submission_talk.moves(opened.conn, visit.workspace_id, visit.submission.id)
    lines = [
        Line(move.created_at, _step(move.old, move.new), move.feedback)
        for move in moves
        if move.new != SubmissionStage.UNCONFIRMED
    ]
    return lines[::-1]


def _step(old: str, new: str) -> str:
    if old == SubmissionStage.UNCONFIRMED:
        return "The candidate confirmed"
    if old == new:
        return "Transferred to this job"
    return f"Back to {STAGES[new]}" if old == SubmissionStage.REJECTED else STAGES[new]


async def _resume(opened: Opened[ApplicationVisit]) -> Mapping[str, Any]:
    """The resume's file, and its text where the address asks for it."""
    visit, resume_id = opened.visit, opened.visit.submission.resume_id
    file = await files.get(opened.conn, visit.workspace_id, resume_id) if resume_id is not None else None
    asked = file is not None and "resume" in opened.request.query_params
    return {
        "resume": file,
        "resume_address": _address(opened, file.id) if file is not None else "",
        "resume_text": await _text_of(opened, file) if file is not None and asked else None,
    }


async def _text_of(opened: Opened[ApplicationVisit], file: File) -> str:
    """A resume as plain text: frames may neither download files nor show them."""
    services = opened.services
    try:
        content = await services.files.get(file.key)
        read = await services.resumes.read(content, media_type=file.media_type, hints=ResumeHints())
    except ResumeUnreadable as error:
        return error.reason
    except FileMissing:
        log.warning("a file has lost its bytes", file=str(file.id))
        return "The file cannot be found."
    return read.text[:_LONGEST_SHOWN]


def _address(opened: Opened[ApplicationVisit], file_id: UUID) -> str:
    """The file's address, for as long as the screen may be open."""
    left = opened.session.expires_at - opened.services.clock()
    return file_url(opened.services, opened.visit.workspace_id, file_id, lives=max(left, timedelta(seconds=1)))


async def _waiting(opened: Opened[ApplicationVisit]) -> Mapping[str, Any]:
    """Where a new candidate stands among those who wait, and who comes first."""
    visit = opened.visit
    waiting: list[UUID] = []
    if visit.submission.stage == SubmissionStage.AWAITING_SORT:
        waiting = await queries.unsorted(opened.conn, visit.workspace_id, visit.posting.id)
    return {
        "waiting": len(waiting),
        "place": waiting.index(visit.submission.id) + 1 if visit.submission.id in waiting else 0,
        "first_waiting": waiting[0] if waiting else None,
    }


async def _choices(opened: Opened[ApplicationVisit]) -> Mapping[str, Any]:
    """What the forms of this stage offer to choose."""
    conn, visit, submission = opened.conn, opened.visit, opened.visit.submission
    hiring = submission.stage == SubmissionStage.OFFERS
    centers = await cost_centers.of_client(conn, visit.workspace_id, visit.client.id) if hiring else []
    others = []
    if submission.stage in TRANSFERABLE:
        others = await queries.jobs_to_transfer_to(conn, visit.workspace_id, visit.client.id, but_for=visit.posting.id)
    return {
        "fees": [(fee.value, fee.label) for fee in await fees_to_choose(opened)] if hiring else [],
        "cost_centers": [(str(center.id), center.name) for center in centers if center.archived_at is None],
        "other_jobs": [(str(job.job_id), f"{job.title} · {job.code}" if job.code else job.title) for job in others],
        "contestable": _contestable(submission),
    }


def _contestable(submission: Submission) -> bool:
    return submission.stage not in {SubmissionStage.DECLINED, SubmissionStage.WITHDRAWN}
