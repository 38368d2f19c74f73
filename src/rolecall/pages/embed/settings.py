"""The settings screen: the client's organization."""

from rolecall.actions.embedding.settings import visit_settings
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.screens import Screen
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.frame import ScreenPage, Tried, render
from rolecall.store import agencies, clients

_DONE: dict[str, str] = {}


async def view(opened: Opened[Visit], tried: Tried) -> str:
    """The organization, the people who work there, and how many agencies it prefers."""
    conn, visit = opened.conn, opened.visit
    values = {
        "organization": await clients.called(conn, visit.workspace_id, visit.client.id),
        "users": await clients.users(conn, visit.workspace_id, visit.client.id),
        "preferred": len(await agencies.preferred_ids(conn, visit.workspace_id, visit.client.id)),
    }
    return render("settings.html", opened, tried, done=_DONE, values=values)


PAGE = ScreenPage(screen=Screen.SETTINGS, visit=visit_settings, view=view, forms={})
