"""GET and POST /agency/invitations/<token>: where an agency answers an invitation. The address is all it needs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rolecall.actions.agencies import NewRecruiter
from rolecall.actions.invitations import AUDIENCE, PATH, accept_invitation, decline_invitation
from rolecall.domain.errors import FieldInvalid, FieldMissing, InvitationUnknown, NameTaken
from rolecall.domain.invitations import Invitation, check_waits
from rolecall.pages.agency.answers import page, problem, said
from rolecall.services import Services
from rolecall.store import clients, invitations
from rolecall.web.errors import UnreadableBody
from rolecall.web.pages import Pages
from rolecall.web.requests import read_body

_ROUTE = PATH + "/{token}"
_LARGEST_FORM = 20_000
_TAKEN = "Another agency has this name here. Add a word that tells yours apart."
_FIELDS = {"agency": "name", "first_name": "first_name", "last_name": "last_name", "email": "email"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what its address names."""

    services: Services
    invitation: Invitation
    client: str
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


async def show(asked: Asked) -> Response:
    """The invitation, with the form that answers it."""
    return _form(asked, faults={})


async def answer(asked: Asked) -> Response:
    """Accept or decline, and say so."""
    if asked.fields.get("answer") == "decline":
        async with asked.services.database.writing() as conn:
            workspace_id = asked.invitation.workspace_id
            ctx = await asked.services.context(conn, workspace_id, actor=f"invitation:{asked.invitation.id}")
            await decline_invitation(ctx, asked.invitation.id)
        return said("You have declined", f"{asked.client} will not offer you jobs. Nothing more will be sent.")
    try:
        agency = await _accept(asked)
    except NameTaken:
        return _form(asked, faults={"agency": _TAKEN})
    except FieldMissing as error:
        return _form(asked, faults={_named(error.facts["field"]): "Fill this in."})
    except FieldInvalid as error:
        return _form(asked, faults={_named(error.facts["field"]): f"This cannot be used{error.facts['hint']}."})
    return said(f"{agency} is in", f"{asked.client} can send its jobs to you from now on.")


async def _accept(asked: Asked) -> str:
    given = {name: asked.fields.get(name, "") for name in ("first_name", "last_name", "email")}
    async with asked.services.database.writing() as conn:
        workspace_id = asked.invitation.workspace_id
        ctx = await asked.services.context(conn, workspace_id, actor=f"invitation:{asked.invitation.id}")
        made = await accept_invitation(
            ctx, asked.invitation.id, agency=asked.fields.get("agency", ""), recruiter=NewRecruiter(**given)
        )
    return made.name


def _named(field_: str) -> str:
    return next((ours for ours, theirs in _FIELDS.items() if theirs == field_), "agency")


def _form(asked: Asked, *, faults: Mapping[str, str]) -> Response:
    invitation = asked.invitation
    kept = {
        "agency": invitation.company_name,
        "first_name": invitation.first_name,
        "last_name": invitation.last_name,
        "email": invitation.email,
    }
    values = {name: asked.fields.get(name, value or "") for name, value in kept.items()}
    return page(invitation, asked.client, values=values, faults=faults)


async def _asked(request: Request, services: Services) -> Asked:
    """What the address names, and the form if one was sent.

    Raises TokenRefused, TokenExpired, InvitationUnknown, InvitationSettled, InvitationExpired, UnreadableBody or
    BodyTooLarge.
    """
    now = services.clock()
    claims = services.signer.read(request.path_params["token"], audience=AUDIENCE, now=now)
    fields = await _fields(request) if request.method == "POST" else {}
    workspace_id = UUID(claims["workspace"])
    async with services.database.reading() as conn:
        found = await invitations.get(conn, workspace_id, UUID(claims["invitation"]))
        if found is None:
            raise InvitationUnknown
        client = await clients.called(conn, workspace_id, found.client_id)
    check_waits(found, now)
    return Asked(services, found, client, fields)


async def _fields(request: Request) -> dict[str, str]:
    body = await read_body(request, at_most=_LARGEST_FORM)
    try:
        found = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=20))
    except ValueError as error:
        raise UnreadableBody from error
    return found


def _routes(services: Services) -> Sequence[BaseRoute]:
    return [
        Route(_ROUTE, _endpoint(show, services), methods=["GET"], name="agency invitation"),
        Route(_ROUTE, _endpoint(answer, services), methods=["POST"]),
    ]


def _endpoint(
    handler: Callable[[Asked], Awaitable[Response]], services: Services
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"agency {_ROUTE}"
        try:
            return await handler(await _asked(request, services))
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return problem(error)

    return endpoint


def _public(_services: Services) -> dict[str, str]:
    return {_ROUTE: "The address is signed, names one invitation, and ends with its answer or after thirty days."}


PAGES = Pages(name="agency", routes=_routes, public=_public)
