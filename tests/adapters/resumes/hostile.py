"""Files that are broken, or made to harm their reader. Each is small; what it would unpack to is not."""

import os
import zlib
from collections.abc import Callable

from tests.adapters.resumes.corpus import SAMPLES
from tests.adapters.resumes.writing import (
    _ODF,
    _W,
    DOC,
    DOCX,
    ODT,
    PDF,
    RTF,
    TXT,
    compound,
    doc,
    docx,
    docx_of,
    odt,
    packed,
    paragraphs,
    pdf,
    rtf,
)

LINES = SAMPLES[0].lines
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPE = f'<!DOCTYPE lolz [<!ENTITY l0 "ha">{LAUGHS}]>'


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", list[int]()
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + head + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, len(out))


def stream(content: bytes, facts: bytes = b"") -> bytes:
    return b"<</Filter/FlateDecode/Length %d%s>>\nstream\n%s\nendstream" % (len(content), facts, content)


def zeros(size: int, byte: bytes = b"\0") -> bytes:
    """So many bytes, deflated, without ever having them."""
    packer, out = zlib.compressobj(9), b""
    for _ in range(size // 1_000_000):
        out += packer.compress(byte * (1_000_000 // len(byte)))
    return out + packer.flush()


def many_pages(count: int = 10_000) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return pdf_of(b"<</Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), *[page] * count)


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf_of(b"<</Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content, *more)


def huge_image() -> bytes:
    """A picture of 900 million bytes on a page without text."""
    facts = b"/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray"
    show = stream(zlib.compress(b"q 600 0 0 800 0 0 cm /I Do Q"))
    return one_page(show, stream(zeros(900_000_000), facts), resources=b"/XObject<</I 5 0 R>>")


def huge_page() -> bytes:
    """A page whose description has 1,000 million bytes."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return one_page(stream(zeros(1_000_000_000, b"BT /F 9 Tf (ha) Tj ET ")), resources=font)


def endless_kids() -> bytes:
    return pdf_of(b"<</Pages 2 0 R>>", b"<</Type/Pages/Count 100000/Kids[2 0 R 2 0 R 2 0 R]>>")


def zip_bomb() -> bytes:
    return docx_of(paragraphs(LINES) + " " * 300_000_000)


def deep_xml() -> bytes:
    return docx_of("<w:p>" * 1_000_000 + "</w:p>" * 1_000_000)


def wide_xml() -> bytes:
    return docx_of("<w:p/>" * 1_000_000)


def laughing_docx() -> bytes:
    document = f"<?xml version='1.0'?>{DOCTYPE}<w:document {_W}><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:document>"
    return packed({"word/document.xml": document})


def laughing_odt() -> bytes:
    document = f"<?xml version='1.0'?>{DOCTYPE}<office:text {_ODF}><text:p>&l11;</text:p></office:text>"
    return packed({"mimetype": ODT, "content.xml": document})


def entity_of_a_file() -> bytes:
    document = f"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:document {_W}><w:t>&f;</w:t></w:document>"
    return packed({"word/document.xml": document})


def overlapping_doc() -> bytes:
    """A thousand pieces that are all the whole file."""
    whole = 1_000_000
    positions = b"".join((number * whole).to_bytes(4, "little") for number in range(1001))
    table = positions + (b"\0\0" + (0x4000_0000).to_bytes(4, "little") + b"\0\0") * 1000
    head = bytearray(4096)
    head[0:2], head[10:12] = b"\xec\xa5", b"\0\2"
    clx = b"\2" + len(table).to_bytes(4, "little") + table
    head[0x1A2:0x1AA] = (0).to_bytes(4, "little") + len(clx).to_bytes(4, "little")
    return compound({"WordDocument": bytes(head), "1Table": clx})


def encrypted_office() -> bytes:
    return compound({"WordDocument": b"", "EncryptedPackage": os.urandom(64)})


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


# By name: the media type, and what makes the file.
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "10,000 pages": (PDF, many_pages),
    "pages in a circle": (PDF, endless_kids),
    "a page of 1 GB": (PDF, huge_page),
    "an encrypted PDF": (PDF, lambda: pdf(LINES, password="open sesame")),
    "half a PDF": (PDF, lambda: cut(pdf(LINES))),
    "noise as PDF": (PDF, lambda: b"%PDF-1.7\n" + os.urandom(100_000)),
    "a zip bomb": (DOCX, zip_bomb),
    "deep XML": (DOCX, deep_xml),
    "billion laughs in a DOCX": (DOCX, laughing_docx),
    "billion laughs in an ODT": (ODT, laughing_odt),
    "an entity that is a file of ours": (DOCX, entity_of_a_file),
    "half a DOCX": (DOCX, lambda: cut(docx(LINES))),
    "half an ODT": (ODT, lambda: cut(odt(LINES))),
    "a DOCX without a document": (DOCX, lambda: packed({"[Content_Types].xml": "<Types/>"})),
    "half a DOC": (DOC, lambda: cut(doc(LINES))),
    "a DOC of overlapping pieces": (DOC, overlapping_doc),
    "an encrypted office file": (DOC, encrypted_office),
    "noise as DOC": (DOC, lambda: os.urandom(100_000)),
    "10 MB of text": (TXT, lambda: b"word " * 2_000_000),
    "10 MB of braces": (RTF, lambda: b"{\\rtf1" + b"{" * 10_000_000),
    "10 MB of control words": (RTF, lambda: b"{\\rtf1" + b"\\par\\u100000 " * 800_000),
    "another kind": ("image/png", lambda: b"\x89PNG"),
}
# Odd, but no harm: they are read, and have nothing to say.
EMPTY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a huge image": (PDF, huge_image),
    "a million paragraphs": (DOCX, wide_xml),
    "nothing but blanks": (TXT, lambda: b" " * 1_000_000),
    "an empty RTF": (RTF, lambda: rtf([])),
}
