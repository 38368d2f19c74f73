"""All models: the records that the contract prints, what expands to what, and what a declaration must hold."""

from typing import Any

import msgspec
import pytest

from rolecall.surfaces.bindbee.model import Many, Model, One
from rolecall.surfaces.bindbee.models import MODELS
from tests.contract.contracts import contract, resolve
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.surfaces.bindbee.printed import NAMES, printed, store_printed
from tests.world import World

SCHEMAS: dict[str, Any] = contract("bindbee")["components"]["schemas"]
COMMON = {"ids", "cursor", "page_size", "modified_after", "include_raw_data", "include_custom_fields", "expand"}


@pytest.mark.parametrize("slug", MODELS)
async def test_a_printed_record_is_answered_as_it_is_printed(acme: World, acme_ats: Organization, slug: str) -> None:
    await store_printed(acme)
    record = printed(slug)
    answer = await acme_ats.get(f"{MODELS[slug].path}/{record['id']}")
    found = answer.json()
    if slug == "job":  # the address of its page is of this installation; it has none before it is published
        assert found["job_posting_urls"] == []
        record = record | {"job_posting_urls": []}
    assert found == record
    (item,) = await acme_ats.items(f"{MODELS[slug].path}?ids={record['id']}")
    assert list(item) == list(answer.json())


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.slug)
def test_a_model_declares_what_the_contract_has(model: Model) -> None:
    schema = SCHEMAS[NAMES[model.slug]]
    operation = contract("bindbee")["paths"][f"/api/ats/v1/{model.path}"]["get"]
    parameters = {resolve("bindbee", found)["name"] for found in operation["parameters"]} - {"x-connector-token"}
    common = {"id", "remote_id", "modified_at", "custom_fields", "raw_data"}
    assert [found.name for found in model.fields] == [name for name in schema["properties"] if name not in common]
    assert list(model.relations) == [found.name for found in model.fields if isinstance(found, One | Many)]
    assert set(model.relations) == set(schema.get("x-expandable", ()))
    assert {found.name for found in model.filters} == parameters - COMMON
    for name, relation in model.relations.items():
        assert schema["properties"][name]["x-expands-to"] == NAMES[relation.to]


RELATIONS = [(model, name) for model in MODELS.values() for name in model.relations]


@pytest.mark.parametrize(("model", "name"), RELATIONS, ids=lambda part: getattr(part, "slug", part))
async def test_a_relation_expands_to_the_record(acme: World, acme_ats: Organization, model: Model, name: str) -> None:
    await store_printed(acme)
    path = f"{model.path}?ids={printed(model.slug)['id']}"
    (plain,), (expanded,) = await acme_ats.items(path), await acme_ats.items(f"{path}&expand={name}")
    related = MODELS[model.relations[name].to]
    for record, id_ in zip(_listed(expanded[name]), _listed(plain[name]), strict=True):
        answer = await acme_ats.get(f"{related.path}/{id_}")
        assert record == answer.json()
    assert {key: value for key, value in expanded.items() if key != name} == {
        key: value for key, value in plain.items() if key != name
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


async def test_a_stored_job_is_the_job_as_it_would_be_rendered(acme: World, acme_ats: Organization) -> None:
    made = await furnish(acme)
    stored = (await acme_ats.get(f"jobs/{made['job']}")).json()
    keys = ",".join(stored)
    (application,) = await acme_ats.items(f"applications?expand=job[{keys}]")
    rendered = application["job"]
    assert list(rendered) == list(stored)
    assert rendered == stored


async def test_expanding_with_brackets_answers_these_fields_alone(acme: World, acme_ats: Organization) -> None:
    await store_printed(acme)
    path = "applications?expand=candidate[last_name,first_name,unknown],job[name],unknown[x],current_stage[]"
    (item,) = await acme_ats.items(path)
    assert item["candidate"] == {"first_name": "Mira", "last_name": "Okafor"}
    assert item["job"] == {"name": "Senior Data Engineer"}
    assert item["current_stage"] == {}
    assert item["reject_reason"] is None


async def test_expanding_goes_one_level_deep(acme: World, acme_ats: Organization) -> None:
    await store_printed(acme)
    (item,) = await acme_ats.items("candidates?expand=applications&include_raw_data=true&include_custom_fields=true")
    (application,) = item["applications"]
    assert application["job"] == printed("job")["id"]
    assert application["custom_fields"] is None
    assert "raw_data" not in application
    assert item["raw_data"]["applications"] == [application["id"]]


async def test_a_record_of_another_connector_is_not_there(acme: World, acme_ats: Organization, linked: Organization):
    made = await furnish(acme)
    for slug, model in MODELS.items():
        assert await linked.items(model.path) == []
        answer = await linked.get(f"{model.path}/{made[slug]}")
        assert (answer.status_code, answer.json()) == (404, {"detail": f"{model.title} not found"})
        assert (await acme_ats.get(f"{model.path}/{made[slug]}")).status_code == 200


async def test_raw_data_is_the_payload_as_it_came(acme: World, acme_ats: Organization) -> None:
    await furnish(acme, raw={"z": 1.50, "a": ["ö", None]})
    (item,) = await acme_ats.items("offers?include_raw_data=true")
    assert msgspec.json.encode(item["raw_data"]) == '{"z":1.5,"a":["ö",null]}'.encode()


async def test_a_file_of_ours_has_an_address_to_download_it(acme: World, acme_ats: Organization) -> None:
    made = await furnish(acme)
    item = (await acme_ats.get(f"attachments/{made['attachment']}")).json()
    assert item["file_url"].startswith("http://rolecall.test/files/")
    assert "\x03" not in item["file_url"]
    (candidate,) = await acme_ats.items("candidates?expand=attachments[file_url]")
    assert candidate["attachments"][0]["file_url"].startswith("http://rolecall.test/files/")
    assert candidate["avatar"].startswith("http://rolecall.test/files/")
