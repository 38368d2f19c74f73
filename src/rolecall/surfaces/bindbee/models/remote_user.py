"""A staff account of the ATS."""

from uuid import UUID

from rolecall.actions.entering import enter_member
from rolecall.surfaces.bindbee.creating import Body, Create, Email, Line, Making, Moment
from rolecall.surfaces.bindbee.model import CREATED_HERE, AnyCase, Model, Time, Value, Word, ours, spelled

ROLES = {"owner": "SUPER_ADMIN"} | spelled("ADMIN", "TEAM_MEMBER", "LIMITED_TEAM_MEMBER", "INTERVIEWER", "RECRUITER")


class NewRemoteUser(Body):
    first_name: Line | None = None
    last_name: Line | None = None
    email: Email
    disabled: bool | None = None
    remote_created_at: Moment | None = None
    access_role: Line | None = None


async def _create(making: Making, new: NewRemoteUser) -> UUID:
    return await enter_member(
        making.ctx,
        making.connector_id,
        email=new.email,
        first_name=new.first_name or "",
        last_name=new.last_name or "",
        role=ours(ROLES, new.access_role),
        disabled=bool(new.disabled),
        remote_created_at=new.remote_created_at,
    )


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
    create=Create(shape=lambda _sent: NewRemoteUser, act=_create),
)
