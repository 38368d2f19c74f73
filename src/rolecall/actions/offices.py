"""Offices: the locations that a workspace calls its own, as its career site lists them."""

from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.places import country_name
from rolecall.actions.slugs import office_slug, place_slug
from rolecall.domain.errors import FieldInvalid, LocationUnknown, NameTaken
from rolecall.domain.texts import check_text
from rolecall.store import locations, workspaces
from rolecall.store.db import UniqueViolation
from rolecall.store.locations import Location, Office

LONGEST_LINE = 200
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """Where an office is; `country_code` is ISO 3166-1 alpha-2, degrees are decimal.

    `code` names a location that there is already, as postings brought it along: its jobs are then the office's, and
    what is not given here stays as it is.
    """

    name: str
    country_code: str | None = None
    code: str | None = None
    address_line_1: str | None = None
    address_line_2: str | None = None
    address_line_3: str | None = None
    postal_code: str | None = None
    city: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None


async def create_office(ctx: Context, new: NewOffice) -> Office:
    """Make an office, of a new place or of a location that is known.

    Raises NameTaken when that location is an office already, LocationUnknown for a code that no location has,
    FieldMissing or FieldInvalid.
    """
    known = await _known(ctx, new.code)
    office = _office(ctx, new, known)
    stored_id = None
    for attempt in count(1):
        slug = office_slug(office.name, office.city, office.country_code, attempt=attempt)
        try:
            async with ctx.conn.transaction():
                office = _office(ctx, new, known, slug=slug)
                stored_id = await locations.put_office(ctx.conn, office)
            break
        except UniqueViolation:
            continue
    if stored_id is None:
        raise NameTaken(kind="office", name=office.code)
    await workspaces.renew_names(ctx.conn, ctx.workspace_id)
    await record(ctx, "location", "office_created", record_id=stored_id)
    stored = await locations.office_by_slug(ctx.conn, ctx.workspace_id, office.slug)
    assert stored is not None, "it was stored just now"
    return stored


async def remove_office(ctx: Context, slug: str) -> Office:
    """Take an office off the list. Its jobs keep the location. Raises LocationUnknown."""
    office = await locations.office_by_slug(ctx.conn, ctx.workspace_id, slug)
    if office is None:
        raise LocationUnknown(location=slug)
    await locations.remove_office(ctx.conn, ctx.workspace_id, office.id, now=ctx.now)
    await record(ctx, "location", "office_removed", record_id=office.id)
    return office


async def _known(ctx: Context, code: str | None) -> Location | None:
    if code is None:
        return None
    known = await locations.by_code(ctx.conn, ctx.workspace_id, code)
    if known is None:
        raise LocationUnknown(location=code)
    return known


def _office(ctx: Context, new: NewOffice, known: Location | None, *, slug: str = "") -> Office:
    """The office to be; what is not given comes from the location that is `known`."""
    country = _checked_country(new.country_code or (known.country_code if known else None))
    line, city = _line(new.address_line_1, "address_line_1"), _line(new.city, "city")
    check_text(new.name, field="name", longest=LONGEST_LINE)
    _check_degrees(new)
    return Office(
        workspace_id=ctx.workspace_id,
        id=known.id if known else new_id(),
        code=known.code if known else _code(country, city, line or new.name),
        slug=slug,
        name=new.name.strip(),
        country_code=country,
        address=line or (known.address if known else None),
        address_line_2=_line(new.address_line_2, "address_line_2"),
        address_line_3=_line(new.address_line_3, "address_line_3"),
        postal_code=_line(new.postal_code, "postal_code"),
        city=city or (known.city if known else None),
        region=_line(new.region, "region") or (known.region if known else None),
        latitude=_or(new.latitude, known.latitude if known else None),
        longitude=_or(new.longitude, known.longitude if known else None),
        created_at=ctx.now,
        modified_at=ctx.now,
    )


def _code(country: str, city: str | None, line: str) -> str:
    """The natural key as imports make it, so that a posting with the same address comes to the office."""
    place = f"{country}-{place_slug(city)}" if city else country
    return f"{place}/{place_slug(line)}"


def _checked_country(code: str | None) -> str:
    country = (code or "").upper()
    if country_name(country) is None:
        raise FieldInvalid(field="country_code", hint="two letters, as in NL")
    return country


def _line(text: str | None, field: str) -> str | None:
    check_text(text or "", field=field, longest=LONGEST_LINE, required=False)
    return (text or "").strip() or None


def _check_degrees(new: NewOffice) -> None:
    if (new.latitude is None) != (new.longitude is None):
        raise FieldInvalid(field="latitude", hint="latitude and longitude belong together")
    for field, value, most in (("latitude", new.latitude, 90), ("longitude", new.longitude, 180)):
        if value is not None and not -most <= value <= most:
            raise FieldInvalid(field=field, hint=f"from -{most} to {most} degrees")


def _or(given: Given | None, stays: Given | None) -> Given | None:
    return stays if given is None else given
