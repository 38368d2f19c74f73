"""Contract files: the OpenAPI descriptions that surfaces keep in their folders, read as data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from starlette.routing import BaseRoute, Route

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_HOST = re.compile(r"^(?:\{\w+\}|https?://[^/{]+)")
_START = re.compile(r"(?:/[^/{]+)*?/v\d+(?=/|$)|/[^/{]+")


@dataclass(frozen=True, slots=True)
class ContractOperation:
    """One operation, by the name that its route has: contract and operation; `paths` are its full paths."""

    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract. `bases` are the paths under which its own paths stand, often the empty one."""

    name: str
    document: Mapping[str, Any]
    bases: Sequence[str]
    operations: Sequence[ContractOperation]

    @property
    def title(self) -> str:
        """The contract's own title."""
        return str(self.document["info"]["title"])

    @property
    def prefixes(self) -> list[str]:
        """Where its paths begin, up to a version where there is one: /api/v1, /embed."""
        starts = (_START.match(path) for operation in self.operations for path in operation.paths)
        return list(dict.fromkeys(start[0] for start in starts if start))

    def served(self, routes: Iterable[BaseRoute]) -> int:
        """How many of the operations an application with these routes answers."""
        names = _names(routes)
        return sum(operation.name in names for operation in self.operations)

    def at(self, origin: str, routes: Iterable[BaseRoute]) -> dict[str, Any]:
        """The document for one installation: its servers, and a word at operations that it does not answer yet.

        `origin` is the installation's address, or empty for "wherever this document comes from".
        """
        document = deepcopy(dict(self.document))
        document.pop("jsonSchemaDialect", None)  # Swagger UI warns of any but the default, which adds nothing here
        document["servers"] = [{"url": origin + base or "/"} for base in self.bases]
        names = _names(routes)
        for item in document.get("paths", {}).values():
            item.pop("servers", None)
            for method in _METHODS:
                if method in item:
                    operation = item[method]
                    operation.pop("servers", None)
                    if f"{self.name} {operation['operationId']}" not in names:
                        operation["summary"] = f"Not answered yet: {operation.get('summary', '')}"
        return document


@cache
def read_contracts() -> Mapping[str, Contract]:
    """The contract of every surface folder, by its name, in alphabetical order. Takes a while: call it in a thread."""
    folders = sorted(resources.files("rolecall").joinpath("surfaces").iterdir(), key=lambda folder: folder.name)
    files = {folder.name: folder / "contract.yaml" for folder in folders if folder.is_dir()}
    return {name: _read(name, file.read_text(encoding="utf-8")) for name, file in files.items() if file.is_file()}


def to_yaml(document: Mapping[str, Any]) -> bytes:
    """A document as YAML, in its own order."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    return text.encode()


def _read(name: str, text: str) -> Contract:
    document: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, with fewer rules
    bases = tuple(dict.fromkeys(_HOST.sub("", server["url"]).rstrip("/") for server in document.get("servers", [])))
    operations = [
        ContractOperation(f"{name} {item[method]['operationId']}", tuple(base + path for base in bases or ("",)))
        for path, item in document.get("paths", {}).items()
        for method in _METHODS
        if method in item
    ]
    return Contract(name, document, bases or ("",), operations)


def _names(routes: Iterable[BaseRoute]) -> set[str]:
    """The names of all routes: a route that answers an operation of a contract is named for it."""
    return {route.name for route in routes if isinstance(route, Route)}


# The contracts are YAML 1.2, in which a bare 2026-03-02 is text and a bare `no` is no boolean.
def _rules_of_yaml_1_2(rules: Mapping[str, list[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    dropped = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    return {first: [rule for rule in found if rule[0] not in dropped] for first, found in rules.items()}


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = _rules_of_yaml_1_2(yaml.SafeLoader.yaml_implicit_resolvers)


class _Dumper(yaml.CSafeDumper):
    """Quotes what readers of either version of YAML would take for a time or a boolean."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - an anchor in a contract only confuses readers
        """Whether a value that appears twice is written twice."""
        return True


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
