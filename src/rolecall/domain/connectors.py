"""Connectors to systems that keep recruiting records: how one is linked, and how far it has been read."""

from datetime import timedelta
from enum import StrEnum

TOKEN_LIVES = timedelta(days=7)  # of a link: one session of one customer
TEMPORARY_TOKEN_LIVES = timedelta(minutes=10)
BETWEEN_SYNCS = timedelta(hours=24)  # in production; elsewhere nothing is read unless somebody asks
LONGEST_SYNC = timedelta(hours=6)  # after that it has been lost

PRODUCTION = "production"


class ConnectorStatus(StrEnum):
    """How far linking has come. Independent of what became of the last sync."""

    INCOMPLETE = "INCOMPLETE"
    COMPLETE = "COMPLETE"
    RELINK_NEEDED = "RELINK_NEEDED"


class SyncStatus(StrEnum):
    """What became of the last sync, or is becoming of it."""

    SYNCING = "syncing"
    DONE = "done"
    FAILED = "failed"
