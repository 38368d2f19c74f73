"""Every command that README and docs show is run, in the order of the page, as somebody would who pastes it.

`curl` goes to a live server, with the variables of a real workspace; `rolecall` has a fresh database; a `make` target
must exist. What a test cannot run (a package manager, a proxy, a dump) stands in a fence of another language than sh.
"""

import asyncio
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.resumes import accept_resume, finish_upload
from rolecall.actions.workspaces import create_workspace
from rolecall.assembly import open_services
from rolecall.domain.credentials import VACANCY_SCOPES, CredentialKind
from rolecall.ports.resumes import ReadResume
from rolecall.settings import Settings
from rolecall.store import assistant_requests, candidates, workspaces
from tests.contract.stage import Embedding, Stage
from tests.databases import fresh_database
from tests.documents.markdown import ROOT, Document, document, documents
from tests.documents.warm import warm_commands
from tests.live import free_port, live_server
from tests.people import file_of, make_candidate
from tests.pictures import drawn
from tests.terminal import environment, program
from tests.world import World

FILES = re.compile(r"README\.md|CONTRIBUTING\.md|docs/.*")
TOLD = [found for found in documents() if FILES.fullmatch(str(found)) and found.blocks("sh")]
BEFORE = 'set -eu\ncurl() { command curl --fail-with-body --silent --show-error "$@"; }\n'


