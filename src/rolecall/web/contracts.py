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
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class ContractOperation:
    """One operation: `paths` are its full paths here, one for each base path; their parameters are written {}."""

    method: str
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
        known = _known(routes)
        return sum(_is_served(operation, known) for operation in self.operations)

    def at(self, origin: str, routes: Iterable[BaseRoute]) -> dict[str, Any]:
        """The document for one installation: its servers, and a word at operations that it does not answer yet.

        `origin` is the installation's address, or empty for "wherever this document comes from".
        """
        document = deepcopy(dict(self.document))
        document.pop("jsonSchemaDialect", None)  # Swagger UI warns of any but the default, which adds nothing here
        document["servers"] = [{"url": origin + base or "/"} for base in self.bases]
        known = _known(routes)
        for path, item in document.get("paths", {}).items():
            item.pop("servers", None)
            for method in _METHODS:
                if method in item:
                    operation = item[method]
                    operation.pop("servers", None)
                    if not _is_served(_operation(method, path, self.bases), known):
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
        _operation(method, path, bases or ("",))
        for path, item in document.get("paths", {}).items()
        for method in _METHODS
        if method in item
    ]
    return Contract(name, document, bases or ("",), operations)


def _operation(method: str, path: str, bases: Sequence[str]) -> ContractOperation:
    return ContractOperation(method.upper(), tuple(_PARAMETER.sub("{}", base + path) for base in bases))


def _known(routes: Iterable[BaseRoute]) -> set[tuple[str, str]]:
    """Method and path of every operation. A route for all methods is none: it answers what is unknown."""
    return {
        (method, _PARAMETER.sub("{}", route.path))
        for route in routes
        if isinstance(route, Route) and not (route.methods or set()) > {"GET", "DELETE"}
        for method in route.methods or ()
    }


def _is_served(operation: ContractOperation, known: set[tuple[str, str]]) -> bool:
    return all((operation.method, path) in known for path in operation.paths)


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
