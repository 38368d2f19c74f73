"""RecruitSome's shape of an office."""

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.actions.places import country_name


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller has switched on; `language` is that of country names."""

    coordinates: bool
    vacancy_count: bool
    language: str | None


class Address(msgspec.Struct, kw_only=True):
    address_line_1: str | None
    address_line_2: str | None
    address_line_3: str | None
    locality: str | None
    administrative_area: str | None
    postal_code: str | None
    country_code: str
    country_name: str = ""


class Coordinates(msgspec.Struct, kw_only=True):
    latitude: float
    longitude: float


class Location(msgspec.Struct, kw_only=True):
    """An office. What a caller has not switched on is absent."""

    id: int
    slug: str
    name: str
    address: Address
    coordinates: Coordinates | UnsetType | None = UNSET
    vacancy_count: int | UnsetType = UNSET


_decode_list = msgspec.json.Decoder(list[Location]).decode
_decode = msgspec.json.Decoder(Location).decode


def locations(rows: str, *, shown: Shown) -> list[Location]:
    """The list from the rows that `location_queries.locations` answers."""
    return [_finished(row, shown) for row in _decode_list(rows)]


def location(row: str, *, shown: Shown) -> Location:
    """One office from what `location_queries.location` answers."""
    return _finished(_decode(row), shown)


def _finished(row: Location, shown: Shown) -> Location:
    row.address.country_name = country_name(row.address.country_code, locale=shown.language or "en") or ""
    if not shown.coordinates:
        row.coordinates = UNSET
    return row
