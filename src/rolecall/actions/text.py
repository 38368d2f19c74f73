"""Text from outside: cleaned on the way in, so that what is stored is safe to show."""

import asyncio
import html
import re

import nh3

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.texts import folded, storable_text

_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
_BLOCKS = "blockquote br div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul"
_WORDS = "a b code em i s span strong sub sup u"
ALLOWED_TAGS = frozenset(f"{_BLOCKS} {_WORDS}".split())
SUMMARY_LENGTH = 280
_MOST_CLEANINGS = 4
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_PARAGRAPH = re.compile(r"</?(?:p|h[1-6]|ul|ol|div|blockquote|pre|table)\b[^>]*>|<hr\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>|</tr\s*>", re.IGNORECASE)


async def clean_field(text: str, *, field: str, longest: int, may_be_empty: bool = False) -> str:
    """What is stored of a text that somebody sent as `field`: plain text as it was, HTML cleaned.

    Sending back what is stored stores the same again. Raises FieldInvalid when the text, as sent or as stored, has
    more than `longest` characters, or when it was HTML without a word that may stay; `may_be_empty` stores "" then.
    """
    stored = text
    if len(text) <= longest and is_html(text):
        # The time grows with the square of the depth: half a second for 50,000 characters of nested lists.
        stored = stored_form(await asyncio.to_thread(_settled, text, longest))
        if not plain_text(stored):
            if not may_be_empty:
                raise FieldInvalid(field=field)
            stored = ""
    if len(stored) > longest:
        raise FieldInvalid(field=field)
    return stored


def _settled(text: str, longest: int) -> str:
    """HTML cleaned until cleaning changes nothing: what is parsed again is not always what was written."""
    for _ in range(_MOST_CLEANINGS):
        cleaned = clean_rich_text(text)
        if cleaned == text or len(cleaned) > longest:
            return cleaned
        text = cleaned
    return text


def stored_form(cleaned: str) -> str:
    """Cleaned HTML as it is stored: the plain text it stands for when no tag is left in it, else HTML."""
    if is_html(cleaned):
        return cleaned
    plain = html.unescape(cleaned)
    return f"<p>{cleaned}</p>" if is_html(plain) else plain


def clean_rich_text(text: str) -> str:
    """`text` without unsafe markup. Plain text, which has no tag in it, comes back as it was."""
    if not is_html(text):
        return text
    return nh3.clean(text, tags=set(ALLOWED_TAGS), attributes={"a": {"href", "title"}}, link_rel="noopener nofollow")


def is_html(text: str) -> bool:
    """Whether a stored text is HTML rather than plain text."""
    return _MARKUP.search(text) is not None


def plain_text(text: str) -> str:
    """The words of a stored text, on one line."""
    words = html.unescape(_TAG.sub(" ", text)) if is_html(text) else text
    return " ".join(words.split())


def plain_lines(text: str) -> str:
    """The words of a stored text, with its paragraphs and list items on lines of their own.

    All lines end in the same way, and characters that are no text are left out: people may edit and send it.
    """
    if not is_html(text):
        return storable_text("\n".join(text.splitlines()), lines=True).strip()
    broken = _ITEM.sub("\n- ", _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", " ".join(text.split()))))
    words = html.unescape(nh3.clean(broken, tags=set()))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return storable_text(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)), lines=True).strip()


def summary_of(text: str | None) -> str | None:
    """A short HTML paragraph from the beginning of a stored text."""
    words = plain_text(text or "")
    if not words:
        return None
    if len(words) > SUMMARY_LENGTH:
        words = words[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
    return f"<p>{html.escape(words, quote=False)}</p>"


def description_html(text: str | None) -> str:
    """A stored description as HTML. Stored HTML is clean; plain text becomes paragraphs, split at empty lines."""
    text = (text or "").strip()
    if not text or is_html(text):
        return text
    paragraphs = (html.escape(part.strip()).replace("\n", "<br>\n") for part in _PARAGRAPH_END.split(text))
    return "\n".join(f"<p>{part}</p>" for part in paragraphs if part)


def search_text_of(title: str, summary: str | None) -> str:
    """What a search looks in: the title on the first line, then the summary without markup; both folded."""
    return f"{folded(' '.join(title.split()))}\n{folded(plain_text(summary or ''))}"
