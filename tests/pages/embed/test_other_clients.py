"""Two clients of one integration, in one workspace: what is one's, the other's people neither see nor touch."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from rolecall.actions import agency_hires, submissions
from rolecall.actions.clients import add_client_job
from rolecall.actions.embedding.visits import visit_client
from rolecall.domain.clients import Client, ClientUser
from rolecall.domain.errors import NotPermitted
from rolecall.domain.hires import AgencyHire
from rolecall.domain.screens import Bound, Screen
from rolecall.domain.submissions import Submission, SubmissionStage
from rolecall.store import agency_hires as hires_store
from rolecall.store import clients
from tests.marketplace import ADA, HIRE, Marketplace, build_marketplace, open_posting
from tests.partnership import Partnership, words_of

GRACE = replace(ADA, first_name="Grace", email="grace@example.org", phone=None)
ELSEWHERE = {"clientId": "cust-9", "userId": "u-9"}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Ada was hired by the first client, and Grace is reviewed there; the other one has all rights in its own house."""

    market: Marketplace
    hire: AgencyHire
    grace: Submission
    user: ClientUser
    other: Client
    other_user: ClientUser

    @property
    def partnership(self) -> Partnership:
        return self.market.partnership


@pytest.fixture
async def neighbours(oakline: Partnership) -> Neighbours:
    market = await build_marketplace(oakline)
    await oakline.ask("settings")
    await oakline.ask("settings", **ELSEWHERE)
    ada, grace = await market.confirmed(market.northwind), await market.confirmed(market.northwind, GRACE)
    today = datetime.now(UTC).date()
    async with market.acting() as ctx:
        for _ in range(3):
            await submissions.advance(ctx, ada.id, feedback="Good.")
        hire = await agency_hires.log_hire(ctx, ada.id, replace(HIRE, starts_on=today))
        grace = await submissions.advance(ctx, grace.id, feedback="Good.")
        workspace_id, connector_id = ctx.workspace_id, oakline.connector.id
        other = await clients.by_external_id(ctx.conn, workspace_id, connector_id, "cust-9")
        assert other is not None
        (user,) = await clients.users(ctx.conn, workspace_id, oakline.client.id)
        (other_user,) = await clients.users(ctx.conn, workspace_id, other.id)
    return Neighbours(market, hire, grace, user, other, other_user)


async def _user(neighbours: Neighbours, user_id: UUID) -> ClientUser:
    async with neighbours.market.acting() as ctx:
        found = await clients.get_user(ctx.conn, ctx.workspace_id, user_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("person", {"first_name": "Eve", "last_name": "", "email": "eve@evil.example"}),
        ("person", {"first_name": "", "last_name": "", "email": "", "rights": "1", "right": "standard"}),
        ("active", {"to": "off"}),
    ],
)
async def test_people_are_changed_by_their_own_client_only(
    neighbours: Neighbours, form: str, fields: dict[str, str]
) -> None:
    screen = await neighbours.partnership.screen("settings", **ELSEWHERE)
    answer = await screen.post(form, person=str(neighbours.user.id), **fields)
    assert answer.status_code == 404
    assert await _user(neighbours, neighbours.user.id) == neighbours.user


async def test_a_guarantee_is_claimed_by_the_client_that_hired(neighbours: Neighbours) -> None:
    screen = await neighbours.partnership.screen("settings", **ELSEWHERE)
    fields = {"hire": str(neighbours.hire.id), "failed_on": str(neighbours.hire.starts_on), "reason": "Left."}
    assert (await screen.post("guarantee", **fields)).status_code == 404
    assert "Lovelace" not in words_of(await screen.reload(part="hires", hire=str(neighbours.hire.id)))
    async with neighbours.market.acting() as ctx:
        assert await hires_store.get(ctx.conn, ctx.workspace_id, neighbours.hire.id) == neighbours.hire


async def test_nobody_is_transferred_to_another_clients_job(neighbours: Neighbours) -> None:
    market = neighbours.market
    job = await neighbours.partnership.world.job("Driver Developer")
    async with market.acting() as ctx:
        theirs = await open_posting(ctx, job, neighbours.other.id, [market.northwind])
    ids = {"applicationId": str(neighbours.grace.id)}
    screen = await neighbours.partnership.screen("application", **ids)
    assert (await screen.post("transfer", job=str(job.id))).status_code == 404
    stored = await market.stored(neighbours.grace)
    assert (stored.posting_id, stored.stage) == (market.posting.id, SubmissionStage.REVIEWING)
    assert theirs.id != stored.posting_id


async def test_a_job_that_both_know_keeps_its_candidates_with_the_client_that_offers_it(neighbours: Neighbours) -> None:
    market, partnership = neighbours.market, neighbours.partnership
    async with market.acting() as ctx:
        await add_client_job(ctx, partnership.connector.id, "cust-9", job_external_id="req-1", job_id=market.job.id)
    answer = await partnership.ask("application", **ELSEWHERE, jobId="req-1", applicationId=str(neighbours.grace.id))
    assert answer.status_code == 404


async def test_a_screen_of_one_client_is_for_its_own_users(neighbours: Neighbours) -> None:
    partnership = neighbours.partnership
    bound = Bound(
        screen=Screen.SETTINGS,
        workspace_id=partnership.world.workspace.id,
        credential_id=partnership.credential.id,
        connector_id=partnership.connector.id,
        client_id=partnership.client.id,
        user_id=neighbours.other_user.id,
    )
    async with partnership.world.services.database.reading() as conn:
        with pytest.raises(NotPermitted):
            await visit_client(conn, bound)
        assert (await visit_client(conn, replace(bound, user_id=neighbours.user.id))).user == neighbours.user
