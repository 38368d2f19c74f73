"""GET and POST /agency/invitations/<token>: where an agency answers an invitation. The address is all it needs.

Whoever accepts is signed in, and led to where a password is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions import signing_in
from rolecall.actions.agencies import NewRecruiter
from rolecall.actions.invitations import AUDIENCE, PATH, accept_invitation, decline_invitation
from rolecall.domain.errors import FieldInvalid, FieldMissing, InvitationUnknown, NameTaken
from rolecall.domain.invitations import Invitation, check_waits
from rolecall.pages.agency.answers import go, page, said
from rolecall.pages.agency.sent import check_origin, faults_of, read_sent
from rolecall.pages.agency.visit import Arrival, keep_signed_in
from rolecall.services import Services
from rolecall.store import agencies, clients, invitations, workspaces

ROUTE = PATH + "/{token}"
PUBLIC = "The address is signed, names one invitation, and ends with its answer or after thirty days."
_TAKEN = {
    "agency": "Another agency has this name here. Add a word that tells yours apart.",
    "recruiter": "This address works for another agency here. Use another one.",
}
_FIELDS = {"agency": "agency", "recruiter": "email"}  # where a name that is taken stands


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that waits, and the form if one was sent."""

    arrival: Arrival
    invitation: Invitation
    client: str
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def actor(self) -> str:
        """Who answers, in the audit log."""
        return f"invitation:{self.invitation.id}"


async def show(request: Request, services: Services) -> Response:
    """The invitation, with the form that answers it."""
    return _form(await _asked(request, services), faults={})


async def answer(request: Request, services: Services) -> Response:
    """Accept or decline."""
    asked = await _asked(request, services)
    if asked.fields.get("answer") == "decline":
        async with asked.arrival.acting(asked.actor) as ctx:
            await decline_invitation(ctx, asked.invitation.id)
        return said("You have declined", f"{asked.client} will not offer you jobs. Nothing more will be sent.")
    try:
        return await _accept(asked)
    except NameTaken as error:
        kind = error.facts["kind"]
        return _form(asked, faults={_FIELDS[kind]: _TAKEN[kind]})
    except (FieldMissing, FieldInvalid) as error:
        return _form(asked, faults={_named(name): told for name, told in faults_of(error).items()})


async def _accept(asked: Asked) -> Response:
    fields, arrival = asked.fields, asked.arrival
    recruiter = NewRecruiter(
        first_name=fields.get("first_name", ""), last_name=fields.get("last_name", ""), email=fields.get("email", "")
    )
    async with arrival.acting(asked.actor) as ctx:
        made = await accept_invitation(ctx, asked.invitation.id, agency=fields.get("agency", ""), recruiter=recruiter)
        (entered,) = await agencies.recruiters(ctx.conn, ctx.workspace_id, made.id)
        opened = await signing_in.enter(ctx, entered.id, user_agent=arrival.user_agent)
    return keep_signed_in(arrival, go(arrival, "/account", done="accepted"), opened)


def _named(field_: str) -> str:
    """The form's name for a field of an agency."""
    return "agency" if field_ == "name" else field_


def _form(asked: Asked, *, faults: Mapping[str, str]) -> Response:
    invitation = asked.invitation
    kept = {
        "agency": invitation.company_name,
        "first_name": invitation.first_name,
        "last_name": invitation.last_name,
        "email": invitation.email,
    }
    values = {name: asked.fields.get(name, value or "") for name, value in kept.items()}
    status = 422 if faults else 200
    return page(
        "invitation.html", status=status, invitation=invitation, client=asked.client, values=values, faults=faults
    )


async def _asked(request: Request, services: Services) -> Asked:
    """What the address names, and the form if one was sent.

    Raises TokenRefused, TokenExpired, InvitationUnknown, InvitationSettled, InvitationExpired, ForeignPage,
    UnreadableBody or BodyTooLarge.
    """
    now = services.clock()
    claims = services.signer.read(request.path_params["token"], audience=AUDIENCE, now=now)
    fields: Mapping[str, str] = {}
    if request.method == "POST":
        check_origin(request, public_url=services.settings.public_url)
        fields = (await read_sent(request)).fields
    workspace_id = UUID(claims["workspace"])
    async with services.database.reading() as conn:
        workspace = await workspaces.by_id(conn, workspace_id)
        found = await invitations.get(conn, workspace_id, UUID(claims["invitation"]))
        if found is None or workspace is None:
            raise InvitationUnknown
        client = await clients.called(conn, workspace_id, found.client_id)
    check_waits(found, now)
    return Asked(Arrival(services=services, request=request, workspace=workspace), found, client, fields)
