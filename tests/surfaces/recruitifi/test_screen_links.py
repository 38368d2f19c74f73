"""GET /v1/links/settings, /tasks and /application: who gets them, and to what."""

from dataclasses import replace
from uuid import uuid4

import pytest

from rolecall.actions.clients import (
    add_client_application,
    add_client_job,
    let_client_act_for_workspace,
    set_user_active,
)
from rolecall.domain.clients import Permission
from rolecall.domain.errors import NameTaken, SubmissionUnknown
from rolecall.domain.submissions import Submission
from rolecall.store import clients, events
from tests.marketplace import ADA, Marketplace, build_marketplace
from tests.partnership import Partnership, build_partnership
from tests.surfaces.recruitifi.test_job_link import BAD_QUERY, FORBIDDEN, NOT_FOUND
from tests.world import World

SCREENS = ["settings", "tasks", "application"]


@pytest.fixture
async def market(oakline: Partnership) -> Marketplace:
    return await build_marketplace(oakline)


async def called(market: Marketplace, name: str) -> Submission:
    """A confirmed submission that the partner calls so."""
    submission = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        return await add_client_application(ctx, submission.id, external_id=name)


async def set_rights(oakline: Partnership, *rights: Permission) -> None:
    async with oakline.world.services.database.writing() as conn:
        (user,) = await clients.users(conn, oakline.world.workspace.id, oakline.client.id)
        permissions = [str(right) for right in rights]
        await clients.set_user_permissions(conn, user.workspace_id, user.id, permissions=permissions)


@pytest.mark.parametrize("screen", ["settings", "tasks"])
async def test_a_new_client_and_its_first_user_are_stored_by_a_screen_without_a_record(
    oakline: Partnership, screen: str
) -> None:
    answer = await oakline.ask(screen, clientId="cust-new", userId="u-1")
    assert answer.status_code == 200
    assert f"/embed/{screen}?token=" in answer.json()["url"]
    async with oakline.world.services.database.reading() as conn:
        workspace_id = oakline.world.workspace.id
        client = await clients.by_external_id(conn, workspace_id, oakline.connector.id, "cust-new")
        assert client is not None
        (user,) = await clients.users(conn, workspace_id, client.id)
        (event,) = [
            event for event in await events.of_record(conn, workspace_id, client.id) if event.type == "client.link_made"
        ]
    assert user.permissions == [str(right) for right in Permission]
    assert (event.payload["screen"], event.payload["user"]) == (screen, str(user.id))


@pytest.mark.parametrize(
    ("right", "status"), [(right, 403 if right == Permission.STANDARD else 200) for right in Permission]
)
async def test_settings_need_any_right_beyond_the_standard_one(
    oakline: Partnership, right: Permission, status: int
) -> None:
    await oakline.ask("tasks")
    await set_rights(oakline, Permission.STANDARD, right)
    assert (await oakline.ask("settings")).status_code == status
    assert (await oakline.ask("tasks")).status_code == 200
    assert (await oakline.ask("job")).status_code == (200 if right == Permission.POSTING_CREATOR else 403)


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_deactivated_user_gets_no_link(oakline: Partnership, screen: str) -> None:
    await oakline.ask("tasks")
    async with oakline.world.services.database.writing() as conn:
        await set_user_active(oakline.world.context(conn), oakline.client, "u-558", active=False)
    answer = await oakline.ask(screen, applicationId="none")
    assert (answer.status_code, answer.json()) == (403, FORBIDDEN)


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_checks_come_in_order(oakline: Partnership, screen: str) -> None:
    unknown = str(uuid4())
    assert (await oakline.ask(screen, token="x", connectorId="")).status_code == 401
    answer = await oakline.ask(screen, connectorId=unknown, userId="", applicationId="none")
    assert (answer.status_code, answer.json()) == (422, BAD_QUERY)
    answer = await oakline.ask(screen, connectorId=unknown, applicationId="none")
    assert (answer.status_code, answer.json()) == (403, FORBIDDEN)
    answer = await oakline.ask(screen, applicationId="none")
    assert answer.status_code == (404 if screen == "application" else 200)


@pytest.mark.parametrize("missing", ["jobId", "applicationId"])
async def test_an_application_needs_both_ids(oakline: Partnership, missing: str) -> None:
    answer = await oakline.ask("application", **{"applicationId": "a", missing: ""})
    assert (answer.status_code, answer.json()) == (422, BAD_QUERY)


async def test_an_application_is_named_by_our_id_or_the_partners(market: Marketplace) -> None:
    submission = await called(market, "their-sub-7")
    for name in (str(submission.id), "their-sub-7"):
        assert (await market.partnership.ask("application", applicationId=name)).status_code == 200
    for name in (str(submission.id).upper(), "THEIR-SUB-7", str(uuid4()), str(submission.posting_id)):
        answer = await market.partnership.ask("application", applicationId=name)
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND), name


async def test_one_id_stands_for_one_application_of_a_job(market: Marketplace) -> None:
    submission = await called(market, "their-sub-7")
    other = await market.confirmed(
        market.southgate, replace(ADA, first_name="Grace", email="g@example.org", phone=None)
    )
    with pytest.raises(NameTaken):
        async with market.acting() as ctx:
            await add_client_application(ctx, other.id, external_id="their-sub-7")
    async with market.acting() as ctx:
        await add_client_application(ctx, submission.id, external_id="their-sub-8")
        await add_client_application(ctx, other.id, external_id="their-sub-7")
        with pytest.raises(SubmissionUnknown):
            await add_client_application(ctx, uuid4(), external_id="x")


async def test_an_application_belongs_to_its_job(market: Marketplace) -> None:
    submission = await called(market, "their-sub-7")
    oakline, other = market.partnership, await market.partnership.world.job("Other")
    async with market.acting() as ctx:
        await add_client_job(ctx, oakline.connector.id, "cust-2207", job_external_id="other", job_id=other.id)
    await market.offer(other)
    for name in (str(submission.id), "their-sub-7"):
        answer = await oakline.ask("application", jobId="other", applicationId=name)
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_an_application_belongs_to_its_client(market: Marketplace) -> None:
    submission, oakline = await market.confirmed(market.northwind), market.partnership
    async with market.acting() as ctx:
        await let_client_act_for_workspace(ctx, oakline.connector.id, "cust-rival")
    ids = {"clientId": "cust-rival", "jobId": str(market.job.id), "applicationId": str(submission.id)}
    assert (await oakline.ask("application", **ids)).status_code == 404
    assert (
        await oakline.ask("application", **{**ids, "clientId": "cust-2207", "jobId": "req-9031"})
    ).status_code == 200


async def test_another_workspaces_application(market: Marketplace, globex: World) -> None:
    submission = await market.confirmed(market.northwind)
    stranger = await build_partnership(globex)
    await build_marketplace(stranger)
    answer = await stranger.ask("application", applicationId=str(submission.id))
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_an_unknown_application_creates_nobody(market: Marketplace) -> None:
    oakline = market.partnership
    assert (await oakline.ask("application", userId="u-new", applicationId="none")).status_code == 404
    async with oakline.world.services.database.reading() as conn:
        assert await clients.users(conn, oakline.world.workspace.id, oakline.client.id) == []
