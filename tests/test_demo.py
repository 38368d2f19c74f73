"""`rolecall demo` as a newcomer meets it: the real program, an embedded database, the calls pasted as printed."""

import html
import json
import re
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.terminal import Program, Terminal, environment, program

pytestmark = pytest.mark.slow

SHAPE = {
    "base_url": str,
    "jobs_base_url": str,
    "workspace": {"id": str, "slug": str},
    "company": {"id": str, "slug": str},
    "job": {"id": str},
    "bindbee": {"api_key": str, "connector_token": str},
    "recruitsome": {"api_key": str, "user_id": int},
    "hirempire": {"token": str},
    "recruitifi": {
        "client_id": str,
        "client_secret": str,
        "connector_id": str,
        "client": str,
        "user": str,
        "job": str,
    },
    "crosspath": {"api_key": str},
}


SCREENS = ("tasks", "job", "application", "settings")


def shape_of(value):
    return {key: shape_of(item) for key, item in value.items()} if isinstance(value, dict) else type(value)


@dataclass(frozen=True)
class Demo:
    program: Program
    folder: Path
    credentials: Path

    def kept(self) -> dict:
        return json.loads(self.credentials.read_text())

    def calls(self, contract: str) -> list[str]:
        """The printed calls that name a contract."""
        lines = self.program.lines
        return [lines[number + 1] for number, line in enumerate(lines) if re.search(rf"^# .*\({contract}\)", line)]


