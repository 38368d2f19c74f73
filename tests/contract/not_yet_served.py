"""The operations of the contracts that this release does not serve yet, by contract. The run prints them.

What is served is read from the surfaces themselves, so the list cannot go stale. An operation that disappears leaves
its scenarios behind, and a test says so.
"""

from rolecall.app import all_surfaces
from tests.contract.contracts import NAMES, ContractOperation, operations

# Operations whose answers are pages.
PAGES = {
    "bindbee": {"embed_page"},
    "hirempire": {"publicJobBoard", "openSourceLink"},
    "recruitifi": {"openEmbed"},
}
SERVED = {
    surface.name: {found.name for found in surface.operations} | PAGES.get(surface.name, set())
    for surface in all_surfaces()
}


def not_yet_served() -> dict[str, list[ContractOperation]]:
    """By contract, in the order of the file."""
    return {name: [found for found in operations(name) if found.name not in SERVED[name]] for name in NAMES}


def served() -> list[ContractOperation]:
    """Every operation that is served."""
    return [found for name in NAMES for found in operations(name) if found.name in SERVED[name]]
