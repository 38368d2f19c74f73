"""The fixed cast of the tests: two workspaces, and in each what a test needs to call every surface.

`World` builds one workspace with credentials for everything. Tests get two, `acme` and `globex`; what is in one must
never show in the other.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx

from rolecall.actions import companies, jobs, workspaces
from rolecall.actions.companies import NewCompany
from rolecall.actions.context import Context
from rolecall.actions.credentials import NewCredential, create_credential
from rolecall.actions.departments import department_id
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import NewJob
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.jobs import Job, JobStatus
from rolecall.services import Services
from rolecall.store import partners
from rolecall.store import workspaces as workspaces_store
from rolecall.store.companies import Company
from rolecall.store.db import Connection
from rolecall.store.partners import Partner
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class World:
    """One workspace, the process's services and a client that talks to the real application."""

    services: Services
    workspace: Workspace
    client: httpx.AsyncClient

    def context(self, conn: Connection) -> Context:
        now, job_body = self.services.clock(), self.services.job_body
        return Context(conn=conn, workspace_id=self.workspace.id, actor="operator", now=now, job_body=job_body)

    async def partner(self, name: str = "HunterOn", *, publish_immediately: bool = False) -> tuple[Partner, str]:
        """A partner account and its CrossPath key."""
        now = datetime.now(UTC)
        partner = Partner(
            workspace_id=self.workspace.id,
            id=new_id(),
            name=name,
            publish_immediately=publish_immediately,
            disabled_at=None,
            created_at=now,
        )
        async with self.services.database.writing() as conn:
            await partners.insert(conn, partner)
        return partner, await self.secret(CredentialKind.CROSSPATH, subject_id=partner.id)

    async def secret(self, kind: CredentialKind, **facts: object) -> str:
        """A new credential's secret; `facts` are fields of NewCredential."""
        async with self.services.database.writing() as conn:
            new = NewCredential(kind=kind, name="test", **facts)  # type: ignore[arg-type]
            _, secret = await create_credential(conn, self.workspace, new, now=datetime.now(UTC))
        return secret

    async def switch_api_off(self) -> None:
        """Switch API access of the workspace off."""
        async with self.services.database.writing() as conn:
            await workspaces_store.set_api_enabled(conn, self.workspace.id, enabled=False)

    async def company(self, name: str = "Norrvik Optics") -> Company:
        async with self.services.database.writing() as conn:
            company, _ = await companies.create_company(self.context(conn), NewCompany(name=name))
        return company

    async def department(self, name: str) -> UUID:
        """The id of a department of this name."""
        async with self.services.database.writing() as conn:
            return await department_id(self.context(conn), name)

    async def job(
        self,
        title: str = "Firmware Lead",
        *,
        status: JobStatus = JobStatus.OPEN,
        company: Company | None = None,
        **facts: object,
    ) -> Job:
        """A job in a status; `facts` are fields of NewJob."""
        company = company or await self.company()
        async with self.services.database.writing() as conn:
            ctx = self.context(conn)
            facts = {"description": "Own the firmware.", **facts}
            job, _ = await jobs.create_job(ctx, NewJob(company_id=company.id, title=title, **facts))  # type: ignore[arg-type]
            path = [JobStatus.OPEN, status] if status not in {JobStatus.DRAFT, JobStatus.OPEN} else [status]
            for step in path:
                job = await jobs.move_job(ctx, job, step)
        return job

    async def move(self, job_id: UUID, status: JobStatus) -> None:
        async with self.services.database.writing() as conn:
            ctx = self.context(conn)
            await jobs.move_job(ctx, await jobs.hold_job(ctx, job_id), status)


async def build_world(services: Services, client: httpx.AsyncClient, name: str) -> World:
    """A fresh workspace; its slug is `name` with a random ending, so that tests can share one database."""
    async with services.database.writing() as conn:
        slug = f"{name}-{uuid4().hex[:8]}"
        workspace = await workspaces.create_workspace(conn, slug, name=name.title(), now=datetime.now(UTC))
    return World(services, workspace, client)
