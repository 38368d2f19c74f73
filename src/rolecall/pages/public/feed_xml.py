"""XML that is written a piece at a time, by lxml: elements go out as soon as they are whole."""

import io
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, TypeAlias

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it comes without types

Element: TypeAlias = Any  # of lxml
Namespaces = dict[str | None, str]
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the entries of a document: nested elements with attributes, and what comes before entries."""

    roots: Sequence[tuple[str, dict[str, str]]]
    namespaces: Namespaces = field(default_factory=dict[str | None, str])
    head: Sequence[Element] = ()


async def document(around: Around, entries: AsyncIterator[Sequence[Element]]) -> AsyncIterator[bytes]:
    """A document in pieces: one for what comes before the entries, one for each of their batches."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file, ExitStack() as opened:
        file.write_declaration()
        for place, (name, attributes) in enumerate(around.roots):
            namespaces = around.namespaces if place == 0 else None
            opened.enter_context(file.element(name, attributes, nsmap=namespaces))
        for element in around.head:
            file.write(element)
        async for batch in entries:
            for element in batch:
                file.write(element)
            file.flush()
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.BytesIO) -> bytes:
    piece = out.getvalue()
    out.seek(0)
    out.truncate()
    return piece


def leaf(name: str, text: str | None, **attributes: str) -> Element:
    """An element with a text, without what XML cannot say."""
    element = etree.Element(name, attributes)
    element.text = _NO_XML.sub("", text) if text is not None else None
    return element


def empty(name: str, attributes: dict[str, str], namespaces: Namespaces) -> Element:
    """An element of a namespace with attributes alone, its name as in `{http://www.w3.org/2005/Atom}link`."""
    return etree.Element(name, attributes, nsmap=namespaces)


def wrapped(name: str, text: str) -> Element:
    """As `leaf`, with the text in a CDATA section, as job boards ask for."""
    element = etree.Element(name)
    element.text = etree.CDATA(_NO_XML.sub("", text))
    return element


def group(name: str, *children: Element | None) -> Element:
    """An element with others in it; None stands for none."""
    element = etree.Element(name)
    element.extend(child for child in children if child is not None)
    return element


def mail_date(time: datetime) -> str:
    """As in "Thu, 26 Nov 2026 20:00:00 GMT"."""
    return format_datetime(time.astimezone(UTC), usegmt=True)
