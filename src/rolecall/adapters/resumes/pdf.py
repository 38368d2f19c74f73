"""The text of PDF files, through PDFium. Nothing is drawn, so no image in a file is ever unpacked."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from rolecall.adapters.resumes.limits import BROKEN, ENCRYPTED, ResumeLimits, Unreadable

_LONGEST_ADDRESS = 2_000
_MOST_LINKS = 50


def pdf_text(content: bytes, limits: ResumeLimits) -> str:
    """The text of all pages, then the addresses behind their links. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        protected = getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise Unreadable(ENCRYPTED if protected else BROKEN) from error
    if pages > limits.pages:
        raise Unreadable(f"The file has {pages:,} pages; at most {limits.pages} are read.")
    texts: list[str] = []
    links: list[str] = []
    for number in range(pages):
        try:
            page = document[number]
            texts.append(page.get_textpage().get_text_bounded())
        except pypdfium2.PdfiumError as error:
            raise Unreadable(BROKEN) from error
        links += _links(document, page)
        if sum(map(len, texts)) > limits.characters:
            break  # the caller says so
    return "\n".join([*texts, *links])


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            buffer = ctypes.create_string_buffer(_LONGEST_ADDRESS)
            length = raw.FPDFAction_GetURIPath(document.raw, action, buffer, _LONGEST_ADDRESS)
            if length <= _LONGEST_ADDRESS:
                yield buffer.value.decode("utf-8", "ignore").removeprefix("mailto:")
