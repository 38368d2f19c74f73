"""What a POST takes and does, declared with its model."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Placeholder."""
