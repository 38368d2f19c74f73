"""Languages of our pages: gettext catalogues, compiled when they are first needed.

Messages are written in English where they are used. A package that is translated has `locale/<language>.po` for each
other language; `scripts/catalogues` brings those up to date, and a test says when they are not.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
KEYWORD = "message"


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
