"""Plug-ins by folder: a package of a kind that has a module of one name, holding one required name."""

import importlib
import importlib.util
import pkgutil
from types import ModuleType
from typing import Any


def discover(package: ModuleType, *, module: str, name: str) -> list[Any]:
    """`<package>.<folder>.<module>.<name>` of every folder, in alphabetical order.

    Raises ImportError or AttributeError for a folder that lacks them: a plug-in that is half there must not be missed.
    """
    folders = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg)
    return [getattr(importlib.import_module(f"{package.__name__}.{folder}.{module}"), name) for folder in folders]


def discover_some(package: ModuleType, *, module: str, name: str) -> list[Any]:
    """As `discover`, of the folders that have such a module; not every one needs it.

    Raises AttributeError for a module without the name.
    """
    folders = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg)
    having = [folder for folder in folders if importlib.util.find_spec(f"{package.__name__}.{folder}.{module}")]
    return [getattr(importlib.import_module(f"{package.__name__}.{folder}.{module}"), name) for folder in having]


def discover_modules(package: ModuleType, *, name: str) -> list[Any]:
    """`<package>.<module>.<name>` of every module that has it, in alphabetical order of the modules."""
    modules = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if not found.ispkg)
    loaded = [importlib.import_module(f"{package.__name__}.{module}") for module in modules]
    return [getattr(module, name) for module in loaded if hasattr(module, name)]
