"""Every documented answer of every served operation is brought about and checked against the contract."""

import importlib
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.contract.contracts import NAMES, ContractOperation, examples, media, problems
from tests.contract.not_yet_served import served
from tests.contract.stage import Stage
from tests.world import World

Scenario = Callable[[Stage], Awaitable[httpx.Response]]
SCENARIOS: dict[str, dict[tuple[str, str], Scenario]] = {
    name: importlib.import_module(f"tests.contract.scenarios.{name}").SCENARIOS for name in NAMES
}
# Answers to a fault of ours or of a proxy's; tests/architecture/test_errors.py checks the bodies of ours.
FAULTS = {"500", "502", "503"}
# The contract shows one example of a body that names a field or scope; these scenarios name another one.
OTHER_FIELD = {("listMissions", "400"), ("updateMission", "400"), ("listVacancies", "403")}
DOCUMENTED = [(operation, status) for operation in served() for status in operation.responses if status not in FAULTS]


@pytest.mark.parametrize(("operation", "status"), DOCUMENTED, ids=str)
async def test_a_documented_answer(acme: World, operation: ContractOperation, status: str) -> None:
    scenario = SCENARIOS[operation.contract][(operation.name, status)]
    answer = await scenario(Stage(acme))
    assert answer.status_code == int(status), answer.text
    documented = operation.responses[status]
    for name, header in documented.get("headers", {}).items():
        assert name in answer.headers or not header.get("required", True), f"{name} is missing"
    body = media(documented)
    if body is not None:
        assert answer.headers["content-type"].startswith("application/json")
        assert problems(operation.contract, body["schema"], answer.json()) == []
        shown = examples(documented)
        if status.startswith("4") and shown and (operation.name, status) not in OTHER_FIELD:
            assert answer.json() in shown


def test_no_scenario_is_left_over() -> None:
    known = {(operation.contract, operation.name, status) for operation, status in DOCUMENTED}
    written = {(name, *key) for name, scenarios in SCENARIOS.items() for key in scenarios}
    assert written - known == set()
