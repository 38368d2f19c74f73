"""Identifiers. New ones are made by `rolecall.actions.ids`."""

import re
from uuid import UUID

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def parse_id(text: str) -> UUID | None:
    """The UUID that `text` spells in its usual 36-character form, or None."""
    return UUID(text) if _UUID.fullmatch(text) else None
