"""How each documented answer of the organization API comes about."""

from uuid import uuid4

import httpx

from rolecall.actions.agencies import NewAgency, NewRecruiter, add_recruiter, create_agency
from tests.contract.stage import Stage

TOKEN, ORGANIZATIONS, INVITATIONS = "/oauth/token", "/v1/organizations", "/v1/agency_invitations"
INVITED = {
    "optimizedFee": True,
    "firstName": "Ines",
    "lastName": "Tam",
    "email": "ines.tam@corvid.example",
    "companyName": "Corvid Search",
}


async def token(stage: Stage) -> httpx.Response:
    issued = await stage.developer(await stage.embedding())
    form = {"client_id": str(issued.credential.public_id), "client_secret": issued.secret}
    return await stage.call("POST", TOKEN, data={"grant_type": "client_credentials", **form})


async def token_of_other_grant(stage: Stage) -> httpx.Response:
    return await stage.call("POST", TOKEN, data={"grant_type": "password"})


async def token_refused(stage: Stage) -> httpx.Response:
    issued = await stage.developer(await stage.embedding())
    form = {"client_id": str(issued.credential.public_id), "client_secret": "wrong"}
    return await stage.call("POST", TOKEN, data={"grant_type": "client_credentials", **form})


async def organizations(stage: Stage) -> httpx.Response:
    return await stage.call("GET", ORGANIZATIONS, headers=await stage.developer_token(await stage.embedding()))


async def organizations_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", ORGANIZATIONS)


async def organization_token(stage: Stage) -> httpx.Response:
    headers = await stage.developer_token(await stage.embedding())
    (first,) = (await stage.call("GET", ORGANIZATIONS, headers=headers)).json()
    return await stage.call("POST", f"{ORGANIZATIONS}/{first['id']}/token", headers=headers)


async def organization_token_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("POST", f"{ORGANIZATIONS}/{uuid4()}/token")


async def token_of_unknown_organization(stage: Stage) -> httpx.Response:
    headers = await stage.developer_token(await stage.embedding())
    return await stage.call("POST", f"{ORGANIZATIONS}/{uuid4()}/token", headers=headers)


async def agency(stage: Stage) -> httpx.Response:
    world = stage.world
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        made = await create_agency(ctx, NewAgency(name="Corvid Search", email="desk@corvid.example"))
        ines = NewRecruiter(first_name="Ines", last_name="Tam", email="ines.tam@corvid.example", phone="+1 555 0142")
        await add_recruiter(ctx, made.id, ines)
    headers = await stage.organization_token(await stage.embedding())
    return await stage.call("GET", f"/v1/agencies/{made.id}", headers=headers)


async def agency_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"/v1/agencies/{uuid4()}")


async def agency_unknown(stage: Stage) -> httpx.Response:
    headers = await stage.organization_token(await stage.embedding())
    return await stage.call("GET", f"/v1/agencies/{uuid4()}", headers=headers)


async def invitation(stage: Stage) -> httpx.Response:
    headers = await stage.organization_token(await stage.embedding())
    return await stage.call("POST", INVITATIONS, json=INVITED, headers=headers)


async def invitation_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("POST", INVITATIONS, json=INVITED)


async def invitation_unprocessable(stage: Stage) -> httpx.Response:
    headers = await stage.organization_token(await stage.embedding())
    return await stage.call("POST", INVITATIONS, json={"email": "ines.tam@corvid.example"}, headers=headers)


SCENARIOS = {
    ("createPrimaryOauthToken", "200"): token,
    ("createPrimaryOauthToken", "400"): token_of_other_grant,
    ("createPrimaryOauthToken", "401"): token_refused,
    ("listOrganizations", "200"): organizations,
    ("listOrganizations", "401"): organizations_without_token,
    ("createOrganizationToken", "200"): organization_token,
    ("createOrganizationToken", "401"): organization_token_without_token,
    ("createOrganizationToken", "404"): token_of_unknown_organization,
    ("getAgency", "200"): agency,
    ("getAgency", "401"): agency_without_token,
    ("getAgency", "404"): agency_unknown,
    ("createAgencyInvitation", "201"): invitation,
    ("createAgencyInvitation", "401"): invitation_without_token,
    ("createAgencyInvitation", "422"): invitation_unprocessable,
}
