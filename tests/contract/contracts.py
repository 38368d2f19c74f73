"""The five contract files, read as data: their operations, where each is mounted, and their documented answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

NAMES = ("bindbee", "crosspath", "hirempire", "recruitifi", "recruitsome")
# Where a contract's paths stand in this installation; the rest of them are written out whole.
MOUNTS = {"recruitsome": "/api/v1", "hirempire": "/v1", "crosspath": "/partners/v1"}
JOBS_PATHS = {"publicJobBoard", "openSourceLink"}
_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class ContractOperation:
    """One operation; `path` is where this installation serves it."""

    contract: str
    name: str
    method: str
    path: str
    responses: dict[str, Any]
    source: str

    def __str__(self) -> str:
        return f"{self.contract} {self.method} {self.path}"


@cache
def contract(name: str) -> dict[str, Any]:
    """A contract file as data."""
    text = files("rolecall.surfaces").joinpath(name, "contract.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def operations(name: str) -> Iterator[ContractOperation]:
    """Every operation of a contract."""
    for path, item in contract(name)["paths"].items():
        for method in _METHODS:
            if method in item:
                found = item[method]
                mount = "/jobs" if found["operationId"] in JOBS_PATHS else MOUNTS.get(name, "")
                responses = {str(status): resolve(name, answer) for status, answer in found["responses"].items()}
                yield ContractOperation(
                    name, found["operationId"], method.upper(), mount + path, responses, found.get("x-source", "")
                )


def all_operations() -> list[ContractOperation]:
    return [operation for name in NAMES for operation in operations(name)]


def resolve(name: str, node: dict[str, Any]) -> dict[str, Any]:
    """A node, or what it refers to."""
    while "$ref" in node:
        target: Any = contract(name)
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def media(response: dict[str, Any]) -> dict[str, Any] | None:
    """The JSON media type of a documented answer, None when it has none."""
    return response.get("content", {}).get("application/json")


def examples(response: dict[str, Any]) -> list[Any]:
    """The bodies a documented answer shows."""
    body = media(response)
    if body is None:
        return []
    shown = [example["value"] for example in body.get("examples", {}).values()]
    return [*shown, body["example"]] if "example" in body else shown


@cache
def _registry(name: str) -> Registry[Any]:
    return Registry().with_resource(f"urn:{name}", Resource.from_contents(contract(name), DRAFT202012))


def problems(name: str, schema: dict[str, Any], value: Any) -> list[str]:
    """What a schema of a contract finds wrong with a value."""
    whole = {"$ref": f"urn:{name}{schema['$ref']}"} if set(schema) == {"$ref"} else _with_base(name, schema)
    validator = Draft202012Validator(whole, registry=_registry(name), format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(value)]


def _with_base(name: str, node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: f"urn:{name}{value}" if key == "$ref" and isinstance(value, str) else _with_base(name, value)
            for key, value in node.items()
        }
    return [_with_base(name, item) for item in node] if isinstance(node, list) else node
