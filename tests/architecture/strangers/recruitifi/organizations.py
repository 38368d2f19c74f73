"""The organization API: a developer's tokens, its organizations, and what they may read and write."""

from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids


def developer_token(theirs: Ids, _own: Ids) -> list[Call]:
    form = {"grant_type": "client_credentials", "client_secret": "guessed"}
    return [Call(form=form | {"client_id": named}) for named in (theirs.developer, theirs.client_id)]


def organization_token(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(path={"organizationId": named}) for named in (theirs.organization, theirs.client, theirs.connector)]


def agency(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(path={"agencyId": named}) for named in (theirs.agency, theirs.recruiter, theirs.invitation)]


def invitation(theirs: Ids, _own: Ids) -> list[Call]:
    body = {"optimizedFee": True, "email": "desk@ours.example", "organizationId": theirs.organization}
    return [Call(json=body), Call(json=body | {"id": theirs.invitation, "agencyId": theirs.agency})]


CALLS: dict[str, Calls] = {
    "createPrimaryOauthToken": developer_token,
    "listOrganizations": lambda _theirs, _own: [Call()],
    "createOrganizationToken": organization_token,
    "getAgency": agency,
    "createAgencyInvitation": invitation,
}
