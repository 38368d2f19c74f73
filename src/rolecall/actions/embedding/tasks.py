"""The tasks screen: what awaits a user, for every active one."""

from rolecall.actions.context import Context
from rolecall.actions.embedding.links import Asking, enter, made
from rolecall.actions.embedding.visits import Visit, visit_client
from rolecall.domain.screens import Bound, Link, Screen
from rolecall.store.db import Connection


async def make_tasks_link(ctx: Context, asking: Asking) -> Link:
    """The link to the tasks of a user. Raises ConnectorRefused or PermissionMissing."""
    return await made(ctx, asking, await enter(ctx, asking, Screen.TASKS), Screen.TASKS)


async def visit_tasks(conn: Connection, bound: Bound) -> Visit:
    """What the screen opens now. Raises ConnectorRefused, NotPermitted or PermissionMissing."""
    return await visit_client(conn, bound)
