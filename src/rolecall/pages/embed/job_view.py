"""The job screen's two views: the posting as it stands with its agencies, and the form that makes or edits it."""

import re
from typing import Any

from rolecall.actions.embedding.job import JobVisit
from rolecall.domain import postings as rules
from rolecall.domain.contract_work import Engagement
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.jobs import JobStatus
from rolecall.domain.locking import locks_at, neglect
from rolecall.domain.posting_questions import LONGEST_ANSWER
from rolecall.domain.postings import Posting, PostingState, can_move, shown_state
from rolecall.domain.submissions import EXITS, SubmissionStage
from rolecall.domain.texts import check_text
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.frame import Tried, render, templates
from rolecall.pages.embed.job_form import QUESTION_NAMES, TypedTerms, fee_text, typed_from_posting
from rolecall.pages.embed.job_queries import submitted
from rolecall.store import agencies, companies, cost_centers, posting_questions, submissions
from rolecall.store.agencies import ListedAgency
from rolecall.store.db import Connection

templates.filters["fee"] = fee_text  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict

MOST_OFFERED = 8
LONGEST_SEARCH = 100
_DONE = {
    "created": "Saved as a draft. Choose the agencies, then open it to them.",
    "saved": "Your changes are saved.",
    "open": "The posting is open to its agencies.",
    "yielded": "The agencies are asked to slow down and see your reason.",
    "closed": "The posting is closed.",
    "added": "The posting goes to one agency more.",
    "all_added": "The posting goes to all of your preferred agencies.",
    "answered": "Your answer goes to all agencies of the posting.",
    "cost_center": "Hires are invoiced there from now on.",
    "removed": "The posting no longer goes to that agency.",
}
_STAGES = (
    ("To sort", {SubmissionStage.AWAITING_SORT}),
    ("Reviewing", {SubmissionStage.REVIEWING}),
    ("Interviewing", {SubmissionStage.INTERVIEWING}),
    ("Offers", {SubmissionStage.OFFERS}),
    ("Hired", {SubmissionStage.HIRED}),
    ("Ended", EXITS),
)
_ENGAGEMENTS = (
    (Engagement.PERMANENT, "A permanent job with you"),
    (Engagement.CONTRACT, "Contract work: the agency stays the employer and bills hours or days"),
)
_LIMITS = {name: getattr(rules, name) for name in dir(rules) if name.startswith(("LONGEST_", "MOST_"))}


async def posting_view(opened: Opened[JobVisit], tried: Tried, posting: Posting) -> str:
    """The posting as it stands, the agencies it goes to and those to choose from."""
    conn, visit, search = opened.conn, opened.visit, _search(opened, tried)
    receiving = await agencies.receiving(conn, visit.workspace_id, visit.client.id, posting.id)
    preferred = await agencies.preferred_ids(conn, visit.workspace_id, visit.client.id)
    state = shown_state(posting.state, visit.job.status)
    offered: list[ListedAgency] = []
    if state != PostingState.CLOSED:
        offered = await _offered(conn, visit, posting, search)
    values: dict[str, Any] = {
        "posting": posting,
        "state": str(state),
        "moves": [str(move) for move in PostingState if can_move(posting.state, move, job=visit.job.status)],
        "job_open": visit.job.status == JobStatus.OPEN,
        "receiving": receiving,
        "search": search,
        "offered": offered[:MOST_OFFERED],
        "more_offered": len(offered) > MOST_OFFERED,
        "preferred_missing": len(set(preferred) - {agency.id for agency in receiving}),
        "moving_to": tried.form.first("to") if tried.faults else "",
    }
    values |= await _process(opened, posting)
    return render("job_posting.html", opened, tried, done=_DONE, values=await _shared(opened) | values)


async def _process(opened: Opened[JobVisit], posting: Posting) -> dict[str, Any]:
    """Who was submitted, by stage; what agencies asked; where hires are invoiced; when the posting locks."""
    conn, workspace_id = opened.conn, posting.workspace_id
    people = await submitted(conn, workspace_id, posting.id)
    centers = await cost_centers.of_client(conn, workspace_id, posting.client_id)
    since = await submissions.unsorted_since(conn, workspace_id, posting.id)
    return {
        "stages": [(name, [one for one in people if one.stage in stages]) for name, stages in _STAGES],
        "submitted": len(people),
        "questions": await posting_questions.of_posting(conn, workspace_id, posting.id),
        "longest_answer": LONGEST_ANSWER,
        "centers": [one for one in centers if one.archived_at is None or one.id == posting.cost_center_id],
        "unsorted_since": since,
        "locks_at": locks_at(since) if since is not None else None,
        "neglected": neglect(since, opened.services.clock()).warned_days is not None,
    }


async def form_view(opened: Opened[JobVisit], tried: Tried, posting: Posting | None, *, typed: TypedTerms) -> str:
    """The form. `posting` is the stored one; where its terms differ from a stale form's, they stand by the fields."""
    stale = posting is not None and posting.version != typed.version
    values: dict[str, Any] = {
        "posting": posting,
        "typed": typed,
        "version": posting.version if posting is not None else typed.version,
        "question_names": QUESTION_NAMES,
        "engagements": _ENGAGEMENTS,
        "stored": typed_from_posting(posting) if posting is not None and stale else None,
        "state": str(shown_state(posting.state, opened.visit.job.status)) if posting is not None else "",
    }
    return render("job_form.html", opened, tried, done=_DONE, values=await _shared(opened) | values)


async def _shared(opened: Opened[JobVisit]) -> dict[str, Any]:
    job = opened.visit.job
    company = await companies.get(opened.conn, job.workspace_id, job.company_id)
    return {
        "job": job,
        "job_status": str(job.status),
        "company": company.name if company is not None else "",
        "limits": _LIMITS,
    }


def _search(opened: Opened[JobVisit], tried: Tried) -> str:
    """What agencies are searched for: by the address, or by the refused form that came from such a search."""
    return usable_search(tried.form.first("q") if tried.name else opened.request.query_params.get("q", ""))


async def _offered(conn: Connection, visit: JobVisit, posting: Posting, search: str) -> list[ListedAgency]:
    """Up to one agency more than is shown."""
    job = visit.job
    about = [job.title, job.sector, job.job_function, job.contract_type, posting.title, *posting.must_haves]
    words = re.findall(r"[\w+#]+", " ".join(text for text in about if text).lower())
    return await agencies.to_choose_from(
        conn,
        job.workspace_id,
        visit.client.id,
        posting_id=posting.id,
        words=search.split(),
        about=f" {' '.join(words)} ",
        limit=MOST_OFFERED + 1,
    )


def usable_search(text: str) -> str:
    """What one may search agencies for; empty for what is no text or too long."""
    try:
        check_text(text, field="q", longest=LONGEST_SEARCH, required=False)
    except FieldInvalid:
        return ""
    return text.strip()
