"""Custom fields and their mappings: what may be defined, where it may be mapped, and what stays as it is."""

import asyncio
from typing import Any

import pytest

from rolecall.actions.issuing import issue_connector_token
from tests.contract.scenarios.bindbee.custom_fields import PATH, field_body
from tests.contract.scenarios.bindbee.reading import UNKNOWN
from tests.surfaces.bindbee.conftest import Organization


async def asked(ats: Organization, method: str, path: str = "", *, status: int = 200, json: Any = None) -> Any:
    """The answer's JSON; None where it has no body."""
    headers = {"Authorization": f"Bearer {ats.api_key}"}
    answer = await ats.world.client.request(method, f"{PATH}{path}", json=json, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def defined(ats: Organization, **facts: Any) -> str:
    return (await asked(ats, "POST", json=field_body(**facts), status=201))["id"]


async def mapped(ats: Organization, field: str, json_path: str = "notice", **scope: str) -> str:
    body = {"custom_field_id": field, "json_path": json_path, **(scope or {"integration_slug": "native"})}
    return (await asked(ats, "POST", "/mapping", json=body, status=201))["id"]


def said(refused: dict[str, Any]) -> list[tuple[Any, str]]:
    return [(problem["loc"], problem["msg"]) for problem in refused["detail"]]


async def test_a_field_is_told_with_its_mappings(acme_ats: Organization) -> None:
    field = await defined(acme_ats)
    mapping = await mapped(acme_ats, field)
    found = await asked(acme_ats, "GET", f"/{field}")
    assert {key: found[key] for key in field_body()} == field_body()
    assert (found["id"], found["source"], found["updated_at"]) == (field, "API", None)
    assert found["mapping_counts"] == {"total": 1, "organization": 1, "connector": 0}
    (one,) = found["mappings"]
    assert (one["id"], one["integration_slug"], one["connector_token"]) == (mapping, "native", None)
    assert await asked(acme_ats, "GET", "/mapping?integration_slug=native") == [one]


async def test_a_connectors_mapping_is_shown_with_its_token(acme_ats: Organization) -> None:
    world = acme_ats.world
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        token = (await issue_connector_token(ctx, world.workspace, sealer=world.services.sealer)).secret
    mapping = await mapped(acme_ats, await defined(acme_ats), connector_token=token)
    (found,) = await asked(acme_ats, "GET", f"/mapping?connector_token={token}")
    assert (found["id"], found["connector_token"], found["integration_slug"]) == (mapping, token, None)
    assert await asked(acme_ats, "GET", "/mapping?integration_slug=native") == []


async def test_pages_go_by_id_and_filters_combine(acme_ats: Organization) -> None:
    names = ["b_field", "a_field", "c_field"]
    for name in names:
        await defined(acme_ats, name=name, model="job" if name == "a_field" else "candidate")
    first = await asked(acme_ats, "GET", "?page_size=2")
    assert ([item["name"] for item in first["items"]], first["page_size"]) == (names[:2], 2)
    last = await asked(acme_ats, "GET", f"?page_size=2&cursor={first['cursor']}")
    assert ([item["name"] for item in last["items"]], last["cursor"]) == (names[2:], None)
    found = await asked(acme_ats, "GET", "?model=job&category=ATS&source=API")
    assert [item["name"] for item in found["items"]] == ["a_field"]
    assert (await asked(acme_ats, "GET", "?category=HRIS"))["items"] == []
    assert (await asked(acme_ats, "GET", "?source=DASHBOARD"))["items"] == []


@pytest.mark.parametrize(
    ("facts", "loc"),
    [
        ({"name": "x"}, ["body", "name"]),
        ({"name": "Notice"}, ["body", "name"]),
        ({"name": "notice__days"}, ["body", "name"]),
        ({"name": "notice_days\n"}, ["body", "name"]),
        ({"name": "n" * 129}, ["body", "name"]),
        ({"category": "CUSTOM"}, ["body", "category"]),
        ({"category": "HRIS"}, ["body", "model"]),
        ({"model": "employee"}, ["body", "model"]),
        ({"model": "Job"}, ["body", "model"]),
        ({"description": 5}, ["body", "description"]),
    ],
)
async def test_what_is_no_field(acme_ats: Organization, facts: dict[str, Any], loc: list[str]) -> None:
    refused = await asked(acme_ats, "POST", json=field_body(**facts), status=422)
    assert [found for found, _ in said(refused)] == [loc]
    assert (await asked(acme_ats, "GET"))["items"] == []


async def test_a_name_is_a_models_once(acme_ats: Organization) -> None:
    first, second = await defined(acme_ats), await defined(acme_ats, model="job")
    taken = [(["body", "name"], "The custom field name notice_period_days is taken.")]
    assert said(await asked(acme_ats, "POST", json=field_body(), status=422)) == taken
    assert said(await asked(acme_ats, "PATCH", f"/{second}", json={"model": "candidate"}, status=422)) == taken
    answers = await asyncio.gather(*(asked_twice(acme_ats) for _ in range(2)))
    assert sorted(answers) == [201, 422]
    assert (await asked(acme_ats, "GET", f"/{first}"))["name"] == "notice_period_days"


async def asked_twice(ats: Organization) -> int:
    headers = {"Authorization": f"Bearer {ats.api_key}"}
    return (await ats.world.client.post(PATH, json=field_body(name="at_once"), headers=headers)).status_code


async def test_a_patch_changes_what_it_sends(acme_ats: Organization) -> None:
    field = await defined(acme_ats)
    changed = await asked(acme_ats, "PATCH", f"/{field}", json={"name": "notice_days", "model": None})
    assert (changed["name"], changed["model"], changed["description"]) == ("notice_days", "candidate", "Notice")
    assert changed["updated_at"] is not None
    cleared = await asked(acme_ats, "PATCH", f"/{field}", json={"name": None, "description": None})
    assert (cleared["name"], cleared["description"]) == ("notice_days", None)
    assert (await asked(acme_ats, "PATCH", f"/{field}", json={"model": "job"}))["model"] == "job"


async def test_the_model_of_a_mapped_field_is_frozen(acme_ats: Organization) -> None:
    field = await defined(acme_ats)
    mapping = await mapped(acme_ats, field)
    refused = await asked(acme_ats, "PATCH", f"/{field}", json={"model": "job", "name": "other"}, status=422)
    says = "The model of a custom field that is mapped cannot be changed. Delete its mappings first."
    assert said(refused) == [(["body", "model"], says)]
    assert (await asked(acme_ats, "PATCH", f"/{field}", json={"name": "other", "model": "candidate"}))[
        "name"
    ] == "other"
    await asked(acme_ats, "DELETE", f"/mapping/{mapping}", status=204)
    assert (await asked(acme_ats, "PATCH", f"/{field}", json={"model": "job"}))["model"] == "job"


async def test_only_the_expression_of_a_mapping_changes(acme_ats: Organization) -> None:
    mapping = await mapped(acme_ats, await defined(acme_ats))
    body = {"json_path": "custom.notice", "integration_slug": "lever"}
    changed = await asked(acme_ats, "PATCH", f"/mapping/{mapping}", json=body)
    assert (changed["json_path"], changed["integration_slug"]) == ("custom.notice", "native")
    await asked(acme_ats, "PATCH", f"/mapping/{mapping}", json={"json_path": "x" * 1025}, status=422)


async def test_a_field_goes_with_its_mappings(acme_ats: Organization) -> None:
    field = await defined(acme_ats)
    mapping = await mapped(acme_ats, field)
    await asked(acme_ats, "DELETE", f"/{field}", status=204)
    assert await asked(acme_ats, "DELETE", f"/mapping/{mapping}", status=404) == {
        "detail": "Custom Field Mapping not found"
    }
    assert await asked(acme_ats, "GET", f"/{field}", status=404) == {"detail": "Custom Field not found"}


async def test_what_is_no_mapping(acme_ats: Organization) -> None:
    body = {"custom_field_id": await defined(acme_ats), "json_path": "notice"}
    refused = await asked(acme_ats, "POST", "/mapping", json=body, status=422)
    says = "Value error, exactly one of integration_slug and connector_token is required"
    assert said(refused) == [(["body"], says)]
    both = body | {"integration_slug": "native", "connector_token": acme_ats.connector_token}
    assert said(await asked(acme_ats, "POST", "/mapping", json=both, status=422)) == [(["body"], says)]
    refused = await asked(acme_ats, "POST", "/mapping", json=body | {"integration_slug": "excel"}, status=422)
    assert [loc for loc, _ in said(refused)] == [["body", "integration_slug"]]
    unknown = body | {"custom_field_id": UNKNOWN, "integration_slug": "native"}
    refused = await asked(acme_ats, "POST", "/mapping", json=unknown, status=422)
    assert [loc for loc, _ in said(refused)] == [["body", "custom_field_id"]]
    refused = await asked(acme_ats, "POST", "/mapping", json=body | {"connector_token": "unknown"}, status=403)
    assert refused == {"detail": "Invalid connector token"}


async def test_a_scope_is_mapped_once(acme_ats: Organization) -> None:
    field = await defined(acme_ats)
    await mapped(acme_ats, field)
    body = {"custom_field_id": field, "integration_slug": "native", "json_path": "other"}
    refused = await asked(acme_ats, "POST", "/mapping", json=body, status=422)
    says = "The custom field notice_period_days is mapped there already. Change that mapping."
    assert said(refused) == [(["body", "custom_field_id"], says)]
    await mapped(acme_ats, field, connector_token=acme_ats.connector_token)


async def test_a_mapping_for_a_connector_of_the_other_environment_is_not_shown(linked: Organization) -> None:
    world, field = linked.world, await defined(linked)
    mapping = await mapped(linked, field, connector_token=linked.connector_token)
    async with world.services.database.writing() as conn:
        query = (
            "update connector set environment = 'development' where workspace_id = %s and integration = 'greenhouse'"
        )
        await conn.execute(query, [world.workspace.id])
    assert (await asked(linked, "GET", f"/{field}"))["mappings"] == []
    await asked(linked, "DELETE", f"/mapping/{mapping}", status=404)


async def test_a_connector_token_beside_the_key_does_no_harm(acme_ats: Organization) -> None:
    headers = {"Authorization": f"Bearer {acme_ats.api_key}", "X-Connector-Token": "unknown"}
    assert (await acme_ats.world.client.get(PATH, headers=headers)).status_code == 200
