"""The one description that a posting's four texts make."""

import html

from rolecall.actions.importing.postings import Posting
from rolecall.actions.text import SUMMARY_LENGTH, clean_rich_text, is_html, stored_form

_BEGINNING = 1000


def one_line(text: str | None) -> str:
    """A text without line breaks and runs of blanks, empty when there is none."""
    return " ".join(text.split()) if text else ""


def description_of(posting: Posting) -> str | None:
    """A posting's texts under their headings: plain text when all are plain, else clean HTML. None without any."""
    texts = (
        (None, posting.description),
        ("Requirements", posting.requirements),
        ("Preferred skills", posting.preferred_skills),
        ("Additional information", posting.additional_information),
    )
    parts = [(heading, text.strip()) for heading, text in texts if text is not None and not text.isspace() and text]
    if any(is_html(text) for _, text in parts):
        return stored_form("\n".join(_as_html(heading, text) for heading, text in parts)).strip() or None
    return "\n\n".join(text if heading is None else f"{heading}\n{text}" for heading, text in parts) or None


def beginning_of(text: str | None) -> str | None:
    """As much of a stored text as a summary can show, so that not all of it need be looked through."""
    if text is None or len(text) <= _BEGINNING or is_html(text):
        return text
    beginning = text[:_BEGINNING]
    return beginning if len(one_line(beginning)) > SUMMARY_LENGTH else text


def _as_html(heading: str | None, text: str) -> str:
    title = "" if heading is None else f"<h2>{heading}</h2>\n"
    return title + (clean_rich_text(text) if is_html(text) else _paragraphs(text))


def _paragraphs(text: str) -> str:
    blocks = (block.strip() for block in html.escape(text, quote=False).split("\n\n"))
    return "\n".join("<p>" + block.replace("\n", "<br>") + "</p>" for block in blocks if block)
