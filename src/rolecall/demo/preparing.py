"""The demo from one start to the next: filled once, its credentials kept beside the data."""

import fcntl
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from rolecall.actions.importing import import_postings
from rolecall.actions.partners import let_frame
from rolecall.actions.workspaces import create_workspace
from rolecall.demo.career_site import fill_career_site
from rolecall.demo.entrances import Entrances, make_entrances
from rolecall.demo.furnishing import Stage, furnish, open_mission
from rolecall.demo.keeping import DemoCredentials, Named, Ref, load, save
from rolecall.demo.marketplace import fill_marketplace
from rolecall.demo.mcp_client import McpClient, kept_client
from rolecall.demo.visiting import fill_visits
from rolecall.domain.jobs import JobStatus
from rolecall.services import Services
from rolecall.settings import DEMO_WORKSPACE
from rolecall.store import connectors, jobs, postings, workspaces
from rolecall.store.workspaces import Workspace

_FILE = "demo-credentials.json"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo can be called with."""

    credentials: DemoCredentials
    mcp: McpClient
    entrances: Entrances


def kept_file(data_dir: Path) -> Path:
    """Where the demo's credentials are kept."""
    return data_dir / _FILE


async def prepare(services: Services) -> Demo:
    """The demo, ready to be called: filled on the first start, the same credentials on every later one.

    Credentials that are lost, or that the database does not know, are made anew; all else stays as it is.
    """
    file = kept_file(services.settings.data_dir)
    with _alone(file.with_suffix(".lock")):
        workspace = await _workspace(services)
        kept = load(file, DemoCredentials)
        if kept is None or not await _is_valid(services, workspace, kept):
            await _import(services, workspace)
            kept = await _furnish(services, workspace)
        kept = await _brought_up_to_date(services, workspace, kept)
        save(file, kept)
        await fill_career_site(services, workspace)
        await fill_visits(services, workspace)
        await fill_marketplace(services, workspace, job_id=kept.job.id, company_id=kept.company.id)
        return Demo(kept, await kept_client(services, workspace), await make_entrances(services, workspace))


@contextmanager
def _alone(lock: Path) -> Generator[None]:
    """Let two demos that start at once on one data folder take turns."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


async def _workspace(services: Services) -> Workspace:
    async with services.database.writing() as conn:
        found = await workspaces.by_slug(conn, DEMO_WORKSPACE)
        if found is not None:
            return found
        return await create_workspace(conn, DEMO_WORKSPACE, name="Rolecall demo", now=services.clock())


async def _is_valid(services: Services, workspace: Workspace, kept: DemoCredentials) -> bool:
    """Whether every secret is still one in use, in this workspace."""
    found = await services.credentials.find(*kept.secrets())
    known = [credential.workspace_id for credential in found if credential is not None]
    return kept.workspace.id == workspace.id and known == [workspace.id] * len(found)


async def _import(services: Services, workspace: Workspace) -> None:
    """The postings that ship with the package."""
    source = Path(str(resources.files("rolecall.demo").joinpath("postings.ndjson.gz")))
    with tempfile.TemporaryDirectory() as folder:
        report = await import_postings(
            services.database,
            services.job_body,
            clock=services.clock,
            source=source,
            workspace=workspace.slug,
            rejects=Path(folder) / "rejects.ndjson",
        )
    assert not report.rejected, "the package's own postings can be imported"


async def _furnish(services: Services, workspace: Workspace) -> DemoCredentials:
    async with services.database.writing() as conn:
        return await furnish(Stage(services, workspace, await services.context(conn, workspace.id, actor="operator")))


async def _brought_up_to_date(services: Services, workspace: Workspace, kept: DemoCredentials) -> DemoCredentials:
    """The same credentials under the present address, with a job that is open: somebody may have closed the other."""
    settings = services.settings
    kept = msgspec.structs.replace(kept, base_url=settings.public_url, jobs_base_url=settings.jobs_url)
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        connector = await connectors.get(conn, workspace.id, kept.recruitifi.connector_id)
        if connector is not None:
            await let_frame(ctx, connector, _own_origins(settings.public_url))
        job = await jobs.get(conn, workspace.id, kept.job.id)
        offered = job is not None and await postings.of_job(conn, workspace.id, job.id) is not None
        if job is not None and job.status == JobStatus.OPEN and offered:
            return kept
        company, job = await open_mission(ctx)
    recruitifi = msgspec.structs.replace(kept.recruitifi, job=str(job.id))
    return msgspec.structs.replace(
        kept, company=Named(company.id, company.slug), job=Ref(job.id), recruitifi=recruitifi
    )


def _own_origins(public_url: str) -> list[str]:
    """Where the demo's own partner page stands: on this machine it has two names."""
    parts = urlsplit(public_url)
    port = f":{parts.port}" if parts.port else ""
    names = {"127.0.0.1", "localhost"} if parts.hostname in {"127.0.0.1", "localhost"} else {parts.hostname or ""}
    return sorted(f"{parts.scheme}://{name}{port}" for name in names)
