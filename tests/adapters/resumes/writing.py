"""Writes a resume's lines in every format that is read, as small as its programs would accept it."""

import struct
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from fpdf import FPDF

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
RTF = "application/rtf"
TXT = "text/plain"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_SECTOR, _END, _FAT, _FREE = 512, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def pdf(lines: Sequence[str], *, columns: int = 1, links: Sequence[str] = (), password: str | None = None) -> bytes:
    """A page with the lines one below the other, in one or two columns; `links` have no visible address."""
    page = FPDF()
    page.set_font("Helvetica", size=10)
    if password is not None:
        page.set_encryption(owner_password="the owner's", user_password=password)
    page.add_page()
    half = (len(lines) + 1) // columns
    for number, line in enumerate(lines):
        page.set_xy(10 + 100 * (number // half), 10 + 6 * (number % half))
        if line:
            page.cell(text=line.replace("\t", "    ").replace("–", "-").replace("•", "-"))
    for link in links:
        page.set_xy(10, 280)
        page.cell(text="profile", link=link)
    return bytes(page.output())


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def docx_of(document: str, **parts: str | bytes) -> bytes:
    """A DOCX around the XML of a document's body; `parts` are more of the archive, with __ for a slash."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    body = f"<w:document {_W}><w:body>{document}</w:body></w:document>"
    more = {name.replace("__", "/"): part for name, part in parts.items()}
    return packed({"[Content_Types].xml": types, "word/document.xml": body, **more})


def paragraphs(lines: Sequence[str]) -> str:
    """Paragraphs of Word; each word is a run of its own, as it is after some editing."""
    return "".join(f"<w:p>{''.join(map(_run, line.split(' ')))}</w:p>" for line in lines)


def _run(word: str) -> str:
    text = escape(word).replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r><w:t xml:space="preserve">{text} </w:t></w:r>'


def docx(lines: Sequence[str]) -> bytes:
    return docx_of(paragraphs(lines))


def docx_with_table(lines: Sequence[str]) -> bytes:
    """The first three lines in the page's header, the others in the cells of a table."""
    header = f"<w:hdr {_W}>{paragraphs(lines[:3])}</w:hdr>"
    cells = "".join(f"<w:tc>{paragraphs([line])}</w:tc>" for line in lines[3:])
    return docx_of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", **{"word__header1.xml": header})


def odt(lines: Sequence[str]) -> bytes:
    def paragraph(line: str) -> str:
        first, _, rest = escape(line).replace("\t", "<text:tab/>").partition(" ")
        return f"<text:p><text:span>{first}</text:span><text:s/>{rest}</text:p>"

    body = "".join(map(paragraph, lines))
    document = f"<office:document-content {_ODF}><office:body><office:text>{body}</office:text></office:body>"
    return packed({"mimetype": ODT, "content.xml": document + "</office:document-content>"})


def rtf(lines: Sequence[str]) -> bytes:
    def escaped(line: str) -> str:
        marked = "".join(f"\\{c}" if c in "\\{}" else c for c in line).replace("\t", "\\tab ")
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in marked)

    body = "\\par\n".join(map(escaped, lines))
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl\\f0 Arial;}}\\f0 {body}\\par}}".encode("ascii")


def txt(lines: Sequence[str]) -> bytes:
    return "\r\n".join(lines).encode()


def txt_of_windows(lines: Sequence[str]) -> bytes:
    return "\r\n".join(lines).encode("cp1252")


def doc(lines: Sequence[str]) -> bytes:
    """A Word 97 file: the text in two pieces, one of one byte a character and one of two."""
    text = "\r".join([*lines, ""])
    half = len(text) // 2
    first, second = text[:half].encode("cp1252", "replace"), text[half:].encode("utf-16-le")
    start = 0x0800
    positions = struct.pack("<3I", 0, half, len(text))
    pieces = b"".join(struct.pack("<HIH", 0, place, 0) for place in (start * 2 | 0x4000_0000, start + len(first)))
    clx = b"\x01\x04\x00abcd" + b"\x02" + struct.pack("<I", len(positions + pieces)) + positions + pieces
    head = bytearray(start)
    struct.pack_into("<H8xH", head, 0, 0xA5EC, 0x0200)
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + first + second, "1Table": clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE2) with these streams, each padded to the 4,096 bytes from which on it has sectors."""
    fat: list[int] = [_FAT, 2, _END]
    entries, data = [_entry("Root Entry", 5, 1, _END, 0)], b""
    for number, (name, content) in enumerate(streams.items(), start=1):
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % _SECTOR)
        count = len(padded) // _SECTOR
        entries.append(_entry(name, 2, number + 1 if number < len(streams) else _FREE, len(fat), len(padded)))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        data += padded
    directory = b"".join(entries).ljust(2 * _SECTOR, b"\0")
    assert len(fat) <= _SECTOR // 4, "one sector of the table is enough"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return head + table + directory + data


def _entry(name: str, kind: int, next_one: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    right, child = (_FREE, next_one) if kind == 5 else (next_one, _FREE)
    places = struct.pack("<3I", _FREE, right, child)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + places
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


WRITERS: dict[str, tuple[str, Callable[[Sequence[str]], bytes]]] = {
    "pdf": (PDF, pdf),
    "pdf in two columns": (PDF, lambda lines: pdf(lines, columns=2)),
    "docx": (DOCX, docx),
    "docx with a table": (DOCX, docx_with_table),
    "doc": (DOC, doc),
    "odt": (ODT, odt),
    "rtf": (RTF, rtf),
    "txt": (TXT, txt),
    "txt of Windows": (TXT, txt_of_windows),
}
