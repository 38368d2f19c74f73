"""Rejected lines: kept in a file of their own, each with its number and the reason."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

_EXCERPT_BYTES = 200


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was not imported. `excerpt` is its beginning, with what cannot be shown replaced."""

    line: int
    reason: str
    excerpt: str


def excerpt_of(line: bytes) -> str:
    """The beginning of a line, safe to show on a terminal."""
    text = line[:_EXCERPT_BYTES].decode(errors="replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class RejectsFile:
    """One JSON object per rejected line. The file is made with the first of them; one of an earlier run goes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, rejects: list[Reject]) -> None:
        """Append rejects and hand them to the operating system, so that a kill leaves whole lines."""
        if not rejects:
            return
        if self._file is None:
            self._file = self._path.open("wb")
        self._file.write(b"".join(msgspec.json.encode(reject) + b"\n" for reject in rejects))
        self._file.flush()
