"""Every write appends an event, in its own transaction: each action, and each operation of a surface that writes."""

import inspect
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from rolecall import actions
from rolecall.actions import agencies, clients, partners
from rolecall.actions.importing import import_postings
from rolecall.app import all_surfaces, create_app
from rolecall.services import Services
from rolecall.store import events
from rolecall.store.db import Connection, Database, fetch_value, fetch_values
from tests.architecture import writers
from tests.architecture.cast import Act, Cast
from tests.contract.stage import Stage
from tests.contract.test_answers import DOCUMENTED, SCENARIOS
from tests.discovery import merged, modules_below
from tests.world import World

WRITES: dict[str, tuple[str, Act]] = merged(writers, "WRITES")
PARTS = merged(writers, "PARTS")
OTHERS = merged(writers, "OTHERS")
READS = {name for module in modules_below(writers) for name in getattr(module, "READS", ())}


async def events_of(conn: Connection, workspace_id: UUID) -> int:
    return await fetch_value(conn, "select count(*) from event where workspace_id = %s", [workspace_id])


def all_actions() -> set[str]:
    """Every public coroutine of the modules below `rolecall/actions` that is given the database."""
    return {
        f"{module.__name__.removeprefix('rolecall.actions.')}.{name}"
        for module in modules_below(actions)
        for name, found in inspect.getmembers(module, inspect.iscoroutinefunction)
        if found.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(found).parameters), "") in {"ctx", "conn", "database", "services"}
    }


@pytest.fixture
async def cast(acme: World) -> Cast:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        partner = await partners.create_partner(ctx, "Oakline")
        connector = await partners.create_embed_connector(ctx, partner.id, name="Oakline")
        client = await clients.let_client_act_for_workspace(ctx, connector.id, "cust-1")
        agency = await agencies.create_agency(ctx, agencies.NewAgency(name="Finch", email="desk@finch.example"))
    return Cast(acme, job, partner, connector, client, agency)


def test_every_action_writes_an_event_or_says_why_not() -> None:
    named = [*WRITES, *READS, *PARTS, *OTHERS]
    assert sorted(named) == sorted(all_actions())
    assert all(reason for reason in [*PARTS.values(), *OTHERS.values()])


@pytest.mark.parametrize("name", WRITES)
async def test_an_action_appends_its_event_in_the_callers_transaction(cast: Cast, name: str) -> None:
    expected, act = WRITES[name]
    database, workspace_id = cast.world.services.database, cast.world.workspace.id
    async with database.reading() as conn:
        before = await events_of(conn, workspace_id)
    async with database.writing() as conn, conn.transaction(force_rollback=True):
        await act(cast.world.context(conn), cast)
        query = "select type from event where workspace_id = %s order by id offset %s"
        assert expected in await fetch_values(conn, query, [workspace_id, before])
    async with database.reading() as conn:
        assert await events_of(conn, workspace_id) == before


async def test_a_workspace_begins_with_its_event(acme: World, database: Database) -> None:
    async with database.reading() as conn:
        (event,) = await events.of_record(conn, acme.workspace.id, acme.workspace.id)
    assert (event.type, event.actor) == ("workspace.created", "operator")


class Watched(Database):
    """The process's database. It notes how many events of a workspace each transaction appends."""

    def __init__(self, database: Database, workspace_id: UUID) -> None:
        vars(self).update(vars(database))  # the same pools
        self.workspace_id = workspace_id
        self.appended: list[int] = []

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Connection]:
        async with super().writing() as conn:
            before = await events_of(conn, self.workspace_id)
            yield conn
            self.appended.append(await events_of(conn, self.workspace_id) - before)


WRITES_WITH = {"mcp": "200"}  # a 202 is for messages that ask for nothing
WRITING = {(surface.name, found.name) for surface in all_surfaces() for found in surface.operations if found.writes}


@pytest.mark.parametrize(("surface", "operation"), sorted(WRITING))
async def test_an_operation_that_writes_appends_an_event(acme: World, surface: str, operation: str) -> None:
    """The last transaction of the scenario that brings the contract's good answer about is the operation's own."""
    watched = Watched(acme.services.database, acme.workspace.id)
    services: Services = replace(acme.services, database=watched)
    found = [status for one, status in DOCUMENTED if (one.contract, one.name) == (surface, operation)]
    good = WRITES_WITH.get(operation) or max(status for status in found if status.startswith("2"))
    scenario = SCENARIOS[surface, operation, good]
    transport = httpx.ASGITransport(create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url=str(acme.client.base_url)) as client:
        answer = await scenario(Stage(World(services, acme.workspace, client)))
    assert answer.is_success
    assert watched.appended[-1] >= 1


async def test_every_batch_of_an_import_appends_an_event(acme: World, tmp_path: Path) -> None:
    source = tmp_path / "postings.ndjson"
    source.write_text(json.dumps({"id": "1", "title": "Lead", "company": "Norrvik"}))
    database, workspace = acme.services.database, acme.workspace
    await import_postings(
        database,
        acme.services.job_body,
        clock=acme.services.clock,
        source=source,
        workspace=workspace.slug,
        rejects=tmp_path / "rejects",
    )
    query = "select count(*) from {} r join event e on e.workspace_id = r.workspace_id and e.xmin = r.xmin"
    async with database.reading() as conn:
        for table in ("job", "company"):  # a row and its event have the same transaction
            assert await fetch_value(conn, query.format(table) + " where r.workspace_id = %s", [workspace.id]) == 1


def test_contexts_are_made_where_writers_are_registered():
    """Who makes one otherwise writes records that pollers of the unified API can miss."""
    source = Path(inspect.getfile(actions)).parents[1]
    made = re.compile(r"(?<![\w.])Context\((?!\))")
    assert {path.name for path in source.rglob("*.py") if made.search(path.read_text())} == {"services.py"}
