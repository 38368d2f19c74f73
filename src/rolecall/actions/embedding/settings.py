"""The settings screen: a client's organization, for users with any right beyond the standard one."""

from rolecall.actions.context import Context
from rolecall.actions.embedding.links import Asking, enter, made
from rolecall.actions.embedding.visits import Visit, visit_client
from rolecall.domain.screens import Bound, Link, Screen
from rolecall.store.db import Connection


async def make_settings_link(ctx: Context, asking: Asking) -> Link:
    """The link to the settings of a client. Raises ConnectorRefused or PermissionMissing."""
    return await made(ctx, asking, await enter(ctx, asking, Screen.SETTINGS), Screen.SETTINGS)


async def visit_settings(conn: Connection, bound: Bound) -> Visit:
    """What the screen opens now. Raises ConnectorRefused, NotPermitted or PermissionMissing."""
    return await visit_client(conn, bound)
