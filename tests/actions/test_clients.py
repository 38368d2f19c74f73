"""Clients of embedding partners, told by an operator which jobs they know."""

from uuid import uuid4

import pytest

from rolecall.actions.clients import add_client_job, job_of, let_client_act_for_workspace, set_user_active
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.errors import ClientUnknown, ConnectorUnknown, FieldInvalid, FieldMissing, JobUnknown
from rolecall.domain.jobs import JobStatus
from tests.partnership import build_partnership
from tests.world import World


async def test_a_client_comes_to_act_for_the_workspace_and_stops(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        new = await let_client_act_for_workspace(ctx, oakline.connector.id, "cust-new")
        assert (new.external_id, new.acts_for_workspace) == ("cust-new", True)
        assert (await job_of(ctx, new, str(oakline.job.id))).id == oakline.job.id
        same = await let_client_act_for_workspace(ctx, oakline.connector.id, "cust-new", acts=False)
        assert (same.id, same.acts_for_workspace) == (new.id, False)
        with pytest.raises(JobUnknown):
            await job_of(ctx, same, str(oakline.job.id))


async def test_a_clients_own_id_can_move_to_another_job(acme: World) -> None:
    oakline = await build_partnership(acme)
    other = await acme.job("Other")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        for job in (oakline.job, other):
            client = await add_client_job(
                ctx, oakline.connector.id, "cust-2207", job_external_id="req-1", job_id=job.id
            )
            assert (await job_of(ctx, client, "req-1")).id == job.id


async def test_what_an_operator_names_must_be_there(acme: World, globex: World) -> None:
    oakline = await build_partnership(acme)
    foreign, gone = await globex.job(), await acme.job("Gone", status=JobStatus.ARCHIVED)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        for connector_id in (uuid4(), await native_connector_id(conn, acme.workspace.id)):
            with pytest.raises(ConnectorUnknown):
                await let_client_act_for_workspace(ctx, connector_id, "c")
        for job in (foreign, gone):
            with pytest.raises(JobUnknown):
                await add_client_job(ctx, oakline.connector.id, "c", job_external_id="j", job_id=job.id)
        for external_id, error in [("", FieldMissing), ("a" * 256, FieldInvalid), ("a\x00", FieldInvalid)]:
            with pytest.raises(error):
                await let_client_act_for_workspace(ctx, oakline.connector.id, external_id)
        with pytest.raises(ClientUnknown):
            await set_user_active(ctx, oakline.client, "nobody", active=True)


async def test_a_deactivated_user_can_be_let_in_again(acme: World) -> None:
    oakline = await build_partnership(acme)
    await oakline.ask()
    for active, status in [(False, 403), (True, 200)]:
        async with acme.services.database.writing() as conn:
            await set_user_active(acme.context(conn), oakline.client, "u-558", active=active)
        assert (await oakline.ask()).status_code == status
