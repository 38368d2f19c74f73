"""Reference lists that an operator has replaced."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from rolecall.app import create_app
from tests.conftest import BASE_URL
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World

LISTS = """
sectors:
  optics: Optics & photonics
  ships: Shipbuilding
positions: [lens-grinder]
"""


@pytest.fixture
async def intake(acme: World, tmp_path: Path) -> AsyncIterator[Intake]:
    """A partner of an installation whose operator has replaced two lists."""
    file = tmp_path / "lists.yaml"
    file.write_text(LISTS)
    settings = acme.services.settings.model_copy(update={"crosspath_lists": file})
    _, key = await acme.partner()
    transport = httpx.ASGITransport(create_app(replace(acme.services, settings=settings)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield Intake(replace(acme, client=client), key)


async def test_codes_and_labels_of_the_new_lists_are_read(intake: Intake) -> None:
    mission = await intake.mission(sector="optics & PHOTONICS", position="Lens grinder", contractType="Fixed term")
    assert (mission["sector"], mission["position"]) == ("optics", "lens-grinder")
    assert mission["contractType"] == "fixed-term"


@pytest.mark.parametrize(("field", "value"), [("sector", "software"), ("position", "engineering"), ("size", "12")])
async def test_what_is_not_in_them_is_refused(intake: Intake, field: str, value: str) -> None:
    answer = await intake.call("POST", "/companies", json={"name": "Norrvik", "sector": "ships", field: value})
    if field == "position":  # no field of a company
        body = {"companyId": answer.json()["id"], "title": "A", "description": "B", field: value}
        answer = await intake.call("POST", "/missions", json=body)
    error = f'The field "{field}" has a value that is not in the reference list.'
    assert (answer.status_code, answer.json()) == (400, {"error": error})
