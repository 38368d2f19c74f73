"""Workspaces: each starts with a built-in connector for the records made here."""

from datetime import datetime
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import NameTaken, WorkspaceUnknown
from rolecall.domain.events import EventType
from rolecall.domain.workspaces import check_slug
from rolecall.store import connectors, events, workspaces
from rolecall.store.db import Connection, UniqueViolation
from rolecall.store.workspaces import Workspace


async def create_workspace(conn: Connection, slug: str, *, name: str, now: datetime) -> Workspace:
    """A new workspace with its native connector.

    Raises NameTaken when the slug is in use, FieldInvalid for the address of a page.
    """
    check_slug(slug)
    workspace = Workspace(id=new_id(), slug=slug, name=name, api_enabled=True, created_at=now)
    try:
        await workspaces.insert(conn, workspace)
    except UniqueViolation as error:
        raise NameTaken(kind="workspace", name=slug) from error
    native = connectors.Connector(
        workspace_id=workspace.id,
        id=new_id(),
        category="ATS",
        integration=connectors.NATIVE,
        name="Rolecall",
        origins=[],
        completed_at=now,
        created_at=now,
    )
    await connectors.insert(conn, native)
    created = events.Event(
        workspace_id=workspace.id,
        id=new_id(),
        type=EventType.WORKSPACE_CREATED,
        record_kind="workspace",
        record_id=workspace.id,
        actor="operator",
        payload={},
        occurred_at=now,
    )
    await events.insert(conn, created)
    return workspace


async def workspace_by_slug(conn: Connection, slug: str) -> Workspace:
    """The workspace with a slug. Raises WorkspaceUnknown."""
    workspace = await workspaces.by_slug(conn, slug)
    if workspace is None:
        raise WorkspaceUnknown(workspace=slug)
    return workspace


async def switch_api(ctx: Context, *, enabled: bool) -> None:
    """Let the workspace's keys of the vacancy publishing contract in, or keep all of them out."""
    if await workspaces.set_api_enabled(ctx.conn, ctx.workspace_id, enabled=enabled):
        await record(ctx, "workspace", "changed", record_id=ctx.workspace_id, fields=["api_enabled"])


async def native_connector_id(conn: Connection, workspace_id: UUID) -> UUID:
    """The id of the connector that records made here belong to."""
    connector = await connectors.native(conn, workspace_id)
    if connector is None:
        raise WorkspaceUnknown(workspace=workspace_id)
    return connector.id
