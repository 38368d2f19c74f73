"""What an import says about itself: while it runs, and at the end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of the lines: `read` is the sum of the other five counts. Blank lines count nowhere.

    `repeated` lines gave way to a later line with the same id in their batch.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    rejected: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where an import stands. All that `report` counts is committed, and on the disk once the import returns.

    `bytes_total` is the size of the file, None for a stream; `bytes_done` counts bytes of that file. `waiting` is true
    once, when another import into the workspace has to end first.
    """

    report: ImportReport
    bytes_done: int = 0
    bytes_total: int | None = None
    waiting: bool = False

    @property
    def rate(self) -> float:
        """Lines a second since the start."""
        return self.report.read / self.report.seconds if self.report.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the bytes that are left; None while there is nothing to estimate from."""
        if not self.bytes_total or not self.bytes_done:
            return None
        return self.report.seconds * max(self.bytes_total - self.bytes_done, 0) / self.bytes_done
