"""The agency's team: who is invited, may do what, and can sign in. For team managers."""

from starlette.responses import Response

from rolecall.actions import agency_team
from rolecall.actions.agencies import NewRecruiter
from rolecall.domain.errors import Conflict, FieldInvalid, FieldMissing, NameTaken
from rolecall.domain.ids import parse_id
from rolecall.domain.ratings import GROUP
from rolecall.domain.recruiters import RecruiterUnknown, Right, Role, TeamManagerNeeded, check_may
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.sent import faults_of
from rolecall.pages.agency.visit import Visit
from rolecall.pages.agency.wording import ROLES
from rolecall.store import agencies, ratings
from rolecall.web.errors import UnreadableBody

_TAKEN = {"email": "Somebody with this address works here, or for another agency, already."}


async def show(visit: Visit) -> Response:
    """The team."""
    check_may(visit.recruiter.role, Right.TEAM)
    return await _page(visit)


async def _page(visit: Visit, *, faults: dict[str, str] | None = None, alert: str = "", status: int = 200) -> Response:
    async with visit.services.database.reading() as conn:
        found = await agencies.recruiters(conn, visit.workspace.id, visit.agency.id)
        rating = await ratings.of_agency(conn, visit.workspace.id, visit.agency.id)
    team = sorted(found, key=lambda recruiter: (recruiter.disabled_at is not None, recruiter.name.lower()))
    return view(
        visit,
        "team.html",
        status=422 if faults else status,
        faults=faults or {},
        typed=visit.sent.typed() if faults else {},
        alert=alert,
        team=team,
        roles=ROLES,
        rating=rating,
        group=GROUP,
    )


async def invite(visit: Visit) -> Response:
    """Take a colleague in: names, address and role."""
    check_may(visit.recruiter.role, Right.TEAM)
    sent = visit.sent
    new = NewRecruiter(
        first_name=sent.line("first_name"),
        last_name=sent.line("last_name"),
        email=sent.line("email"),
        role=_role(sent.text("role")),
    )
    try:
        async with visit.writing() as ctx:
            await agency_team.invite_colleague(ctx, visit.agency.id, new)
    except NameTaken:
        return await _page(visit, faults=_TAKEN)
    except (FieldMissing, FieldInvalid) as error:
        return await _page(visit, faults=faults_of(error))
    return go(visit, "/team", done="invited")


async def change(visit: Visit) -> Response:
    """`do` to a colleague: role (with `role`), disable or enable."""
    check_may(visit.recruiter.role, Right.TEAM)
    recruiter_id = parse_id(visit.path("recruiter"))
    if recruiter_id is None:
        raise RecruiterUnknown
    do, agency_id = visit.sent.text("do"), visit.agency.id
    done = {"role": "role", "disable": "disabled", "enable": "enabled"}.get(do)
    if done is None:
        raise UnreadableBody
    try:
        async with visit.writing() as ctx:
            if do == "role":
                await agency_team.change_role(ctx, agency_id, recruiter_id, _role(visit.sent.text("role")))
            elif do == "disable":
                await agency_team.disable_recruiter(ctx, agency_id, recruiter_id)
            else:
                await agency_team.enable_recruiter(ctx, agency_id, recruiter_id)
    except (TeamManagerNeeded, NameTaken) as error:
        return await _page(visit, alert=_alert(error), status=409)
    return go(visit, "/team", done=done)


def _alert(error: Conflict) -> str:
    return str(error) if isinstance(error, TeamManagerNeeded) else _TAKEN["email"]


def _role(text: str) -> Role:
    if text not in set(Role):
        raise UnreadableBody
    return Role(text)
