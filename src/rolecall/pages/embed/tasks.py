"""The tasks screen: what awaits the client's people. Each task opens the screen of its record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rolecall.actions.embedding.tasks import visit_tasks
from rolecall.actions.embedding.visits import Visit
from rolecall.actions.submissions import see_withdrawal
from rolecall.domain.clients import Permission
from rolecall.domain.errors import SubmissionUnknown
from rolecall.domain.locking import locks_at, neglect
from rolecall.domain.screens import Screen
from rolecall.pages.embed.access import Opened, screen_url
from rolecall.pages.embed.contract_queries import timesheets_to_approve
from rolecall.pages.embed.forms import Form
from rolecall.pages.embed.frame import Done, ScreenPage, Tried, render
from rolecall.pages.embed.sections import id_in
from rolecall.pages.embed.task_queries import (
    Unsorted,
    new_candidates,
    offered,
    open_questions,
    unread_messages,
    unseen_withdrawals,
)
from rolecall.store import clients

_OWN, _ALL = "own", "all"
_DONE = {"seen": "The notice is gone."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """New candidates of a posting as they are shown; `warned` is whether they have waited for too long."""

    found: Unsorted
    days: int
    warned: bool
    locks_at: datetime


async def view(opened: Opened[Visit], tried: Tried) -> str:
    """All that waits: candidates to sort, messages, questions, timesheets, withdrawals, each the longest waiting first.

    It is of all postings, or of those that the user made: so with `of` own in the address, and for whoever acts for
    somebody unless that is all. Whoever acts finds that one's postings too.
    """
    conn, visit, now = opened.conn, opened.visit, opened.services.clock()
    posts = visit.user.may(Permission.POSTING_CREATOR)
    own = posts and opened.request.query_params.get("of", _OWN if visit.stand_in else _ALL) == _OWN
    ids = (visit.workspace_id, visit.client.id, visit.user.id if own else None)
    values: dict[str, Any] = {
        "organization": await clients.called(conn, *ids[:2]),
        "new_candidates": [_sorting(found, now) for found in await new_candidates(conn, *ids)],
        "unread": await unread_messages(conn, *ids),
        "asked": await open_questions(conn, *ids),
        "timesheets": await timesheets_to_approve(conn, *ids),
        "withdrawn": await unseen_withdrawals(conn, *ids),
        "posts": posts,
        "own": own,
        "offered": await offered(conn, *ids[:2], visit.user.id) if posts and visit.stand_in else [],
        "ways": {of: screen_url(Screen.TASKS, opened.token, of=of) for of in (_OWN, _ALL)},
    }
    return render("tasks.html", opened, tried, done=_DONE, values=values)


def _sorting(found: Unsorted, now: datetime) -> Sorting:
    waiting = neglect(found.waits_since, now)
    warned = waiting.warned_days is not None
    return Sorting(found=found, days=waiting.days, warned=warned, locks_at=locks_at(found.waits_since))


async def seen(opened: Opened[Visit], form: Form) -> Done:
    """Put the notice of a withdrawn `submission` away."""
    visit, submission_id = opened.visit, id_in(form, "submission", SubmissionUnknown)
    shown = await unseen_withdrawals(opened.conn, visit.workspace_id, visit.client.id, None)
    if submission_id in {one.submission_id for one in shown}:
        await see_withdrawal(await opened.context(), submission_id)
    return Done(word="seen")


PAGE = ScreenPage(screen=Screen.TASKS, visit=visit_tasks, view=view, forms={"seen": seen})
