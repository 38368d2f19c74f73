"""Files as they come: packed or plain, damaged, with lines of any length."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from rolecall.actions.importing.reading import LineReader
from rolecall.actions.importing.rejects import Reject


def read(source: Path, *, longest_line: int = 100) -> list[tuple[int, bytes] | tuple[int, str]]:
    reader = LineReader(source, longest_line=longest_line)
    lines = [(line.line, line.reason) if isinstance(line, Reject) else line for line in reader.lines()]
    reader.close()
    return lines


@pytest.mark.parametrize("packed", [False, True])
def test_lines_have_their_numbers(tmp_path: Path, *, packed: bool):
    source = tmp_path / "lines"
    content = b"\xef\xbb\xbfone\n\n  \ntwo\r\n" + b"x" * 101 + b"\nlast"
    source.write_bytes(gzip.compress(content) if packed else content)
    assert read(source) == [(1, b"one"), (4, b"two\r"), (5, "longer than 100 bytes"), (6, b"last")]


@pytest.mark.parametrize("length", [100, 101, 1 << 18, 10_000_000])
def test_a_long_line_does_not_hide_the_next(tmp_path: Path, length: int):
    source = tmp_path / "lines"
    source.write_bytes(b"a" * length + b"\nnext\n")
    first = (1, b"a" * 100) if length == 100 else (1, "longer than 100 bytes")
    assert read(source) == [first, (2, b"next")]


def test_a_long_line_is_not_held_in_memory(tmp_path: Path):
    source = tmp_path / "lines"
    source.write_bytes(b"a" * 30_000_000)
    tracemalloc.start()
    assert read(source, longest_line=1 << 20) == [(1, "longer than 1048576 bytes")]
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_a_file_cut_short_says_where(tmp_path: Path):
    source = tmp_path / "lines.gz"
    lines = b"".join(b"%d\n" % number for number in range(200_000))
    source.write_bytes(gzip.compress(lines)[:-1000])
    *whole, (number, reason) = read(source)
    assert whole == [(place, b"%d" % (place - 1)) for place in range(1, number)]
    assert 100_000 < number < 200_000
    assert str(reason).startswith("the file cannot be read from here on: Compressed file ended")


def test_bytes_are_counted_against_the_size_of_the_file(tmp_path: Path):
    source = tmp_path / "lines.gz"
    source.write_bytes(gzip.compress(b"one\ntwo\n"))
    reader = LineReader(source)
    assert (len(list(reader.lines())), reader.bytes_done) == (2, reader.bytes_total)
    reader.close()


def test_a_missing_file_is_an_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        LineReader(tmp_path / "nothing")
