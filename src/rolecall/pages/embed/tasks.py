"""The tasks screen: what awaits the user."""

from rolecall.actions.embedding.tasks import visit_tasks
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.screens import Screen
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.frame import ScreenPage, Tried, render
from rolecall.pages.embed.task_queries import new_candidates
from rolecall.store import clients


async def view(opened: Opened[Visit], tried: Tried) -> str:
    """The postings with new candidates to sort, the longest waiting first."""
    conn, visit = opened.conn, opened.visit
    values = {
        "organization": await clients.called(conn, visit.workspace_id, visit.client.id),
        "new_candidates": await new_candidates(conn, visit.workspace_id, visit.client.id),
    }
    return render("tasks.html", opened, tried, done={}, values=values)


PAGE = ScreenPage(screen=Screen.TASKS, visit=visit_tasks, view=view)
