"""The settings screen: the client's organization, its people, agencies, cost centers and hires, a part at a time."""

from typing import Any

from rolecall.actions.embedding.settings import visit_settings
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission
from rolecall.domain.screens import Screen
from rolecall.pages.embed import (
    settings_agencies,
    settings_centers,
    settings_contracts,
    settings_hires,
    settings_people,
    settings_reports,
    settings_statements,
)
from rolecall.pages.embed.access import Opened, screen_url
from rolecall.pages.embed.frame import ScreenPage, Tried, render
from rolecall.pages.embed.sections import Section
from rolecall.store import clients

SECTIONS = (
    settings_people.ORGANIZATION,
    settings_people.PEOPLE,
    settings_agencies.AGENCIES,
    settings_centers.COST_CENTERS,
    settings_hires.HIRES,
    settings_contracts.CONTRACTS,
    settings_statements.STATEMENTS,
    settings_reports.REPORTS,
)
RIGHT_NAMES = {
    Permission.POSTING_CREATOR: "Postings: offer jobs, review and hire",
    Permission.AGENCY_MANAGER: "Agencies: invite, prefer, agree on fees",
    Permission.FINANCE_MANAGER: "Finance: cost centers, hires, guarantees, timesheets",
    Permission.TEAM_MANAGER: "Team: organization and people",
}


async def view(opened: Opened[Visit], tried: Tried) -> str:
    """One part of the settings: that of the refused form, else the one that the address names."""
    visit = opened.visit
    shown = [section for section in SECTIONS if section.shown_to(visit.user)]
    section = _current(opened, tried, shown)
    values: dict[str, Any] = {
        "organization": await clients.called(opened.conn, visit.workspace_id, visit.client.id),
        "sections": [(one.title, screen_url(Screen.SETTINGS, opened.token, part=one.name), one) for one in shown],
        "current": section,
        "here": screen_url(Screen.SETTINGS, opened.token, part=section.name),
        "me": visit.user,
        "right_names": RIGHT_NAMES,
        "may": {str(right): visit.user.may(right) for right in Permission},
    }
    values |= await section.values(opened, tried)
    return render(f"settings_{section.name}.html", opened, tried, done=section.done, values=values)


def _current(opened: Opened[Visit], tried: Tried, shown: list[Section]) -> Section:
    named = opened.request.query_params.get("part", "")
    fits = [section for section in shown if (tried.name in section.forms if tried.name else section.name == named)]
    return fits[0] if fits else shown[0]


PAGE = ScreenPage(
    screen=Screen.SETTINGS,
    visit=visit_settings,
    view=view,
    forms={name: form for section in SECTIONS for name, form in section.forms.items()},
    downloads={name: file for section in SECTIONS for name, file in section.downloads.items()},
)
