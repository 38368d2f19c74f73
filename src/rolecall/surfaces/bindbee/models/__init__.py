"""The models of the unified API: each file declares one as MODEL, and the folder is their list."""

import pkgutil
from importlib import import_module

from rolecall.surfaces.bindbee.model import Model

_FILES = sorted(found.name for found in pkgutil.iter_modules(__path__))

MODELS: dict[str, Model] = {name: import_module(f"{__name__}.{name}").MODEL for name in _FILES}
