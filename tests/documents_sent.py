"""Small files of every kind that is taken, and some that look like them."""

import io
import zipfile

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def zipped(**members: str) -> bytes:
    """A zip file; two underscores stand for a slash, `content_types` for Word's list of its parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            path = "[Content_Types].xml" if name == "content_types" else name.replace("__", "/", 1)
            archive.writestr(path, text)
    return packed.getvalue()


def _word(media_type: str) -> bytes:
    part = f'<Types><Override PartName="/word/document.xml" ContentType="{media_type}"/></Types>'
    return zipped(content_types=part, **{"word__document.xml": "<w:document/>"})


PDF = b"%PDF-1.4\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TAKEN = {
    "pdf": PDF,
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "docx": _word(_WORD),
    "odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "rtf": b"{\\rtf1\\ansi Hello}",
    "txt": "Curriculum vitæ\n".encode(),
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(16),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(16),
}
RECORDINGS = {
    "mp4": b"\x00\x00\x00\x20ftypisom" + bytes(20),
    "mov": b"\x00\x00\x00\x14ftypqt  " + bytes(20),
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(20),
    "mp3": b"ID3\x04\x00" + bytes(20),
    "m4a": b"\x00\x00\x00\x20ftypM4A " + bytes(20),
    "ogg": b"OggS\x00\x02" + bytes(20),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20),
}
LOOK_ALIKES = {
    "spreadsheet": OLE + "Workbook".encode("utf-16-le"),
    "document with macros": _word(_MACROS),
    "zip": zipped(**{"readme.txt": "Hello"}),
    "broken zip": b"PK\x03\x04" + bytes(40),
    "OpenDocument spreadsheet": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "program": b"MZ\x90\x00\x03" + bytes(60),
    "page": b"<!DOCTYPE html><script>alert(1)</script>",
    "picture that runs scripts": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "text with a control character": b"Hello\x00there",
    "gif": b"GIF89a" + bytes(20),
    "picture of a phone": b"\x00\x00\x00\x18ftypheic" + bytes(20),
    "Matroska": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(20),
}
