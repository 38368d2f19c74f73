"""The text of Word 97 to 2003 files. The table of pieces says where in the main stream each part of the text is.

Described in [MS-DOC] 2.4.1, "Retrieving Text"; the compound file around it is read by olefile.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from rolecall.adapters.resumes.limits import BROKEN, ENCRYPTED, Unreadable

_MAGIC = 0xA5EC
_ENCRYPTED_FLAG, _SECOND_TABLE_FLAG = 0x0100, 0x0200
_PLACE_OF_CLX = 0x01A2
_ONE_BYTE_FLAG = 0x4000_0000
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")  # HYPERLINK "…" and such, up to what is shown
_LINES = {0x07: "\t", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x1E: "-", 0x1F: None, 0x15: None, 0x01: None, 0x08: None}


def doc_text(content: bytes) -> str:
    """The whole text, headers and footers last. Raises Unreadable."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            if file.exists("EncryptedPackage"):
                raise Unreadable(ENCRYPTED)
            main = file.openstream("WordDocument").read()
            magic, flags = struct.unpack_from("<H8xH", main)
            if magic != _MAGIC:
                raise Unreadable(BROKEN)
            if flags & _ENCRYPTED_FLAG:
                raise Unreadable(ENCRYPTED)
            table = file.openstream("1Table" if flags & _SECOND_TABLE_FLAG else "0Table").read()
        place, length = struct.unpack_from("<II", main, _PLACE_OF_CLX)
        text = "".join(_pieces(main, _piece_table(table[place : place + length])))
    except (OSError, struct.error, ValueError, IndexError, TypeError) as error:
        raise Unreadable(BROKEN) from error
    return _FIELD_CODE.sub("", text).translate(_LINES)


def _piece_table(clx: bytes) -> bytes:
    """The table, behind any number of property lists, each with its length in front."""
    place = 0
    while clx[place] == 1:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if clx[place] != 2:
        raise Unreadable(BROKEN)
    (length,) = struct.unpack_from("<I", clx, place + 1)
    return clx[place + 5 : place + 5 + length]


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The text that a table places: n + 1 positions in characters, then n descriptions with the place in bytes."""
    count = (len(table) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", table)
    left = len(main)
    for number in range(count):
        (place,) = struct.unpack_from("<2xI2x", table, 4 * (count + 1) + 8 * number)
        size = positions[number + 1] - positions[number]
        one_byte = bool(place & _ONE_BYTE_FLAG)
        start = (place & ~_ONE_BYTE_FLAG) // 2 if one_byte else place
        length = size if one_byte else 2 * size
        left -= length  # pieces never overlap: more text than file is an attack
        if size < 0 or left < 0:
            raise Unreadable(BROKEN)
        yield main[start : start + length].decode("cp1252" if one_byte else "utf-16-le", "replace")