def start(folder: Path):
    arguments = ("demo", "--receiver", "--port", 0, "--data", folder, "--credentials", folder / "out.json")
    return program(*arguments, environment=environment(None, folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Demo]:
    with start(folder) as running:
        running.wait_for("Ctrl-C stops everything")
        yield Demo(running, folder, folder / "out.json")


def test_it_says_where_everything_is(demo: Demo):
    text = "\n".join(demo.program.lines)
    base = demo.kept()["base_url"]
    assert re.search(rf"Rolecall's demo is ready, in \d+\.\d s:  {base}/", text)
    assert f"{base}/docs" in text
    assert f"The data is in {demo.folder}." in text
    assert f"rm -r '{demo.folder}'" in text


def test_the_credentials_file_has_its_shape_and_is_private(demo: Demo):
    assert shape_of(demo.kept()) == SHAPE
    assert stat.S_IMODE(demo.credentials.stat().st_mode) == 0o600
    assert stat.S_IMODE((demo.folder / "demo-credentials.json").stat().st_mode) == 0o600
    assert demo.kept()["jobs_base_url"] == demo.kept()["base_url"] + "/jobs"
    assert demo.kept()["workspace"]["slug"] == "demo"


def paste(call: str, *, more: str = "") -> str:
    done = subprocess.run(["bash", "-c", call + more], capture_output=True, text=True, check=True, timeout=30)
    return done.stdout


@pytest.mark.parametrize(
    ("contract", "calls"), [("Bindbee", 3), ("RecruitSome", 3), ("HirEmpire", 2), ("RecruitiFi", 1), ("CrossPath", 1)]
)
def test_every_printed_call_works_as_printed(demo: Demo, contract: str, calls: int):
    assert shutil.which("curl")
    found = demo.calls(contract)
    assert len(found) == calls
    for call in found:
        said = paste(call)
        assert paste(call, more=" -o /dev/null -w '%{http_code}'") in {"200", "202"}, said
        assert json.loads(said)


def test_the_linked_sandbox_fills_in_the_background(demo: Demo):
    _, link, connectors = demo.calls("Bindbee")
    token = json.loads(paste(link))["connector_token"]
    status, waits = "Syncing", 120
    while status == "Syncing" and waits:
        time.sleep(0.5)
        shown = next(one for one in json.loads(paste(connectors))["items"] if one["connector_token"] == token)
        status, waits = shown["sync_status"], waits - 1
    assert status == "Done"
    base, headers = demo.kept()["base_url"], {"Authorization": f"Bearer {demo.kept()['bindbee']['api_key']}"}
    jobs = httpx.get(f"{base}/api/ats/v1/jobs", headers=headers | {"X-Connector-Token": token}).json()
    assert (jobs["page_size"], bool(jobs["cursor"])) == (50, True)


def test_the_mcp_call_lists_the_tools(demo: Demo):
    _, tools = demo.calls("HirEmpire")
    listed = json.loads(paste(tools))["result"]["tools"]
    assert [tool["name"] for tool in listed][:2] == ["get_companies", "create_company"]
    kept = json.loads((demo.folder / "demo-mcp.json").read_text())
    assert stat.S_IMODE((demo.folder / "demo-mcp.json").stat().st_mode) == 0o600
    assert f"{kept['client_id']}  {kept['client_secret']}" in "\n".join(demo.program.lines)


def test_the_sample_resume_becomes_a_candidate(demo: Demo):
    _, candidates, upload = demo.calls("RecruitSome")
    known = {"Milan de Wit": "waiting_for_intake", "Mira Okafor": "active_mediation", "Kofi Mensah": "employee"}
    ticket = json.loads(paste(upload))["processing_id"]
    base, bearer = demo.kept()["base_url"], {"Authorization": f"Bearer {demo.kept()['recruitsome']['api_key']}"}
    status, waits = "processing", 60
    while status == "processing" and waits:
        time.sleep(0.5)
        answer = httpx.get(f"{base}/api/v1/candidates/processing/{ticket}", headers=bearer)
        status, waits = answer.json()["data"]["status"], waits - 1
    assert status in {"completed", "needs_review"}
    listed = {found["full_name"]: found["status"] for found in json.loads(paste(candidates))["data"]}
    assert listed.items() >= (known | {"Iris van den Heuvel": "potential"}).items()


def test_the_job_is_in_every_contract(demo: Demo):
    kept = demo.kept()
    base, job = kept["base_url"], kept["job"]["id"]
    bindbee = {
        "Authorization": f"Bearer {kept['bindbee']['api_key']}",
        "x-connector-token": kept["bindbee"]["connector_token"],
    }
    (unified,) = httpx.get(f"{base}/api/ats/v1/jobs?ids={job}", headers=bindbee).json()["items"]
    assert (unified["name"], unified["status"]) == ("Firmware Lead", "OPEN")
    bearer = {"Authorization": f"Bearer {kept['recruitsome']['api_key']}"}
    titles = [item["title"] for item in httpx.get(f"{base}/api/v1/vacancies", headers=bearer).json()["data"]]
    assert "Firmware Lead" in titles
    bearer = {"Authorization": f"Bearer {kept['hirempire']['token']}"}
    links = httpx.get(f"{base}/v1/job-sources?job_id={job}", headers=bearer).json()
    assert links["success"] is True
    apikey = {"Authorization": f"Apikey {kept['crosspath']['api_key']}"}
    missions = httpx.get(f"{base}/partners/v1/missions", headers=apikey).json()["missions"]
    assert [(mission["id"], mission["status"]) for mission in missions] == [(job, "Live")]
    assert missions[0]["companyId"] == kept["company"]["id"]


def test_the_career_site_has_faces_offices_and_articles_in_two_languages(demo: Demo):
    kept = demo.kept()
    bearer = {"Authorization": f"Bearer {kept['recruitsome']['api_key']}"}

    def read(path: str) -> list[dict]:
        return httpx.get(f"{kept['base_url']}/api/v1/{path}", headers=bearer).json()["data"]

    assert [(found["given_name"], found["job_title"]) for found in read("team?has_avatar=1")] == [
        ("Ines", "Head of recruiting"),
        ("Maren", "Firmware manager"),
        ("Tomas", "Recruiter for engineering"),
    ]
    offices = read("locations?include_vacancy_count=1&include_coordinates=1")
    assert [(found["slug"], found["vacancy_count"], bool(found["coordinates"])) for found in offices] == [
        ("canal-house-amsterdam-nl", 0, True),
        ("hudson-desk-new-york-us", 0, True),
        ("lund-studio-lund-se", 3, True),
    ]
    assert len(read("articles?language=en")) == len(read("articles?language=nl")) == 3
    for picture in (read("team")[0]["avatar"]["small"], read("articles?include_media=1")[0]["featured_image"]["large"]):
        assert httpx.get(picture).headers["content-type"] == "image/webp"


def test_links_have_a_month_of_visits_and_the_report_is_told(demo: Demo):
    told = next(line for line in demo.program.lines if "source report" in line)
    assert told == f"rolecall source report --workspace demo --data '{demo.folder}'"
    found = Terminal(environment(None, demo.folder)).run("source", "report", "-w", "demo", "--format", "json")
    linkedin, *others = json.loads(found)
    assert (linkedin["source"], linkedin["job"]) == ("LinkedIn", "Firmware Lead")
    assert (linkedin["applications"], linkedin["hires"]) == (4, 1)
    assert linkedin["visits"] > linkedin["human"] > linkedin["visitors"] > 100
    assert {row["source"] for row in others} == {"LinkedIn", "Newsletter", "University fair"}


def framed(demo: Demo, **query: str) -> tuple[str, list[str]]:
    """The partner's page as a user of it sees it, and the addresses of its frames."""
    page = httpx.get(f"{demo.kept()['base_url']}/demo/partner", params=query, timeout=30).text
    return page, [html.unescape(url) for url in re.findall(r'<iframe [^>]*src="([^"]+)"', page)]


def test_a_partners_page_frames_all_four_screens(demo: Demo):
    page, urls = framed(demo)
    assert [httpx.URL(url).path for url in urls] == [f"/embed/{name}" for name in SCREENS]
    assert page.count('sandbox="allow-scripts allow-same-origin allow-forms') == 4
    for url in urls:
        answer = httpx.get(url, follow_redirects=True, timeout=30)
        assert answer.status_code == 200, url
        assert demo.kept()["base_url"] in answer.headers["content-security-policy"]
    assert "set-cookie" not in httpx.get(f"{demo.kept()['base_url']}/demo/partner").headers


def test_it_frames_them_for_another_user_on_a_phone(demo: Demo):
    page, urls = framed(demo, user="demo-colleague", width="phone")
    assert page.count("userId=demo-colleague") == len(urls) == page.count('width="390"') == 4


def test_the_mail_that_goes_out_is_shown_and_kept(demo: Demo):
    demo.program.wait_for("Mail to wanda.okonjo@mail.example: Nordlys Talent would like to present you")
    link = demo.program.wait_for(r"^  (http\S+/confirm/\S+)$")[1]
    page = httpx.get(link, timeout=30)
    assert page.status_code == 200
    assert "Several agencies would like to present you for this job." in page.text
    assert list((demo.folder / "outbox").glob("*.eml"))


def test_there_are_candidates_in_every_stage(demo: Demo):
    page, _ = framed(demo)
    people = page.partition('id="candidate"')[2].partition("</select>")[0]
    stages = re.findall(r"<option [^>]*>[^<,]+, ([a-z ]+)</option>", people)
    seen = "awaiting sort, awaiting sort, reviewing, interviewing, offers, hired, declined, withdrawn, rejected"
    assert ", ".join(stages) == seen
    assert "Okonjo" not in page  # who has not confirmed yet


def test_somebody_works_by_contract_with_timesheets_in_each_state(demo: Demo):
    _, (tasks, *_) = framed(demo)
    page = httpx.get(tasks, follow_redirects=True, timeout=30).text
    (way,) = re.findall(r'href="([^"]+)#timesheets"', page)
    base = demo.kept()["base_url"]
    screen = httpx.get(f"{base}{html.unescape(way)}", follow_redirects=True, timeout=30).text
    for state in ("Approved</span>", "Sent back</span>", "To approve</span>", "<h3>Rates</h3>"):
        assert state in screen, state


def test_two_agencies_sign_in_once_by_printed_links(demo: Demo):
    found = [re.search(r"(http\S+/enter/\S+)  (.+)", line) for line in demo.program.lines]
    links = {one[2]: one[1] for one in found if one}
    assert list(links) == ["Signy Aune, Nordlys Talent", "Gareth Finch, Harbour & Finch"]
    base = demo.kept()["base_url"]
    with httpx.Client(headers={"Origin": base}, follow_redirects=True, timeout=30) as browser:
        postings = browser.post(links["Signy Aune, Nordlys Talent"]).text
        assert "Firmware Lead" in postings
        assert "Hold back until the end of the month." in postings
    again = httpx.post(links["Signy Aune, Nordlys Talent"], headers={"Origin": base}, timeout=30)
    assert "Firmware Lead" not in again.text


def test_a_mission_waits_for_the_operator(demo: Demo):
    (address,) = re.findall(r"Partners' mission (\S+)", "\n".join(demo.program.lines))
    page = httpx.get(address).text
    assert "Head of maintenance" in page
    assert "HunterOn" in page
    assert httpx.get(f"{demo.kept()['base_url']}/operator").status_code == 401


def test_the_start_page_leads_to_job_pages(demo: Demo):
    kept = demo.kept()
    page = httpx.get(kept["base_url"]).text
    assert "This is the demo." in page
    assert 'href="/demo/partner"' in page
    boards = re.findall(rf'href="({kept["jobs_base_url"]}/[^"]+)"', page)
    assert 3 <= len(boards) <= 9
    assert httpx.get(boards[0]).status_code == 200
    assert httpx.get(f"{kept['jobs_base_url']}/{kept['company']['slug']}").status_code == 200


def test_a_board_of_many_jobs_is_told(demo: Demo):
    (address,) = re.findall(r"A larger board +(\S+)", "\n".join(demo.program.lines))
    (jobs,) = re.findall(r"(\d+) open jobs", httpx.get(address).text)
    assert int(jobs) > 150


def test_commands_work_while_it_runs(demo: Demo):
    terminal = Terminal(environment(None, demo.folder))
    assert [row["slug"] for row in terminal.read("workspace", "list")] == ["demo"]
    assert len(terminal.read("job", "list", "-w", "demo", "--limit", 1000)) > 100
    assert len(terminal.read("agency", "list", "-w", "demo")) == 3
    said = terminal.run("demo", "--port", demo.kept()["base_url"].rpartition(":")[2], status=3)
    assert "is in use. Choose another with --port" in said


def test_the_receiver_tells_what_it_hears(demo: Demo):
    call = next(line for line in demo.program.lines if line.startswith("curl -s -X PATCH"))
    subprocess.run(["bash", "-c", call], capture_output=True, check=True, timeout=30)
    demo.program.wait_for("Webhook job_deactivated, signed rightly, webhook-id ")
    subprocess.run(["bash", "-c", call.replace("Paused", "Active")], capture_output=True, check=True, timeout=30)
    demo.program.wait_for("Webhook job_activated, signed rightly, webhook-id ")
    (webhook,) = Terminal(environment(None, demo.folder)).read("webhook", "list", "-w", "demo")
    assert webhook["url"] in "\n".join(demo.program.lines)


def test_a_second_start_keeps_everything_and_offers_an_open_job(demo: Demo):
    before, client = demo.kept(), (demo.folder / "demo-mcp.json").read_text()
    terminal = Terminal(environment(None, demo.folder))
    terminal.run("job", "close", before["job"]["id"], "-w", "demo")
    count = len(terminal.read("job", "list", "-w", "demo", "--limit", 1000))
    sources = terminal.run("source", "report", "-w", "demo", "--format", "csv")
    assert demo.program.stop(signal.SIGINT) == 0
    assert demo.program.lines[-1] == "Stopped. The data is kept for the next start."
    assert not (demo.folder / "postgres" / "postmaster.pid").exists()
    with start(demo.folder) as again:
        again.wait_for("Ctrl-C stops everything")
        after = demo.kept()
        assert len(terminal.read("job", "list", "-w", "demo", "--limit", 1000)) == count + 1
        assert terminal.run("source", "report", "-w", "demo", "--format", "csv") == sources
        assert again.stop(signal.SIGTERM) == 0
    assert (demo.folder / "demo-mcp.json").read_text() == client
    for name in ("workspace", "company", "bindbee", "recruitsome", "hirempire", "crosspath"):
        assert after[name] == before[name]
    assert after["job"] != before["job"]
    assert after["recruitifi"] == before["recruitifi"] | {"job": after["job"]["id"]}


@pytest.mark.parametrize("damage", ["{", "{}", None])
def test_lost_credentials_are_made_anew(demo: Demo, damage: str | None):
    file = demo.folder / "demo-credentials.json"
    before = json.loads(file.read_text())
    if damage is None:
        file.write_text(json.dumps(before | {"hirempire": {"token": "sk-nobody"}}))
    else:
        file.write_text(damage)
    with start(demo.folder) as again:
        again.wait_for("Ctrl-C stops everything")
        after = demo.kept()
        assert again.stop(signal.SIGINT) == 0
    assert after["workspace"] == before["workspace"]
    assert after["job"] == before["job"]
    assert after["hirempire"] != before["hirempire"]


def test_two_that_start_at_once_share_one_workspace(tmp_path: Path):
    arguments = ("demo", "--port", 0, "--data", tmp_path)
    around = environment(None, tmp_path)
    with program(*arguments, environment=around) as one, program(*arguments, environment=around) as two:
        for running in (one, two):
            running.wait_for("Ctrl-C stops everything")
        kept = json.loads((tmp_path / "demo-credentials.json").read_text())
        assert sum(kept["crosspath"]["api_key"] in line for line in one.lines + two.lines) == 2
        assert (one.stop(signal.SIGINT), two.stop(signal.SIGINT)) == (0, 0)
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_a_credentials_file_that_cannot_be_written_ends_it(tmp_path: Path):
    arguments = ("demo", "--port", 0, "--data", tmp_path, "--credentials", "/proc/nowhere/file")
    with program(*arguments, environment=environment(None, tmp_path)) as running:
        assert running.process.wait(60) == 3
        assert running.wait_for("rolecall: The file /proc/nowhere/file cannot be written")
