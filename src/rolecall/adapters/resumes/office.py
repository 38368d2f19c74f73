"""The text of DOCX and ODT: XML in a zip archive, read without a DTD, an entity or a network."""

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it comes without types

from rolecall.adapters.resumes.limits import BROKEN, ENCRYPTED, TOO_LARGE_INSIDE, ResumeLimits, Unreadable

_HYPERLINK = "/relationships/hyperlink"
_WRONG = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Which elements hold text, end a line, stand for white space, or hold what is no text of the document."""

    holding: frozenset[str]
    lines: frozenset[str]
    spaces: dict[str, str]
    skipped: frozenset[str]


_DOCX = _Shape(
    holding=frozenset({"t"}),
    lines=frozenset({"p"}),
    spaces={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    skipped=frozenset({"Fallback"}),  # the same text again, for older programs
)
_ODT = _Shape(
    holding=frozenset({"p", "h"}),
    lines=frozenset({"p", "h"}),
    spaces={"tab": "\t", "line-break": "\n", "s": " "},
    skipped=frozenset({"tracked-changes", "annotation", "note-citation"}),
)


class _Archive:
    """The parts of an archive, no more of them in all than the limits allow."""

    def __init__(self, content: bytes, limits: ResumeLimits) -> None:
        self._left = limits.unpacked_mb * 1_000_000
        self._zip = zipfile.ZipFile(BytesIO(content))

    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """A part, empty when there is none. Raises Unreadable."""
        if name not in self._zip.NameToInfo:
            return b""
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise Unreadable(ENCRYPTED)
        with self._zip.open(info) as part:
            found = part.read(self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable(TOO_LARGE_INSIDE)
        return found


def docx_text(content: bytes, limits: ResumeLimits) -> str:
    """Headers, the document, footers, and the addresses behind its links. Raises Unreadable."""
    with _broken_when_wrong():
        archive = _Archive(content, limits)
        names = sorted(archive.names())
        headers = [name for name in names if name.startswith("word/header")]
        footers = [name for name in names if name.startswith("word/footer")]
        if "word/document.xml" not in names:
            raise Unreadable(BROKEN)
        parts = [*headers, "word/document.xml", *footers]
        texts = [_text(archive.read(name), _DOCX) for name in parts if name.endswith(".xml")]
        return "\n".join([*texts, *_targets(archive.read("word/_rels/document.xml.rels"))])


def odt_text(content: bytes, limits: ResumeLimits) -> str:
    """The headers and footers of the styles, then the document. Raises Unreadable."""
    with _broken_when_wrong():
        archive = _Archive(content, limits)
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unreadable(ENCRYPTED)
        document = archive.read("content.xml")
        if not document:
            raise Unreadable(BROKEN)
        styles = archive.read("styles.xml")
        return "\n".join([_text(styles, _ODT) if styles else "", _text(document, _ODT)])


@contextmanager
def _broken_when_wrong() -> Generator[None]:
    """Every way in which an archive can be wrong is one to its reader."""
    try:
        yield
    except _WRONG as error:
        raise Unreadable(BROKEN) from error


def _parse(part: bytes) -> Any:
    """libxml2 itself refuses what is nested more than 256 deep; a part with a DTD is none of an office program."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(part, parser)
    if root.getroottree().docinfo.doctype:
        raise Unreadable(BROKEN)
    return root


def _text(part: bytes, shape: _Shape) -> str:
    return "".join(_pieces(_parse(part), shape))


def _pieces(root: Any, shape: _Shape) -> Iterator[str]:
    holding = skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = etree.QName(element).localname
        step = 1 if event == "start" else -1
        skipped += step * (name in shape.skipped)
        holding += step * (name in shape.holding)
        if event == "start":
            if name in shape.spaces and not skipped:
                yield shape.spaces[name]
            text = element.text
        else:
            if name in shape.lines and not skipped:
                yield "\n"
            text = element.tail
        if text and holding and not skipped:
            yield text


def _targets(relations: bytes) -> list[str]:
    if not relations:
        return []
    found = [(one.get("Type", ""), one.get("Target", "")) for one in _parse(relations)]
    return [target.removeprefix("mailto:") for kind, target in found if kind.endswith(_HYPERLINK)]
