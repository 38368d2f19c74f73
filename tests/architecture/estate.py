"""A workspace that owns a row of every tenant table, with one word in all of its texts that is nowhere else."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import UUID, uuid4

from rolecall.actions.agencies import NewAgency, create_agency, prefer_agency
from rolecall.actions.clients import add_client_job, client_of, user_of
from rolecall.actions.filing import translate_name
from rolecall.actions.ids import new_id
from rolecall.actions.importing import import_postings
from rolecall.actions.jobs import hold_job
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.postings import add_agency, save_posting
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.actions.source_days import roll_up
from rolecall.actions.source_links import create_source_link
from rolecall.actions.webhooks import NewWebhook, create_webhook
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.events import EventType
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import Terms, read_fee_percent
from rolecall.domain.webhooks import DeliveryStatus
from rolecall.store import deliveries, facets, jobs, publications, spans, visits
from rolecall.store.db import Connection, fetch_dicts, fetch_row, fetch_value
from rolecall.store.deliveries import Delivery
from rolecall.store.source_links import SourceLink
from tests.architecture.ids import Ids
from tests.career_site import make_career_site
from tests.contract.stage import Embedding, Stage
from tests.inviting import recruit
from tests.linking import link_of
from tests.people import make_everything
from tests.trading import trade
from tests.visits import visit
from tests.world import World

TABLES_OF_WORKSPACES = """
select table_name from information_schema.columns
where table_schema = 'public' and column_name = 'workspace_id'
  and not exists (select from pg_class where oid = table_name::regclass and relispartition)
order by table_name
"""


@dataclass(frozen=True, slots=True)
class Estate:
    """`mark` is in all texts of the workspace and in none of `ids` but the slugs."""

    world: World
    mark: str
    ids: Ids
    embedding: Embedding
    partner_headers: dict[str, str]

    async def snapshot(self) -> dict[str, str]:
        """A hash of the workspace's rows, for each table."""
        async with self.world.services.database.reading() as conn:
            tables = [row["table_name"] for row in await fetch_dicts(conn, TABLES_OF_WORKSPACES)]
            return {table: await self._hash(conn, table) for table in tables}

    async def _hash(self, conn: Connection, table: str) -> str:
        rows = f"select coalesce(string_agg(t::text, '|' order by t::text), 'empty') from {table} t"
        return await fetch_value(conn, f"select md5(({rows} where workspace_id = %s))", [self.world.workspace.id])


EMPTY = hashlib.md5(b"empty").hexdigest()


async def build_estate(world: World, folder: Path) -> Estate:
    """Fill a workspace. The imported job is offered to an agency; the mission is a partner's."""
    mark = f"zq{uuid4().hex[:10]}"
    stage = Stage(world)
    await _import(world, mark, folder)
    partner_headers = await stage.apikey()
    company, mission = await _push(stage, mark, partner_headers)
    embedding = await stage.embedding()
    connector_token = (await stage.bindbee())["X-Connector-Token"]
    linked = await _link(world, mark)
    async with world.services.database.writing() as conn:
        (source, agency, user), people = await _offer(world, conn, mark, embedding)
        recruited = await recruit(world, conn, mark, agency_id=UUID(agency))
        traded = await trade(world, conn, mark, agency_id=UUID(agency), recruiter_id=UUID(recruited["recruiter"]))
        webhook = await _listen(world, conn, mark)
        found_field = await _mapped(conn, world) | await _hear(world, conn, mark)
        found = await _found(conn, world)
    await stage.open_tasks(embedding)
    ids = Ids(
        **found,
        **linked,
        **(recruited | traded),
        developer=str((await stage.developer(embedding)).credential.public_id),
        **{model: found for model, found in people.items() if model != "remote_user"},
        company=company["id"],
        company_external=company["externalId"],
        mission=mission["id"],
        mission_external=mission["externalId"],
        source=source,
        webhook=webhook,
        **found_field,
        agency=agency,
        user=user,
        client=embedding.client,
        connector=embedding.connector_id,
        client_id=embedding.client_id,
        client_job="their-req-1",
        connector_token=connector_token,
    )
    return Estate(world, mark, ids, embedding, partner_headers)


