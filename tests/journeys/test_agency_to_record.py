"""What an employer does with an agency's candidate is read through the unified API, and told to who listens."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions import agency_hires, submissions
from rolecall.actions.webhooks import NewWebhook, create_webhook, organization_key
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.submissions import Submission
from rolecall.surfaces.bindbee.webhooks import EVENTS as UNIFIED_EVENTS
from rolecall.surfaces.hirempire.webhooks import EVENTS as HIRING_EVENTS
from tests.background import work_off
from tests.contract.stage import Stage
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.receiver import Receiver, receiver
from tests.surfaces.hirempire.conftest import Tracker, register
from tests.world import World

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


class Unified:
    """Reads the record through the unified API."""

    def __init__(self, world: World, headers: dict[str, str]) -> None:
        self._world, self._headers = world, headers

    async def items(self, path: str) -> list[dict[str, Any]]:
        answer = await self._world.client.get(f"/api/ats/v1/{path}", headers=self._headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def application(self, known: Submission) -> tuple[str, str | None]:
        """The stage's name and the source."""
        (item,) = await self.items(f"applications?ids={known.application_id}&expand=current_stage")
        return item["current_stage"]["name"], item["source"]


@pytest.fixture
async def unified(acme: World) -> Unified:
    return Unified(acme, await Stage(acme).bindbee())


async def advance(market: Marketplace, known: Submission) -> Submission:
    async with market.acting() as ctx:
        return await submissions.advance(ctx, known.id, feedback="Good.")


async def test_each_step_is_read_through_the_unified_api(market: Marketplace, unified: Unified) -> None:
    waiting = await market.submit(market.northwind)
    assert await unified.items("candidates") == []
    known = await market.confirm(waiting)
    assert await unified.application(known) == ("Applied", "Agency")
    assert (await unified.items(f"candidates?ids={known.candidate_id}"))[0]["last_name"] == "Lovelace"
    seen = [await unified.application(known := await advance(market, known)) for _ in range(3)]
    assert [stage for stage, _ in seen] == ["Screening", "Interview", "Offer"]
    assert {source for _, source in seen} == {"Northwind Search"}
    async with market.acting() as ctx:
        await submissions.schedule_interview(ctx, known.id, starts_at=AT, ends_at=AT + timedelta(hours=1))
        await submissions.make_offer(ctx, known.id, start_date=date(2026, 6, 1))
    (interview,) = await unified.items(f"scheduled-interviews?application={known.application_id}")
    assert (interview["start_at"][:16], interview["status"]) == ("2026-05-04T09:00", "SCHEDULED")
    (offer,) = await unified.items(f"offers?application={known.application_id}")
    assert (offer["start_date"][:10], offer["status"]) == ("2026-06-01", "SENT")
    async with market.acting() as ctx:
        await agency_hires.log_hire(ctx, known.id, HIRE)
    assert (await unified.application(known))[0] == "Hired"


async def test_a_rejection_and_its_undoing_are_read_too(market: Marketplace, unified: Unified) -> None:
    known = await advance(market, await market.confirmed(market.northwind))
    async with market.acting() as ctx:
        await submissions.reject(ctx, known.id, feedback="Too far away.")
    (item,) = await unified.items(f"applications?ids={known.application_id}")
    assert item["rejected_at"] is not None
    async with market.acting() as ctx:
        await submissions.undo_rejection(ctx, known.id)
    (item,) = await unified.items(f"applications?ids={known.application_id}")
    assert item["rejected_at"] is None
    assert (await unified.application(known))[0] == "Screening"


@pytest.fixture
async def there() -> AsyncIterator[Receiver]:
    async with receiver() as found:
        yield found


async def test_the_hiring_contracts_webhooks_tell_of_a_confirmation_and_an_interview(
    market: Marketplace, there: Receiver, database_url: str
) -> None:
    world = market.partnership.world
    await register(Tracker(world, await world.secret(CredentialKind.HIREMPIRE)), there.url, list(HIRING_EVENTS))
    waiting = await market.submit(market.northwind)
    await work_off(world, database_url)
    assert there.messages == []  # an agency's word is nobody's news
    known = await market.confirm(waiting)
    for _ in range(2):
        known = await advance(market, known)
    async with market.acting() as ctx:
        await submissions.schedule_interview(ctx, known.id, starts_at=AT, ends_at=AT + timedelta(hours=1))
    await work_off(world, database_url)
    told = {body["event"]: body["applicant"] for body in there.messages}
    assert {word: applicant["name"] for word, applicant in told.items()} == {
        "applicant_applied": "Ada Lovelace",
        "meeting_booked": "Ada Lovelace",
    }


async def test_the_unified_apis_webhooks_tell_of_each_step(
    market: Marketplace, there: Receiver, database_url: str
) -> None:
    world = market.partnership.world
    types = sorted({type_ for types in UNIFIED_EVENTS.values() for type_ in types})
    new = NewWebhook(
        surface="bindbee", url=there.url, events=list(UNIFIED_EVENTS), event_types=types, name="all",
        environment="production",
    )  # fmt: skip
    async with market.acting() as ctx:
        await create_webhook(ctx, new, sealer=world.services.sealer)
        await organization_key(ctx, sealer=world.services.sealer)
    known = await market.confirmed(market.northwind)
    await work_off(world, database_url)
    (body,) = there.messages
    assert body["data"]["ats_candidate"] == [str(known.candidate_id)]
    assert body["data"]["ats_application"] == [str(known.application_id)]
    await advance(market, known)
    await work_off(world, database_url)
    assert there.messages[-1]["data"] == {"ats_application": [str(known.application_id)]}
