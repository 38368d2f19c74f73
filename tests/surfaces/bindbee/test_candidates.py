"""The unified candidates: every filter, alone and together, pages, and what other contracts wrote."""

import base64
from typing import Any

import pytest

from rolecall.actions.ids import new_id
from rolecall.store import candidates, terms
from rolecall.store.terms import TAG, Term
from tests.people import make_application, make_candidate
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World

PEOPLE: list[dict[str, Any]] = [
    {"first_name": "Mira", "last_name": "Okafor", "company": "Tallpine Labs", "email_addresses": ["Mira@Example.org"]},
    {
        "first_name": "Élodie",
        "last_name": "OKAFOR",
        "company": "Norrvik",
        "email_addresses": ["e@example.org", "b@x.se"],
    },
    {"first_name": "Jonas", "last_name": "Berg", "company": "tallpine labs", "email_addresses": [], "remote_id": "c-3"},
]


@pytest.fixture
async def people(acme: World) -> None:
    async with acme.services.database.writing() as conn:
        made = [await make_candidate(conn, acme.workspace.id, **{"email": None, **facts}) for facts in PEOPLE]
        tag = await terms.put(conn, Term(workspace_id=acme.workspace.id, id=new_id(), kind=TAG, name="Python"))
        await candidates.add_terms(conn, acme.workspace.id, made[2].id, term_ids=[tag])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mira", "Élodie", "Jonas"]),
        ("last_name=okafor", ["Mira", "Élodie"]),
        ("first_name=ÉLODIE", ["Élodie"]),
        ("company=TALLPINE LABS,norrvik", ["Mira", "Élodie", "Jonas"]),
        ("company=Tallpine", []),
        ("email_addresses=mira@example.org", ["Mira"]),
        ("email_addresses=MIRA@example.org&email_addresses=B@x.se", ["Mira", "Élodie"]),
        ("tag=python", ["Jonas"]),
        ("remote_id=c-3", ["Jonas"]),
        ("remote_id=C-3", []),
        ("last_name=okafor&company=norrvik", ["Élodie"]),
        ("last_name=okafor&tag=python", []),
        ("ids=nothing", []),
        ("last_name=%25", []),
    ],
)
async def test_filters(people: None, acme_ats: Organization, query: str, found: list[str]) -> None:
    assert [item["first_name"] for item in await acme_ats.items(f"candidates?{query}")] == found


async def test_pages_end_with_null_and_continue_from_the_last_id(people: None, acme_ats: Organization) -> None:
    first = (await acme_ats.get("candidates?page_size=2")).json()
    assert base64.b64decode(first["cursor"]).decode() == first["items"][1]["id"]
    second = (await acme_ats.get(f"candidates?page_size=2&cursor={first['cursor']}")).json()
    assert [item["first_name"] for item in second["items"]] == ["Jonas"]
    assert (second["cursor"], second["page_size"]) == (None, 1)


async def test_relations_of_a_candidate(acme: World, acme_ats: Organization) -> None:
    job = await acme.job()
    async with acme.services.database.writing() as conn:
        candidate = await make_candidate(conn, acme.workspace.id)
        first, second = [await make_application(conn, candidate, job.id) for _ in range(2)]
    (item,) = await acme_ats.items("candidates")
    assert item["applications"] == [str(first.id), str(second.id)]
    (item,) = await acme_ats.items("candidates?expand=applications[job],attachments")
    assert item["applications"] == [{"job": str(job.id)}, {"job": str(job.id)}]
    assert item["attachments"] == []
    (found,) = await acme_ats.items(f"applications?candidate={candidate.id}&ids={second.id}")
    assert found["candidate"] == str(candidate.id)


@pytest.mark.parametrize("query", ["candidate=nothing", "job=019a7c10-0000-7000-8000-000000000000", "source=None"])
async def test_a_value_that_matches_nothing(people: None, acme_ats: Organization, query: str) -> None:
    assert (await acme_ats.get(f"applications?{query}")).json() == {"cursor": None, "page_size": 0, "items": []}
