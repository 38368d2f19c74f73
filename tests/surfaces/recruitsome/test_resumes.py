"""Resumes that are uploaded: taken in, read by a real worker, and what the member is asked."""

import base64
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from rolecall.actions.members import NewMember, create_member
from rolecall.actions.resumes import Completion, resolve_request
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.resumes import Resolution
from rolecall.store import assistant_requests, candidates
from rolecall.store.db import fetch_dicts
from rolecall.store.members import Member
from tests.adapters.resumes.corpus import SAMPLES
from tests.adapters.resumes.hostile import many_pages
from tests.adapters.resumes.writing import WRITERS, docx, pdf, txt
from tests.background import work_off
from tests.documents_sent import LOOK_ALIKES
from tests.people import NOW, make_candidate
from tests.world import World

IRIS = next(sample for sample in SAMPLES if sample.name == "classic")
NAMELESS = next(sample for sample in SAMPLES if sample.name == "no-address-of-mail")


@dataclass
class Plugin:
    """Uploads resumes with a key of one workspace, for one member."""

    world: World
    headers: dict[str, str]
    member: Member
    database_url: str

    async def send(self, content: bytes, name: str = "cv.pdf", **fields: str) -> httpx.Response:
        data = {"user_id": str(self.member.number)} | fields
        files = {"resume": (name, content)}
        return await self.world.client.post("/api/v1/candidates", data=data, files=files, headers=self.headers)

    async def send_json(self, **body: Any) -> httpx.Response:
        return await self.world.client.post("/api/v1/candidates", json=body, headers=self.headers)

    async def get(self, path: str) -> Any:
        answer = await self.world.client.get(f"/api/v1/candidates{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def work(self) -> None:
        await work_off(self.world, self.database_url)

    async def processed(self, content: bytes, name: str = "cv.pdf") -> dict[str, Any]:
        """What has become of an upload once the worker has seen it."""
        answer = await self.send(content, name)
        assert answer.status_code == 202, answer.text
        await self.work()
        return await self.get(f"/processing/{answer.json()['processing_id']}")

    async def requests(self) -> list[assistant_requests.DescribedRequest]:
        async with self.world.services.database.reading() as conn:
            return await assistant_requests.newest(conn, self.world.workspace.id, settled=True, limit=9)

    async def resolve(self, resolution: Resolution, **completion: str) -> None:
        (request,) = [found for found in await self.requests() if found.resolution is None]
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            await resolve_request(ctx, request.id, resolution, completion=Completion(**completion))

    async def rows(self, table: str) -> list[dict[str, Any]]:
        query = f"select * from {table} where workspace_id = %s"
        async with self.world.services.database.reading() as conn:
            return await fetch_dicts(conn, query, (self.world.workspace.id,))


@pytest.fixture
async def plugin(acme: World, database_url: str) -> Plugin:
    async with acme.services.database.writing() as conn:
        new = NewMember(email="iris@agency.example", first_name="Iris", last_name="Terpstra")
        member = await create_member(acme.context(conn), new)
    key = await acme.secret(CredentialKind.RECRUITSOME, scopes=["candidates:read", "candidates:write"])
    return Plugin(acme, {"Authorization": f"Bearer {key}"}, member, database_url)


async def test_the_answer_is_the_printed_one(plugin: Plugin) -> None:
    answer = await plugin.send(pdf(IRIS.lines))
    ticket = answer.json()["processing_id"]
    assert answer.status_code == 202
    assert answer.json() == {
        "message": "Resume accepted for processing.",
        "processing_id": ticket,
        "data": {"processing_id": ticket, "status": "processing"},
    }
    waiting = await plugin.get(f"/processing/{ticket}")
    assert (waiting["status"], waiting["candidate"], waiting["finished_at"]) == ("processing", None, None)
    await plugin.work()
    done = await plugin.get(f"/processing/{ticket}")
    (candidate,) = await plugin.get(f"?user_id={plugin.member.number}")
    assert list(done) == ["processing_id", "status", "candidate", "created_at", "finished_at"]
    assert (done["status"], done["candidate"]) == ("completed", {"id": candidate["id"], "slug": candidate["slug"]})
    assert candidate["slug"] == f"iris-van-den-heuvel-{candidate['id']}"


async def test_a_candidate_is_what_the_resume_says(plugin: Plugin) -> None:
    done = await plugin.processed(docx(IRIS.lines), "my resume.docx")
    found = await plugin.get(f"/{done['candidate']['slug']}?user_id={plugin.member.number}")
    assert (found["full_name"], found["email"]) == ("Iris van den Heuvel", "iris.vandenheuvel@mail.example")
    assert (found["phone"], found["status"]) == ("+31623456789", "potential")
    assert (found["current_job_title"], found["current_employer"]) == ("Electrical engineer", "Norrvik Optics")
    assert found["location"] == {"locality": "Deventer", "country_code": "NL"}
    assert found["linkedin_url"] == "https://linkedin.com/in/iris-heuvel"
    (document,) = found["documents"]
    assert (document["type"], document["filename"]) == ("resume", "my resume.docx")
    (request,) = await plugin.requests()
    assert (request.kind, request.member, request.email) == ("candidate_created", "iris@agency.example", found["email"])
    (row,) = await plugin.rows("candidate")
    assert (row["kind"], row["language"]) == ("upload", "en")
    assert "LabVIEW" in row["skills"]


@pytest.mark.parametrize("form", ["doc", "odt", "rtf", "txt"])
async def test_other_kinds_are_taken_and_read(plugin: Plugin, form: str) -> None:
    done = await plugin.processed(WRITERS[form][1](IRIS.lines), f"cv.{form}")
    assert done["status"] == "completed"


async def test_json_is_taken_too(plugin: Plugin) -> None:
    resume = {"filename": "cv.pdf", "content": base64.b64encode(pdf(IRIS.lines)).decode()}
    answer = await plugin.send_json(user_id=plugin.member.number, resume=resume)
    assert answer.status_code == 202
    await plugin.work()
    assert (await plugin.get(f"/processing/{answer.json()['processing_id']}"))["status"] == "completed"


async def test_a_known_address_is_reviewed_first(plugin: Plugin) -> None:
    async with plugin.world.services.database.writing() as conn:
        known = {
            "email": "iris.vandenheuvel@mail.example",
            "first_name": "Iris",
            "last_name": None,
            "title": "Engineer",
        }
        before = await make_candidate(conn, plugin.world.workspace.id, **known)
    done = await plugin.processed(pdf(IRIS.lines))
    assert done["status"] == "needs_review"
    assert done["candidate"]["slug"] == before.slug
    assert await plugin.get(f"?user_id={plugin.member.number}") == []
    assert (await plugin.get(f"/{before.slug}"))["last_name"] == ""
    await plugin.resolve(Resolution.MERGED)
    merged = await plugin.get(f"/{before.slug}?user_id={plugin.member.number}")
    assert (merged["last_name"], merged["current_job_title"]) == ("van den Heuvel", "Engineer")
    assert len(merged["documents"]) == 1
    assert (await plugin.get(f"/processing/{done['processing_id']}"))["status"] == "completed"


async def test_a_resume_without_an_address_waits_for_one(plugin: Plugin) -> None:
    done = await plugin.processed(txt(NAMELESS.lines), "postma.txt")
    assert (done["status"], done["candidate"]) == ("needs_completion", None)
    assert await plugin.rows("candidate") == []
    (request,) = await plugin.requests()
    assert (request.kind, request.name, request.email) == ("resume_completion", "Jan Willem Postma", None)
    await plugin.resolve(Resolution.COMPLETED, email="Postma@mail.example", first_name="Jan")
    (candidate,) = await plugin.get(f"?user_id={plugin.member.number}")
    assert (candidate["full_name"], candidate["email"]) == ("Jan Postma", "Postma@mail.example")
    finished = await plugin.get(f"/processing/{done['processing_id']}")
    assert (finished["status"], finished["candidate"]["id"]) == ("completed", candidate["id"])


async def test_a_resume_that_is_dismissed_leaves_nothing(plugin: Plugin) -> None:
    await plugin.processed(txt(NAMELESS.lines), "postma.txt")
    await plugin.resolve(Resolution.DISMISSED)
    assert await plugin.rows("candidate") == []
    assert [request.resolution for request in await plugin.requests()] == ["dismissed"]


async def test_a_hostile_file_fails_and_the_worker_goes_on(plugin: Plugin) -> None:
    hostile = (await plugin.send(many_pages())).json()["processing_id"]
    good = (await plugin.send(pdf(IRIS.lines))).json()["processing_id"]
    await plugin.work()
    failed = await plugin.get(f"/processing/{hostile}")
    assert (failed["status"], failed["candidate"]) == ("failed", None)
    assert failed["finished_at"] is not None
    assert (await plugin.get(f"/processing/{good}"))["status"] == "completed"
    rows = await plugin.rows("resume_upload")
    assert {row["reason"] for row in rows} == {None, "The file has 10,000 pages; at most 100 are read."}
    assert [request.kind for request in await plugin.requests()] == ["candidate_created"]


async def test_two_uploads_of_one_person_make_one_candidate(plugin: Plugin) -> None:
    tickets = [(await plugin.send(content)).json()["processing_id"] for content in (pdf(IRIS.lines), docx(IRIS.lines))]
    await plugin.work()
    states = [(await plugin.get(f"/processing/{ticket}"))["status"] for ticket in tickets]
    assert sorted(states) == ["completed", "needs_review"]
    assert len(await plugin.rows("candidate")) == 1


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (
            {},
            {"user_id": ["The user id field is required."], "resume": ["The resume field is required."]},
        ),
        ({"user_id": "x", "resume": "cv"}, {"user_id": ["The user id must be an integer."]}),
        ({"user_id": True}, {"user_id": ["The user id must be an integer."]}),
        ({"user_id": 0}, {"user_id": ["The user id must be at least 1."]}),
        ({"user_id": 10**30}, {"user_id": ["The user id must be an integer."]}),
        ({"user_id": 999_999_999_999}, {"user_id": ["The selected user id is invalid."]}),
        ({"resume": {"filename": "cv.pdf"}}, {"resume.content": ["The resume.content field is required."]}),
        ({"resume": {"content": "JVBERi0xLjQK"}}, {"resume.filename": ["The resume.filename field is required."]}),
        (
            {"resume": {"filename": "cv.pdf", "content": "JVBER?"}},
            {"resume.content": ["The resume.content must be valid base64."]},
        ),
        (
            {"resume": {"filename": "cv.pdf", "content": "iVBORw0KGgo="}},
            {"resume.content": ["The resume.content must be a file of type: pdf, doc, docx, odt, rtf, txt."]},
        ),
    ],
)
async def test_what_is_wrong_is_told_by_field(plugin: Plugin, body: dict[str, Any], errors: dict[str, Any]) -> None:
    answer = await plugin.send_json(**body)
    assert answer.status_code == 422
    assert errors.items() <= answer.json()["errors"].items()
    assert await plugin.rows("resume_upload") == []


