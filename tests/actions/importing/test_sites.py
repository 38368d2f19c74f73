"""Locations, as postings write them."""

import pytest

from rolecall.actions.importing.postings import Location
from rolecall.actions.importing.sites import sites_of


@pytest.mark.parametrize(
    ("location", "sites"),
    [
        (Location(country="US"), [("US", "United States", None, "US")]),
        (Location(country="us", city="Lund"), [("US-lund", "Lund", "Lund", "US")]),
        (Location(country="US", city="Lund", raw="1 Rd."), [("US-lund/1-rd", "1 Rd., Lund", "Lund", "US")]),
        (Location(country="US", raw="Austin, TX"), [("US-austin-tx", "Austin, TX", "Austin", "US")]),
        (Location(raw="San Francisco"), [("san-francisco", "San Francisco", "San Francisco", None)]),
        (Location(raw="Tokyo, Japan"), [("tokyo-japan", "Tokyo, Japan", "Tokyo", None)]),
        (Location(raw="United States"), [("US", "United States", None, "US")]),
        (Location(raw="LA"), [("la", "LA", "LA", None)]),
        (
            Location(raw="Paris; London | Paris"),
            [("paris", "Paris", "Paris", None), ("london", "London", "London", None)],
        ),
        (Location(raw="Remote - US"), []),
        (Location(raw="New York; Remote"), [("new-york", "New York", "New York", None)]),
        (Location(), []),
        (Location(raw=" "), []),
    ],
)
def test_sites(location: Location, sites: list[tuple[str, str, str | None, str | None]]):
    found = [(site.code, site.name, site.city, site.country_code) for site in sites_of(location)]
    assert found == sites


def test_a_point_belongs_to_a_single_place():
    (paris,) = sites_of(Location(raw="Paris", lat=48.85, lon=2.35))
    assert (paris.latitude, paris.longitude) == (48.85, 2.35)
    assert [site.latitude for site in sites_of(Location(raw="Paris; London", lat=48.85, lon=2.35))] == [None, None]


def test_long_and_unspellable_places_keep_apart():
    long = [f"{'a' * 100} {ending}" for ending in ("one", "two")]
    codes = {sites_of(Location(raw=raw))[0].code for raw in (*long, "+++", "***")}
    assert len(codes) == 4
