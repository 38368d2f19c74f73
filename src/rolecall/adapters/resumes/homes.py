"""Where a person lives: a label, a Dutch postal code, a city beside its country, or a city that the workspace knows."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale

from rolecall.adapters.resumes.sections import all_labelled
from rolecall.domain.texts import folded
from rolecall.ports.resumes import KnownPlace

_LABELS = (
    "location",
    "address",
    "home address",
    "city",
    "residence",
    "place of residence",
    "town",
    "based in",
    "lives in",
    "woonplaats",
    "adres",
    "locatie",
    "plaats",
    "stad",
    "postcode en woonplaats",
    "postcode/woonplaats",
    "adresgegevens",
)
_OTHER_NAMES = {
    "uk": "GB",
    "u.k.": "GB",
    "england": "GB",
    "scotland": "GB",
    "engeland": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "the netherlands": "NL",
    "holland": "NL",
    "nl": "NL",
    "be": "BE",
    "czech republic": "CZ",
    "turkey": "TR",
}
_DUTCH_CODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b[\s,]*")
_CODE = re.compile(r"^(?:[A-Z]{1,2}[- ])?\d{4,5}\s+")
_LONGEST = 80
_PIECES = re.compile(r"[|•·;\t\n]|\s[-–—]\s")
_CITY = re.compile(r"(?:['’]s-)?[^\W\d_][^\W\d_'’.-]*(?:[ '’.-]+[^\W\d_'’.-]+){0,3}")


def home_of(lines: Sequence[str], known: Sequence[KnownPlace]) -> tuple[str | None, str | None]:
    """City and country code, None for what the lines do not tell."""
    cities = {folded(place.city): place for place in known}
    for value in all_labelled(lines, _LABELS):
        found = _place(value, cities, labelled_so=True)
        if found != (None, None):
            return found
    for line in lines:
        for piece in _PIECES.split(line):
            found = _place(piece.strip(), cities, labelled_so=False)
            if found[0]:
                return found
    countries = [_countries().get(folded(piece).strip(" .")) for line in lines for piece in _PIECES.split(line)]
    return None, next((code for code in countries if code), None)


def _place(text: str, cities: Mapping[str, KnownPlace], *, labelled_so: bool) -> tuple[str | None, str | None]:
    """The place in a piece of a line, most certain sign first."""
    text = text.strip(" ,.")
    dutch = _DUTCH_CODE.search(text)
    if dutch and (city := _city(text[dutch.end() :].split(",")[0])):
        return city, "NL"
    parts = [part.strip(" .") for part in text.split(",")]
    country = _countries().get(folded(parts[-1]).strip(" ."))
    if country and len(parts) > 1:
        return _city(_CODE.sub("", parts[-2])), country
    for part in reversed(parts):
        place = cities.get(folded(_CODE.sub("", part)))
        if place is not None:
            return place.city, place.country_code
    if labelled_so:
        return (None, country) if country else (_city(_CODE.sub("", parts[-1])), None)
    return None, None


def _city(text: str) -> str | None:
    found = _CITY.fullmatch(text.strip(" ,."))
    if found is None or len(found[0]) > _LONGEST:
        return None
    return found[0].title() if found[0].isupper() else found[0]


@cache
def _countries() -> dict[str, str]:
    """Countries by their folded English and Dutch names."""
    found = {
        folded(name): code
        for language in ("nl", "en")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return found | _OTHER_NAMES