@pytest.mark.parametrize("name", LOOK_ALIKES)
async def test_what_only_looks_like_a_resume_is_refused(plugin: Plugin, name: str) -> None:
    answer = await plugin.send(LOOK_ALIKES[name], "cv.pdf")
    assert answer.json()["errors"] == {"resume": ["The resume must be a file of type: pdf, doc, docx, odt, rtf, txt."]}
    assert [key async for key in plugin.world.services.files.list(str(plugin.world.workspace.id))] == []


async def test_a_form_sends_a_file_and_no_more_than_ten_megabytes(plugin: Plugin) -> None:
    answer = await plugin.world.client.post(
        "/api/v1/candidates", files={"user_id": (None, "1"), "resume": (None, "text")}, headers=plugin.headers
    )
    assert answer.json()["errors"]["resume"] == ["The resume must be a file."]
    answer = await plugin.send(b"a" * (10 * 1024 * 1024 + 1), "cv.txt")
    assert answer.json()["errors"] == {"resume": ["The resume must not be greater than 10240 kilobytes."]}
    assert (await plugin.send(b"a" * 16_000_000)).status_code == 422


async def test_who_has_left_takes_no_resumes(plugin: Plugin) -> None:
    async with plugin.world.services.database.writing() as conn:
        await conn.execute("update member set disabled_at = %s where id = %s", (NOW, plugin.member.id))
    assert (await plugin.send(pdf(IRIS.lines))).json()["errors"] == {"user_id": ["The selected user id is invalid."]}


async def test_the_candidate_stays_when_it_is_known_by_then(plugin: Plugin) -> None:
    """A resume without an address, completed with one that somebody has: that one's gaps are filled."""
    async with plugin.world.services.database.writing() as conn:
        before = await make_candidate(conn, plugin.world.workspace.id)
    await plugin.processed(txt(NAMELESS.lines), "postma.txt")
    await plugin.resolve(Resolution.COMPLETED, email="mira.okafor@example.org")
    async with plugin.world.services.database.reading() as conn:
        after = await candidates.get(conn, plugin.world.workspace.id, before.id)
    assert after is not None
    assert (after.first_name, after.title) == ("Mira", "Chauffeur")
