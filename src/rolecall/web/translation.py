"""Languages of our pages: gettext catalogues, compiled when they are first needed.

Messages are written in English where they are used. A package that is translated has `locale/<language>.po` for each
other language; `scripts/catalogues` brings those up to date, and a test says when they are not.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
KEYWORD = "message"
_MOST_LANGUAGES = 30  # of a header, so that nobody keeps us reading


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language that our pages speak: its code (ISO 639-1), and the catalogue of one package."""

    code: str
    catalogue: NullTranslations

    @property
    def gettext(self) -> Callable[[str], str]:
        """Gives a message in this language."""
        return self.catalogue.gettext


def message(text: str) -> str:
    """Marks a text of a table for the catalogues; it is translated where it is used."""
    return text


def languages(package: str) -> tuple[str, ...]:
    """The languages that a package's pages speak, the source first."""
    found = resources.files(package).joinpath("locale").iterdir()
    return (SOURCE, *sorted(file.name.removesuffix(".po") for file in found if file.name.endswith(".po")))


@lru_cache(maxsize=64)
def language(package: str, code: str | None) -> Language:
    """A language of a package's pages; English for one that they do not speak."""
    if code == SOURCE or code not in languages(package):
        return Language(SOURCE, NullTranslations())
    text = resources.files(package).joinpath("locale", f"{code}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=code))
    compiled.seek(0)
    return Language(code, GNUTranslations(compiled))


@lru_cache(maxsize=1024)
def preferred(header: str, offered: Sequence[str]) -> tuple[str, ...]:
    """Which of the offered languages an Accept-Language header asks for, the most wanted first; a regional one counts.

    Of languages that are wanted as much, the one that is named first comes first. What is no such header asks for none.
    """
    wanted: dict[str, float] = {}
    for part in header.split(",")[:_MOST_LANGUAGES]:
        tag, _, weight = part.partition(";")
        code = tag.strip().lower().partition("-")[0]
        quality = _quality(weight)
        if code in offered and quality > wanted.get(code, 0):
            wanted[code] = quality
    return tuple(sorted(wanted, key=lambda code: -wanted[code]))


def _quality(weight: str) -> float:
    """How much a language is wanted, from 0 to 1: what stands behind `q=`, 1 where nothing does."""
    name, _, value = weight.partition("=")
    if name.strip().lower() != "q":
        return 1
    try:
        return min(float(value), 1)
    except ValueError:
        return 0
