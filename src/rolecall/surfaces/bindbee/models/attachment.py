"""A file held for a candidate: in our file store, or at an address elsewhere."""

from rolecall.surfaces.bindbee.model import Address, Exactly, Ids, Model, One, Value, Word, spelled

KINDS = spelled("RESUME", "COVER_LETTER", "OFFER_LETTER", "OTHER", "-")

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
)
