"""Where a posting's work is done, as locations with natural keys."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from rolecall.actions.importing.postings import Location
from rolecall.actions.places import country_name, parse_place
from rolecall.actions.slugs import place_slug

_SEVERAL = re.compile(r"\s*[;|]\s*")
_REMOTE = re.compile(r"remote\b", re.IGNORECASE)
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A location to be: `code` is US, US-new-york, US-new-york/1-centre-st, or san-francisco without a country."""

    code: str
    name: str
    address: str | None = None
    city: str | None = None
    region: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@lru_cache(maxsize=4096)
def sites_of(location: Location) -> tuple[Site, ...]:
    """The sites of a posting's location, none when all it says is that the work is remote.

    A text such as "Paris; London" without a country or a city beside it names several.
    """
    country = location.country.upper() if location.country else None
    raw, city = _words(location.raw), _words(location.city)
    if city is None and raw is not None:
        names = [name for name in _SEVERAL.split(raw) if name and not _REMOTE.match(name)]
        exact = location if len(names) == 1 else Location()
        sites = [_site_of_name(name, country, exact) for name in names]
        return tuple({site.code: site for site in sites}.values())
    if city is not None:
        return (_site_of_city(city, raw if raw != city else None, country, location),)
    return (_site_of_country(country),) if country is not None else ()


def _site_of_country(code: str) -> Site:
    return Site(code=code, name=country_name(code) or code, country_code=code)


def _site_of_city(city: str, address: str | None, country: str | None, location: Location) -> Site:
    code = _under(country, _slug(city))
    return Site(
        code=f"{code}/{_slug(address)}" if address else code,
        name=f"{address}, {city}" if address else city,
        address=address,
        city=city,
        region=_words(location.region),
        country_code=country,
        latitude=location.lat,
        longitude=location.lon,
    )


def _site_of_name(name: str, country: str | None, location: Location) -> Site:
    place = parse_place(name)
    if len(name) > 2 and place is not None and place.city is None:  # LA is a city here, not Laos
        return _site_of_country(place.code)
    return Site(
        code=_under(country, _slug(name)),
        name=name,
        city=name.partition(",")[0].strip() or name,
        region=_words(location.region),
        country_code=country,
        latitude=location.lat,
        longitude=location.lon,
    )


def _words(text: str | None) -> str | None:
    """A text on one line, None when there is nothing in it."""
    return " ".join((text or "").split()) or None


def _under(country: str | None, slug: str) -> str:
    return slug if country is None else f"{country}-{slug}"


def _slug(text: str) -> str:
    """A slug that differs where long or unspellable texts differ."""
    slug = place_slug(text)
    if slug and len(text) <= _LONGEST_SLUG:
        return slug
    return f"{slug}-{hashlib.sha256(text.casefold().encode()).hexdigest()[:8]}".lstrip("-")
