"""Files from outside: what they are is seen from their content. Bytes are stored first, the row with all that names it.

Bytes whose row was never committed are swept away by a task.
"""

import asyncio
import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from uuid import UUID

import puremagic

from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge
from rolecall.ports.clock import Clock
from rolecall.ports.files import FileStore
from rolecall.store import files
from rolecall.store.files import File

LARGEST = 10 * 1024 * 1024


class Kind(StrEnum):
    """What a file is, by its usual ending."""

    PDF = "pdf"
    DOC = "doc"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    TXT = "txt"
    JPG = "jpg"
    PNG = "png"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"
    MP3 = "mp3"
    M4A = "m4a"
    OGG = "ogg"
    WAV = "wav"


RESUMES = (Kind.PDF, Kind.DOC, Kind.DOCX, Kind.ODT, Kind.RTF, Kind.TXT)
DOCUMENTS = (*RESUMES, Kind.JPG, Kind.PNG)
IMAGES = (Kind.JPG, Kind.PNG)
VIDEOS = (Kind.MP4, Kind.MOV, Kind.WEBM)
SOUNDS = (Kind.MP3, Kind.M4A, Kind.OGG, Kind.WAV, Kind.WEBM, Kind.MP4)  # browsers record into the last two
LARGEST_VIDEO = 50 * 1024 * 1024
LARGEST_SOUND = 20 * 1024 * 1024

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOC: "application/msword",
    Kind.DOCX: _WORD,
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.TXT: "text/plain",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.MP4: "video/mp4",
    Kind.MOV: "video/quicktime",
    Kind.WEBM: "video/webm",
    Kind.MP3: "audio/mpeg",
    Kind.M4A: "audio/mp4",
    Kind.OGG: "audio/ogg",
    Kind.WAV: "audio/wav",
}
_ENDINGS = {
    Kind.JPG: {".jpg", ".jpeg", ".jpe"},
    Kind.TXT: {".txt", ".text", ".md"},
    Kind.MP4: {".mp4", ".m4v", ".3gp"},
    Kind.OGG: {".ogg", ".oga", ".opus"},
}
# The brand of an ISO media file says what it is; pictures of phones are such files too.
_BRANDS = {b"qt  ": Kind.MOV, b"M4A ": Kind.M4A, b"M4V ": Kind.MP4, b"avc1": Kind.MP4, b"dash": Kind.MP4}
_BRANDS_OF_MP4 = (b"iso", b"mp4", b"3gp")
_MPEG_LAYER_3 = 0xE2  # of the second byte of a frame, under the mask
_MPEG_MASK = 0xE6

_HEAD = 2_048
_LONGEST_NAME = 120
_LONGEST_PART = 1 << 20  # of what is unpacked to tell a zip: a small file may unpack to gigabytes
_WORD_STREAM = "WordDocument".encode("utf-16-le")  # how the directory of an OLE file names it
_MARKUP = re.compile(r"\s*<(?:!doctype|\?|html|head|body|svg|script)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_UNSAFE = re.compile(r'[/\\:*?"<>|]')
_PACKED_BADLY = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that may be stored. `name` is safe to show and to save under; `sha256` is of the content."""

    name: str
    kind: Kind
    content: bytes
    sha256: bytes


async def check_file(name: str, content: bytes, *, allowed: Collection[Kind], largest: int = LARGEST) -> Checked:
    """Look at a file in a thread of its own. Raises FileEmpty, FileTooLarge or FileKindRefused."""
    if not content:
        raise FileEmpty
    if len(content) > largest:
        raise FileTooLarge(most=largest)
    kind = await asyncio.to_thread(kind_of, content)
    if kind is None or kind not in allowed:
        raise FileKindRefused(kinds=", ".join(allowed))
    sha256 = await asyncio.to_thread(lambda: hashlib.sha256(content).digest())
    return Checked(name=safe_name(name, kind), kind=kind, content=content, sha256=sha256)


def kind_of(content: bytes) -> Kind | None:
    """What a file is, None for everything that is not known here."""
    head = content[:_HEAD]
    try:
        seen = {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        seen = set[str]()
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if ".doc" in seen:
        return Kind.DOC if _WORD_STREAM in content else None
    recording = _kind_of_recording(head)
    if recording is not None:
        return recording
    for kind in (Kind.PDF, Kind.RTF, Kind.JPG, Kind.PNG):
        if f".{kind}" in seen:
            return kind
    return Kind.TXT if _is_text(content) else None


def _kind_of_recording(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return Kind.MP4 if brand.startswith(_BRANDS_OF_MP4) else _BRANDS.get(brand)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Kind.WEBM if b"webm" in head[:64] else None
    if head.startswith(b"OggS"):
        return Kind.OGG
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return Kind.WAV
    layer_3 = len(head) > 1 and head[0] == 0xFF and head[1] & _MPEG_MASK == _MPEG_LAYER_3
    return Kind.MP3 if layer_3 or head.startswith(b"ID3") else None


def _kind_of_zip(content: bytes) -> Kind | None:
    """Word and OpenDocument text are zip files that say in a member what they are. Those with macros are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                main = f'ContentType="{_WORD}.main+xml"'
                return Kind.DOCX if main in _member(packed, "[Content_Types].xml") else None
            if "mimetype" in names:
                return Kind.ODT if _member(packed, "mimetype").strip() == MEDIA_TYPES[Kind.ODT] else None
    except _PACKED_BADLY:
        return None
    return None


def _member(packed: zipfile.ZipFile, name: str) -> str:
    if packed.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return ""  # neither program writes another, and one of LZMA may ask for gigabytes
    with packed.open(name) as member:
        return member.read(_LONGEST_PART).decode("utf-8", "replace")


def _is_text(content: bytes) -> bool:
    text = decoded(content)
    return text is not None and _CONTROL.search(text) is None and _MARKUP.match(text) is None


def decoded(content: bytes) -> str | None:
    """The text of a plain text file: UTF-8, UTF-16 with its mark, or what Windows wrote in Western Europe."""
    encodings = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def safe_name(name: str, kind: Kind) -> str:
    """A file name without folders, control characters and what some system cannot store; its ending tells the kind."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    clean = " ".join(_UNSAFE.sub(" ", printable).split()).strip(". ")
    ending = PurePosixPath(clean).suffix
    if ending.lower() in _ENDINGS.get(kind, {f".{kind}"}):
        return clean.removesuffix(ending)[:_LONGEST_NAME] + ending
    return f"{clean[:_LONGEST_NAME] or 'document'}.{kind}"


async def put_file(store: FileStore, workspace_id: UUID, checked: Checked, *, clock: Clock) -> File:
    """Store a file's bytes, outside of any transaction; the row that is returned is not stored yet.

    Raises FilesUnavailable.
    """
    file_id = new_id()
    key = f"{workspace_id}/{file_id}"
    await store.put(key, checked.content)
    return File(
        workspace_id=workspace_id,
        id=file_id,
        key=key,
        name=checked.name,
        media_type=MEDIA_TYPES[checked.kind],
        size=len(checked.content),
        sha256=checked.sha256,
        created_at=clock(),
    )


async def keep_file(ctx: Context, file: File) -> None:
    """Store a file's row, in the transaction of whatever names it; that writer's event tells of it."""
    await files.insert(ctx.conn, file)
