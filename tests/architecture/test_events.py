"""Every write appends an event, in its own transaction: each action, and each operation of a surface that writes."""

import inspect
import json
import pkgutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from rolecall import actions
from rolecall.actions import agencies, clients, companies, embedding, issuing, jobs, members, partners, postings
from rolecall.actions.companies import NewCompany
from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.importing import import_postings
from rolecall.actions.jobs import NewJob
from rolecall.actions.source_links import create_source_link
from rolecall.app import all_surfaces, create_app
from rolecall.domain.clients import Client
from rolecall.domain.jobs import Job, JobStatus
from rolecall.domain.postings import PostingState, Terms, read_fee_percent
from rolecall.services import Services
from rolecall.store import events
from rolecall.store.agencies import Agency
from rolecall.store.connectors import Connector
from rolecall.store.db import Connection, Database, fetch_value, fetch_values
from rolecall.store.partners import Partner
from tests.contract.stage import Stage
from tests.contract.test_answers import SCENARIOS
from tests.world import World

TERMS = Terms(title="Lead", description="Lead.", fee_percent=read_fee_percent("18"), must_haves=[], questions=[])


async def events_of(conn: Connection, workspace_id: UUID) -> int:
    return await fetch_value(conn, "select count(*) from event where workspace_id = %s", [workspace_id])


@dataclass(frozen=True, slots=True)
class Cast:
    """What the actions act on; all of it is rolled back after each."""

    world: World
    job: Job
    partner: Partner
    connector: Connector
    client: Client
    agency: Agency


Act = Callable[[Context, Cast], Awaitable[Any]]


async def _add_agency(ctx: Context, cast: Cast) -> None:
    await postings.add_agency(ctx, await _offered(ctx, cast), cast.agency.id)


async def _add_preferred(ctx: Context, cast: Cast) -> None:
    await agencies.prefer_agency(ctx, cast.client.id, cast.agency.id)
    await postings.add_preferred_agencies(ctx, await _offered(ctx, cast), cast.client.id)


async def _remove_agency(ctx: Context, cast: Cast) -> None:
    await _add_agency(ctx, cast)
    await postings.remove_agency(ctx, cast.job, cast.agency.id)


async def _move_posting(ctx: Context, cast: Cast) -> None:
    await postings.move_posting(ctx, await _offered(ctx, cast), PostingState.OPEN)


async def _offered(ctx: Context, cast: Cast) -> Job:
    await postings.save_posting(ctx, cast.job, cast.client.id, terms=TERMS, version=postings.NOT_STORED)
    return cast.job


async def _withdraw(ctx: Context, cast: Cast) -> None:
    issued = await issuing.issue_sources_token(ctx, cast.world.workspace, name="test", lives=None)
    await issuing.withdraw(ctx, issued.credential.id)


async def _rotate(ctx: Context, cast: Cast) -> None:
    issued = await issuing.issue_embedding_client(ctx, cast.world.workspace, partner_name="New", origins=())
    await partners.rotate_client_secret(ctx, issued.credential.id)


async def _make_job_link(ctx: Context, cast: Cast) -> None:
    ids = {"connector": str(cast.connector.id), "client": "cust-1", "user": "u-1", "job": str(cast.job.id)}
    await embedding.make_job_link(ctx, cast.partner.id, credential_id=new_id(), **ids)


async def _set_user_active(ctx: Context, cast: Cast) -> None:
    await clients.user_of(ctx, cast.client, "u-1")
    await clients.set_user_active(ctx, cast.client, "u-1", active=False)


