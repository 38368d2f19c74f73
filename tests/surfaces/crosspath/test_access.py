"""Keys, base paths and unknown paths of the CrossPath contract."""

from datetime import UTC, datetime

import pytest

from rolecall.actions.credentials import NewCredential, create_credential, revoke_credential
from rolecall.domain.credentials import CredentialKind
from rolecall.store import partners
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World

UNAUTHORIZED = {"error": "Please provide your API key."}


@pytest.mark.parametrize("header", [None, "Apikey", "Apikey ", "Basic abc", "Apikey Recruitment-wrong", "Bearer \xff"])
async def test_a_missing_and_a_wrong_key_look_the_same(acme: World, header: str | None) -> None:
    headers = {} if header is None else {b"Authorization": header.encode("latin-1")}
    answer = await acme.client.get("/partners/v1/companies", headers=headers)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


@pytest.mark.parametrize("base", ["/partners/v1", "/partners/hunteron/v1"])
@pytest.mark.parametrize("word", ["Apikey", "Bearer", "apikey"])
async def test_both_words_on_both_paths(acme: World, base: str, word: str) -> None:
    _, key = await acme.partner()
    answer = await acme.client.get(f"{base}/companies", headers={"Authorization": f"{word} {key}"})
    assert (answer.status_code, answer.json()) == (200, {"companies": []})


async def test_the_key_has_the_documented_look(acme: World) -> None:
    _, key = await acme.partner()
    assert key.startswith("Recruitment-")
    assert len(key) == len("Recruitment-") + 32


async def test_a_disabled_account_is_refused(acme: World) -> None:
    partner, key = await acme.partner()
    async with acme.services.database.writing() as conn:
        await partners.set_disabled(conn, acme.workspace.id, partner.id, at=datetime.now(UTC))
    answer = await acme.client.get("/partners/v1/companies", headers={"Authorization": f"Apikey {key}"})
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


async def test_a_revoked_key_is_refused(acme: World) -> None:
    partner, _ = await acme.partner()
    async with acme.services.database.writing() as conn:
        new = NewCredential(kind=CredentialKind.CROSSPATH, name="second", subject_id=partner.id)
        credential, key = await create_credential(conn, acme.workspace, new, now=datetime.now(UTC))
    headers = {"Authorization": f"Apikey {key}"}
    assert (await acme.client.get("/partners/v1/missions", headers=headers)).status_code == 200
    async with acme.services.database.writing() as conn:
        await revoke_credential(conn, acme.workspace.id, credential.id, now=datetime.now(UTC))
    answer = await acme.client.get("/partners/v1/missions", headers=headers)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


@pytest.mark.parametrize("base", ["/partners/v1", "/partners/hunteron/v1"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "/nothing"),
        ("DELETE", "/missions"),
        ("GET", "/missions/1"),
        ("OPTIONS", "/companies"),
        ("TRACE", ""),
        ("PROPFIND", "/companies"),
    ],
)
async def test_what_the_contract_lacks_is_404_with_the_error_key(
    acme: World, base: str, method: str, path: str
) -> None:
    answer = await acme.client.request(method, base + path)
    assert answer.status_code == 404
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
@pytest.mark.parametrize(("method", "path"), [("POST", "/companies"), ("POST", "/missions"), ("PATCH", "/missions/1")])
async def test_another_content_type_is_refused(intake: Intake, method: str, path: str, kind: str) -> None:
    answer = await intake.call(method, path, content=b'{"name": "Norrvik"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()) == (400, {"error": "The request body must be a JSON object."})


async def test_a_charset_does_not_matter(intake: Intake) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    answer = await intake.call("POST", "/companies", content=b'{"name": "Norrvik"}', headers=headers)
    assert answer.status_code == 201


async def test_a_body_too_large_is_refused_in_shape(intake: Intake) -> None:
    body = {"name": "Norrvik", "unknown": "x" * 1_000_000}
    answer = await intake.call("POST", "/companies", json=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "The request body is too large."})
    assert (await intake.call("GET", "/companies")).json() == {"companies": []}


async def test_companies_of_another_workspace_stay_hidden(acme: World, globex: World) -> None:
    _, key = await acme.partner()
    _, strange_key = await globex.partner()
    body = {"name": "Norrvik Optics"}
    await acme.client.post("/partners/v1/companies", json=body, headers={"Authorization": f"Apikey {key}"})
    answer = await globex.client.get("/partners/v1/companies", headers={"Authorization": f"Apikey {strange_key}"})
    assert answer.json() == {"companies": []}


async def test_the_documented_company_example_is_answered(acme: World) -> None:
    _, key = await acme.partner()
    sent = {
        "externalId": "ho-118",
        "name": "Norrvik Optics",
        "website": "https://norrvik.example",
        "sector": "hardware",
        "size": "51-200",
        "location": "SE-lund",
    }
    headers = {"Authorization": f"Apikey {key}"}
    answer = await acme.client.post("/partners/v1/companies", json=sent, headers=headers)
    assert answer.status_code == 201
    assert {name: answer.json()[name] for name in sent} == sent
    again = await acme.client.post("/partners/v1/companies", json={**sent, "name": "Other"}, headers=headers)
    assert (again.status_code, again.json()) == (200, answer.json())
