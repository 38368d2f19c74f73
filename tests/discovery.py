"""Modules of the tests that are found by folder, so that two new operations never edit the same list."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any


def modules_below(package: ModuleType) -> Iterator[ModuleType]:
    """Every module in a package and the packages in it, in alphabetical order."""
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda one: one.name):
        if not found.ispkg:
            yield importlib.import_module(found.name)


def merged(package: ModuleType, name: str) -> dict[Any, Any]:
    """The dicts called `name` of all modules below a package, as one. A key that stands in two of them is an error."""
    whole: dict[Any, Any] = {}
    for module in modules_below(package):
        part = getattr(module, name, {})
        twice = whole.keys() & part.keys()
        assert not twice, f"{module.__name__} says again: {sorted(twice)}"
        whole |= part
    return whole