# Every action that writes. The last event of each is its own: the name of the event stands beside it.
WRITES: dict[str, tuple[str, Act]] = {
    "agencies.create_agency": (
        "agency.created",
        lambda ctx, _: agencies.create_agency(ctx, agencies.NewAgency(name="Nordlys", email="desk@nordlys.example")),
    ),
    "agencies.prefer_agency": (
        "client.agency_preferred",
        lambda ctx, cast: agencies.prefer_agency(ctx, cast.client.id, cast.agency.id),
    ),
    "agencies.stop_preferring_agency": (
        "client.agency_not_preferred",
        lambda ctx, cast: agencies.stop_preferring_agency(ctx, cast.client.id, cast.agency.id),
    ),
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
    "clients.set_user_active": ("client_user.changed", _set_user_active),
    "clients.user_of": ("client_user.created", lambda ctx, cast: clients.user_of(ctx, cast.client, "u-1")),
    "companies.create_company": (
        "company.created",
        lambda ctx, _: companies.create_company(ctx, NewCompany(name="Norrvik")),
    ),
    "embedding.make_job_link": ("job.link_made", _make_job_link),
    "issuing.issue_connector_token": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_connector_token(ctx, cast.world.workspace, sealer=cast.world.services.sealer),
    ),
    "issuing.issue_embedding_client": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_embedding_client(ctx, cast.world.workspace, partner_name="New", origins=()),
    ),
    "issuing.issue_intake_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_intake_key(ctx, cast.world.workspace, partner_name="New"),
    ),
    "issuing.issue_sources_token": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_sources_token(ctx, cast.world.workspace, name="test", lives=None),
    ),
    "issuing.issue_unified_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_unified_key(ctx, cast.world.workspace, environment="production"),
    ),
    "issuing.issue_vacancies_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_vacancies_key(ctx, cast.world.workspace, name="test", scopes=[]),
    ),
    "issuing.withdraw": ("credential.revoked", _withdraw),
    "jobs.change_job": ("job.changed", lambda ctx, cast: jobs.change_job(ctx, cast.job, {"title": "Optics Lead"})),
    "jobs.create_job": (
        "job.created",
        lambda ctx, cast: jobs.create_job(
            ctx, NewJob(company_id=cast.job.company_id, title="Lead", description="Lead.")
        ),
    ),
    "jobs.move_job": ("job.moved", lambda ctx, cast: jobs.move_job(ctx, cast.job, JobStatus.PAUSED)),
    "members.create_member": (
        "member.created",
        lambda ctx, _: members.create_member(
            ctx, members.NewMember(email="ada@acme.example", first_name="Ada", last_name="Berg")
        ),
    ),
    "partners.create_embed_connector": (
        "connector.created",
        lambda ctx, cast: partners.create_embed_connector(ctx, cast.partner.id, name="Second"),
    ),
    "partners.rotate_client_secret": ("credential.rotated", _rotate),
    "partners.create_partner": ("partner.created", lambda ctx, _: partners.create_partner(ctx, "New")),
    "postings.add_agency": ("posting.agencies_added", _add_agency),
    "postings.add_preferred_agencies": ("posting.agencies_added", _add_preferred),
    "postings.move_posting": ("posting.moved", _move_posting),
    "postings.remove_agency": ("posting.agency_removed", _remove_agency),
    "postings.save_posting": ("posting.created", _offered),
    "source_links.create_source_link": (
        "source_link.created",
        lambda ctx, cast: create_source_link(ctx, cast.job.id, name="Fair"),
    ),
}
# What only reads, or holds a row for the writer that called it.
READS = {
    "clients.job_of",
    "embedding.visit_job",
    "jobs.get_job",
    "postings.get_posting",
    "workspaces.native_connector_id",
    "workspaces.workspace_by_slug",
}
# Parts of the actions that stand beside them, whose events tell of them.
PARTS = {
    "credentials.create_credential": "issuing",
    "credentials.revoke_credential": "issuing.withdraw",
    "partners.create_client_credential": "issuing.issue_embedding_client",
    "publishing.publish_on_website": "jobs.move_job",
    "publishing.refresh_publications": "jobs.change_job",
}
# Counters (visits, rate windows, the last use of a credential) are no records and append nothing.
OTHERS = {
    "context.record",  # what appends the event
    "workspaces.create_workspace",  # has a test of its own below: there is no workspace to act in before it
}


def all_actions() -> set[str]:
    """Every public function of the modules under `rolecall/actions` that talks to the database."""
    modules = [found.name for found in pkgutil.iter_modules(actions.__path__) if not found.ispkg]
    return {
        f"{module}.{name}"
        for module in modules
        for name, found in inspect.getmembers(import_module(f"rolecall.actions.{module}"), inspect.iscoroutinefunction)
        if found.__module__ == f"rolecall.actions.{module}"
        and not name.startswith("_")
        and next(iter(inspect.signature(found).parameters)) in {"ctx", "conn"}
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


WRITING = {(surface.name, found.name) for surface in all_surfaces() for found in surface.operations if found.writes}


@pytest.mark.parametrize(("surface", "operation"), sorted(WRITING))
async def test_an_operation_that_writes_appends_an_event(acme: World, surface: str, operation: str) -> None:
    """The last transaction of the scenario that brings the contract's good answer about is the operation's own."""
    watched = Watched(acme.services.database, acme.workspace.id)
    services: Services = replace(acme.services, database=watched)
    scenarios = SCENARIOS[surface]
    scenario = scenarios.get((operation, "201")) or scenarios[operation, "200"]
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
