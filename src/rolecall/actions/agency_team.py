"""An agency's team, as its team managers look after it: who is invited, may do what, leaves and comes back."""

from collections.abc import Sequence
from uuid import UUID

from rolecall.actions.agencies import NewRecruiter, add_recruiter
from rolecall.actions.context import Context, record
from rolecall.domain.errors import NameTaken
from rolecall.domain.recruiters import RecruiterUnknown, Role, TeamManagerNeeded
from rolecall.store import queue, recruiters
from rolecall.store.agencies import Recruiter
from rolecall.store.db import UniqueViolation

WELCOME = "recruiters.welcome"
_KIND = "agency_recruiter"


async def invite_colleague(ctx: Context, agency_id: UUID, new: NewRecruiter) -> Recruiter:
    """Take somebody in and queue the message that says how to sign in.

    Raises AgencyUnknown, NameTaken, FieldMissing or FieldInvalid.
    """
    added = await add_recruiter(ctx, agency_id, new)
    await queue.defer(ctx.conn, WELCOME, workspace=str(ctx.workspace_id), recruiter=str(added.id))
    return added


async def change_role(ctx: Context, agency_id: UUID, recruiter_id: UUID, role: Role) -> None:
    """Let a recruiter do something else. Raises RecruiterUnknown or TeamManagerNeeded."""
    team = await recruiters.hold_team(ctx.conn, ctx.workspace_id, agency_id)
    recruiter = _of(team, recruiter_id)
    if recruiter.role == role:
        return
    _check_managed(team, without=recruiter)
    await recruiters.set_role(ctx.conn, ctx.workspace_id, recruiter_id, role)
    await record(ctx, _KIND, "changed", record_id=recruiter_id, fields=["role"], role=role.value)


async def disable_recruiter(ctx: Context, agency_id: UUID, recruiter_id: UUID) -> None:
    """Sign a recruiter out for good. Raises RecruiterUnknown or TeamManagerNeeded."""
    team = await recruiters.hold_team(ctx.conn, ctx.workspace_id, agency_id)
    recruiter = _of(team, recruiter_id)
    if recruiter.disabled_at is not None:
        return
    _check_managed(team, without=recruiter)
    await recruiters.set_disabled(ctx.conn, ctx.workspace_id, recruiter_id, at=ctx.now, now=ctx.now)
    await recruiters.end_links(ctx.conn, ctx.workspace_id, recruiter_id, at=ctx.now)
    await record(ctx, _KIND, "disabled", record_id=recruiter_id)


async def enable_recruiter(ctx: Context, agency_id: UUID, recruiter_id: UUID) -> None:
    """Let a recruiter sign in again. Raises RecruiterUnknown, or NameTaken for a new owner of the address."""
    recruiter = _of(await recruiters.hold_team(ctx.conn, ctx.workspace_id, agency_id), recruiter_id)
    if recruiter.disabled_at is None:
        return
    try:
        async with ctx.conn.transaction():
            await recruiters.set_disabled(ctx.conn, ctx.workspace_id, recruiter_id, at=None, now=ctx.now)
    except UniqueViolation as error:
        raise NameTaken(kind="recruiter", name=recruiter.email) from error
    await record(ctx, _KIND, "enabled", record_id=recruiter_id)


def _of(team: Sequence[Recruiter], recruiter_id: UUID) -> Recruiter:
    found = next((recruiter for recruiter in team if recruiter.id == recruiter_id), None)
    if found is None:
        raise RecruiterUnknown
    return found


def _check_managed(team: Sequence[Recruiter], *, without: Recruiter) -> None:
    if without.role != Role.TEAM_MANAGER:
        return
    left = (one for one in team if one.id != without.id and one.disabled_at is None)
    if not any(one.role == Role.TEAM_MANAGER for one in left):
        raise TeamManagerNeeded
