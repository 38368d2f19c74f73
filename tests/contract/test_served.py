"""Every operation of the five contracts is either served or listed as not yet served."""

import pytest
from starlette.routing import Route

from rolecall.app import all_routes, all_surfaces
from rolecall.services import Services
from tests.contract.contracts import (
    MOUNTS,
    NAMES,
    ContractOperation,
    all_operations,
    examples,
    media,
    operations,
    problems,
)
from tests.contract.not_yet_served import SERVED, served


@pytest.fixture(scope="module")
def routed(services: Services) -> set[str]:
    """The names of all routes; the routes of operations are named for them."""
    return {route.name for route in all_routes(services) if isinstance(route, Route)}


@pytest.mark.parametrize("operation", all_operations(), ids=str)
def test_an_operation_is_served_or_listed(routed: set[str], operation: ContractOperation) -> None:
    name = f"{operation.contract} {operation.name}"
    assert (name in routed) == (operation.name in SERVED[operation.contract])


@pytest.mark.parametrize("surface", all_surfaces(), ids=lambda surface: surface.name)
def test_an_operation_stands_where_the_contract_has_it(surface) -> None:
    theirs = {(found.name, found.method, found.path) for found in operations(surface.name)}
    prefixes = [*MOUNTS.get(surface.name, ""), *surface.prefixes]
    for ours in surface.operations:
        places = {ours.path} | {MOUNTS.get(surface.name, "") + ours.path.removeprefix(prefix) for prefix in prefixes}
        assert any((ours.name, ours.method, place) in theirs for place in places), ours.name


@pytest.mark.parametrize("name", NAMES)
def test_the_list_names_operations_of_the_contract(name: str) -> None:
    assert {found.name for found in all_operations() if found.contract == name} >= SERVED[name]


@pytest.mark.parametrize("operation", served(), ids=str)
def test_the_contracts_own_examples_fit_its_schemas(operation: ContractOperation) -> None:
    found: list[str] = []
    for response in operation.responses.values():
        body = media(response)
        if body is not None:
            for example in examples(response):
                found += problems(operation.contract, body["schema"], example)
    assert found == []
