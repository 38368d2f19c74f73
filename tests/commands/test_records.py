"""Jobs, agencies, clients, postings and contracts on the command line."""

import asyncio
import gzip
import json
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import yaml

from rolecall.domain.jobs import JobStatus
from rolecall.store import agencies, clients
from tests.inviting import build_inviting
from tests.marketplace import build_marketplace
from tests.partnership import build_partnership
from tests.pictures import drawn
from tests.terminal import Terminal
from tests.world import World


async def test_a_job_goes_through_its_life(terminal: Terminal, acme: World):
    job = await acme.job("Lab Technician", status=JobStatus.DRAFT)
    where = (str(job.id), "-w", acme.workspace.slug)
    said = [
        await asyncio.to_thread(terminal.run, "job", word, *where) for word in ("publish", "pause", "publish", "close")
    ]
    assert said == [
        "Lab Technician: draft → open.\n",
        "Lab Technician: open → paused.\n",
        "Lab Technician: paused → open.\n",
        "Lab Technician: open → closed.\n",
    ]
    assert await asyncio.to_thread(terminal.run, "job", "close", *where) == "Lab Technician: was closed already.\n"
    moved = await asyncio.to_thread(terminal.read, "job", "archive", *where)
    assert moved["status"] == "archived"
    assert "There is no job" in await asyncio.to_thread(terminal.run, "job", "publish", *where, status=3)


async def test_a_job_is_translated_and_illustrated(terminal: Terminal, acme: World, tmp_path: Path):
    job = await acme.job("Lab Technician", contract_type="permanent")
    where = ("-w", acme.workspace.slug)
    words = ("--language", "nl", "--title", "Laborant", "--from", "2026-03-02", "--until", "2099-12-31")
    made = await asyncio.to_thread(terminal.read, "job", "translate", str(job.id), *where, *words)
    assert (made["language"], made["title"], made["slug"][:-5]) == ("nl", "Laborant", "laborant")
    said = await asyncio.to_thread(
        terminal.run, "term", "translate", "job_type", "Permanent", *where, "--language", "nl", "--as", "Vast"
    )
    assert said == "Permanent: Vast in nl.\n"
    picture = tmp_path / "team.png"
    picture.write_bytes(drawn(800, 450))
    said = await asyncio.to_thread(terminal.run, "job", "illustrate", str(job.id), str(picture), *where)
    assert said == "Lab Technician: shown with team.png.\n"


async def test_what_cannot_be_translated_is_said(terminal: Terminal, acme: World):
    job = await acme.job("Lab Technician", status=JobStatus.DRAFT)
    where = ("-w", acme.workspace.slug, "--language", "nl")
    said = await asyncio.to_thread(terminal.run, "job", "translate", str(job.id), *where, "--title", "X", status=3)
    assert said == "rolecall: The job has not been published yet. Open it first.\n"
    said = await asyncio.to_thread(terminal.run, "term", "translate", "tag", "None", *where, "--as", "Geen", status=3)
    assert said.startswith("rolecall: There is no tag None.")


async def test_a_foreign_job_is_unknown(terminal: Terminal, acme: World, globex: World):
    job = await acme.job()
    said = await asyncio.to_thread(terminal.run, "job", "close", str(job.id), "-w", globex.workspace.slug, status=3)
    assert said.startswith(f"rolecall: There is no job {job.id}. ")


async def test_jobs_are_listed_by_status(terminal: Terminal, acme: World):
    await acme.job("Lab Technician", status=JobStatus.PAUSED)
    await acme.job("Firmware Lead")
    listing = ("job", "list", "-w", acme.workspace.slug)
    assert [row["title"] for row in await asyncio.to_thread(terminal.read, *listing)] == [
        "Firmware Lead",
        "Lab Technician",
    ]
    rows = await asyncio.to_thread(terminal.read, *listing, "--status", "paused")
    assert [row["title"] for row in rows] == ["Lab Technician"]
    assert await asyncio.to_thread(terminal.run, *listing, "--status", "closed") == "No job is closed.\n"


