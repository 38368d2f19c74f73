"""New identifiers: UUIDv7 (RFC 9562), so that ids sort in the order of creation."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A new UUIDv7; ids made by one process never run backwards."""
    return uuid_utils.compat.uuid7()
