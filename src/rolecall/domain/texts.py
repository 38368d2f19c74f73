"""Texts that people type into forms and commands: what may be in them, and how long they may be."""

import unicodedata

from rolecall.domain.errors import FieldInvalid, FieldMissing

_LINE_ENDS = "\n\t"
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # categories of Unicode: controls, marks of format, white space
_ONE_I = {ord("\u0131"): "i", ord("\u0307"): None}  # the Turkish i without its dot, and the dot of a folded capital one


def check_text(text: str, *, field: str, longest: int, lines: bool = False, required: bool = True) -> None:
    """Raise FieldMissing or FieldInvalid unless `text` can be stored as the field's.

    `longest` counts characters. Line ends and tabs are text only where `lines` is set; other control characters and
    halves of surrogate pairs never are.
    """
    if required and is_blank(text):
        raise FieldMissing(field=field)
    if len(text) > longest:
        raise FieldInvalid(field=field, hint=f"at most {longest:,} characters, this has {len(text):,}")
    if storable_text(text, lines=lines) != text:
        raise FieldInvalid(field=field, hint="it holds characters that are no text")


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen, as of white space or a space without width."""
    return all(unicodedata.category(c) in _UNSEEN for c in text)


def storable_text(text: str, *, lines: bool = False) -> str:
    """`text` without the characters that `check_text` refuses."""
    kept = _LINE_ENDS if lines else ""
    return "".join(c for c in text if c in kept or unicodedata.category(c) not in {"Cc", "Cs"})


def folded(text: str) -> str:
    """`text` for comparing without letter case in any script; composed and decomposed letters, and all i's, are one."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).casefold()).translate(_ONE_I)


def folded_lines(*texts: str | None) -> str:
    """Texts as a search looks at them: folded, each on a line of its own, by which lists can be sorted too."""
    return "\n".join(folded(" ".join((text or "").split())) for text in texts)