async def test_an_agency_is_taken_in_and_preferred(terminal: Terminal, acme: World):
    slug = acme.workspace.slug
    made = ("agency", "create", "Nordlys", "-w", slug, "--email", "desk@nordlys.example", "--specialty", "Optics")
    assert (await asyncio.to_thread(terminal.read, *made))["specialties"] == ["Optics"]
    assert await asyncio.to_thread(terminal.run, *made, status=3) == "rolecall: The agency name Nordlys is taken.\n"
    await asyncio.to_thread(terminal.run, "credential", "create", "recruitifi", "-w", slug, "--client", "acme-hr")
    await asyncio.to_thread(
        terminal.run, "agency", "prefer", "Nordlys", "-w", slug, "--client", "acme-hr", "--fee", "17.5"
    )
    async with acme.services.database.reading() as conn:
        (client,) = await clients.of_workspace(conn, acme.workspace.id)
        (agency,) = await agencies.of_workspace(conn, acme.workspace.id)
        assert await agencies.preferred_ids(conn, acme.workspace.id, client.id) == [agency.id]
    assert "Nordlys" in await asyncio.to_thread(terminal.run, "agency", "list", "-w", slug)


async def test_preferring_needs_a_client_and_a_number(terminal: Terminal, acme: World):
    where = ("-w", acme.workspace.slug, "--client", "nobody")
    said = await asyncio.to_thread(terminal.run, "agency", "prefer", "Nordlys", *where, status=3)
    assert said.startswith("rolecall: There is no agency Nordlys.")
    said = await asyncio.to_thread(terminal.run, "agency", "prefer", "Nordlys", *where, "--fee", "much", status=3)
    assert said == 'rolecall: "much" is no fee in percent: write it as in 18.5.\n'


async def test_a_client_knows_a_job_by_its_own_id(terminal: Terminal, acme: World):
    slug = acme.workspace.slug
    made = await asyncio.to_thread(terminal.read, "credential", "create", "recruitifi", "-w", slug)
    job = await acme.job()
    added = (
        "client",
        "add-job",
        "cli_1",
        str(job.id),
        "-w",
        slug,
        "--connector",
        made["connector_id"],
        "--as",
        "REQ-7",
    )
    assert await asyncio.to_thread(terminal.run, *added) == "cli_1 knows the job as REQ-7.\n"
    (row,) = await asyncio.to_thread(terminal.read, "client", "list", "-w", slug)
    assert (row["external_id"], row["acts_for_workspace"]) == ("cli_1", False)
    unknown = ("client", "add-job", "cli_1", str(job.id), "-w", slug, "--connector", str(uuid4()))
    assert "There is no connector" in await asyncio.to_thread(terminal.run, *unknown, status=3)


async def test_a_partner_knows_an_application_by_its_own_id(terminal: Terminal, acme: World):
    market = await build_marketplace(await build_partnership(acme))
    submission = await market.confirmed(market.northwind)
    named = ("client", "add-application", str(submission.id), "SUB-7", "-w", acme.workspace.slug)
    assert await asyncio.to_thread(terminal.run, *named) == "The application is known as SUB-7.\n"
    assert (await market.partnership.ask("application", applicationId="SUB-7")).status_code == 200
    unknown = ("client", "add-application", "nobody", "SUB-8", "-w", acme.workspace.slug)
    assert "There is no such submission." in await asyncio.to_thread(terminal.run, *unknown, status=3)


POSTINGS = [
    {"id": "p1", "title": "Nurse", "company": "City Clinic", "date_posted": "2026-01-05"},
    {"id": "p2", "title": "Surveyor", "company": "City Works", "salary": {"min": 10, "max": 12, "currency": "USD"}},
]


def postings_file(folder: Path, *lines: str) -> Path:
    file = folder / "postings.ndjson.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    return file


async def test_postings_are_imported_and_a_second_run_changes_nothing(terminal: Terminal, acme: World, tmp_path: Path):
    file = postings_file(tmp_path, *map(json.dumps, POSTINGS))
    command = ("import", "postings", str(file), "-w", acme.workspace.slug, "--rejects", str(tmp_path / "no.ndjson"))
    first = await asyncio.to_thread(terminal.run, *command)
    assert first.startswith("2 lines: 2 new, 0 changed, 0 as they were, 0 rejected (")
    again = await asyncio.to_thread(terminal.run, *command)
    assert again.startswith("2 lines: 0 new, 0 changed, 2 as they were, 0 rejected (")
    assert again.endswith("\nNothing has changed since the last import.\n")
    assert not (tmp_path / "no.ndjson").exists()


async def test_bad_lines_are_rejected_and_exit_status_1_says_so(terminal: Terminal, acme: World, tmp_path: Path):
    file = postings_file(tmp_path, json.dumps(POSTINGS[0]), "{oops", '{"id": "p3", "company": "X"}')
    rejects = tmp_path / "rejects.ndjson"
    command = ("import", "postings", str(file), "-w", acme.workspace.slug, "--rejects", str(rejects))
    said = await asyncio.to_thread(terminal.run, *command, status=1)
    assert said.startswith("3 lines: 1 new, 0 changed, 0 as they were, 2 rejected (")
    assert f"The rejected lines are in {rejects}" in said
    assert [json.loads(line)["line"] for line in rejects.read_text().splitlines()] == [2, 3]


