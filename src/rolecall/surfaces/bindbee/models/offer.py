"""An offer made on an application."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, Exactly, Ids, Model, One, Time, Value, Word, spelled

STATUSES = spelled(
    "DRAFT", "APPROVAL-SENT", "APPROVED", "SENT", "SENT-MANUALLY", "OPENED", "DENIED", "SIGNED", "DEPRECATED"
)

MODEL = Model(
    title="Offer",
    slug="offer",
    path="offers",
    table="offer",
    fields=(
        One("application", "application", "t.application_id"),
        One("creator", "remote_user", "t.creator_id"),
        Time("remote_created_at", CREATED_HERE),
        Time("closed_at"),
        Time("sent_at"),
        Value("start_date"),
        Word("status", "t.status", STATUSES),
    ),
    filters=(Exactly("remote_id"), Ids("application", "t.application_id"), Ids("creator", "t.creator_id")),
)
