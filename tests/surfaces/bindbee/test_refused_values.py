"""Values that a JSON type allows and that no other contract could show: each is refused by its name."""

from typing import Any
from uuid import UUID

import pytest

from tests.contract.scenarios.bindbee.writing import BODIES
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World


@pytest.fixture
async def made(acme: World) -> dict[str, UUID]:
    return await furnish(acme)


@pytest.mark.parametrize(
    ("path", "slug", "field", "value"),
    [
        ("remote-users", "remote_user", "email", "ines at example"),
        ("candidates", "candidate", "avatar", "a picture"),
    ],
)
async def test_a_value_that_is_no_address(
    made: dict[str, UUID], acme_ats: Organization, path: str, slug: str, field: str, value: Any
) -> None:
    body = BODIES[slug](made) | {field: value}
    answer = await acme_ats.world.client.post(f"/api/ats/v1/{path}", json=body, headers=acme_ats.headers)
    assert answer.status_code == 422
    assert [problem["loc"] for problem in answer.json()["detail"]] == [["body", field]]


async def test_base64_of_other_letters(made: dict[str, UUID], acme_ats: Organization) -> None:
    path = f"/api/ats/v1/candidates/{made['candidate']}/attachments"
    body = {"file_name": "cv.pdf", "file_content": "früh"}
    answer = await acme_ats.world.client.post(path, json=body, headers=acme_ats.headers)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "file_content"]


async def test_nul_in_a_repeated_parameter(acme_ats: Organization) -> None:
    answer = await acme_ats.get("candidates?email_addresses=a@example.org&email_addresses=%00")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "email_addresses"]


async def test_the_address_of_a_candidate_is_the_first_that_is_one(acme: World, acme_ats: Organization) -> None:
    body = {"first_name": "Mira", "last_name": "Okafor", "email_addresses": ["none", "Mira@Example.org"]}
    answer = await acme_ats.world.client.post("/api/ats/v1/candidates", json=body, headers=acme_ats.headers)
    assert answer.json()["email_addresses"] == ["none", "Mira@Example.org"]
    async with acme.services.database.reading() as conn:
        cursor = await conn.execute("select email from candidate where workspace_id = %s", (acme.workspace.id,))
        assert await cursor.fetchall() == [("mira@example.org",)]
