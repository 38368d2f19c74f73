"""Linked systems: linking, reading and deleting them."""

from uuid import UUID

from rolecall.actions import linking, synced, syncing, unlinking
from rolecall.actions.context import Context
from rolecall.actions.linking import Customer
from rolecall.actions.syncing import MANUAL, SyncFailure
from rolecall.ports.remote_records import RemoteDepartment
from rolecall.store import connectors
from tests.architecture.cast import Act, Cast

RECORDS = [RemoteDepartment(remote_id="dep-1", raw={"id": "dep-1"}, name="Research")]


async def _start(ctx: Context, cast: Cast) -> str:
    return await linking.start_link(
        ctx,
        Customer(name="Tallpine Labs", origin_id="tenant-0042"),
        integration="sandbox",
        category="ATS",
        environment="production",
        sealer=cast.world.services.sealer,
    )


async def _complete(ctx: Context, cast: Cast) -> str:
    session = await linking.link_session(ctx.conn, await _start(ctx, cast), now=ctx.now)
    return await linking.complete_link(ctx, session, secrets={}, sealer=cast.world.services.sealer)


async def _trade(ctx: Context, cast: Cast) -> UUID:
    temporary = await _complete(ctx, cast)
    connector_id, _ = await linking.trade_token(
        ctx, temporary, environment="production", sealer=cast.world.services.sealer
    )
    return connector_id


async def _start_sync(ctx: Context, cast: Cast) -> None:
    connector_id = await _trade(ctx, cast)
    await connectors.end_sync(ctx.conn, ctx.workspace_id, connector_id, status="done")
    await syncing.start_sync(ctx, connector_id, kind=MANUAL)


async def _finish_sync(ctx: Context, cast: Cast) -> None:
    await syncing.finish_sync(ctx, await _trade(ctx, cast), kind=MANUAL, counts={"job": 1})


async def _fail_sync(ctx: Context, cast: Cast) -> None:
    await syncing.fail_sync(ctx, await _trade(ctx, cast), SyncFailure(message="No answer."), kind=MANUAL)


async def _store(ctx: Context, cast: Cast) -> UUID:
    connector_id = await _trade(ctx, cast)
    await synced.store_records(ctx, connector_id, RECORDS)
    return connector_id


async def _company(ctx: Context, cast: Cast) -> None:
    await synced.company_of(ctx, await _trade(ctx, cast))


async def _delete(ctx: Context, cast: Cast) -> UUID:
    connector_id = await _store(ctx, cast)
    await unlinking.delete_connector(ctx, connector_id, category="ATS", environment="production")
    return connector_id


async def _remove(ctx: Context, cast: Cast) -> None:
    await unlinking.remove_records(ctx, await _delete(ctx, cast))


WRITES: dict[str, tuple[str, Act]] = {
    "linking.complete_link": ("connector.linked", _complete),
    "linking.start_link": ("connector.link_started", _start),
    "linking.trade_token": ("connector.token_told", _trade),
    "synced.company_of": ("company.created", _company),
    "synced.store_records": ("connector.records_read", _store),
    "syncing.fail_sync": ("connector.sync_failed", _fail_sync),
    "syncing.finish_sync": ("connector.sync_finished", _finish_sync),
    "syncing.start_sync": ("connector.sync_started", _start_sync),
    "unlinking.delete_connector": ("connector.deleted", _delete),
    "unlinking.remove_records": ("connector.records_removed", _remove),
}
READS = {"linking.link_session"}
