"""Identifiers. New ones are made by `rolecall.actions.ids`."""

from uuid import UUID


def parse_id(text: str) -> UUID | None:
    """The UUID that `text` spells in its usual 36-character form, or None."""
    if len(text) != 36:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
