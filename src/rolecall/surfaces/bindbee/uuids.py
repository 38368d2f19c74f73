"""UUIDs as the published service reads them, and its words for what is none.

The words are those of the library behind it (Rust's `uuid`, as pydantic used it in the published examples); later
releases of pydantic say it otherwise, so it cannot be left to them.
"""

import re
from uuid import UUID

_SIMPLE = re.compile(r"[0-9a-fA-F]{32}")
_HYPHENATED = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NOT_HEX = re.compile(r"[^0-9a-fA-F-]")
_URN = "urn:uuid:"
_GROUPS = (8, 4, 4, 4, 12)


def read_uuid(text: str) -> UUID | None:
    """The UUID that a text spells: with hyphens or without, in braces, or as a URN; None when it is none."""
    bare = _bare(text)
    if _HYPHENATED.fullmatch(bare) or (bare == text and _SIMPLE.fullmatch(text)):
        return UUID(bare)
    return None


def complaint(text: str) -> str:
    """What is wrong with a text that is no UUID."""
    return f"Input should be a valid UUID, {_fault(text)}"


def _fault(text: str) -> str:
    bare = _bare(text)
    odd = _NOT_HEX.search(bare)
    if odd is not None:
        place = text.index(bare) + odd.start() + 1
        return (
            f"invalid character: expected an optional prefix of `{_URN}` followed by [0-9a-fA-F-],"
            f" found `{odd[0]}` at {place}"
        )
    groups = bare.split("-")
    if len(groups) == 1 and bare == text:
        return f"invalid length: expected length 32 for simple format, found {len(text)}"
    if len(groups) != len(_GROUPS):
        return f"invalid group count: expected {len(_GROUPS)}, found {len(groups)}"
    for place, (group, length) in enumerate(zip(groups, _GROUPS, strict=True)):
        if len(group) != length:
            return f"invalid group length in group {place}: expected {length}, found {len(group)}"
    return "invalid length"


def _bare(text: str) -> str:
    """A text without the braces or the prefix of a URN."""
    if text.startswith("{") and text.endswith("}") and len(text) > 1:
        return text[1:-1]
    return text.removeprefix(_URN)
