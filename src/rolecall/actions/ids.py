"""New identifiers: UUIDv7 (RFC 9562), so that ids sort in the order of creation."""

from collections.abc import Iterator
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A new UUIDv7; ids made by one process never run backwards."""
    return uuid_utils.compat.uuid7()


def new_ids(count: int) -> Iterator[UUID]:
    """New UUIDv7s in ascending order, all of this moment, at a third of the price: they count up from a random one."""
    first = new_id().int & ~(1 << 61)  # the highest random bit makes room for counting
    return (UUID(int=first + step) for step in range(count))
