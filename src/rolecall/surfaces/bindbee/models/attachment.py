"""A file held for a candidate: in our file store, or at an address elsewhere."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, model_validator

from rolecall.actions.entering import attach
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Link, Making, Of, SentDocument
from rolecall.surfaces.bindbee.model import Address, Exactly, Ids, Model, One, Value, Word, ours, spelled

KINDS = spelled("RESUME", "COVER_LETTER", "OFFER_LETTER", "OTHER", "-")

LARGEST_BODY = 10 * 1024 * 1024


class Document(BaseModel):
    """A file as it is sent: its bytes in base64, or an address that needs no credentials."""

    file_name: Line | None = None
    file_url: Link | None = None
    attachment_type: Line | None = None
    file_content: str | None = None
    content_type: Line | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if self.file_content is None and self.file_url is None:
            raise ValueError("send file_url or file_content")
        return self

    def sent(self, *loc: str | int) -> SentDocument:
        """What is to be stored of it; `loc` is where in the body it stands."""
        kind = ours(KINDS, self.attachment_type) or "other"
        return SentDocument(loc, kind=kind, name=self.file_name, content=self.file_content, url=self.file_url)


class NewAttachment(Body, Document):
    candidate: Annotated[UUID, Of("candidate")]


class AttachmentOfCandidate(Body, Document):
    """The same, for the candidate in the path."""


async def _create(making: Making, new: NewAttachment) -> UUID:
    (document,) = making.documents
    return await attach(making.ctx, making.connector_id, new.candidate, document)


async def _create_of_candidate(making: Making, _new: AttachmentOfCandidate) -> UUID:
    (document,) = making.documents
    assert making.parent_id is not None
    return await attach(making.ctx, making.connector_id, making.parent_id, document)


def _documents(new: Document) -> list[SentDocument]:
    return [new.sent()]


# POST candidates/{candidate_id}/attachments.
OF_CANDIDATE = Create(
    shape=lambda _sent: AttachmentOfCandidate,
    act=_create_of_candidate,
    whole=True,
    documents=_documents,
    largest=LARGEST_BODY,
    parent="candidate",
)

MODEL = Model(
    title="Attachment",
    slug="attachment",
    path="attachments",
    table="attachment",
    fields=(
        Value("file_name", "t.name"),
        Address("file_url", file="t.file_id", url="t.url"),
        Word("attachment_type", "t.kind", KINDS | {"photo": "OTHER"}),
        One("candidate", "candidate", "t.candidate_id"),
    ),
    filters=(Exactly("remote_id"), Ids("candidate", "t.candidate_id")),
    create=Create(shape=lambda _sent: NewAttachment, act=_create, documents=_documents, largest=LARGEST_BODY),
)
