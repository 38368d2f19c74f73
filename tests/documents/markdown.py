"""Reading the Markdown files of the tree: links, headings, tables and blocks of commands."""

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_GENERATED = {"node_modules", "dist", "build", "__pycache__"}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^(#+) +(.+?) *$", re.MULTILINE)
_NO_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two fences."""

    language: str
    text: str

    def commands(self) -> list[str]:
        """The commands of a shell block, each with its continued lines. Comments are left out."""
        found: list[str] = []
        begun = ""
        for line in self.text.splitlines():
            begun += line
            if _is_whole(begun):
                found.append(begun)
                begun = ""
            else:
                begun += "\n"
        assert not begun, f"a quotation does not end: {begun}"
        return [command for command in found if shlex.split(command, comments=True)]


def _is_whole(command: str) -> bool:
    if command.endswith("\\"):
        return False
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[Block]:
        return [Block(*match) for match in _FENCE.findall(self.text) if match[0] == language]

    def targets(self) -> list[str]:
        """Where its links and images lead."""
        return _LINK.findall(self.prose)

    def headings(self) -> list[str]:
        return [text for _, text in _HEADING.findall(self.prose)]

    def anchors(self) -> set[str]:
        """What a link may name behind a #, as GitHub makes it of the headings."""
        return {_NO_ANCHOR.sub("", heading.lower()).replace(" ", "-") for heading in self.headings()}

    def section(self, heading: str) -> str:
        """The text under a heading, up to the next one; empty when there is no such heading."""
        _, _, rest = f"\n{self.prose}".partition(f"\n## {heading}\n")
        return rest.partition("\n## ")[0]

    def rows(self) -> list[list[str]]:
        """The cells of all table rows."""
        lines = (line for line in self.prose.splitlines() if line.startswith("|"))
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def tree() -> Iterator[Path]:
    """Every file of the tree that is not generated."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(
            name for name in folders if name not in _GENERATED and (not name.startswith(".") or name == ".ci")
        )
        yield from (Path(folder) / name for name in sorted(files))


@cache
def documents() -> list[Document]:
    """Every Markdown file of the tree."""
    return [Document(path) for path in tree() if path.suffix == ".md"]


def document(path: str) -> Document:
    """The file at a path from the root."""
    return Document(ROOT / path)
