"""What is remembered of credentials: it holds for as long as nothing has changed, wherever the change comes from."""

from collections.abc import AsyncIterator
from typing import LiteralString

import psycopg
import pytest

from rolecall.actions import credentials
from rolecall.actions.credentials import CredentialDesk
from rolecall.domain.credentials import CredentialKind
from rolecall.store.db import Database
from tests.world import World

CHANGES: dict[str, LiteralString] = {
    "revoked": "update credential set revoked_at = now() where workspace_id = %s",
    "deleted": "delete from credential where workspace_id = %s",
    "expires": "update credential set expires_at = now() where workspace_id = %s",
    "fewer scopes": "update credential set scopes = '{}' where workspace_id = %s",
    "another secret": "update credential set secret_hash = 'x' || id::text::bytea where workspace_id = %s",
    "no API": "update workspace set api_enabled = false where id = %s",
    "no connector": "update connector set disabled_at = now() where workspace_id = %s",
    "no partner": "update partner set disabled_at = now() where workspace_id = %s",
}


@pytest.fixture
async def stranger(database_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """A connection that is none of ours."""
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        yield conn


@pytest.fixture
def desk(database: Database) -> CredentialDesk:
    return CredentialDesk(database)


async def _remembered(desk: CredentialDesk, world: World) -> str:
    secret = await world.secret(CredentialKind.BINDBEE, environment="production")
    assert (await desk.recall(secret))[0] is not None
    assert await desk.confirm(desk.generation, None)
    return secret


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_ends_what_is_remembered(
    desk: CredentialDesk, acme: World, stranger: psycopg.AsyncConnection, change: str
) -> None:
    await acme.secret(CredentialKind.CROSSPATH)
    await stranger.execute(
        "insert into partner (workspace_id, id, name, created_at) values (%s, gen_random_uuid(), 'P', now())",
        [acme.workspace.id],
    )
    await stranger.commit()
    secret = await _remembered(desk, acme)
    recalled = desk.generation
    await stranger.execute(CHANGES[change], [acme.workspace.id])
    assert await desk.confirm(recalled, None)
    await stranger.commit()
    assert not await desk.confirm(recalled, None)
    (known,), (found,) = await desk.recall(secret), await desk.find(secret)
    assert known == found


async def test_a_last_use_changes_nothing(desk: CredentialDesk, acme: World, stranger: psycopg.AsyncConnection) -> None:
    await _remembered(desk, acme)
    await stranger.execute("update credential set last_used_at = now() where workspace_id = %s", [acme.workspace.id])
    await stranger.commit()
    assert await desk.confirm(desk.generation, None)


async def test_a_change_that_another_request_saw_first_is_no_confirmation(desk: CredentialDesk, acme: World) -> None:
    await _remembered(desk, acme)
    recalled = desk.generation
    assert not await desk.confirm(recalled, recalled + 1)
    assert not await desk.confirm(recalled, recalled + 1)


async def test_what_was_found_in_an_earlier_generation_is_not_remembered(desk: CredentialDesk, acme: World) -> None:
    secret = await _remembered(desk, acme)
    await desk.confirm(desk.generation, desk.generation + 1000)
    assert (await desk.recall(secret))[0] is not None
    assert not desk._known


async def test_unknown_secrets_are_asked_for_again(desk: CredentialDesk, acme: World) -> None:
    assert await desk.recall("nobody's") == (None,)
    assert desk._known == {}


async def test_memory_is_bounded(desk: CredentialDesk, acme: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_MOST_REMEMBERED", 2)
    for _ in range(5):
        await desk.recall(await acme.secret(CredentialKind.CROSSPATH))
    assert len(desk._known) <= 2
