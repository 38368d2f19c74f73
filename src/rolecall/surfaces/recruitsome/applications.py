"""RecruitSome's applications: POST /applications, as JSON or multipart, with documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from starlette.responses import Response

from rolecall.actions.applying import NewApplication, NewDocument, apply
from rolecall.actions.candidates import Person
from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context
from rolecall.actions.files import DOCUMENTS, put_file
from rolecall.actions.repeats import Repeatable, answer_once, earlier_answer
from rolecall.domain.applications import AttachmentKind
from rolecall.domain.credentials import Credential
from rolecall.domain.errors import FieldNotListed, JobTakesNoApplications, JobUnknown
from rolecall.services import Services
from rolecall.store import publications
from rolecall.store.publications import Publication
from rolecall.surfaces.recruitsome.auth import KeyCall, admits
from rolecall.surfaces.recruitsome.bodies import check
from rolecall.surfaces.recruitsome.documents import SentDocument, checked, document
from rolecall.surfaces.recruitsome.wire import Application, Submitted, encode, wire_time
from rolecall.web.fields import (
    Field,
    Place,
    Reader,
    accepted,
    boolean,
    converted,
    day,
    link,
    list_of,
    mapping,
    one_of,
    text,
)
from rolecall.web.multipart import Intake, fingerprint, is_form, read_tree
from rolecall.web.responses import raw_json
from rolecall.web.surface import Arrival, Operation

_MOST_DOCUMENTS = 10
_LONGEST_MOTIVATION = 20_000
_LARGEST_BODY = 142_000_000  # ten documents of ten megabytes in base64, and the rest
_REPEATS = timedelta(hours=24)
_CHANNEL = "Career site"
_SHORT = text(longest=255)


def _time(value: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(value)
        return (time if time.tzinfo is not None else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _language(value: str) -> str | None:
    return value.lower() if value.isascii() and value.isalpha() else None


def _two_letters(place: Place, value: Any) -> str | None:
    found = text(longest=2, exactly=2)(place, value)
    return None if found is None else converted("listed", _language)(place, found)


_ADDRESS = mapping(
    {
        name: Field(_SHORT)
        for name in (
            "address_line_1",
            "address_line_2",
            "postal_code",
            "locality",
            "administrative_area",
            "country_code",
        )
    }
)
_CANDIDATE = mapping(
    {
        "first_name": Field(_SHORT, required=True, alias="given_name"),
        "last_name": Field(_SHORT, required=True, alias="family_name"),
        "email": Field(converted("email", read_email), required=True),
        "phone": Field(text(longest=50)),
        "date_of_birth": Field(day),
        "language": Field(_two_letters),
        "linkedin_url": Field(link),
        "website_url": Field(link),
        "current_job_title": Field(_SHORT),
        "current_employer": Field(_SHORT),
        "available_from": Field(day),
        "address": Field(_ADDRESS),
    }
)
_UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_TRACKING = mapping(
    {
        **{name: Field(text(longest=255, as_sent=True)) for name in _UTM},
        "referrer": Field(text(longest=2048, as_sent=True)),
        "landing_page": Field(text(longest=2048, as_sent=True)),
    }
)
_CONSENT = mapping(
    {
        "privacy_policy": Field(accepted),
        "talent_pool": Field(boolean),
        "consented_at": Field(converted("date", _time)),
    }
)
_DOCUMENT = {"type": Field(one_of(["resume", "cover_letter", "portfolio", "certificate", "other"]), required=True)}


def _application(*, form: bool) -> Reader:
    return mapping(
        {
            "vacancy": Field(_SHORT, required=True),
            "candidate": Field(_CANDIDATE, required=True),
            "motivation": Field(text(longest=_LONGEST_MOTIVATION)),
            "documents": Field(list_of(document(_DOCUMENT, form=form), most=_MOST_DOCUMENTS)),
            "tracking": Field(_TRACKING),
            "consent": Field(_CONSENT),
        }
    )


_FORM, _JSON = _application(form=True), _application(form=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that is ready to be carried out, or the answer that it had before."""

    request: Repeatable
    slug: str = ""
    new: NewApplication | None = None
    answer: bytes | None = None


