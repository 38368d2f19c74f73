"""The candidates of one member: filters, orders, pages, single profiles, and what stays hidden."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.members import NewMember, create_member
from rolecall.domain.applications import Attachment
from rolecall.domain.candidates import Candidate
from rolecall.domain.credentials import CredentialKind
from rolecall.store import attachments, candidates, terms
from rolecall.store.members import Member
from rolecall.store.terms import TAG, Term
from tests.people import make_candidate
from tests.world import World

DAY = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


class Plugin:
    """Reads candidates with a key of one workspace."""

    def __init__(self, world: World, key: str) -> None:
        self.world = world
        self.headers = {"Authorization": f"Bearer {key}"}

    async def get(self, path: str, status: int = 200) -> dict[str, Any]:
        answer = await self.world.client.get(f"/api/v1/candidates{path}", headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def names(self, member: Member, query: str = "") -> list[str]:
        page = await self.get(f"?user_id={member.number}&{query}")
        assert page["meta"]["total"] >= len(page["data"])
        return [found["first_name"] for found in page["data"]]

    async def member(self, name: str) -> Member:
        async with self.world.services.database.writing() as conn:
            new = NewMember(email=f"{name}@agency.example", first_name=name, last_name="Terpstra")
            return await create_member(self.world.context(conn), new)

    async def candidate(self, *of: Member, day: int = 0, **facts: Any) -> Candidate:
        """A candidate in the repositories of members."""
        first = facts.get("first_name", "Milan")
        email = facts.pop("email", f"{first}@mail.example".lower())
        known = {"last_name": "de Wit", "email": email, "email_addresses": [email], "slug": f"milan-{new_id()}"}
        created = DAY + timedelta(days=day)
        times = {"created_at": created, "updated_at": created, "modified_at": created}
        async with self.world.services.database.writing() as conn:
            found = await make_candidate(
                conn, self.world.workspace.id, **(known | times | {"first_name": first} | facts)
            )
            ids = [member.id for member in of]
            await candidates.add_members(conn, found.workspace_id, found.id, member_ids=ids, now=DAY)
            stored = await candidates.get(conn, found.workspace_id, found.id)
        assert stored is not None
        return stored


@pytest.fixture
async def plugin(acme: World) -> Plugin:
    return Plugin(acme, await acme.secret(CredentialKind.RECRUITSOME, scopes=["candidates:read"]))


@pytest.fixture
async def iris(plugin: Plugin) -> Member:
    return await plugin.member("Iris")


async def test_the_printed_example(plugin: Plugin, iris: Member) -> None:
    candidate = await plugin.candidate(
        iris,
        phone_numbers=["06 12", "+31612345678"],
        status="waiting_for_intake",
        updated_at=DAY + timedelta(minutes=5),
        title="Fitter",
        city="Hattem",
        country_code="NL",
        linkedin_url=None,
    )
    summary = {
        "id": candidate.number,
        "slug": candidate.slug,
        "first_name": "Milan",
        "last_name": "de Wit",
        "full_name": "Milan de Wit",
        "email": "milan@mail.example",
        "phone": "+31612345678",
        "status": "waiting_for_intake",
        "created_at": "2026-05-06T09:00:00+00:00",
        "updated_at": "2026-05-06T09:05:00+00:00",
    }
    document = await _attach(plugin, candidate, "milan.pdf")
    detail = {
        "current_job_title": "Fitter",
        "current_employer": None,
        "linkedin_url": None,
        "location": {"locality": "Hattem", "country_code": "NL"},
        "tags": [],
        "documents": [
            {"id": document, "type": "resume", "filename": "milan.pdf", "created_at": "2026-05-06T09:00:00+00:00"}
        ],
    }
    page = await plugin.get(f"?user_id={iris.number}")
    assert page["data"] == [summary]
    assert list(page) == ["data", "links", "meta"]
    for name in (candidate.slug, candidate.number):
        assert await plugin.get(f"/{name}?user_id={iris.number}") == {"data": summary | detail}


async def _attach(plugin: Plugin, candidate: Candidate, name: str) -> int | None:
    attachment = Attachment(
        workspace_id=candidate.workspace_id,
        id=new_id(),
        connector_id=candidate.connector_id,
        candidate_id=candidate.id,
        kind="resume",
        name=name,
        url="https://files.example/cv.pdf",
        created_at=DAY,
        modified_at=DAY,
    )
    async with plugin.world.services.database.writing() as conn:
        await attachments.insert(conn, attachment)
        (stored,) = await attachments.of_candidate(conn, candidate.workspace_id, candidate.id)
    return stored.number


async def test_what_is_not_known_is_null_or_empty(plugin: Plugin, iris: Member) -> None:
    nothing: dict[str, Any] = {
        "first_name": None,
        "last_name": None,
        "email_addresses": [],
        "phone_numbers": ["ask me"],
    }
    candidate = await plugin.candidate(iris, **nothing, email=None, linkedin_url=None)
    found = (await plugin.get(f"/{candidate.slug}"))["data"]
    assert (found["first_name"], found["last_name"], found["full_name"]) == ("", "", "")
    assert (found["email"], found["phone"], found["location"]) == (None, None, None)


async def test_a_repository_is_its_members_own(plugin: Plugin, iris: Member) -> None:
    bram = await plugin.member("Bram")
    await plugin.candidate(iris, bram, first_name="Shared")
    hidden = await plugin.candidate(bram, first_name="Hidden", day=1)
    assert await plugin.names(iris) == ["Shared"]
    assert await plugin.names(bram) == ["Hidden", "Shared"]
    assert await plugin.names(iris, f"email={hidden.email}") == []
    assert (await plugin.get(f"/{hidden.slug}?user_id={iris.number}", 404)) == {"message": "Resource not found."}
    assert (await plugin.get(f"/{hidden.slug}"))["data"]["first_name"] == "Hidden"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=MIL", ["Milan"]),
        ("search=n+wi", ["Milan", "Ann"]),
        ("search=jansen%40", ["Ann"]),
        ("search=éLODIE", ["Élodie"]),
        ("search=%25", []),
        ("search=_", []),
        ("search=milan+ann", []),
        ("search=", ["Élodie", "Milan", "Ann"]),
        ("email=MILAN%40mail.example", ["Milan"]),
        ("email=ilan%40mail.example", []),
        ("status=employee", ["Ann"]),
        ("status=potential&search=elo", ["Élodie"]),
        ("sort=first_name&sort_direction=asc", ["Ann", "Milan", "Élodie"]),
        ("sort=first_name", ["Élodie", "Milan", "Ann"]),
        ("sort=last_name&sort_direction=asc", ["Milan", "Élodie", "Ann"]),
        ("sort=email&sort_direction=asc", ["Élodie", "Ann", "Milan"]),
        ("sort_direction=asc", ["Ann", "Milan", "Élodie"]),
        ("per_page=1&page=2", ["Milan"]),
        ("per_page=1&page=4", []),
    ],
)
async def test_filters_and_orders(plugin: Plugin, iris: Member, query: str, names: list[str]) -> None:
    await plugin.candidate(iris, first_name="Ann", last_name="van Wijk", email="jansen@b.example", status="employee")
    await plugin.candidate(iris, first_name="Milan", day=1)
    await plugin.candidate(iris, first_name="Élodie", last_name="Roux", day=2, email="elo@a.example")
    assert await plugin.names(iris, query) == names


async def test_candidates_of_one_moment_are_in_the_order_of_their_ids(plugin: Plugin, iris: Member) -> None:
    for name in ("A", "B", "C"):
        await plugin.candidate(iris, first_name=name)
    assert await plugin.names(iris) == ["C", "B", "A"]
    assert await plugin.names(iris, "sort_direction=asc") == ["A", "B", "C"]


async def test_a_repository_follows_its_candidates(plugin: Plugin, iris: Member) -> None:
    candidate = await plugin.candidate(iris)
    changed = replace(candidate, first_name="Mila", status="employee")
    async with plugin.world.services.database.writing() as conn:
        await candidates.update(conn, changed)
    assert await plugin.names(iris, "search=milan") == ["Mila"]  # the address still has it
    assert await plugin.names(iris, "status=employee&sort=first_name") == ["Mila"]
    assert await plugin.names(iris, "status=potential") == []


async def test_tags_come_with_their_main_tag(plugin: Plugin, iris: Member) -> None:
    candidate = await plugin.candidate(iris)
    main, sub = [
        Term(workspace_id=candidate.workspace_id, id=new_id(), kind=TAG, name=name) for name in ("Trade", "Pipes")
    ]
    async with plugin.world.services.database.writing() as conn:
        main_id = await terms.put(conn, main)
        sub_id = await terms.put(conn, replace(sub, parent_id=main_id))
        await candidates.add_terms(conn, candidate.workspace_id, candidate.id, term_ids=[main_id, sub_id])
    first, second = (await plugin.get(f"/{candidate.slug}"))["data"]["tags"]
    assert (first["name"], first["parent_id"]) == ("Trade", None)
    assert (second["name"], second["parent_id"]) == ("Pipes", first["id"])


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", {"user_id": ["The user id field is required."]}),
        ("user_id=", {"user_id": ["The user id field is required."]}),
        ("user_id=x", {"user_id": ["The user id must be an integer."]}),
        ("user_id=0", {"user_id": ["The user id must be at least 1."]}),
        ("user_id[]=1", {"user_id": ["The user id must be an integer."]}),
        ("user_id=999999999999", {"user_id": ["The selected user id is invalid."]}),
        (
            "email=milan&status=hired&sort=id",
            {
                "user_id": ["The user id field is required."],
                "email": ["The email must be a valid email address."],
                "status": ["The selected status is invalid."],
                "sort": ["The selected sort is invalid."],
            },
        ),
    ],
)
async def test_what_is_wrong_is_told_by_field(plugin: Plugin, query: str, errors: dict[str, list[str]]) -> None:
    assert (await plugin.get(f"?{query}", 422))["errors"] == errors


async def test_who_has_left_has_no_repository(plugin: Plugin, iris: Member) -> None:
    async with plugin.world.services.database.writing() as conn:
        await conn.execute("update member set disabled_at = now() where id = %s", (iris.id,))
    assert (await plugin.get(f"?user_id={iris.number}", 422))["errors"] == {
        "user_id": ["The selected user id is invalid."]
    }


@pytest.mark.parametrize("name", ["processing", "999999999999", "1" * 40, "milan%00", "%D9%A1", "a%2Fb"])
async def test_a_candidate_that_is_not_there(plugin: Plugin, name: str) -> None:
    assert await plugin.get(f"/{name}", 404) == {"message": "Resource not found."}
