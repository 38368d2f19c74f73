"""Lines of a file, plain or gzip, with a bound on how much of it is in memory."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from rolecall.actions.importing.rejects import Reject, excerpt_of

LONGEST_LINE = 1 << 20
STDIN: Final = Path("-")

_BLOCK = 1 << 18
_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LineReader:
    """Reads a file, or standard input for the path `-`. Whether it is gzip is seen from its first bytes.

    `bytes_total` is the file's size, None for a stream; `bytes_done` how much of that has been read. Raises OSError
    when the file cannot be opened.
    """

    def __init__(self, source: Path, *, longest_line: int = LONGEST_LINE) -> None:
        self._longest = longest_line
        self.bytes_done = 0
        self.bytes_total: int | None = None
        if source == STDIN:
            self._file: io.BufferedReader = cast("io.BufferedReader", sys.stdin.buffer)
        else:
            self._file = source.open("rb")
            if self._file.seekable():
                self.bytes_total = source.stat().st_size
        packed = self._file.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
        self._plain: io.BufferedIOBase = gzip.GzipFile(fileobj=self._file) if packed else self._file

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self._file is not sys.stdin.buffer:
            self._file.close()

    def lines(self) -> Iterator[tuple[int, bytes] | Reject]:
        """Each line that is not blank, with its number from 1, without its end; a reject for one that is too long.

        A file that is damaged half-way (a gzip file cut short) ends with a reject for the line where that is.
        """
        number, tail, cut = 0, b"", False
        try:
            for block in self._blocks():
                first, *rest = block.split(b"\n")
                pieces = [tail + first, *rest]
                tail = pieces.pop()
                for piece in pieces:
                    number += 1
                    yield from self._line(number, piece, cut=cut)
                    cut = False
                if len(tail) > self._longest:  # keep its beginning only, until its end is found
                    tail, cut = tail[: self._longest], True
        except (OSError, EOFError, zlib.error) as error:
            yield Reject(number + 1, f"the file cannot be read from here on: {error}", excerpt_of(tail))
            return
        yield from self._line(number + 1, tail, cut=cut)

    def _blocks(self) -> Iterator[bytes]:
        first = True
        while block := self._plain.read(_BLOCK):
            self.bytes_done = self.bytes_done + len(block) if self.bytes_total is None else self._file.tell()
            yield block.removeprefix(_BYTE_ORDER_MARK) if first else block
            first = False

    def _line(self, number: int, line: bytes, *, cut: bool) -> Iterator[tuple[int, bytes] | Reject]:
        if cut or len(line) > self._longest:
            yield Reject(number, f"longer than {self._longest} bytes", excerpt_of(line))
        elif line and not line.isspace():
            yield number, line
