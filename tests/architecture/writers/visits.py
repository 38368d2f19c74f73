"""Figures of source links are counted from what is there, and are no records."""

OTHERS = {"source_days.roll_up": "it counts what has its own events"}
