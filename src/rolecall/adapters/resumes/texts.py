"""The plain text of a file, by its media type."""

import re
import unicodedata

from striprtf.striprtf import rtf_to_text

from rolecall.adapters.resumes.limits import BROKEN, UNKNOWN_FORMAT, ResumeLimits, Unreadable

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_DOC = "application/msword"
_RTF = frozenset({"application/rtf", "text/rtf"})
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BLANKS = re.compile(r"[^\S\n\t]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def text_of(content: bytes, media_type: str, limits: ResumeLimits) -> str:
    """The text with composed letters, line feeds and no control characters. Raises Unreadable."""
    text = tidied(_read(content, media_type, limits))
    if len(text) > limits.characters:
        raise Unreadable(f"The file has more than {limits.characters:,} characters of text.")
    return text


def _read(content: bytes, media_type: str, limits: ResumeLimits) -> str:
    # Each library is loaded for its own format only: a child starts for every file.
    if media_type == _PDF:
        from rolecall.adapters.resumes.pdf import pdf_text  # noqa: PLC0415

        return pdf_text(content, limits)
    if media_type in {_DOCX, _ODT}:
        from rolecall.adapters.resumes.office import docx_text, odt_text  # noqa: PLC0415

        return docx_text(content, limits) if media_type == _DOCX else odt_text(content, limits)
    if media_type == _DOC:
        from rolecall.adapters.resumes.word import doc_text  # noqa: PLC0415

        return doc_text(content)
    if media_type in _RTF:
        return _rtf_text(content)
    if media_type == "text/plain":
        return _plain_text(content)
    raise Unreadable(UNKNOWN_FORMAT)


def _rtf_text(content: bytes) -> str:
    if not content.startswith(b"{\\rtf"):
        raise Unreadable(BROKEN)
    try:
        return str(rtf_to_text(content.decode("cp1252", "replace"), errors="replace"))
    except (ValueError, IndexError, LookupError, OverflowError) as error:
        raise Unreadable(BROKEN) from error


def _plain_text(content: bytes) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def tidied(text: str) -> str:
    """Text as it can be stored and searched: ligatures and odd blanks as plain letters and blanks."""
    lines = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cf", "Co", "Cn"})
    blank = _BLANKS.sub(" ", kept)
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in blank.splitlines())).strip()
