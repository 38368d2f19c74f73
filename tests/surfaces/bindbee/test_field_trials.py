"""Raw data, previews and the effective configuration: what an expression would see, find and be."""

from typing import Any

import pytest

from rolecall.surfaces.bindbee.models import MODELS
from tests.contract.scenarios.bindbee.custom_fields import trial_body
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.surfaces.bindbee.test_field_definitions import asked, defined, mapped, said

CANDIDATE = "category=ATS&model=candidate"


async def found(ats: Organization, json_path: str, **facts: Any) -> tuple[Any, str, str]:
    body = trial_body(ats.connector_token, json_path=json_path, **facts)
    answer = await asked(ats, "POST", "/preview", json=body)
    assert (answer["connector_token"], answer["json_path"]) == (ats.connector_token, json_path)
    return answer["resolved_value"], answer["resolved_value_type"], answer["raw_data_source"]


async def test_raw_data_is_the_newest_records(acme_ats: Organization) -> None:
    made = await furnish(acme_ats.world, raw={"notice": 30})
    of_connector = f"/raw-data?category=ATS&model=offer&connector_token={acme_ats.connector_token}"
    assert await asked(acme_ats, "GET", of_connector) == {"notice": 30}
    assert await asked(acme_ats, "GET", "/raw-data?category=ATS&model=offer&integration_slug=native") == {"notice": 30}
    office = await asked(acme_ats, "GET", "/raw-data?category=ATS&model=office&integration_slug=native")
    assert (office["id"], office["name"]) == (str(made["office"]), "Lund")


@pytest.mark.parametrize("slug", MODELS)
async def test_without_a_record_the_keys_of_the_model_are_shown(acme_ats: Organization, slug: str) -> None:
    sample = await asked(acme_ats, "GET", f"/raw-data?category=ATS&model={slug}&integration_slug=native")
    assert sample == dict.fromkeys(["id", "remote_id", "modified_at", "custom_fields", *sample])
    assert await found(acme_ats, "id", model=slug, raw_data=None) == (None, "null", "integration_sample")


@pytest.mark.parametrize(
    ("query", "locs"),
    [
        ("", [["query", "category"], ["query", "model"], ["query", "connector_token"]]),
        (CANDIDATE, [["query", "connector_token"]]),
        (f"{CANDIDATE}&integration_slug=native&connector_token=x", [["query", "connector_token"]]),
        (f"{CANDIDATE}&integration_slug=excel", [["query", "integration_slug"]]),
        ("category=HRIS&model=candidate&integration_slug=native", [["query", "model"]]),
        ("category=ATS&model=employee&integration_slug=native", [["query", "model"]]),
        ("category=ATS&model=Job&integration_slug=native", [["query", "model"]]),
        (f"category=ATS&model={'x' * 65}&integration_slug=native", [["query", "model"]]),
    ],
)
async def test_what_raw_data_needs(acme_ats: Organization, query: str, locs: list[list[str]]) -> None:
    refused = await asked(acme_ats, "GET", f"/raw-data?{query}", status=422)
    assert [loc for loc, _ in said(refused)] == locs


async def test_a_preview_finds_what_a_mapping_would(acme_ats: Organization) -> None:
    await furnish(acme_ats.world, raw={"notice": 30, "tags": ["a"], "who": {"x": 1.5}, "left": False, "name": "Mira"})
    stored = {"model": "offer", "raw_data": None}
    expected = {
        "notice": (30, "number"),
        "who.x": (1.5, "number"),
        "tags": (["a"], "array"),
        "who": ({"x": 1.5}, "object"),
        "left": (False, "boolean"),
        "name": ("Mira", "string"),
        "none": (None, "null"),
        "tags..": ("INVALID_JSON_PATH", "string"),
    }
    for json_path, (value, kind) in expected.items():
        assert await found(acme_ats, json_path, **stored) == (value, kind, "connector_sync")
    assert await found(acme_ats, "custom.notice") == (30, "number", "inline")
    assert await found(acme_ats, "custom.notice", raw_data={}) == (None, "null", "inline")
    assert (await asked(acme_ats, "GET", "?model=offer"))["items"] == []


async def test_a_preview_is_for_a_connector_in_use(acme_ats: Organization) -> None:
    refused = await asked(acme_ats, "POST", "/preview", json=trial_body("unknown"), status=403)
    assert refused == {"detail": "Invalid connector token"}
    await asked(acme_ats, "POST", "/preview", json=trial_body("unknown", json_path="x" * 1025), status=422)


async def test_the_configuration_says_which_mapping_counts(acme_ats: Organization) -> None:
    both, one, none = [await defined(acme_ats, name=name) for name in ("a_both", "b_one", "c_none")]
    await defined(acme_ats, name="of_jobs", model="job")
    of_all = await mapped(acme_ats, one, "theirs")
    await mapped(acme_ats, both, "theirs")
    own = await mapped(acme_ats, both, "own", connector_token=acme_ats.connector_token)
    path = f"/configuration?{CANDIDATE}&connector_token={acme_ats.connector_token}"
    answer = await asked(acme_ats, "GET", path)
    assert (answer["connector_token"], answer["integration_slug"]) == (acme_ats.connector_token, "native")
    shown = ("custom_field_id", "json_path", "source", "mapping_id")
    assert [tuple(entry[key] for key in shown) for entry in answer["fields"]] == [
        (both, "own", "connector", own),
        (one, "theirs", "organization", of_all),
        (none, None, None, None),
    ]
    refused = await asked(acme_ats, "GET", f"/configuration?{CANDIDATE}&connector_token=unknown", status=403)
    assert refused == {"detail": "Invalid connector token"}


async def test_models_are_looked_up(acme_ats: Organization) -> None:
    headers = {"Authorization": f"Bearer {acme_ats.api_key}"}
    answer = await acme_ats.world.client.get("/api/v1/lookup/models", headers=headers)
    models = answer.json()["models"]
    assert len(models) == 16
    assert {"slug": "job_interview_stage", "display_name": "Job Interview Stage", "category": "ATS"} in models
    of_others = await acme_ats.world.client.get("/api/v1/lookup/models?category=HRIS", headers=headers)
    assert of_others.json() == {"models": []}
