"""Every operation of the five contracts is either served or listed as not yet served."""

import re

import pytest
from starlette.routing import Route

from rolecall.app import all_surfaces
from tests.contract.contracts import JOBS_PATHS, NAMES, ContractOperation, all_operations, examples, media, problems
from tests.contract.not_yet_served import SERVED, served

EMBED_SCREENS = {"openEmbed"}


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def routed(services) -> set[tuple[str, str]]:
    routes: list[Route] = [route for surface in all_surfaces() for route in surface.routes(services)]
    return {(method, _shape(route.path)) for route in routes for method in route.methods or ()}


@pytest.mark.parametrize("operation", all_operations(), ids=str)
def test_an_operation_is_served_or_listed(routed: set[tuple[str, str]], operation: ContractOperation) -> None:
    if operation.name in JOBS_PATHS | EMBED_SCREENS:
        return  # pages, not operations of a surface: their scenarios in this folder open them
    is_routed = (operation.method, _shape(operation.path)) in routed
    assert is_routed == (operation.name in SERVED[operation.contract])


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
