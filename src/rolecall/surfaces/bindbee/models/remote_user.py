"""A staff account of the ATS."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, AnyCase, Model, Time, Value, Word, spelled

ROLES = {"owner": "SUPER_ADMIN"} | spelled("ADMIN", "TEAM_MEMBER", "LIMITED_TEAM_MEMBER", "INTERVIEWER", "RECRUITER")

MODEL = Model(
    title="Remote User",
    slug="remote_user",
    path="remote-users",
    table="member",
    fields=(
        Value("first_name", "nullif(t.first_name, '')"),
        Value("last_name", "nullif(t.last_name, '')"),
        Value("email"),
        Value("disabled", "t.disabled_at is not null"),
        Time("remote_created_at", CREATED_HERE),
        Word("access_role", "t.role", ROLES),
    ),
    filters=(AnyCase("email"),),
)
