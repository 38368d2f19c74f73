"""Reading query parameters as the contract's own server does. All that is wrong with a request is answered at once."""

import re
from collections.abc import Sequence

from rolecall.surfaces.recruitsome.errors import FieldsRefused, words

_BRACKETS = re.compile(r"([^\[\]]+)\[([^\[\]]*)\](.*)", re.DOTALL)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_TRUE = frozenset({"1", "true", "on", "yes"})
_SLUG = re.compile(r"[a-z0-9-]+")
LARGEST_INTEGER = 2**63 - 1


class Parameters:
    """The parameters of one request, read one by one; `check` raises if any of them was wrong.

    `name[]=a&name[]=b` and `name[0]=a&name[1]=b` are arrays. A plain name, or one place in an array, that is sent twice
    counts with its last value. Names that are never read are ignored.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._plain: dict[str, str] = {}
        self._arrays: dict[str, dict[str, str | None]] = {}
        self._problems: dict[str, list[str]] = {}
        for name, value in pairs:
            brackets = _BRACKETS.fullmatch(name)
            if brackets is None:
                self._plain[name] = value
            else:
                self._add_item(brackets[1], brackets[2], None if brackets[3] else value)

    def integer(self, name: str, *, default: int, least: int = 1, most: int = LARGEST_INTEGER) -> int:
        """A whole number within bounds."""
        if name in self._arrays:
            self._refuse(name, "The {field} must be an integer.")
        elif name in self._plain:
            return self._integer(name, self._plain[name], least=least, most=most)
        return default

    def optional_integer(self, name: str, *, least: int = 1) -> int | None:
        """A whole number, None when the parameter is not sent."""
        if name not in self._plain and name not in self._arrays:
            return None
        number = self.integer(name, default=least, least=least)
        return None if name in self._problems else number

    def required_integer(self, name: str, *, least: int = 1) -> int | None:
        """A whole number that must be sent; None when it is missing or wrong, which is noted."""
        if name not in self._arrays and not self._plain.get(name, "").strip():
            self._refuse(name, "The {field} field is required.")
            return None
        number = self.integer(name, default=0, least=least)
        return None if name in self._problems else number

    def text(self, name: str, *, longest: int) -> str | None:
        """A text of at most so many characters."""
        value = self._text(name)
        if value is not None and len(value) > longest:
            self._refuse(name, f"The {{field}} must not be greater than {longest} characters.")
        return value

    def language(self, name: str) -> str | None:
        """A language's code: two characters, in lower case."""
        value = self.two_characters(name)
        return value.lower() if value is not None else None

    def two_characters(self, name: str) -> str | None:
        """A code of two characters, as it was sent."""
        value = self._text(name)
        if value is not None and len(value) != 2:
            self._refuse(name, "The {field} must be 2 characters.")
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of a closed list of words."""
        value = self._plain.get(name)
        if name in self._arrays or (value is not None and value not in allowed):
            self._refuse(name, "The selected {field} is invalid.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether a switch is on: `1`, `true`, `on` and `yes` are, in any letter case, and what is not sent may be."""
        if name in self._arrays or name in self._plain:
            return name not in self._arrays and self._plain.get(name, "").lower() in _TRUE
        return default

    def given_flag(self, name: str) -> bool | None:
        """A switch that may also be left alone, which is None."""
        return self.flag(name) if name in self._plain or name in self._arrays else None

    def number(self, name: str, text: str) -> int:
        """A record's number in a path, called `name` where it is none."""
        return self._integer(name, text)

    def ids(self, name: str) -> list[int]:
        """The ids in an array, or the single id that a plain name has."""
        single = [self._integer(name, self._plain[name])] if name in self._plain else []
        return single + self._items(name)

    def listed_ids(self, name: str) -> list[int]:
        """The ids in an array. A plain name is refused."""
        if name in self._plain:
            self._refuse(name, "The {field} must be an array.")
        return self._items(name)

    def refuse(self, name: str, text: str) -> None:
        """Note what is wrong with a parameter."""
        self._problems.setdefault(name, []).append(text)

    def check(self) -> None:
        """Raise FieldsRefused if any parameter that was read is wrong."""
        if self._problems:
            raise FieldsRefused(self._problems)

    def _add_item(self, name: str, place: str, value: str | None) -> None:
        items = self._arrays.setdefault(name, {})
        number = len(items)
        while not place and str(number) in items:
            number += 1
        items[place or str(number)] = value

    def _items(self, name: str) -> list[int]:
        return [self._integer(f"{name}.{place}", value) for place, value in self._arrays.get(name, {}).items()]

    def _integer(self, name: str, value: str | None, *, least: int = 1, most: int = LARGEST_INTEGER) -> int:
        number = None if value is None else whole_number(value)
        if number is None:
            self._refuse(name, "The {field} must be an integer.")
        elif number < least:
            self._refuse(name, f"The {{field}} must be at least {least}.")
        elif number > most:
            self._refuse(name, f"The {{field}} must not be greater than {most}.")
        else:
            return number
        return least

    def _text(self, name: str) -> str | None:
        value = self._plain.get(name)
        if name in self._arrays:
            self._refuse(name, "The {field} must be a string.")
        elif value is not None and "\x00" in value:
            self._refuse(name, "The {field} format is invalid.")
        return value

    def _refuse(self, name: str, text: str) -> None:
        self.refuse(name, text.replace("{field}", words(name)))


def is_slug(text: str) -> bool:
    """Whether a word of a path may be a slug of ours. What cannot be one names no record."""
    return _SLUG.fullmatch(text) is not None


def whole_number(text: str) -> int | None:
    """The number that a text spells, in the range of a bigint; None when it spells none."""
    number = int(text) if _INTEGER.fullmatch(text) else None
    return number if number is not None and abs(number) <= LARGEST_INTEGER else None
