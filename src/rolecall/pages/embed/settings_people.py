"""The organization and its people, on the settings screen."""

from typing import Any

from rolecall.actions import teammates
from rolecall.actions.embedding import acting
from rolecall.actions.embedding.visits import Visit
from rolecall.domain import clients as rules
from rolecall.domain.clients import ClientUser, Organization, Permission, Person
from rolecall.domain.errors import ClientUserUnknown
from rolecall.domain.ids import parse_id
from rolecall.pages.embed import settings_queries as queries
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form
from rolecall.pages.embed.frame import Done, Tried
from rolecall.pages.embed.sections import SHOWN, Section, beyond, chosen, id_in
from rolecall.store import clients
from rolecall.web.errors import UnreadableBody

LIMITS = {name: getattr(rules, name) for name in dir(rules) if name.startswith("LONGEST_")}


async def organization_values(opened: Opened[Visit], _tried: Tried) -> dict[str, Any]:
    """What the organization tells of itself."""
    visit = opened.visit
    called = await clients.called(opened.conn, visit.workspace_id, visit.client.id)
    return {"client": visit.client, "called": called, "limits": LIMITS}


async def people_values(opened: Opened[Visit], tried: Tried) -> dict[str, Any]:
    """Everybody of the client, and who is being edited: anybody for team managers, oneself for all others."""
    visit = opened.visit
    ids, after = (visit.workspace_id, visit.client.id), beyond(opened, "after")
    found = await queries.people(opened.conn, *ids, after=after, limit=SHOWN + 1)
    return {
        "people": found[:SHOWN],
        "after": after,
        "more": found[SHOWN - 1].id if len(found) > SHOWN else None,
        "edited": await _edited(opened, chosen(opened, tried, form="person", name="person")),
        "ticked": tried.form.every("right") if tried.name else None,
        "limits": LIMITS,
    }


async def _edited(opened: Opened[Visit], named: str) -> ClientUser | None:
    """The person of the client who is being edited, if the user may do that."""
    user, person_id = opened.visit.user, parse_id(named)
    if person_id is None or not (person_id == user.id or user.may(Permission.TEAM_MANAGER)):
        return None
    found = await clients.get_user(opened.conn, user.workspace_id, person_id)
    return found if found is not None and found.client_id == user.client_id else None


async def organization(opened: Opened[Visit], form: Form) -> Done:
    """Change what the organization tells of itself: `name`, `website`, `address`, `about`."""
    facts = Organization(
        name=form.one("name"), website=form.one("website"), address=form.one("address"), about=form.one("about")
    )
    await teammates.change_organization(await opened.context(), opened.visit.user, facts)
    return Done(word="saved", query={"part": "organization"})


async def person(opened: Opened[Visit], form: Form) -> Done:
    """Change a `person`: names, `email`, and with `rights` in the form each `right` that is ticked."""
    ctx, user = await opened.context(), opened.visit.user
    person_id = id_in(form, "person", ClientUserUnknown)
    await teammates.change_teammate(ctx, user, person_id, _person(form))
    if "rights" in form:
        await teammates.set_rights(ctx, user, person_id, form.every("right"))
    return Done(word="saved", query={"part": "people"})


async def add_person(opened: Opened[Visit], form: Form) -> Done:
    """Add a person by the hiring system's id, `user`, with names, `email` and each `right` that is ticked."""
    external_id, rights = form.one("user").strip(), form.every("right")
    ctx = await opened.context()
    await teammates.add_teammate(ctx, opened.visit.user, external_id, person=_person(form), permissions=rights)
    return Done(word="added", query={"part": "people"})


async def active(opened: Opened[Visit], form: Form) -> Done:
    """Deactivate a `person`, or let them in again: `to` is off or on."""
    person_id, to = id_in(form, "person", ClientUserUnknown), form.one("to")
    if to not in {"off", "on"}:
        raise UnreadableBody
    await teammates.set_teammate_active(await opened.context(), opened.visit.user, person_id, active=to == "on")
    return Done(word=to, query={"part": "people"})


async def act_for(opened: Opened[Visit], form: Form) -> Done:
    """Go on in the place of a `person`, at that one's tasks."""
    person_id = id_in(form, "person", ClientUserUnknown)
    return Done(at=await acting.act_for(await opened.context(), opened.visit, opened.session, person_id))


def _person(form: Form) -> Person:
    return Person(first_name=form.one("first_name"), last_name=form.one("last_name"), email=form.one("email"))


ORGANIZATION = Section(
    name="organization",
    title="Organization",
    values=organization_values,
    forms={"organization": organization},
    done={"saved": "Your changes are saved."},
)
PEOPLE = Section(
    name="people",
    title="People",
    values=people_values,
    forms={"person": person, "add-person": add_person, "active": active, "act-for": act_for},
    done={
        "saved": "Your changes are saved.",
        "added": "The person is added, and has these rights on their first visit.",
        "off": "The person is deactivated and can open no screen.",
        "on": "The person may open the screens again.",
        "stopped_acting": "You act for yourself again.",
    },
)
