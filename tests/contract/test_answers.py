"""Every documented answer of every served operation is brought about and checked against the contract."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.contract import scenarios
from tests.contract.contracts import ContractOperation, examples, media, problems
from tests.contract.not_yet_served import served
from tests.contract.stage import Stage
from tests.discovery import modules_below
from tests.world import World

Scenario = Callable[[Stage], Awaitable[httpx.Response]]
# By contract, operation and status: each module under scenarios/<contract>/ has those of some operations.
SCENARIOS: dict[tuple[str, str, str], Scenario] = {
    (module.__name__.split(".")[-2], *key): scenario
    for module in modules_below(scenarios)
    for key, scenario in module.SCENARIOS.items()
}
# Answers to a fault of ours or of a proxy's; tests/architecture/test_errors.py checks the bodies of ours.
FAULTS = {"500", "502", "503"}
# The contract shows one example of a body that names a field or scope; these scenarios name another one.
OTHER_FIELD = {
    (module.__name__.split(".")[-2], *key)
    for module in modules_below(scenarios)
    for key in getattr(module, "SHOWS_ANOTHER_FIELD", ())
}
DOCUMENTED = [(operation, status) for operation in served() for status in operation.responses if status not in FAULTS]


@pytest.mark.parametrize(("operation", "status"), DOCUMENTED, ids=str)
async def test_a_documented_answer(acme: World, operation: ContractOperation, status: str) -> None:
    scenario = SCENARIOS[operation.contract, operation.name, status]
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
        if status.startswith("4") and shown and (operation.contract, operation.name, status) not in OTHER_FIELD:
            assert answer.json() in shown


def test_no_scenario_is_left_over() -> None:
    known = {(operation.contract, operation.name, status) for operation, status in DOCUMENTED}
    assert SCENARIOS.keys() - known == set()
    assert known >= OTHER_FIELD
