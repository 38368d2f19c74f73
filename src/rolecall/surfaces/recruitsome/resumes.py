"""RecruitSome's resume uploads: POST /candidates, as multipart or JSON, and what has become of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.responses import Response

from rolecall.actions.files import RESUMES, put_file
from rolecall.actions.resumes import accept_resume
from rolecall.domain.credentials import Credential
from rolecall.domain.errors import ResumeUploadUnknown
from rolecall.domain.ids import parse_id
from rolecall.services import Services
from rolecall.store import members
from rolecall.store.files import File
from rolecall.store.members import Member
from rolecall.surfaces.recruitsome import candidate_queries
from rolecall.surfaces.recruitsome.auth import KeyCall, admits, admitted
from rolecall.surfaces.recruitsome.bodies import check
from rolecall.surfaces.recruitsome.documents import SentDocument, checked, document
from rolecall.surfaces.recruitsome.parameters import LARGEST_INTEGER, whole_number
from rolecall.surfaces.recruitsome.wire import Accepted, Processing, Ticket
from rolecall.web.fields import Field, Place, mapping
from rolecall.web.multipart import Intake, SentFile, is_form, read_tree
from rolecall.web.responses import json_response
from rolecall.web.surface import Arrival, Operation

_PATH = "/api/v1/candidates"
_LARGEST_BODY = 15_000_000  # ten megabytes in base64, and the rest

KeyArrival: TypeAlias = Arrival[Credential, Services]


def _user(place: Place, value: Any) -> int | None:
    """A member's number, as a number or as forms send it."""
    number = whole_number(value) if isinstance(value, str) else value
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > LARGEST_INTEGER:
        return place.refuse("integer")
    return number if number >= 1 else place.refuse("least", least=1)


def _part(place: Place, value: Any) -> SentDocument | None:
    if not isinstance(value, SentFile):
        return place.refuse("file")
    return SentDocument(place, value.name, value, {})


_FORM = mapping({"user_id": Field(_user, required=True), "resume": Field(_part, required=True)})
_JSON = mapping({"user_id": Field(_user, required=True), "resume": Field(document({}, form=False), required=True)})


@dataclass(frozen=True, slots=True)
class Prepared:
    """An upload that may be taken: the member it is for, and its file, whose bytes are stored."""

    member: Member
    file: File


async def prepare(arrival: KeyArrival) -> Prepared:
    """Read and check all of the body; store the file's bytes unless something is wrong."""
    services, workspace_id = arrival.services, arrival.principal.workspace_id
    tree: Mapping[str, Any] = await read_tree(arrival.request)
    place = Place()
    body = (_FORM if is_form(arrival.request) else _JSON)(place, tree)
    member = None
    if body.get("user_id") is not None:
        async with services.database.reading() as conn:
            member = await members.by_number(conn, workspace_id, body["user_id"])
        if member is None or member.kind != members.EMPLOYEE or member.disabled_at is not None:
            place.at("user_id").refuse("listed")
    sent: SentDocument | None = body.get("resume")
    content = None if sent is None else await checked(sent, allowed=RESUMES)
    check(place)
    assert member is not None
    assert content is not None
    return Prepared(member, await put_file(services.files, workspace_id, content, clock=services.clock))


async def create_candidate(call: KeyCall) -> Response:
    prepared: Prepared = call.prepared
    credential = call.principal
    ctx = await call.services.context(call.conn, credential.workspace_id, actor=f"credential:{credential.id}")
    upload = await accept_resume(ctx, prepared.member.id, prepared.file)
    ticket = Ticket(processing_id=str(upload.id))
    return json_response(Accepted(processing_id=ticket.processing_id, data=ticket), status=202)


async def get_processing(call: KeyCall) -> Response:
    upload_id = parse_id(call.request.path_params["processing_id"])
    found = None
    if upload_id is not None:
        found = await candidate_queries.processing(call.conn, call.principal.workspace_id, upload_id)
    if found is None:
        raise ResumeUploadUnknown
    return json_response({"data": Processing.of(found)})


OPERATIONS = [
    Operation(
        method="POST",
        path=_PATH,
        name="createCandidate",
        handle=create_candidate,
        writes=True,
        takes=Intake(largest=_LARGEST_BODY, files=1),
        admit=admits("candidates:write"),
        prepare=prepare,
    ),
    Operation(
        method="GET",
        path=_PATH + "/processing/{processing_id}",
        name="getCandidateProcessing",
        handle=admitted(get_processing, scope="candidates:write"),
    ),
]
