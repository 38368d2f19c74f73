"""Acting for a teammate: a team manager opens the screens in that one's place, until told to stop or the link ends.

The sessions in which somebody acts are sessions like others, bound to the teammate too; `visits` checks at each request
that the manager still may. What is done in them is recorded with both people.
"""

from dataclasses import replace
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.embedding.sessions import Begun, begin_like
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission, check_may_act_for, check_permitted
from rolecall.domain.errors import ClientUserUnknown, LinkUnknown
from rolecall.domain.screens import Screen, ScreenSession
from rolecall.store import clients, screen_sessions


async def act_for(ctx: Context, visit: Visit, session: ScreenSession, teammate_id: UUID) -> Begun:
    """Lead to a teammate's tasks, in that one's place.

    Raises PermissionMissing, also for whoever acts for somebody already, ClientUserUnknown or FieldInvalid.
    """
    check_permitted(visit.user, Permission.TEAM_MANAGER)
    teammate = await clients.get_user(ctx.conn, ctx.workspace_id, teammate_id)
    if teammate is None:
        raise ClientUserUnknown
    check_may_act_for(visit.user, teammate)
    ctx = replace(ctx, acted_for=f"client_user:{teammate.id}")
    await record(ctx, "client_user", "acting_began", record_id=teammate.id, link=str(session.link_id))
    return await begin_like(ctx, session, Screen.TASKS, acting_for_id=teammate.id)


async def stop_acting(ctx: Context, session: ScreenSession) -> Begun:
    """End all sessions in which the user acts for this teammate, and lead to the user's own settings.

    Raises LinkUnknown for a session in which nobody acts for anybody.
    """
    if session.acting_for_id is None:
        raise LinkUnknown
    await screen_sessions.end_acting(ctx.conn, session, now=ctx.now)
    await record(ctx, "client_user", "acting_ended", record_id=session.acting_for_id, link=str(session.link_id))
    return await begin_like(replace(ctx, acted_for=None), session, Screen.SETTINGS, acting_for_id=None)
