"""The application screen: a person whom an agency submitted."""

from typing import Any

from rolecall.actions.embedding.application import ApplicationVisit, visit_application
from rolecall.domain.screens import Screen
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.frame import ScreenPage, Tried, render


async def view(opened: Opened[ApplicationVisit], tried: Tried) -> str:
    """The person, as the agency and they themselves told of them."""
    visit = opened.visit
    values: dict[str, Any] = {"job": visit.job, "posting": visit.posting, "submission": visit.submission}
    return render("application.html", opened, tried, done={}, values=values)


PAGE = ScreenPage(screen=Screen.APPLICATION, visit=visit_application, view=view)
