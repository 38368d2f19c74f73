"""Reviewing: GET shows accounts and missions; each form is a POST that sends the browser back to the mission."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.context import Context
from rolecall.actions.missions import REVIEW_AUDIENCE, publish_mission, refuse_mission
from rolecall.domain.errors import AgencyUnknown, Conflict, DomainError, FieldMissing, Invalid, MissionUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from rolecall.domain.missions import Audience, Offer
from rolecall.domain.postings import read_fee_percent
from rolecall.domain.texts import storable_text
from rolecall.pages.operator.answers import go_to, page
from rolecall.pages.operator.view import STATUSES, Review, Typed, accounts_view, mission_view
from rolecall.services import Services
from rolecall.store.db import Connection
from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import read_body
from rolecall.web.tokens import TokenRefused

_LARGEST_FORM = 100_000
_MOST_FIELDS = 2_000
Fields = Mapping[str, list[str]]


async def show_accounts(request: Request, services: Services) -> Response:
    """Every account with what it has pushed; `account` and `status` of the query narrow the list of missions."""
    query = request.query_params
    review = _review(services, query.getlist("token"))
    status = query.get("status", "")
    async with services.database.reading() as conn:
        html = await accounts_view(
            conn,
            review,
            account=parse_id(query.get("account", "")),
            status=JobStatus(status) if status in STATUSES else None,
        )
    return page(html)


async def show_mission(request: Request, services: Services) -> Response:
    """A mission, with the forms that publish or refuse it."""
    query = request.query_params
    review = _review(services, query.getlist("token"))
    async with services.database.reading() as conn:
        html = await mission_view(conn, review, _mission_id(request), Typed(done=query.get("done", "")))
    return page(html)


async def publish(request: Request, services: Services) -> Response:
    """Let a mission be Live: `fee` in percent, `agency` once for each of them."""
    fields = await _fields(request)
    review, mission_id = _review(services, fields.get("token", [])), _mission_id(request)
    chosen = fields.get("agency", [])
    typed = Typed(fee=storable_text(_first(fields, "fee")), agencies=set(chosen))
    try:
        ids = tuple(_agency_id(text) for text in chosen)
        offer = Offer(
            fee_percent=read_fee_percent(_filled(fields, "fee")), to=None if ids else Audience.NONE, agency_ids=ids
        )
        async with services.database.writing() as conn:
            await publish_mission(await _context(services, conn, review), mission_id, offer=offer)
    except (Invalid, Conflict, AgencyUnknown) as error:
        return await _refused(services, review, mission_id, typed, error)
    return go_to(review.token, f"/missions/{mission_id}", done="published")


async def refuse(request: Request, services: Services) -> Response:
    """Refuse a mission that waits, for a `reason`."""
    fields = await _fields(request)
    review, mission_id = _review(services, fields.get("token", [])), _mission_id(request)
    reason = _first(fields, "reason")
    try:
        async with services.database.writing() as conn:
            await refuse_mission(await _context(services, conn, review), mission_id, reason=reason)
    except (Invalid, Conflict) as error:
        return await _refused(services, review, mission_id, Typed(reason=storable_text(reason)), error)
    return go_to(review.token, f"/missions/{mission_id}", done="refused")


async def _refused(services: Services, review: Review, mission_id: UUID, typed: Typed, error: DomainError) -> Response:
    """The mission as it is, with what could not be done beside its field."""
    typed = replace(typed, alert="Nothing is saved yet. Mend the marked field.", faults=_faults(error))
    if not isinstance(error, Invalid):
        typed = replace(typed, alert=str(error), faults={})
    async with services.database.reading() as conn:
        html = await mission_view(conn, review, mission_id, typed)
    return page(html, status=409 if isinstance(error, Conflict) else 422)


def _faults(error: DomainError) -> dict[str, str]:
    field = str(error.facts.get("field", ""))
    if isinstance(error, FieldMissing):
        return {field: "Fill this in."}
    hint = str(error.facts.get("hint", "")).removeprefix(": ")
    return {field: f"{hint[:1].upper()}{hint[1:]}." if hint else "This is not valid."}


def _filled(fields: Fields, name: str) -> str:
    if not _first(fields, name).strip():
        raise FieldMissing(field="fee_percent")
    return _first(fields, name)


def _agency_id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise AgencyUnknown(agency="of that id")
    return found


def _review(services: Services, tokens: list[str]) -> Review:
    """What the one token of a request opens. Raises TokenRefused or TokenExpired."""
    if len(tokens) != 1:
        raise TokenRefused
    claims = services.signer.read(tokens[0], audience=REVIEW_AUDIENCE, now=services.clock())
    return Review(workspace_id=UUID(claims["workspace"]), token=tokens[0])


def _mission_id(request: Request) -> UUID:
    text = request.path_params["mission"]
    found = parse_id(text)
    if found is None:
        raise MissionUnknown(mission=text)
    return found


async def _context(services: Services, conn: Connection, review: Review) -> Context:
    return await services.context(conn, review.workspace_id, actor="operator")


async def _fields(request: Request) -> Fields:
    """The form of a request. Raises UnreadableBody or BodyTooLarge."""
    body = await read_body(request, at_most=_LARGEST_FORM)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnreadableBody from error


def _first(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0]
