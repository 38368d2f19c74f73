"""Recruiters of agencies: how they sign in, and what their team managers do."""

from uuid import UUID

from rolecall.actions import agencies, agency_team, signing_in
from rolecall.actions.agencies import NewRecruiter
from rolecall.actions.context import Context
from rolecall.domain.recruiters import Role
from rolecall.store.agencies import Recruiter
from tests.architecture.cast import Act, Cast

INES = NewRecruiter(first_name="Ines", last_name="Tam", email="ines@finch.example")


async def _ines(ctx: Context, cast: Cast) -> Recruiter:
    return await agencies.add_recruiter(ctx, cast.agency.id, INES)


async def _link(ctx: Context, cast: Cast) -> str:
    return await signing_in.make_link(ctx, (await _ines(ctx, cast)).id)


async def _session(ctx: Context, cast: Cast) -> signing_in.Opened:
    return await signing_in.enter(ctx, (await _ines(ctx, cast)).id, user_agent="")


async def _use_link(ctx: Context, cast: Cast) -> None:
    await signing_in.use_link(ctx, await _link(ctx, cast), user_agent="")


async def _set_password(ctx: Context, cast: Cast) -> UUID:
    ines = await _ines(ctx, cast)
    await signing_in.set_password(ctx, ines.id, "hash", user_agent="")
    return ines.id


async def _sign_in(ctx: Context, cast: Cast) -> None:
    await signing_in.sign_in(ctx, await _set_password(ctx, cast), fitted="hash", user_agent="")


async def _fail(ctx: Context, cast: Cast) -> None:
    await signing_in.note_failure(ctx, (await _ines(ctx, cast)).id)


async def _sign_out(ctx: Context, cast: Cast) -> None:
    await signing_in.sign_out(ctx, (await _session(ctx, cast)).session)


async def _revoke(ctx: Context, cast: Cast) -> None:
    session = (await _session(ctx, cast)).session
    await signing_in.revoke_session(ctx, session.recruiter_id, session.id)


async def _promote(ctx: Context, cast: Cast) -> None:
    await agency_team.change_role(ctx, cast.agency.id, (await _ines(ctx, cast)).id, Role.TEAM_MANAGER)


async def _disable(ctx: Context, cast: Cast) -> UUID:
    ines = await _ines(ctx, cast)
    await agency_team.disable_recruiter(ctx, cast.agency.id, ines.id)
    return ines.id


async def _enable(ctx: Context, cast: Cast) -> None:
    await agency_team.enable_recruiter(ctx, cast.agency.id, await _disable(ctx, cast))


WRITES: dict[str, tuple[str, Act]] = {
    "agency_team.change_role": ("agency_recruiter.changed", _promote),
    "agency_team.disable_recruiter": ("agency_recruiter.disabled", _disable),
    "agency_team.enable_recruiter": ("agency_recruiter.enabled", _enable),
    "agency_team.invite_colleague": (
        "agency_recruiter.created",
        lambda ctx, cast: agency_team.invite_colleague(ctx, cast.agency.id, INES),
    ),
    "signing_in.enter": ("agency_recruiter.signed_in", _session),
    "signing_in.make_link": ("agency_recruiter.link_made", _link),
    "signing_in.note_failure": ("agency_recruiter.sign_in_failed", _fail),
    "signing_in.revoke_session": ("agency_recruiter.session_revoked", _revoke),
    "signing_in.set_password": ("agency_recruiter.password_set", _set_password),
    "signing_in.sign_in": ("agency_recruiter.signed_in", _sign_in),
    "signing_in.sign_out": ("agency_recruiter.signed_out", _sign_out),
    "signing_in.use_link": ("agency_recruiter.signed_in", _use_link),
}
READS = {"signing_in.check_link", "signing_in.session_of"}
OTHERS = {
    "signing_in.ask_for_link": "It queues a task, for whoever asks; the task makes the link, with its event.",
    "signing_in.note_seen": "It notes every few minutes that a session is used: nobody acts.",
}
