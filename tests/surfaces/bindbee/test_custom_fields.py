"""Custom fields in records: which mapping applies, and what an expression finds."""

import asyncio

from rolecall.actions.workspaces import native_connector_id
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.unified import map_field
from tests.world import World


async def test_a_connectors_own_mapping_wins(acme: World, acme_ats: Organization) -> None:
    await furnish(acme, raw={"notice": 30, "own": "yes"})
    workspace_id = acme.workspace.id
    async with acme.services.database.writing() as conn:
        connector_id = await native_connector_id(conn, workspace_id)
        await map_field(conn, workspace_id, "days", model="offer", json_path="notice", integration="native")
        await map_field(conn, workspace_id, "both", model="offer", json_path="notice", integration="native")
        await map_field(conn, workspace_id, "both", model="offer", json_path="own", connector_id=connector_id)
        await map_field(conn, workspace_id, "other", model="offer", json_path="own", integration="greenhouse")
        await map_field(conn, workspace_id, "broken", model="offer", json_path="a..b", integration="native")
    (item,) = await acme_ats.items("offers?include_custom_fields=true")
    assert item["custom_fields"] == {"both": "yes", "broken": "INVALID_JSON_PATH", "days": 30}
    (item,) = await acme_ats.items("offers")
    assert item["custom_fields"] is None


async def test_a_record_without_a_payload_is_its_own(acme: World, acme_ats: Organization) -> None:
    made = await furnish(acme)
    async with acme.services.database.writing() as conn:
        for name, json_path in {"days": "notice", "sent": "[status, start_date]"}.items():
            await map_field(conn, acme.workspace.id, name, model="offer", json_path=json_path, integration="native")
    (item,) = await acme_ats.items("offers?include_custom_fields=true&include_raw_data=true")
    assert item["custom_fields"] == {"days": None, "sent": ["Sent mira", "2026-05-04"]}
    (plain,) = await acme_ats.items("offers")
    assert item["raw_data"] == plain
    assert (item["id"], item["raw_data"]["application"]) == (str(made["offer"]), str(made["application"]))


async def test_addresses_in_an_own_payload_are_whole(acme: World, acme_ats: Organization) -> None:
    await acme.job()
    async with acme.services.database.writing() as conn:
        await map_field(
            conn, acme.workspace.id, "page", model="job", json_path="job_posting_urls[0].value", integration="native"
        )
    (item,) = await acme_ats.items("jobs?include_custom_fields=true&include_raw_data=true")
    (url,) = item["job_posting_urls"]
    assert item["custom_fields"] == {"page": url["value"]}
    assert url["value"].startswith(acme.services.settings.jobs_url)
    assert item["raw_data"]["job_posting_urls"] == [url]


async def test_a_page_of_costly_expressions_lets_others_through(acme: World, acme_ats: Organization) -> None:
    await furnish(acme, raw={"list": ["x"] * 500})
    async with acme.services.database.writing() as conn:
        for place in range(20):
            name, json_path = f"f{place:02}", "|".join(["[@,@]"] * 150)
            await map_field(conn, acme.workspace.id, name, model="offer", json_path=json_path, integration="native")
    slow = asyncio.create_task(acme_ats.items("offers?include_custom_fields=true"))
    await acme_ats.items("tags")
    (item,) = await slow
    assert set(item["custom_fields"].values()) == {"INVALID_JSON_PATH"}
