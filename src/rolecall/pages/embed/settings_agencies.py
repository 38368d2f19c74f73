"""Preferred agencies, the fees agreed on with them and invitations, on the settings screen."""

from typing import Any

from rolecall.actions import preferred_agencies
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission
from rolecall.domain.errors import AgencyUnknown, FieldMissing
from rolecall.domain.fees import LONGEST_NOTE
from rolecall.domain.invitations import LONGEST_NAME, InvitationFacts, InvitationStatus
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form
from rolecall.pages.embed.frame import Done, Tried
from rolecall.pages.embed.sections import Section, chosen, fee_rows, id_in, read_fees
from rolecall.store import agencies, invitations

_MOST_TO_CHOOSE = 500
_MOST_INVITATIONS = 20
_PART = {"part": "agencies"}


async def values(opened: Opened[Visit], tried: Tried) -> dict[str, Any]:
    """The preferred agencies with their fees, the others, and who was invited."""
    conn, workspace_id, client_id = opened.conn, opened.visit.workspace_id, opened.visit.client.id
    preferred = await agencies.preferred(conn, workspace_id, client_id)
    shown: dict[str, Any] = {"preferred": preferred, "longest": {"name": LONGEST_NAME, "note": LONGEST_NOTE}}
    if not opened.visit.user.may(Permission.AGENCY_MANAGER):
        return shown | {"edited": None, "others": []}
    named = chosen(opened, tried, form="fees", name="agency")
    edited = next((agency for agency in preferred if str(agency.id) == named), None)
    found = await invitations.of_client(conn, workspace_id, client_id, limit=_MOST_INVITATIONS)
    return shown | {
        "edited": edited,
        "fee_rows": fee_rows(edited.fees, tried, "fees") if edited is not None else [],
        "invitation_rows": fee_rows([], tried, "invite"),
        "others": await agencies.not_preferred(conn, workspace_id, client_id, limit=_MOST_TO_CHOOSE),
        "invitations": [one for one in found if one.status != InvitationStatus.ACCEPTED],
        "now": opened.services.clock(),
    }


async def prefer(opened: Opened[Visit], form: Form) -> Done:
    """Prefer an `agency`."""
    agency_id = id_in(form, "agency", AgencyUnknown, agency="of that id")
    await preferred_agencies.prefer(await opened.context(), opened.visit.user, agency_id)
    return Done(word="preferred", query=_PART)


async def stop_preferring(opened: Opened[Visit], form: Form) -> Done:
    """No longer prefer an `agency`."""
    agency_id = id_in(form, "agency", AgencyUnknown, agency="of that id")
    await preferred_agencies.stop_preferring(await opened.context(), opened.visit.user, agency_id)
    return Done(word="stopped", query=_PART)


async def fees(opened: Opened[Visit], form: Form) -> Done:
    """Agree on fees with an `agency`: rows of `percent` and `note`."""
    agency_id = id_in(form, "agency", AgencyUnknown, agency="of that id")
    await preferred_agencies.agree_on_fees(await opened.context(), opened.visit.user, agency_id, read_fees(form))
    return Done(word="fees", query=_PART)


async def invite(opened: Opened[Visit], form: Form) -> Done:
    """Invite an agency by mail: `company_name`, names, `email`, and rows of fees; without any, the usual fee holds."""
    if not form.one("email").strip():
        raise FieldMissing(field="email")
    agreed = read_fees(form)
    facts = InvitationFacts(
        optimized_fee=not agreed,
        first_name=form.one("first_name"),
        last_name=form.one("last_name"),
        email=form.one("email"),
        company_name=form.one("company_name"),
        custom_fees=agreed,
    )
    await preferred_agencies.invite(await opened.context(), opened.visit.user, facts)
    return Done(word="invited", query=_PART)


AGENCIES = Section(
    name="agencies",
    title="Agencies",
    values=values,
    forms={"prefer": prefer, "stop-preferring": stop_preferring, "fees": fees, "invite": invite},
    done={
        "preferred": "You prefer one agency more.",
        "stopped": "You no longer prefer that agency. Postings that go to it still do.",
        "fees": "The fees are saved. They hold for hires from now on, on current postings too.",
        "invited": "The invitation is on its way by mail.",
    },
)
