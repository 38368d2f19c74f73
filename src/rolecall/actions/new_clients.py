"""Making a client on its first use: of two that come at once, one makes it and both go on with it."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.clients import Client
from rolecall.domain.errors import ClientUnknown
from rolecall.store import clients


async def client_on_first_use(
    ctx: Context, connector_id: UUID, external_id: str, *, acts_for_workspace: bool = False
) -> Client:
    """A connector's client by its id, stored first when there is none: a part of the write that needs it."""
    found = await clients.by_external_id(ctx.conn, ctx.workspace_id, connector_id, external_id)
    if found is not None:
        return found
    fresh = Client(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        external_id=external_id,
        acts_for_workspace=acts_for_workspace,
        created_at=ctx.now,
    )
    await clients.put(ctx.conn, fresh)
    # Another request may have stored it meanwhile: whatever is there now is the client.
    stored = await clients.by_external_id(ctx.conn, ctx.workspace_id, connector_id, external_id)
    if stored is None:
        raise ClientUnknown(client=external_id)
    if stored.id == fresh.id:
        await record(ctx, "client", "created", record_id=stored.id)
    return stored
