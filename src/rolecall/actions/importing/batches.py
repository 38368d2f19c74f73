"""Lines gathered into batches."""

from dataclasses import dataclass, field

from rolecall.actions.importing.drafts import Entry
from rolecall.actions.importing.postings import parse_line, source_hash
from rolecall.actions.importing.reading import LineReader
from rolecall.actions.importing.rejects import Reject

BATCH_LINES = 2000
_BATCH_BYTES = 16 << 20


@dataclass(slots=True)
class Batch:
    """Lines that are written in one transaction. Of several with the same id the last is in it, the others `repeated`.

    `bytes_done` counts the bytes of the file up to its end.
    """

    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    rejects: list[Reject] = field(default_factory=list[Reject])
    read: int = 0
    repeated: int = 0
    bytes_done: int = 0

    def add(self, line: Entry | Reject) -> None:
        """Take one line in."""
        self.read += 1
        if isinstance(line, Reject):
            self.rejects.append(line)
            return
        if self.entries.pop(line.posting.id, None) is not None:
            self.repeated += 1
        self.entries[line.posting.id] = line


class BatchReader:
    """Reads a file in batches. With `draft_ahead`, while lines are mostly new, it drafts them at once."""

    def __init__(self, reader: LineReader, *, at_most: int = BATCH_LINES) -> None:
        self.draft_ahead = True
        self._reader = reader
        self._lines = reader.lines()
        self._at_most = at_most

    def take(self) -> Batch:
        """The next batch, an empty one at the end."""
        batch, size = Batch(), 0
        while batch.read < self._at_most and size < _BATCH_BYTES:
            line = next(self._lines, None)
            if line is None:
                break
            if not isinstance(line, Reject):
                size += len(line[1])
                line = self._parse(*line)
            batch.add(line)
        batch.bytes_done = self._reader.bytes_done
        return batch

    def _parse(self, number: int, line: bytes) -> Entry | Reject:
        posting = parse_line(number, line)
        if isinstance(posting, Reject):
            return posting
        entry = Entry(number, line, posting, source_hash(posting))
        if self.draft_ahead:
            _ = entry.draft
        return entry