def test_a_contract_is_printed_and_the_names_are_listed(terminal: Terminal):
    assert terminal.run("openapi").split() == ["bindbee", "crosspath", "hirempire", "recruitifi", "recruitsome"]
    assert yaml.safe_load(terminal.run("openapi", "crosspath"))["info"]["title"].startswith("CrossPath")


@pytest.mark.parametrize("name", ["nothing", "../bindbee"])
def test_an_unknown_contract_lists_those_there_are(terminal: Terminal, name: str):
    said = terminal.run("openapi", name, status=3)
    assert said == (
        f"rolecall: There is no contract {name}. There are: bindbee, crosspath, hirempire, recruitifi, recruitsome.\n"
    )


async def test_recruiters_and_invitations_are_seen(terminal: Terminal, acme: World, database_url: str):
    where = ("-w", acme.workspace.slug)
    assert await asyncio.to_thread(terminal.run, "agency", "invitations", *where) == (
        "No client has invited an agency yet.\n"
    )
    await asyncio.to_thread(terminal.run, "agency", "create", "Nordlys", *where, "--email", "desk@nordlys.example")
    person = ("--first-name", "Iris", "--last-name", "Holm", "--email", "iris@nordlys.example")
    added = await asyncio.to_thread(terminal.run, "agency", "add-recruiter", "Nordlys", *where, *person)
    assert added.startswith("Iris Holm works for Nordlys, id ")
    said = await asyncio.to_thread(terminal.run, "agency", "add-recruiter", "Nordlys", *where, *person, status=3)
    assert said == "rolecall: The recruiter name iris@nordlys.example is taken.\n"
    said = await asyncio.to_thread(terminal.run, "agency", "add-recruiter", "None", *where, *person, status=3)
    assert said.startswith("rolecall: There is no agency None.")
    inviting = await build_inviting(acme, database_url)
    await inviting.invite()
    (row,) = await asyncio.to_thread(terminal.read, "agency", "invitations", *where)
    assert (row["status"], row["company_name"], row["mailed_at"]) == ("pending", "Corvid Search", None)


async def test_a_developer_acts_for_named_clients(terminal: Terminal, acme: World):
    where = ("-w", acme.workspace.slug)
    partner = await asyncio.to_thread(terminal.read, "credential", "create", "recruitifi", *where, "--client", "c-1")
    made = await asyncio.to_thread(terminal.read, "credential", "create", "recruitifi-developer", *where)
    assert (made["kind"], made["client_id"][:4]) == ("recruitifi-developer", "dev_")
    named = ("client", "name", "c-1", "Harbor Lines", *where, "--connector", partner["connector_id"])
    assert await asyncio.to_thread(terminal.run, *named) == "c-1 is called Harbor Lines.\n"
    form = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
    answer = await acme.client.post("/oauth/token", data=form | {"grant_type": "client_credentials"})
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    (found,) = (await acme.client.get("/v1/organizations", headers=headers)).json()
    assert found["name"] == "Harbor Lines"


async def test_a_recruiter_gets_a_link_that_signs_in(terminal: Terminal, acme: World):
    where = ("-w", acme.workspace.slug)
    await asyncio.to_thread(terminal.run, "agency", "create", "Nordlys", *where, "--email", "desk@nordlys.example")
    person = ("--first-name", "Iris", "--last-name", "Holm", "--email", "iris@nordlys.example")
    await asyncio.to_thread(
        terminal.run, "agency", "add-recruiter", "Nordlys", *where, *person, "--role", "team_manager"
    )
    (row,) = await asyncio.to_thread(terminal.read, "agency", "recruiters", "Nordlys", *where)
    assert (row["name"], row["role"], row["disabled_at"]) == ("Iris Holm", "team_manager", None)
    link = await asyncio.to_thread(terminal.run, "agency", "sign-in-link", "Iris@nordlys.example", *where)
    path = urlsplit(link.strip()).path
    assert path.startswith(f"/agency/{acme.workspace.slug}/enter/")
    assert (await acme.client.get(path)).status_code == 200
    said = await asyncio.to_thread(terminal.run, "agency", "sign-in-link", "nobody@nordlys.example", *where, status=3)
    assert said.startswith("rolecall: No agency has a recruiter")