KeyArrival: TypeAlias = Arrival[Credential, Services]


async def prepare(arrival: KeyArrival) -> Prepared:
    """Read and check all of the body; store its documents' bytes unless something is wrong or it is a repeat."""
    services, workspace_id = arrival.services, arrival.principal.workspace_id
    tree = await read_tree(arrival.request)
    key = await fingerprint(tree)
    request = Repeatable(scope=f"recruitsome:{arrival.principal.id}", key=key, request_hash=key, lives=_REPEATS)
    place = Place()
    body = (_FORM if is_form(arrival.request) else _JSON)(place, tree)
    async with services.database.reading() as conn:
        answer = await earlier_answer(conn, workspace_id, request, now=services.clock())
        if answer is not None:
            return Prepared(request, answer=answer)
        slug = body.get("vacancy") or ""
        publication = await publications.shown(conn, workspace_id, slug, now=services.clock())
    if publication is None and slug:
        place.at("vacancy").refuse("listed")
    documents = await _store(services, workspace_id, place, body.get("documents") or [])
    check(place)
    assert publication is not None
    return Prepared(request, slug, _new(body, publication, documents, now=services.clock()))


async def _store(
    services: Services, workspace_id: UUID, place: Place, sent: Sequence[SentDocument | None]
) -> list[NewDocument]:
    """Store the documents' bytes one by one; once something is wrong with the body, only look at the rest of them."""
    stored: list[NewDocument] = []
    for one in sent:
        content = None if one is None else await checked(one, allowed=DOCUMENTS)
        if one is not None and content is not None and not place.problems:
            file = await put_file(services.files, workspace_id, content, clock=services.clock)
            stored.append(NewDocument(file=file, kind=AttachmentKind(one.facts["type"])))
    if place.problems and stored:
        await services.files.delete([document.file.key for document in stored])
    return stored


def _new(
    body: dict[str, Any], publication: Publication, documents: Sequence[NewDocument], *, now: datetime
) -> NewApplication:
    tracking = {name: value for name, value in (body.get("tracking") or {}).items() if value}
    return NewApplication(
        job_id=publication.job_id,
        publication_id=publication.id,
        person=_person(body["candidate"], body.get("consent") or {}, now=now),
        channel=_CHANNEL,
        motivation=body.get("motivation"),
        tracking=tracking,
        documents=documents,
    )


def _person(candidate: dict[str, Any], consent: dict[str, Any], *, now: datetime) -> Person:
    facts = dict(candidate)
    facts["title"] = facts.pop("current_job_title", None)
    facts["company"] = facts.pop("current_employer", None)
    consented_at = min(consent.get("consented_at") or now, now)  # a clock that is fast must not prolong anything
    return Person(
        privacy_accepted_at=consented_at if consent.get("privacy_policy") else None,
        talent_pool_at=consented_at if consent.get("talent_pool") else None,
        **facts,
    )


async def submit_application(call: KeyCall) -> Response:
    prepared: Prepared = call.prepared
    answer = prepared.answer
    if answer is None:
        credential = call.principal
        ctx = await call.services.context(call.conn, credential.workspace_id, actor=f"credential:{credential.id}")
        answer = await answer_once(ctx, prepared.request, partial(_apply, ctx, prepared))
    return raw_json(answer, status=201)


async def _apply(ctx: Context, prepared: Prepared) -> tuple[UUID, bytes]:
    assert prepared.new is not None
    try:
        application = await apply(ctx, prepared.new)
    except (JobUnknown, JobTakesNoApplications) as error:  # closed since the slug was looked up
        raise FieldNotListed(field="vacancy") from error
    assert application.number is not None
    shape = Application(
        id=application.number,
        vacancy=prepared.slug,
        documents_count=len(prepared.new.documents),
        submitted_at=wire_time(ctx.now),
    )
    return application.id, encode(Submitted(data=shape))


OPERATIONS = [
    Operation(
        method="POST",
        path="/api/v1/applications",
        name="submitApplication",
        handle=submit_application,
        writes=True,
        takes=Intake(largest=_LARGEST_BODY, files=2 * _MOST_DOCUMENTS),
        admit=admits("applications:write"),
        prepare=prepare,
    ),
]
