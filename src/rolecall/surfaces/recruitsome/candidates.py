"""RecruitSome's candidates: the repository of one member, and single profiles."""

import msgspec
from starlette.responses import Response

from rolecall.actions.contacts import read_email
from rolecall.actions.text import folded
from rolecall.domain.candidates import CandidateStatus, folded_email
from rolecall.domain.errors import CandidateUnknown
from rolecall.store import members
from rolecall.store.members import Member
from rolecall.surfaces.recruitsome import candidate_queries
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.candidate_queries import SORTS, CandidateFilter, CandidateOrder
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/candidates"
_LONGEST_SEARCH = 255
_split = msgspec.json.Decoder(list[msgspec.Raw]).decode


async def list_candidates(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    user = parameters.required_integer("user_id")
    wanted = CandidateFilter(
        words=folded(parameters.text("search", longest=_LONGEST_SEARCH) or "").split(),
        email=_email(parameters),
        status=parameters.choice("status", list(CandidateStatus)),
    )
    order = CandidateOrder(
        by=parameters.choice("sort", list(SORTS)) or "created_at",
        descending=parameters.choice("sort_direction", ["asc", "desc"]) != "asc",
    )
    member = await _member(call, user, parameters)
    parameters.check()
    assert member is not None, "one that is not known is refused"
    total, rows = await candidate_queries.candidates(
        call.conn,
        call.principal.workspace_id,
        wanted,
        member_id=member.id,
        order=order,
        offset=number.offset,
        limit=number.per_page,
    )
    path = call.services.settings.public_url + _PATH
    return json_response(page_of(number, _split(rows), total=total, path=path, query=query))


async def get_candidate(call: KeyCall) -> Response:
    parameters = Parameters(call.request.query_params.multi_items())
    member = await _member(call, parameters.optional_integer("user_id"), parameters)
    parameters.check()
    name = call.request.path_params["slug"]
    if "\x00" in name:
        raise CandidateUnknown
    found = await candidate_queries.candidate(
        call.conn, call.principal.workspace_id, name, member_id=None if member is None else member.id
    )
    if found is None:
        raise CandidateUnknown
    return json_response({"data": msgspec.Raw(found.encode())})


def _email(parameters: Parameters) -> str | None:
    """The address to look for, as it is stored: folded."""
    text = parameters.text("email", longest=_LONGEST_SEARCH)
    if text is None:
        return None
    if read_email(text) is None:
        parameters.refuse("email", "The email must be a valid email address.")
    return folded_email(text)


async def _member(call: KeyCall, number: int | None, parameters: Parameters) -> Member | None:
    """The member with a number; one that is not known, or has left, is noted as wrong."""
    if number is None:
        return None
    member = await members.by_number(call.conn, call.principal.workspace_id, number)
    if member is None or member.kind != members.EMPLOYEE or member.disabled_at is not None:
        parameters.refuse("user_id", "The selected user id is invalid.")
    return member


OPERATIONS = [
    Operation(
        method="GET",
        path=_PATH,
        name="listCandidates",
        handle=admitted(list_candidates, scope="candidates:read"),
    ),
    Operation(
        method="GET",
        path=_PATH + "/{slug}",
        name="getCandidate",
        handle=admitted(get_candidate, scope="candidates:read"),
    ),
]