async def _import(world: World, mark: str, folder: Path) -> None:
    posting = {
        "id": f"posting-{uuid4().hex}",
        "title": f"Lead {mark}",
        "company": f"Company {mark}",
        "department": f"Department {mark}",
        "category": f"Category {mark}",
        "employment_type": "FULL_TIME",
        "requisition_id": f"code-{uuid4().hex}",
        "location": {"city": f"City {mark}", "country": "SE"},
        "description": f"About {mark}.",
        "screening_questions": [{"text": f"Do you know {mark}?"}],
    }
    source = folder / f"{mark}.ndjson"
    source.write_text(json.dumps(posting))
    services = world.services
    report = await import_postings(
        services.database,
        services.job_body,
        clock=services.clock,
        source=source,
        workspace=world.workspace.slug,
        rejects=folder / "rejects",
    )
    assert report.created == 1


async def _push(stage: Stage, mark: str, headers: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    body = {"name": f"Client {mark}", "externalId": f"c-{uuid4().hex}"}
    company = (await stage.call("POST", "/partners/v1/companies", json=body, headers=headers)).json()
    body = {"companyId": company["id"], "externalId": f"m-{uuid4().hex}", "title": f"Mission {mark}"}
    body["description"] = f"Of {mark}."
    mission = (await stage.call("POST", "/partners/v1/missions", json=body, headers=headers)).json()
    mission_id = parse_id(mission["id"])
    assert mission_id is not None
    await stage.world.move(mission_id, JobStatus.OPEN)
    return company, mission


async def _retitle(world: World, conn: Connection, mark: str, job_id: UUID) -> None:
    """A second language, an older slug, a view and a translated name for the imported job."""
    ctx = world.context(conn)
    for title in (f"Oud {mark}", f"Nieuw {mark}"):
        new = NewPublication(language="nl", title=title)
        made = await publish_in_language(ctx, await hold_job(ctx, job_id), new)
    await publications.add_views(conn, {(world.workspace.id, made.id): 1})
    name = f"Department {mark}"
    await translate_name(ctx, kind="department", name=name, language="nl", translation=f"Afdeling {mark}")


async def _offer(
    world: World, conn: Connection, mark: str, embedding: Embedding
) -> tuple[tuple[str, str, str], dict[str, str]]:
    """The imported job with a source link, a member and a posting to an agency; the ids of link, agency and user.

    With them the ids of people and their records, by model of the unified API.
    """
    ctx = world.context(conn)
    imported = await jobs.newest(conn, world.workspace.id, status=None, limit=10)
    job = next(job for job in imported if job.remote_id is not None)
    link, _ = await create_source_link(ctx, job.id, name=f"Channel {mark}")
    await _visit(conn, link)
    agency = await create_agency(ctx, NewAgency(name=f"Agency {mark}", email=f"{mark}@example.com"))
    connector_id = UUID(embedding.connector_id)
    client = await client_of(ctx, connector_id, embedding.client)
    user = await user_of(ctx, client, embedding.user)
    await add_client_job(ctx, connector_id, embedding.client, job_external_id="their-req-1", job_id=job.id)
    await prefer_agency(ctx, client.id, agency.id)
    terms = Terms(
        title=f"Posting {mark}",
        description=f"Offer {mark}.",
        fee_percent=read_fee_percent("18"),
        must_haves=[mark],
        questions=[],
    )
    await save_posting(ctx, job, client.id, terms=terms, version=0)
    await add_agency(ctx, job, agency.id)
    member = await create_member(ctx, NewMember(email=f"{mark}@example.com", first_name=mark, last_name=mark))
    query = "insert into job_member (workspace_id, job_id, member_id, role) values (%s, %s, %s, 'recruiter')"
    await conn.execute(query, [world.workspace.id, job.id, member.id])  # no action gives a job its members yet
    await _retitle(world, conn, mark, job.id)
    people = await make_everything(conn, world.workspace.id, job.id, mark=mark)
    await make_career_site(world, conn, mark=mark)
    with patch.object(spans, "SPAN", 1):
        await facets.fit(conn, world.workspace.id)
    return (str(link.id), str(agency.id), user.external_id), {model: str(found) for model, found in people.items()}


async def _visit(conn: Connection, link: SourceLink) -> None:
    """A visit of a link, and its place in the figures."""
    now = datetime.now(UTC)
    await visits.add(conn, [visit(link, now)])
    await roll_up(conn, now=now)


async def _link(world: World, mark: str) -> dict[str, str]:
    """A customer's linked system, with a temporary token that nobody has traded yet."""
    link = replace(await link_of(world), customer=f"Customer {mark}")
    linked = await link.linked()
    temporary = await link.temporary("sandbox-blue")
    await linked.unread()
    return {
        "linked_connector": str(linked.id),
        "linked_token": linked.token,
        "linked_origin": link.origin_id,
        "temporary_token": temporary,
    }


async def _listen(world: World, conn: Connection, mark: str) -> str:
    """A webhook with a message that waits; its id."""
    new = NewWebhook(
        surface="hirempire",
        url=f"https://{mark}.example/hooks",
        events=["job_added"],
        event_types=[EventType.CANDIDATE_RESUME_READ],
        name=mark,
    )
    webhook, _ = await create_webhook(world.context(conn), new, sealer=world.services.sealer)
    message = Delivery(
        workspace_id=world.workspace.id,
        id=new_id(),
        webhook_id=webhook.id,
        event_id=new_id(),
        event="job_added",
        body=mark.encode(),
        status=DeliveryStatus.WAITING,
        created_at=webhook.created_at,
    )
    await deliveries.add(conn, message)
    return str(webhook.id)


async def _hear(world: World, conn: Connection, mark: str) -> dict[str, str]:
    """A webhook of the unified API with a message in its log."""
    new = NewWebhook(
        surface="bindbee",
        url=f"https://{mark}.example/unified",
        events=["connector_synced"],
        event_types=[EventType.CONNECTOR_SYNC_FINISHED],
        name=mark,
        environment="production",
    )
    webhook, _ = await create_webhook(world.context(conn), new, sealer=world.services.sealer)
    message = Delivery(
        workspace_id=world.workspace.id,
        id=new_id(),
        webhook_id=webhook.id,
        event_id=new_id(),
        event="connector_synced",
        body=json.dumps({"mark": mark}).encode(),
        status=DeliveryStatus.DELIVERED,
        created_at=webhook.created_at,
        connector_id=await native_connector_id(conn, world.workspace.id),
    )
    await deliveries.add(conn, message)
    return {"unified_webhook": str(webhook.id), "webhook_log": str(message.id)}


async def _mapped(conn: Connection, world: World) -> dict[str, str]:
    """A custom field and its mapping."""
    query = "select custom_field_id::text, id::text from custom_field_mapping where workspace_id = %s"
    row = await fetch_row(conn, query, [world.workspace.id])
    assert row is not None
    return dict(zip(("custom_field", "custom_field_mapping"), row, strict=True))


async def _found(conn: Connection, world: World) -> dict[str, str]:
    """The ids that only the database can tell, of the imported job."""
    row = await fetch_row(
        conn,
        """
        select c.id::text, c.slug, c.number::text, j.id::text, j.remote_id, j.code, p.slug, d.id::text, d.number::text,
               l.id::text, l.number::text, t.number::text, g.number::text, m.id::text, m.number::text, o.slug, n.slug,
               k.number::text, k.slug, u.id::text, a.id::text
        from job j
        join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
        join publication p on p.workspace_id = j.workspace_id and p.job_id = j.id
        join department d on d.workspace_id = j.workspace_id
        join job_location jl on jl.workspace_id = j.workspace_id and jl.job_id = j.id
        join location l on l.workspace_id = j.workspace_id and l.id = jl.location_id
        join term t on t.workspace_id = j.workspace_id and t.kind = 'job_type'
        join term g on g.workspace_id = j.workspace_id and g.kind = 'tag'
        join member m on m.workspace_id = j.workspace_id
        join location o on o.workspace_id = j.workspace_id and o.is_office
        join article n on n.workspace_id = j.workspace_id
        join candidate k on k.workspace_id = j.workspace_id
        join resume_upload u on u.workspace_id = j.workspace_id
        join partner a on a.workspace_id = j.workspace_id
        where j.workspace_id = %s and j.remote_id is not null
        """,
        [world.workspace.id],
    )
    assert row is not None
    names = "company_own company_slug company_number job job_remote job_code publication_slug department"
    rest = "department_number office office_number job_type_number tag_number member member_number office_slug"
    people = "article_slug candidate_number candidate_slug resume_upload partner"
    return dict(zip(f"{names} {rest} {people}".split(), row, strict=True))
