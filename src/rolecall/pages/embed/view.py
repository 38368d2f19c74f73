"""The job screen's two views: the posting as it stands with its agencies, and the form that makes or edits it."""

import re
from dataclasses import dataclass
from typing import Any

from rolecall.actions.embedding import JobVisit
from rolecall.domain import postings as rules
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import Posting, PostingState, can_move, shown_state
from rolecall.domain.texts import check_text
from rolecall.pages.embed import forms
from rolecall.pages.embed.answers import screen_url
from rolecall.pages.embed.forms import QUESTION_NAMES, TypedTerms
from rolecall.store import agencies, companies
from rolecall.store.agencies import ListedAgency
from rolecall.store.db import Connection
from rolecall.web.templates import environment

_templates = environment("rolecall.pages.embed")
_templates.filters["fee"] = forms.fee_text  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict

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
    "removed": "The posting no longer goes to that agency.",
}
_LIMITS = {name: getattr(rules, name) for name in dir(rules) if name.startswith(("LONGEST_", "MOST_"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a view shows beside the records: the outcome of a form, the agencies searched for, and what was typed."""

    token: str
    done: str = ""
    alert: str = ""
    search: str = ""
    moving_to: str = ""
    reason: str = ""
    reason_fault: str = ""


async def posting_view(conn: Connection, visit: JobVisit, posting: Posting, shown: Shown) -> str:
    """The posting as it stands, the agencies it goes to and those to choose from."""
    workspace_id, client_id = visit.job.workspace_id, visit.client.id
    receiving = await agencies.receiving(conn, workspace_id, client_id, posting.id)
    preferred = await agencies.preferred_ids(conn, workspace_id, client_id)
    state = shown_state(posting.state, visit.job.status)
    offered: list[ListedAgency] = []
    if state != PostingState.CLOSED:
        offered = await _offered(conn, visit, posting, shown.search)
    missing = set(preferred) - {agency.id for agency in receiving}
    return _templates.get_template("posting.html").render(
        await _shared(conn, visit, shown),
        posting=posting,
        state=str(state),
        moves=[str(move) for move in PostingState if can_move(posting.state, move, job=visit.job.status)],
        job_open=visit.job.status == JobStatus.OPEN,
        receiving=receiving,
        offered=offered[:MOST_OFFERED],
        more_offered=len(offered) > MOST_OFFERED,
        preferred_missing=len(missing),
    )


async def form_view(
    conn: Connection, visit: JobVisit, posting: Posting | None, shown: Shown, *, typed: TypedTerms
) -> str:
    """The form. `posting` is the stored one; where its terms differ from a stale form's, they stand by the fields."""
    stale = posting is not None and posting.version != typed.version
    return _templates.get_template("form.html").render(
        await _shared(conn, visit, shown),
        posting=posting,
        typed=typed,
        version=posting.version if posting is not None else typed.version,
        question_names=QUESTION_NAMES,
        stored=forms.typed_from_posting(posting) if posting is not None and stale else None,
        state=str(shown_state(posting.state, visit.job.status)) if posting is not None else "",
    )


async def _shared(conn: Connection, visit: JobVisit, shown: Shown) -> dict[str, Any]:
    company = await companies.get(conn, visit.job.workspace_id, visit.job.company_id)
    return {
        "job": visit.job,
        "job_status": str(visit.job.status),
        "company": company.name if company is not None else "",
        "shown": shown,
        "back": screen_url(shown.token),
        "done": _DONE.get(shown.done, ""),
        "limits": _LIMITS,
    }


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
