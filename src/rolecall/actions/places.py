"""Places as partners write them: a country code, optionally a hyphen and a city slug, such as SE or SE-lund.

People write a country's name and a city's; both become the same codes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from rolecall.actions.slugs import place_slug

_CODE = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*))?")
_LONGEST = 80
# Babel has more codes of two letters than ISO 3166-1 assigns: exceptional reservations, unions and regions. XK is not
# assigned either, but is what everybody writes for Kosovo, so it stays.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_COUNTRIES = {
    code: name
    for code, name in Locale("en").territories.items()
    if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
}
_BY_NAME = {name.casefold(): code for code, name in _COUNTRIES.items()}
# What people call them, where it is not Babel's name.
_OTHER_NAMES = {
    "czech republic": "CZ",
    "great britain": "GB",
    "holland": "NL",
    "ivory coast": "CI",
    "korea": "KR",
    "macedonia": "MK",
    "russian federation": "RU",
    "the netherlands": "NL",
    "turkey": "TR",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "viet nam": "VN",
}


@dataclass(frozen=True, slots=True)
class Place:
    """`code` in its usual spelling: the country in capitals, the city in lower case.

    `country_code` is None for what is no country, such as Worldwide.
    """

    code: str
    country_code: str | None
    city: str | None
    name: str


def parse_place(text: str) -> Place | None:
    """The place that a code, or a country's English name, stands for; None when it stands for none.

    A code is a country (ISO 3166-1 alpha-2), optionally followed by a hyphen and a city slug; 80 characters at most.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    match = _CODE.fullmatch(_BY_NAME.get(text.casefold(), text))
    if match is None or match[1].upper() not in _COUNTRIES:
        return None
    country, slug = match[1].upper(), match[2] and match[2].lower()
    if slug is None:
        return Place(country, country, None, _COUNTRIES[country])
    city = slug.replace("-", " ").title()
    return Place(f"{country}-{slug}", country, city, city)


def place_of(country: str, city: str | None = None) -> Place:
    """The place that a country's name or code and a city's name stand for.

    A country that is not known is a place of its own under the name that it was given.
    """
    country, city = " ".join(country.split()), " ".join((city or "").split())
    code = _country_code(country)
    slug = place_slug(city)
    if code is None:
        name = f"{city}, {country}" if slug else country
        return Place(place_slug(name) or "elsewhere", None, city if slug else None, name)
    return Place(f"{code}-{slug}", code, city, city) if slug else Place(code, code, None, _COUNTRIES[code])


def _country_code(name: str) -> str | None:
    folded = name.casefold()
    known = _BY_NAME.get(folded) or _OTHER_NAMES.get(folded)
    return known or (name.upper() if name.upper() in _COUNTRIES else None)


def country_name(code: str, *, locale: str = "en") -> str | None:
    """The name of a country in a language, or None when the code is not a country's.

    A language that nobody knows, or that has no name for the country, gets the English one.
    """
    if code not in _COUNTRIES:
        return None
    return _territories(locale).get(code) or _COUNTRIES[code]


@lru_cache(maxsize=64)
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """All countries as code and name in a language, in the order of the names."""
    named = [(code, country_name(code, locale=locale) or code) for code in _COUNTRIES]
    return tuple(sorted(named, key=lambda country: place_slug(country[1])))


@lru_cache(maxsize=256)
def _territories(language: str) -> Mapping[str, str]:
    try:
        return Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return _COUNTRIES
