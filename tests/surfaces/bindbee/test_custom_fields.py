"""Custom fields in records: which mapping applies, and what an expression finds."""

from typing import Any

import pytest

from rolecall.actions.workspaces import native_connector_id
from rolecall.surfaces.bindbee.custom_fields import value_at
from tests.furnished import furnish
from tests.surfaces.bindbee.conftest import Organization
from tests.unified import map_field
from tests.world import World


@pytest.mark.parametrize(
    ("json_path", "found"),
    [
        ("a.b", 30),
        ("a.missing", None),
        ("list[0]", "x"),
        ("{n: a.b}", {"n": 30}),
        ("length(list)", 1),
        ("a..b", "INVALID_JSON_PATH"),
        ("", "INVALID_JSON_PATH"),
        ("length(a.b)", "INVALID_JSON_PATH"),
        ("unknown(a)", "INVALID_JSON_PATH"),
        ("&a", "INVALID_JSON_PATH"),
        ("list[::0]", "INVALID_JSON_PATH"),
        ("[" * 2000, "INVALID_JSON_PATH"),
    ],
)
def test_what_an_expression_finds(json_path: str, found: Any) -> None:
    assert value_at(json_path, {"a": {"b": 30}, "list": ["x"]}) == found


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


async def test_a_record_without_a_payload_has_its_fields_empty(acme: World, acme_ats: Organization) -> None:
    await furnish(acme)
    async with acme.services.database.writing() as conn:
        await map_field(conn, acme.workspace.id, "days", model="offer", integration="native")
    (item,) = await acme_ats.items("offers?include_custom_fields=true&include_raw_data=true")
    assert item["custom_fields"] == {"days": None}
    assert item["raw_data"] is None
