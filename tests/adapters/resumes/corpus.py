"""Resumes in several layouts, English and Dutch, of people who do not exist, and what must be read of each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Sample:
    """`expected` has fields of ReadResume; `skills` are those that must be among the ones that were read."""

    name: str
    lines: list[str]
    expected: dict[str, Any]


def _read(path: Path) -> Sample:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Sample(path.stem, found["text"].splitlines(), found["expected"])


SAMPLES = [_read(path) for path in sorted(Path(__file__).with_name("samples").glob("*.yaml"))]
