"""Clients of embedding partners and their users."""

from rolecall.actions import clients
from rolecall.actions.context import Context
from tests.architecture.cast import Act, Cast


async def _set_user_active(ctx: Context, cast: Cast) -> None:
    await clients.user_of(ctx, cast.client, "u-1")
    await clients.set_user_active(ctx, cast.client, "u-1", active=False)


WRITES: dict[str, tuple[str, Act]] = {
    "clients.add_client_job": (
        "client.job_added",
        lambda ctx, cast: clients.add_client_job(
            ctx, cast.connector.id, "cust-1", job_external_id="req-1", job_id=cast.job.id
        ),
    ),
    "clients.client_of": ("client.created", lambda ctx, cast: clients.client_of(ctx, cast.connector.id, "cust-2")),
    "clients.let_client_act_for_workspace": (
        "client.changed",
        lambda ctx, cast: clients.let_client_act_for_workspace(ctx, cast.connector.id, "cust-1", acts=False),
    ),
    "clients.name_client": (
        "client.changed",
        lambda ctx, cast: clients.name_client(ctx, cast.connector.id, "cust-1", name="Harbor"),
    ),
    "clients.set_user_active": ("client_user.changed", _set_user_active),
    "clients.user_of": ("client_user.created", lambda ctx, cast: clients.user_of(ctx, cast.client, "u-1")),
}
PARTS = {
    "new_clients.client_on_first_use": "It tells of a client that it makes; the write that needs one is walked itself."
}
READS = {"clients.job_of"}
