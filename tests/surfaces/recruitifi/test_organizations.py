"""The organization API: two steps of tokens, agencies as an organization sees them, and invitations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.requests import Request

from rolecall.actions.agencies import NewAgency, NewRecruiter, add_recruiter, create_agency, prefer_agency
from rolecall.actions.clients import let_client_act_for_workspace, name_client
from rolecall.actions.credentials import revoke_credential
from rolecall.domain.fees import CustomFee
from rolecall.store import connectors, invitations, partners
from rolecall.surfaces.recruitifi.oauth import authenticate_developer, organization_token
from tests.contract.stage import Embedding, Stage
from tests.world import World

NO_BEARER = {"error": "unauthorized", "message": "Missing or invalid bearer token."}
NOT_FOUND = {"error": "not_found", "message": "The requested resource was not found."}
INES = NewRecruiter(first_name="Ines", last_name="Tam", email="ines.tam@corvid.example", phone="+44 20 7946 0958")
CORVID = NewAgency(name="Corvid Search", email="desk@corvid.example")


@pytest.fixture
async def embedding(acme: World) -> Embedding:
    return await Stage(acme).embedding()


async def form_of(world: World, embedding: Embedding, **changes: str) -> dict[str, str]:
    issued = await Stage(world).developer(embedding)
    good = {"grant_type": "client_credentials", "client_id": str(issued.credential.public_id)}
    return good | {"client_secret": issued.secret} | changes


async def organizations(world: World, headers: dict[str, str]) -> list[dict[str, str]]:
    answer = await world.client.get("/v1/organizations", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_developer_gets_a_token_for_an_hour(acme: World, embedding: Embedding) -> None:
    form = await form_of(acme, embedding)
    answer = await acme.client.post("/oauth/token", data=form)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    token = answer.json().pop("access_token")
    assert answer.json() == {"access_token": token, "token_type": "bearer", "expires_in": 3600}
    assert form["client_id"].startswith("dev_embedder_")


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_id": "dev_wrong"}, 401, "invalid_client"),
        ({"client_id": ""}, 401, "invalid_client"),
    ],
)
async def test_a_form_that_is_refused(
    acme: World, embedding: Embedding, changes: dict[str, str], status: int, error: str
) -> None:
    answer = await acme.client.post("/oauth/token", data=await form_of(acme, embedding, **changes))
    assert (answer.status_code, answer.json()) == (status, {"error": error})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"grant_type=client_credentials", "application/json"),
        (b"grant_type=a&grant_type=b", "application/x-www-form-urlencoded"),
        (b"grant_type=%FF", "application/x-www-form-urlencoded"),
        (b"a" * 1_000_001, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(60)), "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded"),
    ],
)
async def test_a_body_that_is_no_form(client: httpx.AsyncClient, content: bytes, kind: str) -> None:
    answer = await client.post("/oauth/token", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


async def test_the_partners_own_secret_is_no_developers(acme: World, embedding: Embedding) -> None:
    form = {"client_id": embedding.client_id, "client_secret": embedding.client_secret}
    answer = await acme.client.post("/oauth/token", data=form | {"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_organizations_are_the_clients_of_the_account_by_their_names(acme: World, embedding: Embedding) -> None:
    stage, rival = Stage(acme), await Stage(acme).embedding()
    headers = await stage.developer_token(embedding)
    async with acme.services.database.writing() as conn:
        ctx, connector_id = acme.context(conn), UUID(embedding.connector_id)
        await name_client(ctx, connector_id, "cust-2", name=" Harbor Freight Lines ")
        await let_client_act_for_workspace(ctx, connector_id, "cust-3", acts=False)
    found = await organizations(acme, headers)
    assert [row["name"] for row in found] == [acme.workspace.name, "Harbor Freight Lines", "cust-3"]
    (theirs,) = await organizations(acme, await stage.developer_token(rival))
    assert theirs["id"] not in {row["id"] for row in found}
    answer = await acme.client.post(f"/v1/organizations/{theirs['id']}/token", headers=headers)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_a_token_for_one_organization(acme: World, embedding: Embedding) -> None:
    headers = await Stage(acme).developer_token(embedding)
    (own,) = await organizations(acme, headers)
    answer = await acme.client.post(f"/v1/organizations/{own['id']}/token", headers=headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    token = answer.json()["access_token"]
    shape = {"access_token": token, "token_type": "Bearer", "expires_in": 86_400, "scope": own["id"]}
    assert answer.json() == shape


async def test_each_step_takes_its_own_token_only(acme: World, embedding: Embedding) -> None:
    stage = Stage(acme)
    developer, organization = await stage.developer_token(embedding), await stage.organization_token(embedding)
    link = await stage.access_token(embedding)
    wrong = {"Authorization": f"Bearer {link['X-Auth-Token']}"}
    calls = [("GET", f"/v1/agencies/{uuid4()}", developer), ("POST", "/v1/agency_invitations", developer)]
    calls += [("GET", "/v1/organizations", organization), ("POST", f"/v1/organizations/{uuid4()}/token", organization)]
    calls += [("GET", "/v1/organizations", headers) for headers in ({}, wrong, {"Authorization": "Bearer"})]
    for method, path, headers in calls:
        answer = await acme.client.request(method, path, headers=headers)
        assert (answer.status_code, answer.json()) == (401, NO_BEARER), path
        assert answer.headers["www-authenticate"] == "Bearer"
    query = embedding.query("any")
    answer = await acme.client.get("/v1/links/job" + query, headers={"X-Auth-Token": developer["Authorization"][7:]})
    assert answer.status_code == 401


@pytest.mark.parametrize("ending", ["revoked", "account disabled", "connector disabled"])
async def test_tokens_end_with_what_they_stand_for(acme: World, embedding: Embedding, ending: str) -> None:
    stage, now = Stage(acme), datetime.now(UTC)
    headers = await stage.organization_token(embedding)
    claims = acme.services.signer.read(headers["Authorization"][7:], audience="recruitifi/organization", now=now)
    async with acme.services.database.writing() as conn:
        workspace_id = acme.workspace.id
        if ending == "revoked":
            await revoke_credential(conn, workspace_id, UUID(claims["credential"]), now=now)
        elif ending == "account disabled":
            partner = await partners.by_name(conn, workspace_id, embedding.partner)
            assert partner is not None
            await partners.set_disabled(conn, workspace_id, partner.id, at=now)
        else:
            await connectors.set_disabled(conn, workspace_id, UUID(embedding.connector_id), at=now)
    answer = await acme.client.get(f"/v1/agencies/{uuid4()}", headers=headers)
    assert (answer.status_code, answer.json()) == (401, NO_BEARER)


async def test_an_organization_token_is_void_after_a_day(acme: World, embedding: Embedding) -> None:
    headers = await Stage(acme).developer_token(embedding)
    (own,) = await organizations(acme, headers)
    scope = {"type": "http", "headers": [(b"authorization", headers["Authorization"].encode())]}
    developer = await authenticate_developer(Request(scope), acme.services)
    for minutes, status in [(1, 404), (-1, 401)]:
        then = datetime.now(UTC) - timedelta(days=1) + timedelta(minutes=minutes)
        old = replace(acme.services, clock=lambda then=then: then)
        token = organization_token(old, developer, UUID(own["id"]))
        answer = await acme.client.get(f"/v1/agencies/{uuid4()}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status


async def test_an_agency_as_the_organization_sees_it(acme: World, embedding: Embedding) -> None:
    headers = await Stage(acme).organization_token(embedding)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        agency = await create_agency(ctx, CORVID)
        recruiter = await add_recruiter(ctx, agency.id, INES)
    person = {
        "id": str(recruiter.id),
        "firstName": "Ines",
        "lastName": "Tam",
        "email": "ines.tam@corvid.example",
        "phone": "+442079460958",
        "status": "active",
    }
    seen = {"optimizedFee": True, "id": str(agency.id), "name": "Corvid Search", "recruiters": [person]}
    assert (await acme.client.get(f"/v1/agencies/{agency.id}", headers=headers)).json() == seen
    client_id = UUID((await organizations(acme, await Stage(acme).developer_token(embedding)))[0]["id"])
    async with acme.services.database.writing() as conn:
        await prefer_agency(acme.context(conn), client_id, agency.id, fees=[CustomFee(percentage=Decimal("18.5"))])
    seen["optimizedFee"] = False
    assert (await acme.client.get(f"/v1/agencies/{agency.id}", headers=headers)).json() == seen


@pytest.mark.parametrize("named", ["none", "%00", "agy_310", "01A219DB-05A7-75C8-A5C2-E0C5A7F23FF5"])
async def test_an_agency_that_is_not_there(acme: World, embedding: Embedding, named: str) -> None:
    headers = await Stage(acme).organization_token(embedding)
    answer = await acme.client.get(f"/v1/agencies/{named}", headers=headers)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def invite(world: World, embedding: Embedding, body: Any) -> httpx.Response:
    headers = await Stage(world).organization_token(embedding)
    return await world.client.post("/v1/agency_invitations", json=body, headers=headers)


async def test_the_documented_invitation(acme: World, embedding: Embedding) -> None:
    sent = {
        "optimizedFee": True,
        "firstName": "Ines",
        "lastName": "Tam",
        "email": "ines.tam@corvid.example",
        "companyName": "Corvid Search",
    }
    answer = await invite(acme, embedding, sent)
    assert (answer.status_code, answer.json()) == (201, sent | {"status": "pending"})


async def test_fees_of_ones_own_come_back_as_they_were(acme: World, embedding: Embedding) -> None:
    sent = {"optimizedFee": False, "customFees": [{"percentage": 18.5, "note": "Retained"}, {"percentage": 20}]}
    answer = await invite(acme, embedding, sent)
    assert (answer.status_code, answer.json()) == (201, sent | {"status": "pending"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"optimizedFee": None}, "optimizedFee is not valid: true or false."),
        ({"optimizedFee": "true"}, "optimizedFee is not valid: true or false."),
        ({"email": "ines"}, "email is not valid: an e-mail address, as in desk@agency.example."),
        ({"email": ""}, "email is not valid: an e-mail address, as in desk@agency.example."),
        ({"email": ["a@b.example"]}, "email is not valid: a string."),
        ({"firstName": 7}, "firstName is not valid: a string."),
        ({"firstName": "a\nb"}, "firstName is not valid: it holds characters that are no text."),
        ({"companyName": "x" * 201}, "companyName is not valid: at most 200 characters, this has 201."),
        ({"customFees": [{"percentage": 18}]}, "customFees is not valid: send them with optimizedFee false."),
        ({"customFees": {}}, "customFees is not valid: a list of objects."),
        ({"customFees": [18]}, "customFees is not valid: a list of objects."),
    ],
)
async def test_a_wrong_field_is_named(acme: World, embedding: Embedding, changes: dict[str, Any], message: str) -> None:
    answer = await invite(acme, embedding, {"optimizedFee": True, **changes})
    assert (answer.status_code, answer.json()) == (422, {"error": "unprocessable_entity", "message": message})
    async with acme.services.database.reading() as conn:
        assert await invitations.newest(conn, acme.workspace.id, limit=10) == []


@pytest.mark.parametrize("percentage", [0, -1, 100.01, True, "18", None, 18.555, 10**30])
async def test_a_percentage_that_is_none(acme: World, embedding: Embedding, percentage: Any) -> None:
    answer = await invite(acme, embedding, {"optimizedFee": False, "customFees": [{"percentage": percentage}]})
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("customFees is not valid: ")


async def test_who_is_invited_again_has_one_invitation_with_the_newer_facts(acme: World, embedding: Embedding) -> None:
    await invite(acme, embedding, {"optimizedFee": True, "email": "Ines@corvid.example"})
    again = {"optimizedFee": False, "email": "ines@corvid.example", "companyName": "Corvid"}
    assert (await invite(acme, embedding, again)).status_code == 201
    other = await Stage(acme).embedding()
    await invite(acme, other, {"optimizedFee": True, "email": "ines@corvid.example"})
    for _ in range(2):  # without an address nobody can tell whether it is the same
        await invite(acme, embedding, {"optimizedFee": True})
    async with acme.services.database.reading() as conn:
        found = await invitations.newest(conn, acme.workspace.id, limit=10)
    assert [(one.company_name, one.optimized_fee) for one in reversed(found)] == [
        ("Corvid", False),
        *[(None, True)] * 3,
    ]


@pytest.mark.parametrize("path", ["/oauth", "/oauth/authorize", "/v1/agencies", "/v1/organizations/x", "/v1/agencies/"])
async def test_what_the_contract_lacks(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
