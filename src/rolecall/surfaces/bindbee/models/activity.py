"""A note, an e-mail or another entry on a candidate's timeline."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, Exactly, Ids, Model, One, Time, Value, Word, spelled

KINDS = spelled("NOTE", "EMAIL", "OTHER")
VISIBILITIES = spelled("ADMIN_ONLY", "PUBLIC", "PRIVATE")

MODEL = Model(
    title="Activity",
    slug="activity",
    path="activities",
    table="activity",
    fields=(
        One("user", "remote_user", "t.member_id"),
        Word("activity_type", "t.kind", KINDS),
        Value("subject"),
        Value("body"),
        Word("visibility", "t.visibility", VISIBILITIES),
        One("candidate", "candidate", "t.candidate_id"),
        Time("remote_created_at", CREATED_HERE),
    ),
    filters=(Exactly("remote_id"), Ids("user", "t.member_id"), Ids("candidate", "t.candidate_id")),
)
