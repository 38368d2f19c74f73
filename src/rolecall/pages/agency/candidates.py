"""The candidates whom the agency has submitted: the list, and one with its stages, feedback and chat."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from rolecall.actions.asking import remind
from rolecall.actions.chat import mark_read, say
from rolecall.actions.files import DOCUMENTS, LARGEST, check_file, put_file
from rolecall.actions.submitting import withdraw
from rolecall.domain.errors import Conflict, FieldInvalid, FieldMissing, FileRefused, SubmissionUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.postings import PostingState, shown_state
from rolecall.domain.submissions import (
    EXITS,
    LONGEST_FEEDBACK,
    LONGEST_MESSAGE,
    MOVES,
    Side,
    Submission,
    SubmissionStage,
    asked_again_from,
    name_key,
)
from rolecall.domain.texts import storable_text
from rolecall.pages.agency import candidate_queries as queries
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.candidate_queries import SeenSubmission
from rolecall.pages.agency.sent import faults_of
from rolecall.pages.agency.visit import Visit
from rolecall.services import file_url
from rolecall.store import contract_hires, hiring, jobs, postings, submission_talk, submissions
from rolecall.store.db import Connection
from rolecall.store.files import File
from rolecall.web.multipart import Intake

TAKES = Intake(largest=LARGEST + 100_000, files=1, fields=10, largest_field=20_000)
_SHOWN = 50
_LONGEST_SEARCH = 100


async def show_all(visit: Visit) -> Response:
    """The candidates in process, or with `over` in the query those who are not any more; found by `q` and `stage`."""
    over, before = "over" in visit.request.query_params, parse_id(visit.asked("before"))
    text = storable_text(visit.asked("q"))[:_LONGEST_SEARCH].strip()
    stages = [one for one in SubmissionStage if (one in EXITS) == over]
    stage = visit.asked("stage") if visit.asked("stage") in stages else None
    async with visit.services.database.reading() as conn:
        found = await queries.submissions(
            conn,
            visit.workspace.id,
            visit.agency.id,
            own=visit.own,
            over=over,
            text=name_key(text, ""),
            stage=stage,
            before=before,
            limit=_SHOWN + 1,
        )
    more = found[_SHOWN - 1].id if len(found) > _SHOWN else None
    asked = {"over": "1" if over else "", "q": text, "stage": stage or ""}
    kept = urlencode({name: value for name, value in asked.items() if value})
    shown: dict[str, Any] = {"candidates": found[:_SHOWN], "over": over, "before": before, "more": more}
    return view(visit, "candidates.html", **shown, text=text, stage=stage, stages=stages, kept=kept)


async def show(visit: Visit) -> Response:
    """One candidate. What the client has written is read by that."""
    seen, _ = await _find(visit)
    if seen.unread:
        async with visit.writing() as ctx:
            await mark_read(ctx, seen.id, side=Side.AGENCY)
        visit = replace(visit, unread=visit.unread - seen.unread)
    return await _page(visit, seen.id)


async def _find(visit: Visit) -> tuple[SeenSubmission, Submission]:
    """The submission that the address names. Raises SubmissionUnknown."""
    submission_id = parse_id(visit.path("submission"))
    if submission_id is None:
        raise SubmissionUnknown
    return await _seen(visit, submission_id)


async def _seen(visit: Visit, submission_id: UUID) -> tuple[SeenSubmission, Submission]:
    workspace_id = visit.workspace.id
    async with visit.services.database.reading() as conn:
        seen = await queries.submission(conn, workspace_id, visit.agency.id, submission_id, own=visit.own)
        stored = await submissions.get(conn, workspace_id, submission_id) if seen is not None else None
    if seen is None or stored is None:
        raise SubmissionUnknown
    return seen, stored


async def _page(
    visit: Visit,
    submission_id: UUID,
    *,
    faults: dict[str, str] | None = None,
    alert: str = "",
    status: int = 422,
) -> Response:
    seen, stored = await _seen(visit, submission_id)
    services, workspace_id = visit.services, visit.workspace.id
    async with services.database.reading() as conn:
        moves = await submission_talk.moves(conn, workspace_id, submission_id)
        said = await queries.messages(conn, workspace_id, visit.agency.id, submission_id)
        closed = await _is_closed(conn, stored)
        met = await hiring.meetings(conn, workspace_id, stored.application_id)
        terms = await contract_hires.terms_of(conn, workspace_id, submission_id)
    return view(
        visit,
        "candidate.html",
        status=status if faults or alert else 200,
        faults=faults or {},
        typed=visit.sent.typed() if faults or alert else {},
        alert=alert,
        seen=seen,
        candidate=stored,
        terms=terms,
        moves=moves,
        meetings=met,
        messages=[(message, _link(visit, message.file_id)) for message in said],
        resume=_link(visit, None if stored.resume_replaced_at else stored.resume_id),
        can_withdraw=SubmissionStage.WITHDRAWN in MOVES[stored.stage],
        closed=closed,
        can_remind=not closed and asked_again_from(stored) <= services.clock(),
        remind_from=asked_again_from(stored),
        longest={"reason": LONGEST_FEEDBACK, "text": LONGEST_MESSAGE},
        largest=LARGEST // 1024**2,
        kinds=", ".join(DOCUMENTS),
    )


async def _is_closed(conn: Connection, submission: Submission) -> bool:
    """Whether the posting takes nobody any more, or its job is not open."""
    posting = await postings.get(conn, submission.workspace_id, submission.posting_id)
    job = await jobs.get(conn, submission.workspace_id, posting.job_id) if posting is not None else None
    return posting is None or job is None or shown_state(posting.state, job.status) == PostingState.CLOSED


def _link(visit: Visit, file_id: UUID | None) -> str:
    """An address of a file for a day, empty for none."""
    return "" if file_id is None else file_url(visit.services, visit.workspace.id, file_id)


async def take_back(visit: Visit) -> Response:
    """Withdraw the candidate, for a `reason`."""
    seen, _ = await _find(visit)
    try:
        async with visit.writing() as ctx:
            await withdraw(ctx, seen.id, visit.agency.id, reason=visit.sent.text("reason"))
    except (FieldMissing, FieldInvalid) as error:
        return await _page(visit, seen.id, faults={"reason": "".join(faults_of(error).values())})
    except Conflict as error:
        return await _page(visit, seen.id, alert=str(error), status=409)
    return go(visit, f"/candidates/{seen.id}", done="withdrawn")


async def ask_again(visit: Visit) -> Response:
    """Send the candidate the message that asks to confirm once more."""
    seen, _ = await _find(visit)
    try:
        async with visit.writing() as ctx:
            await remind(ctx, seen.id, visit.agency.id)
    except Conflict as error:
        return await _page(visit, seen.id, alert=str(error), status=409)
    return go(visit, f"/candidates/{seen.id}", done="reminded")


async def write(visit: Visit) -> Response:
    """Send a message to the client: `text`, a `file`, or both."""
    seen, stored = await _find(visit)
    if not stored.talks:
        return await _page(visit, seen.id, alert="You can write once the candidate is being reviewed.", status=409)
    try:
        file = await _file(visit)
        async with visit.writing() as ctx:
            await say(
                ctx,
                seen.id,
                side=Side.AGENCY,
                author_id=visit.recruiter.id,
                text=visit.sent.text("text"),
                file=file,
            )
    except FileRefused as error:
        return await _page(visit, seen.id, faults={"file": str(error)})
    except (FieldMissing, FieldInvalid) as error:
        return await _page(visit, seen.id, faults=faults_of(error))
    except Conflict as error:
        return await _page(visit, seen.id, alert=str(error), status=409)
    return go(visit, f"/candidates/{seen.id}", part="chat", done="said")


async def _file(visit: Visit) -> File | None:
    """The attachment's bytes, stored. Raises FileRefused or FilesUnavailable."""
    part = visit.sent.file("file")
    if part is None:
        return None
    checked = await check_file(part.name, await part.read(), allowed=DOCUMENTS)
    return await put_file(visit.services.files, visit.workspace.id, checked, clock=visit.services.clock)