class Shell:
    """Where the commands of one page are run: a folder, and an environment with the variables that `furnish` makes.

    A new key may end the one before it, so they are made again after each command that issues a credential.
    """

    def __init__(
        self, folder: Path, own: dict[str, str], furnish: Callable[[], dict[str, str]], *, before: str
    ) -> None:
        self._folder = folder
        self._before = before
        self._own = own
        self._furnish = furnish
        self._variables = own | furnish()

    def run(self, command: str) -> None:
        words = shlex.split(command, comments=True)
        match words[0], words[1:]:
            case "make", targets:
                assert {word for word in targets if "=" not in word} <= make_targets(), command
            case "rolecall", ["serve" | "demo", *_]:
                self._serve(words[1:])
            case "rolecall" | "curl", _:
                self._do(command)
                if words[1:3] == ["credential", "create"]:
                    self._variables = self._own | self._furnish()
            case _:
                raise AssertionError(f"a test cannot run this; give it another fence than sh: {command}")

    def _do(self, command: str) -> None:
        done = subprocess.run(
            ["bash", "-c", self._before + command],
            cwd=self._folder,
            env=os.environ | self._variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def _serve(self, arguments: list[str]) -> None:
        with program(*arguments, environment=self._variables) as server:
            server.wait_for('"event":"ready"|Ctrl-C stops everything')
            if "worker" not in arguments:
                port = self._variables["ROLECALL_PORT"]
                assert httpx.get(f"http://127.0.0.1:{port}/readyz").text == "ready"
            assert server.stop() == 0


def make_targets() -> set[str]:
    return set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


async def variables_of(stage: Stage) -> dict[str, str]:
    """The variables that the pages use, for one workspace with an open job."""
    bindbee, embedding = await stage.bindbee(), await stage.embedding()
    job = await stage.world.job()
    access = await stage.access_token(embedding)
    return {
        "BASE_URL": str(stage.world.client.base_url).rstrip("/"),
        "BINDBEE_API_KEY": bindbee["Authorization"].removeprefix("Bearer "),
        "BINDBEE_CONNECTOR_TOKEN": bindbee["X-Connector-Token"],
        "RECRUITSOME_API_KEY": await stage.world.secret(CredentialKind.RECRUITSOME, scopes=VACANCY_SCOPES),
        "RECRUITSOME_VACANCY": str(job.public_path).rpartition("/")[2],
        **await variables_of_candidates(stage.world),
        **await variables_of_mcp(stage),
        "HIREMPIRE_TOKEN": await stage.world.secret(CredentialKind.HIREMPIRE),
        "JOB_ID": str(job.id),
        "COMPANY_ID": str(job.company_id),
        "CANDIDATE_ID": await _candidate(stage),
        "RECRUITIFI_CLIENT_ID": embedding.client_id,
        "RECRUITIFI_CLIENT_SECRET": embedding.client_secret,
        "RECRUITIFI_CONNECTOR_ID": embedding.connector_id,
        "RECRUITIFI_CLIENT": embedding.client,
        "RECRUITIFI_USER": embedding.user,
        "RECRUITIFI_JOB": str(job.id),
        "RECRUITIFI_ACCESS_TOKEN": access["X-Auth-Token"],
        **await variables_of_organizations(stage, embedding),
        **await variables_of_missions(stage),
    }


async def variables_of_organizations(stage: Stage, embedding: Embedding) -> dict[str, str]:
    """A developer of the organization API, and an organization that it acts for."""
    issued, token = await stage.developer(embedding), await stage.developer_token(embedding)
    (organization,) = (await stage.call("GET", "/v1/organizations", headers=token)).json()
    return {
        "RECRUITIFI_DEVELOPER_ID": str(issued.credential.public_id),
        "RECRUITIFI_DEVELOPER_SECRET": issued.secret,
        "RECRUITIFI_DEVELOPER_TOKEN": token["Authorization"].removeprefix("Bearer "),
        "RECRUITIFI_ORGANIZATION": organization["id"],
        "RECRUITIFI_ORGANIZATION_TOKEN": (await stage.organization_token(embedding))["Authorization"].removeprefix(
            "Bearer "
        ),
    }


async def variables_of_missions(stage: Stage) -> dict[str, str]:
    """A partner account with two missions that wait."""
    headers = await stage.apikey()
    company = await stage.call("POST", "/partners/v1/companies", json={"name": "Norrvik"}, headers=headers)
    body = {"companyId": company.json()["id"], "title": "Lead", "description": "Lead."}
    pushed = [await stage.call("POST", "/partners/v1/missions", json=body, headers=headers) for _ in range(2)]
    return {
        "CROSSPATH_API_KEY": headers["Authorization"].removeprefix("Apikey "),
        "MISSION_ID": pushed[0].json()["id"],
        "OTHER_MISSION_ID": pushed[1].json()["id"],
    }


async def variables_of_mcp(stage: Stage) -> dict[str, str]:
    """An MCP client and its token."""
    client = await stage.mcp_client()
    return {
        "MCP_CLIENT_ID": str(client.credential.public_id),
        "MCP_CLIENT_SECRET": client.secret,
        "MCP_TOKEN": (await stage.mcp())["Authorization"].removeprefix("Bearer "),
    }


async def _candidate(stage: Stage) -> str:
    """The id of a person without an application."""
    async with stage.world.services.database.writing() as conn:
        return str((await make_candidate(conn, stage.world.workspace.id)).id)


async def variables_of_candidates(world: World) -> dict[str, str]:
    """A member with a candidate, an upload and what is asked about it."""
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        new = NewMember(email=f"{new_id()}@agency.example", first_name="Iris", last_name="Terpstra")
        member = await create_member(ctx, new)
        candidate = await make_candidate(conn, world.workspace.id)
        await candidates.add_members(conn, world.workspace.id, candidate.id, member_ids=[member.id], now=ctx.now)
        file = file_of(world.workspace.id, name="cv.pdf")
        upload = await accept_resume(ctx, member.id, file)
        await finish_upload(ctx, upload.id, ReadResume(text="", emails=[], phones=[], links=[], skills=[]))
        (request, *_) = await assistant_requests.newest(conn, world.workspace.id, settled=False, limit=1)
    return {
        "RECRUITSOME_USER": str(member.number),
        "RECRUITSOME_CANDIDATE": candidate.slug,
        "RECRUITSOME_PROCESSING": str(upload.id),
        "REQUEST_ID": str(request.id),
    }


async def furnish(settings: Settings, url: str, *, slug: str) -> dict[str, str]:
    """The variables for the workspace with a slug, which is made first when there is none."""
    async with (
        open_services(settings, database_url=url) as services,
        httpx.AsyncClient(base_url=settings.public_url) as client,
    ):
        async with services.database.writing() as conn:
            workspace = await workspaces.by_slug(conn, slug)
            if workspace is None:
                workspace = await create_workspace(conn, slug, name=slug.title(), now=services.clock())
        return await variables_of(Stage(World(services, workspace, client)))


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Document:
    return request.param


@pytest.fixture(scope="session")
def rolecall() -> Iterator[str]:
    with warm_commands() as function:
        yield function


@pytest.fixture
def shell(page: Document, settings: Settings, database_url: str, tmp_path: Path, rolecall: str) -> Iterator[Shell]:
    """A shell beside a live server. The workspace is acme, unless the page itself makes that."""
    (tmp_path / "jobs.ndjson.gz").write_text(example_posting())
    (tmp_path / "open-day.md").write_text(example_article())
    (tmp_path / "iris.png").write_bytes(drawn(400, 400))
    slug = "integrator" if "rolecall workspace create acme" in page.text else "acme"
    with fresh_database(tmp_path, server=database_url) as url:
        port = free_port()
        base_url = f"http://127.0.0.1:{port}"
        ours = settings.model_copy(update={"port": port, "base_url": base_url, "jobs_base_url": f"{base_url}/jobs"})
        with live_server(ours, url):
            path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
            own = {"PATH": path, "ROLECALL_PORT": str(free_port())}
            yield Shell(
                tmp_path,
                environment(url, tmp_path) | own,
                lambda: asyncio.run(furnish(ours, url, slug=slug)),
                before=BEFORE + rolecall,
            )


@pytest.mark.slow
@pytest.mark.parametrize("page", TOLD, ids=str, indirect=True)
def test_the_commands_of_a_page_work(page: Document, shell: Shell) -> None:
    for block in page.blocks("sh"):
        for command in block.commands():
            shell.run(command)


def example_posting() -> str:
    """The posting that the page about imports shows, on a line."""
    (block,) = document("docs/operate/import.md").blocks("json")
    return json.dumps(json.loads(block.text)) + "\n"


def example_article() -> str:
    """The file that the page about vacancy publishing shows."""
    (block,) = document("docs/surfaces/recruitsome.md").blocks("markdown")
    return block.text
