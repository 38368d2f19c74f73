"""Filling the demo's workspace: each step looks first whether it is done, so a start that was killed is no harm."""

from dataclasses import dataclass
from itertools import count

from rolecall.actions import issuing
from rolecall.actions.agencies import create_agency, prefer_agency
from rolecall.actions.candidates import join_candidate, place_candidate
from rolecall.actions.clients import client_of, user_of
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.context import Context
from rolecall.actions.filing import translate_name
from rolecall.actions.issuing import Issued
from rolecall.actions.jobs import NewJob, create_job, hold_job
from rolecall.actions.members import create_member
from rolecall.actions.places import parse_place
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.actions.source_links import create_source_link
from rolecall.demo import cast
from rolecall.demo.keeping import Bindbee, Crosspath, DemoCredentials, Hirempire, Named, Recruitifi, Recruitsome, Ref
from rolecall.demo.marketplace import offer_to_agencies
from rolecall.domain.candidates import CandidateKind
from rolecall.domain.credentials import VACANCY_SCOPES
from rolecall.domain.fees import CustomFee
from rolecall.domain.jobs import Job, JobStatus
from rolecall.services import Services
from rolecall.store import agencies, connectors, jobs, members, partners
from rolecall.store.companies import Company
from rolecall.store.workspaces import Workspace

_LINKED_JOBS = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo's workspace and the context of actions in it."""

    services: Services
    workspace: Workspace
    ctx: Context


async def furnish(stage: Stage) -> DemoCredentials:
    """People, agencies, the partner with its company and mission, source links, and new credentials for everything."""
    user_id = await _people(stage.ctx)
    await _candidates(stage.ctx)
    intake = await issuing.issue_intake_key(stage.ctx, stage.workspace, partner_name=cast.PARTNER)
    embedding = await _embedding(stage)
    await _agencies(stage.ctx, embedding)
    company, job = await open_mission(stage.ctx)
    await _source_links(stage.ctx, job)
    await _languages(stage.ctx, job)
    unified = await issuing.issue_unified_key(stage.ctx, stage.workspace, environment="production")
    connector = await issuing.issue_connector_token(stage.ctx, stage.workspace, sealer=stage.services.sealer)
    vacancies = await issuing.issue_vacancies_key(stage.ctx, stage.workspace, name="Demo", scopes=VACANCY_SCOPES)
    sources = await issuing.issue_sources_token(stage.ctx, stage.workspace, name="Demo", lives=None)
    return DemoCredentials(
        base_url=stage.services.settings.public_url,
        jobs_base_url=stage.services.settings.jobs_url,
        workspace=Named(stage.workspace.id, stage.workspace.slug),
        company=Named(company.id, company.slug),
        job=Ref(job.id),
        bindbee=Bindbee(unified.secret, connector.secret),
        recruitsome=Recruitsome(vacancies.secret, user_id),
        hirempire=Hirempire(sources.secret),
        recruitifi=_recruitifi(embedding, job),
        crosspath=Crosspath(intake.secret),
    )


async def _people(ctx: Context) -> int:
    """The members; the number of the first."""
    numbers: list[int] = []
    for new in cast.MEMBERS:
        member = await members.by_email(ctx.conn, ctx.workspace_id, new.email) or await create_member(ctx, new)
        assert member.number is not None
        numbers.append(member.number)
    return numbers[0]


async def _candidates(ctx: Context) -> None:
    """People in the first member's repository; those that are there already stay as they are."""
    member = await members.by_email(ctx.conn, ctx.workspace_id, cast.MEMBERS[0].email)
    assert member is not None, "it was made before"
    for person, status in cast.CANDIDATES:
        candidate, new = await join_candidate(ctx, person, kind=CandidateKind.PROSPECT)
        if new:
            await place_candidate(ctx, candidate.id, member.id, status=status)


async def open_mission(ctx: Context) -> tuple[Company, Job]:
    """The partner's company and an open mission of it: a new one when those before have been stopped."""
    partner = await partners.by_name(ctx.conn, ctx.workspace_id, cast.PARTNER)
    assert partner is not None, "its key was issued before"
    new_company = NewCompany(
        name=cast.COMPANY_NAME,
        partner_id=partner.id,
        external_id="demo-company",
        website="https://norrvik.example",
        sector="hardware",
        size="51-200",
        place=parse_place("SE-lund"),
        description=cast.COMPANY_TEXT,
    )
    company, _ = await create_company(ctx, new_company)
    (connector, *_) = await connectors.of_partner(ctx.conn, ctx.workspace_id, partner.id)
    client = await client_of(ctx, connector.id, cast.CLIENT)
    for number in count(1):
        external_id = f"demo-mission-{number}"
        job = await jobs.by_external_id(ctx.conn, ctx.workspace_id, partner.id, external_id)
        if job is None:
            job, _ = await create_job(ctx, _mission(company, external_id))
        if job.status in {JobStatus.DRAFT, JobStatus.OPEN}:
            job = await offer_to_agencies(ctx, job, client)
            return company, job
    raise AssertionError("count does not end")


def _mission(company: Company, external_id: str) -> NewJob:
    place = parse_place("SE-lund")
    return NewJob(
        company_id=company.id,
        partner_id=company.partner_id,
        external_id=external_id,
        title=cast.MISSION_TITLE,
        description=cast.MISSION_TEXT,
        job_function="hardware",
        contract_type="permanent",
        workplace="hybrid",
        languages=["en"],
        places=[place] if place else [],
        salary_min=cast.SALARY_MIN,
        salary_max=cast.SALARY_MAX,
        salary_currency="SEK",
        salary_period="year",
    )


async def _embedding(stage: Stage) -> Issued:
    return await issuing.issue_embedding_client(
        stage.ctx, stage.workspace, partner_name=cast.PARTNER, origins=(), client=cast.CLIENT
    )


async def _agencies(ctx: Context, embedding: Issued) -> None:
    assert embedding.connector_id is not None
    client = await client_of(ctx, embedding.connector_id, cast.CLIENT)
    for user in (cast.USER, cast.COLLEAGUE):  # in this order: a client's first user gets all rights
        await user_of(ctx, client, user)
    for new, fee in cast.AGENCIES:
        agency = await agencies.by_name(ctx.conn, ctx.workspace_id, new.name) or await create_agency(ctx, new)
        if fee is not None:
            await prefer_agency(ctx, client.id, agency.id, fees=[CustomFee(percentage=fee)])


async def _source_links(ctx: Context, mission: Job) -> None:
    newest = await jobs.newest(ctx.conn, ctx.workspace_id, status=JobStatus.OPEN, limit=_LINKED_JOBS)
    for job in [mission, *newest]:
        for name in cast.SOURCE_NAMES:
            await create_source_link(ctx, job.id, name=name)


async def _languages(ctx: Context, mission: Job) -> None:
    """The mission in more languages, and its job type's name in them."""
    held = await hold_job(ctx, mission.id)
    for language, title, text, job_type in cast.TRANSLATIONS:
        new = NewPublication(language=language, title=title, description=text)
        await publish_in_language(ctx, held, new)
        await translate_name(ctx, kind="job_type", name="Permanent", language=language, translation=job_type)


def _recruitifi(embedding: Issued, job: Job) -> Recruitifi:
    assert embedding.credential.public_id is not None
    assert embedding.connector_id is not None
    return Recruitifi(
        client_id=embedding.credential.public_id,
        client_secret=embedding.secret,
        connector_id=embedding.connector_id,
        client=cast.CLIENT,
        user=cast.USER,
        job=str(job.id),
    )
