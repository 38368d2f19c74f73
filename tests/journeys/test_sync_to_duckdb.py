"""The example that pulls everything into a DuckDB file, as an integrator runs it against a live server."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import httpx
import pytest

from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.credentials import CredentialKind
from rolecall.settings import Settings
from tests.furnished import furnish
from tests.live import free_port, live_server
from tests.people import make_candidate
from tests.world import World

EXAMPLE = Path(__file__).parents[2] / "examples" / "sync_to_duckdb.py"
APPLIED = "2026-01-05T08:00:00Z"


@dataclass
class Integrator:
    """Somebody with both tokens, who enters records through the contract, too."""

    url: str
    world: World
    key: str
    token: str
    file: Path

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "X-Connector-Token": self.token}

    def run(self) -> list[str]:
        """What the example prints."""
        environment = os.environ | {"BINDBEE_API_KEY": self.key, "BINDBEE_CONNECTOR_TOKEN": self.token}
        command = [sys.executable, EXAMPLE, self.url, self.file]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()

    def enter(self, path: str, **body: object) -> str:
        answer = httpx.post(f"{self.url}/api/ats/v1/{path}", json=body, headers=self.headers)
        assert answer.status_code in {200, 201}, answer.text
        return made if isinstance(made := answer.json(), str) else made["id"]

    def applies(self, name: str, job: str, stage: str | None, **facts: object) -> str:
        person = self.enter("candidates", first_name=name, email_addresses=[f"{name}@mail.example"])
        return self.enter("applications", candidate=person, job=job, current_stage=stage, applied_at=APPLIED, **facts)

    def signs(self, application: str, day: str) -> None:
        self.enter("offers", application=application, status="SIGNED", closed_at=f"{day}T12:00:00Z")


@pytest.fixture(scope="module")
def live_url(settings: Settings, database_url: str) -> Iterator[str]:
    port = free_port()
    with live_server(
        settings.model_copy(update={"port": port, "base_url": f"http://127.0.0.1:{port}"}), database_url
    ) as url:
        yield url


@pytest.fixture
async def integrator(live_url: str, acme: World, tmp_path: Path) -> Integrator:
    async with acme.services.database.reading() as conn:
        connector_id: UUID = await native_connector_id(conn, acme.workspace.id)
    key = await acme.secret(CredentialKind.BINDBEE, environment="production")
    token = await acme.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector_id)
    return Integrator(live_url, acme, key, token, tmp_path / "hiring.duckdb")


def rows(printed: list[str], question: str) -> list[list[str]]:
    """The rows of the table under a question, without its head."""
    table = printed[printed.index(question) + 1 :]
    cells = [line.strip("│").split("│") for line in table[: table.index("")] if line.startswith("│")]
    return [[cell.strip() for cell in row] for row in cells[2:]]


async def test_it_pulls_all_sixteen_models_and_then_only_changes(integrator: Integrator) -> None:
    await furnish(integrator.world)
    async with integrator.world.services.database.writing() as conn:
        for _ in range(120):  # more than a page
            await make_candidate(conn, integrator.world.workspace.id)
    first = integrator.run()
    pulled = dict(line.removesuffix(" new or changed").split(": ") for line in first[: first.index("")])
    assert len(pulled) == 16
    assert pulled.pop("candidate") == "121"
    assert set(pulled.values()) == {"1"}
    integrator.enter("candidates", first_name="Noor")
    again = integrator.run()
    assert [line for line in again[: again.index("")] if ": 0 " not in line] == ["candidate: 1 new or changed"]
    with duckdb.connect(integrator.file, read_only=True) as db:
        names = db.sql("select record->>'first_name', count(*) from candidate group by 1 order by 1").fetchall()
    assert names == [("Mira", 120), ("Noor", 1), ("mira", 1)]


async def test_it_answers_three_questions(integrator: Integrator) -> None:
    jobs: dict[str, str] = {}
    stages: dict[tuple[str, str], str] = {}
    for department, name in (("Optics", "Designer"), ("Firmware", "Lead")):
        jobs[name] = integrator.enter("jobs", name=name, departments=[integrator.enter("departments", name=department)])
        for place, stage in enumerate(("Screening", "Talk"), 1):
            made = integrator.enter("job-interview-stages", name=stage, job=jobs[name], stage_order=place)
            stages[name, stage] = made
    mira = integrator.applies("mira", jobs["Designer"], stages["Designer", "Talk"], source="Referral")
    ravi = integrator.applies("ravi", jobs["Lead"], stages["Lead", "Talk"], source="Job board")
    integrator.applies("noor", jobs["Designer"], stages["Designer", "Screening"], source="Job board")
    integrator.applies("ada", jobs["Designer"], stages["Designer", "Screening"])
    integrator.signs(mira, "2026-02-04")
    integrator.signs(ravi, "2026-01-15")
    printed = [*integrator.run(), ""]
    applications = [["Designer", "Screening", "2"], ["Designer", "Talk", "1"], ["Lead", "Talk", "1"]]
    assert rows(printed, "How many applications does each job have, stage by stage?") == applications
    times = [["Firmware", "1", "10.0"], ["Optics", "1", "30.0"]]
    assert rows(printed, "How long does it take each department to hire?") == times
    sources = [["Job board", "2", "1"], ["Referral", "1", "1"], ["not told", "1", "0"]]
    assert rows(printed, "Where do hires come from?") == sources


class Troubled(httpx.BaseTransport):
    """The way to the server: a request is answered that too many were sent, and the one after it fails."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self._way = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(request.url.path)
        if len(self.paths) == 2:
            return httpx.Response(429, headers={"Retry-After": "0"})
        if len(self.paths) == 4:
            raise httpx.ReadError("reset by peer")
        return self._way.handle_request(request)


async def test_it_waits_when_told_and_goes_on_where_it_was_cut_off(integrator: Integrator) -> None:
    async with integrator.world.services.database.writing() as conn:
        for _ in range(230):
            await make_candidate(conn, integrator.world.workspace.id)
    spec = importlib.util.spec_from_file_location("sync_to_duckdb", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    way = Troubled()
    with (
        duckdb.connect(integrator.file) as db,
        httpx.Client(base_url=integrator.url, headers=integrator.headers, transport=way) as api,
    ):
        with pytest.raises(httpx.ReadError):
            example.pull(db, api, "candidate", "candidates")
        assert example.pull(db, api, "candidate", "candidates") == 30
        assert db.sql("select count(*) from candidate").fetchall() == [(230,)]
        assert len(way.paths) == 5


def test_it_says_what_it_does_and_what_it_misses() -> None:
    told = subprocess.run(
        [sys.executable, EXAMPLE, "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert "each later one what has changed since" in told
    empty = {name: value for name, value in os.environ.items() if not name.startswith("BINDBEE")}
    command = [sys.executable, EXAMPLE, "http://127.0.0.1:1"]
    refused = subprocess.run(command, env=empty, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert "BINDBEE_API_KEY and BINDBEE_CONNECTOR_TOKEN have to be set" in refused.stderr
