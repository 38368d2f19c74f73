"""The words that partners may use for what they push in: lists of codes, each with an English label."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Words = tuple[tuple[str, str], ...]
_LONGEST = 80


class BrokenLists(ValueError):
    """An operator's file of lists is not right; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLists:
    """Lists of (code, label). None stands for the list that an installation starts with."""

    company_sizes: Words | None = None
    sectors: Words | None = None
    positions: Words | None = None
    contract_types: Words | None = None


# The names that the lists have in an operator's file.
NAMES = {
    "companySizes": "company_sizes",
    "sectors": "sectors",
    "positions": "positions",
    "contractTypes": "contract_types",
}


def parse_lists(value: object) -> ReferenceLists:
    """The lists of an operator's file: a mapping of list names to lists of codes, or to mappings of codes to labels.

    Raises BrokenLists, which names the list and the entry that is wrong.
    """
    if not isinstance(value, Mapping):
        raise BrokenLists(f"it must map names of lists ({', '.join(NAMES)}) to their values")
    for name in value:
        if name not in NAMES:
            raise BrokenLists(f"there is no list {name!r}; the lists are {', '.join(NAMES)}")
    return ReferenceLists(**{NAMES[name]: _words(name, entries) for name, entries in value.items()})


def plain_words(codes: Iterable[str]) -> Words:
    """Codes whose labels are the codes themselves, with blanks for hyphens."""
    return tuple((code, code.replace("-", " ")) for code in codes)


def spelling(text: str) -> str:
    """What two spellings of a code or a label have in common: letter case, hyphens and blanks do not count."""
    return " ".join(text.casefold().replace("-", " ").split())


def _words(name: str, entries: object) -> Words:
    if isinstance(entries, Mapping):
        words = [(_text(name, code), _text(name, label)) for code, label in entries.items()]
    elif isinstance(entries, list):
        words = list(plain_words(_text(name, code) for code in entries))
    else:
        raise BrokenLists(f"{name} must be a list of codes, or map codes to labels")
    if not words:
        raise BrokenLists(f"{name} is empty")
    _check_distinct(name, words)
    return tuple(words)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BrokenLists(f"{name}: {value!r} is not a text; put it in quotes")
    if not value.isprintable() or not 0 < len(value.strip()) <= len(value) <= _LONGEST:
        raise BrokenLists(f"{name}: {value!r} is not one line of 1 to {_LONGEST} characters")
    return value


def _check_distinct(name: str, words: Iterable[tuple[str, str]]) -> None:
    codes: dict[str, str] = {}
    for code, label in words:
        for word in (code, label):
            if codes.setdefault(spelling(word), code) != code:
                raise BrokenLists(f"{name}: {word!r} stands for two codes")
