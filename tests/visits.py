"""Visits as the store takes them, for tests that need some."""

from datetime import datetime

from rolecall.actions.ids import new_id
from rolecall.store.source_links import SourceLink
from rolecall.store.visits import Visit


def visit(link: SourceLink, time: datetime, *, device: str = "phone", visitor: bytes = b"somebody") -> Visit:
    """A visit of a link at a time."""
    return Visit(link.workspace_id, link.id, time, new_id(), "www.linkedin.com", device, visitor)
