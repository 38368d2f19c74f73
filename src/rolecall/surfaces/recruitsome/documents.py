"""Documents of a RecruitSome body: a file part, or a file's name with its content in base64."""

import asyncio
import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rolecall.actions.files import LARGEST, Checked, Kind, check_file
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge
from rolecall.web.fields import Field, Place, Reader, mapping, text
from rolecall.web.multipart import SentFile

_LONGEST_NAME = 255
_KILOBYTES = LARGEST // 1024
_LONGEST_BASE64 = LARGEST * 3 // 2  # with line ends


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document that was sent; `place` is where its content stands. `facts` are the other fields, read."""

    place: Place
    name: str
    content: SentFile | str
    facts: Mapping[str, Any]


def document(fields: Mapping[str, Field], *, form: bool) -> Reader:
    """A reader of a document with further `fields`. `form` says which way of sending the content is missed."""
    read_facts = mapping(fields)
    read_name = mapping({"filename": Field(text(longest=_LONGEST_NAME), required=True)})

    def read(place: Place, value: Any) -> SentDocument | None:
        facts = read_facts(place, value)
        if not isinstance(value, Mapping):
            return None
        part, content = value.get("file"), value.get("content")
        if isinstance(part, SentFile):
            return SentDocument(place.at("file"), part.name, part, facts)
        if isinstance(content, str) and content:
            name = read_name(place, value).get("filename") or ""
            return SentDocument(place.at("content"), name, content, facts)
        if form and part:
            return place.at("file").refuse("file")
        return place.at("file" if form else "content").refuse("required" if not content else "string")

    return read


async def checked(sent: SentDocument, *, allowed: tuple[Kind, ...]) -> Checked | None:
    """The document's content, checked; what is wrong with it is noted at its place."""
    size = sent.content.size if isinstance(sent.content, SentFile) else len(sent.content)
    if size > (LARGEST if isinstance(sent.content, SentFile) else _LONGEST_BASE64):
        return sent.place.refuse("size", most=_KILOBYTES)
    content = await _bytes(sent.content)
    if content is None:
        return sent.place.refuse("base64")
    try:
        return await check_file(sent.name, content, allowed=allowed)
    except FileEmpty:
        return sent.place.refuse("empty")
    except FileTooLarge:
        return sent.place.refuse("size", most=_KILOBYTES)
    except FileKindRefused:
        return sent.place.refuse("kind", kinds=", ".join(allowed))


async def _bytes(content: SentFile | str) -> bytes | None:
    if isinstance(content, SentFile):
        return await content.read()
    return await asyncio.to_thread(_decoded, content)


def _decoded(content: str) -> bytes | None:
    """The bytes of base64, with or without line ends and the beginning of a data URI."""
    if content.startswith("data:"):
        content = content.partition(",")[2]
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
