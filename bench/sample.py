"""The packaged sample postings, and a file of many made of them."""

import gzip
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any


def sample_postings() -> Iterator[dict[str, Any]]:
    """The postings that the demo brings."""
    with files("rolecall.demo").joinpath("postings.ndjson.gz").open("rb") as packed, gzip.open(packed) as lines:
        for line in lines:
            yield json.loads(line)


def write_postings(path: Path, *, count: int) -> None:
    """A file of `count` postings: the sample again and again, each time under other ids."""
    postings = list(sample_postings())
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(count):
            posting = postings[number % len(postings)]
            again = {**posting, "id": f"{posting['id']}-{number // len(postings)}"}
            file.write(json.dumps(again, ensure_ascii=False) + "\n")
