"""A person, once in each connector, whatever the number of applications."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel

from rolecall.actions.entering import NewCandidate, attach, enter_application, enter_candidate
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Link, Making, Moment, Of, SentDocument, Url
from rolecall.surfaces.bindbee.model import CREATED_HERE, Address, AnyCase, Exactly, Many, Model, Repeated, Time, Value
from rolecall.surfaces.bindbee.models.attachment import LARGEST_BODY, Document

_TAGS = "candidate_term l join term g on g.workspace_id = l.workspace_id and g.id = l.term_id"
_OF_CANDIDATE = "l.workspace_id = t.workspace_id and l.candidate_id = t.id"


class Person(BaseModel):
    """What both shapes of the body have."""

    first_name: Line | None = None
    last_name: Line | None = None
    company: Line | None = None
    title: Line | None = None
    is_private: bool | None = None
    can_email: bool | None = None
    locations: list[Line] | None = None
    phone_numbers: list[Line] | None = None
    email_addresses: list[Line] | None = None
    urls: list[Url] | None = None
    tags: list[Line] | None = None
    avatar: Link | None = None


class PersonWithJob(Person):
    job_id: Annotated[UUID | None, Of("job")] = None
    job_interview_stage_id: Annotated[UUID | None, Of("job_interview_stage")] = None


class Wrapped(Body):
    """`{"data": {…}}`: the person, and the job that the person applies for."""

    data: PersonWithJob
    job_requisition_id: Line | None = None


class Flat(Body, Person):
    """Everything on one level, with documents and fields of the connector's own."""

    last_interaction_at: Moment | None = None
    attachments: list[Document] | None = None
    remote_created_at: Moment | None = None
    remote_updated_at: Moment | None = None
    job: Annotated[UUID | None, Of("job")] = None
    additional_attributes: dict[str, Any] | None = None
    custom_fields: dict[str, Any] | None = None


def _shape(sent: Mapping[str, Any]) -> type[Body]:
    return Wrapped if "data" in sent else Flat


async def _create(making: Making, new: Wrapped | Flat) -> UUID:
    """The candidate, its documents, and an application where a job is named."""
    candidate_id = await enter_candidate(making.ctx, making.connector_id, _candidate(new))
    for document in making.documents:
        await attach(making.ctx, making.connector_id, candidate_id, document)
    job_id = new.job if isinstance(new, Flat) else new.data.job_id
    if job_id is not None:
        await enter_application(
            making.ctx,
            making.connector_id,
            candidate_id=candidate_id,
            job_id=job_id,
            stage_id=None if isinstance(new, Flat) else new.data.job_interview_stage_id,
            credited_to_id=new.remote_user_id,
        )
    return candidate_id


def _candidate(new: Wrapped | Flat) -> NewCandidate:
    person: Person = new if isinstance(new, Flat) else new.data
    return NewCandidate(
        first_name=person.first_name,
        last_name=person.last_name,
        company=person.company,
        title=person.title,
        is_private=person.is_private,
        can_email=person.can_email,
        locations=person.locations or (),
        phone_numbers=person.phone_numbers or (),
        email_addresses=person.email_addresses or (),
        urls=[url.stored() for url in person.urls or ()],
        tags=person.tags or (),
        avatar_url=person.avatar,
        raw=_beside(new),
        last_interaction_at=new.last_interaction_at if isinstance(new, Flat) else None,
        remote_created_at=new.remote_created_at if isinstance(new, Flat) else None,
        remote_updated_at=new.remote_updated_at if isinstance(new, Flat) else None,
    )


def _beside(new: Wrapped | Flat) -> dict[str, Any] | None:
    """What came beside the unified fields: it is the record's payload, in which custom fields are looked for."""
    if isinstance(new, Flat):
        found = {"additional_attributes": new.additional_attributes, "custom_fields": new.custom_fields}
    else:
        found = {"job_requisition_id": new.job_requisition_id}
    return {name: value for name, value in found.items() if value is not None} or None


def _documents(new: Wrapped | Flat) -> Sequence[SentDocument]:
    sent = new.attachments or () if isinstance(new, Flat) else ()
    return [document.sent("attachments", place) for place, document in enumerate(sent)]


MODEL = Model(
    title="Candidate",
    slug="candidate",
    path="candidates",
    table="candidate",
    fields=(
        Value("first_name"),
        Value("last_name"),
        Value("company"),
        Value("title"),
        Time("last_interaction_at"),
        Value("is_private"),
        Value("can_email"),
        Value("locations"),
        Value("phone_numbers"),
        Value("email_addresses"),
        Value("urls"),
        Value("tags", f"array(select g.name from {_TAGS} where {_OF_CANDIDATE} order by g.name, g.id)"),
        Many("applications", "application", rows=f"application l where {_OF_CANDIDATE}", id="l.id", order="l.id"),
        Many("attachments", "attachment", rows=f"attachment l where {_OF_CANDIDATE}", id="l.id", order="l.id"),
        Time("remote_created_at", CREATED_HERE),
        Time("remote_updated_at", "coalesce(t.remote_updated_at, case when t.remote_id is null then t.updated_at end)"),
        Address("avatar", file="t.photo_id", url="t.avatar_url"),
    ),
    filters=(
        Exactly("remote_id"),
        AnyCase("company", listed=True),
        AnyCase("first_name"),
        AnyCase("last_name"),
        Exactly("tag", where=f"exists (select from {_TAGS} where {_OF_CANDIDATE} and lower(g.name) = lower(%(tag)s))"),
        Repeated("email_addresses", "folded_words(t.email_addresses) && folded_words(%(email_addresses)s::text[])"),
    ),
    create=Create(shape=_shape, act=_create, whole=True, documents=_documents, largest=LARGEST_BODY),
)
