"""Every route asks for a credential and has a limit, or is listed as public with a reason."""

from typing import Any

import pytest
from starlette.routing import BaseRoute, Route

from rolecall.app import PUBLIC_PATHS, all_pages, all_routes, all_surfaces
from rolecall.domain.workspaces import RESERVED_SLUGS
from rolecall.services import Services
from rolecall.web.surface import Operation, Surface


def everything(surface: Surface[Any, Any]) -> list[Operation]:
    return [*surface.operations, *surface.beside]


@pytest.fixture(scope="module")
def routes(services: Services) -> list[BaseRoute]:
    return all_routes(services)


def _public_reasons(services: Services) -> dict[str, str]:
    reasons = dict(PUBLIC_PATHS)
    for folder in all_pages():
        reasons |= folder.public(services)
    return reasons


def test_every_route_is_a_surfaces_or_public_with_a_reason(services: Services, routes: list[BaseRoute]) -> None:
    of_surfaces = {operation.path for surface in all_surfaces() for operation in everything(surface)}
    prefixes = [prefix for surface in all_surfaces() for prefix in surface.prefixes]
    of_surfaces |= {prefix + rest for prefix in prefixes for rest in ("", "/{rest:path}")}
    reasons = _public_reasons(services)
    for route in routes:
        path = route.path if isinstance(route, Route) else getattr(route, "path", None)
        assert path in of_surfaces or len(reasons.get(path, "")) > 20, f"{path}: no credential and no reason"


def test_no_reason_is_left_over(services: Services, routes: list[BaseRoute]) -> None:
    paths = {getattr(route, "path", None) for route in routes}
    assert set(_public_reasons(services)) - paths == set()


def test_no_workspace_can_have_the_address_of_a_page(services: Services, routes: list[BaseRoute]) -> None:
    """Wherever a route has {workspace}, no other route with the same beginning may have a word that a slug can be."""
    paths = [str(getattr(route, "path", "")).split("/") for route in routes]
    places = {tuple(path[: path.index("{workspace}")]) for path in paths if "{workspace}" in path}
    words = {path[len(at)] for path in paths for at in places if tuple(path[: len(at)]) == at and len(path) > len(at)}
    assert {word for word in words if word and not word.startswith("{")} == RESERVED_SLUGS
    assert ("", "agency") in places


@pytest.mark.parametrize("surface", all_surfaces(), ids=lambda surface: surface.name)
def test_every_surface_has_a_limit_or_a_reason(surface) -> None:
    limited = type(surface.limits)().of is not surface.limits.of
    assert limited != (len(surface.limits.unlimited or "") > 20), "a limit or a reason, not both"
    for operation in everything(surface):
        assert operation.public is None or len(operation.public) > 20, operation.name


# Asked whether a credential is good, the contract answers 200 and says no in the body.
VERDICTS = {"n8nVerifyCredentials": {"ok": False, "reason": "invalid_token"}}


async def test_no_operation_answers_without_a_credential(services: Services, client) -> None:
    for surface in all_surfaces():
        for operation in everything(surface):
            if operation.public is None:
                answer = await client.request(operation.method, operation.path)
                refused = answer.status_code in {400, 401} or answer.json() == VERDICTS.get(operation.name)
                assert refused, f"{surface.name} {operation.name}"


def test_no_path_and_method_is_served_twice() -> None:
    seen: set[tuple[str, str]] = set()
    for surface in all_surfaces():
        for operation in everything(surface):
            assert (operation.method, operation.path) not in seen, operation.name
            seen.add((operation.method, operation.path))
