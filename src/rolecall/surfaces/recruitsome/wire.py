"""RecruitSome's shapes. Ids are the records' numbers; times are UTC as `+00:00`, whole seconds."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.actions.places import country_name


class Health(msgspec.Struct, kw_only=True):
    status: Literal["authenticated"] = "authenticated"
    tenant: str


class Links(msgspec.Struct, kw_only=True):
    first: str
    last: str
    prev: str | None
    next: str | None


class Meta(msgspec.Struct, kw_only=True, rename={"from_": "from"}):
    current_page: int
    from_: int | None
    last_page: int
    path: str
    per_page: int
    to: int | None
    total: int


class Page(msgspec.Struct, kw_only=True):
    data: Sequence[Any]
    links: Links
    meta: Meta


class Item(msgspec.Struct):
    """The envelope of a single record."""

    data: Any


class ImageSizes(msgspec.Struct):
    """The addresses of a picture; each is null where there is none."""

    small: str | None
    medium: str | None
    large: str | None


class NamedRef(msgspec.Struct):
    id: int
    name: str


class TagRef(msgspec.Struct):
    id: int
    name: str
    parent_id: int | None


class Location(msgspec.Struct):
    """An office. Where the country is not known, its code is ZZ (CLDR's code for that) and its name empty."""

    id: int
    name: str
    city: str
    country_code: str
    country_name: str = ""


class CompanyLocation(msgspec.Struct):
    """A client's work site. Its name must not tell who the client is: it is the city's or the country's."""

    id: int
    company_name: str | UnsetType
    city: str | None
    country_code: str | None
    name: str = ""


class Compensation(msgspec.Struct):
    min: float | int | None
    max: float | int | None
    currency: str
    period: str


class Vacancy(msgspec.Struct, kw_only=True):
    """A publication in the list. What a caller has not switched on is absent."""

    id: int
    slug: str
    title: str
    summary: str | None
    language: str
    published_at: str
    ends_at: str | None
    created_at: str
    location: Location | None
    department: NamedRef | None
    job_types: list[NamedRef]
    education_levels: list[NamedRef]
    tags: list[TagRef]
    company_location: CompanyLocation | None
    header_image: UnsetType | None = UNSET
    compensation: Compensation | UnsetType | None = UNSET


class Application(msgspec.Struct, kw_only=True):
    """An application as it was taken in. `vacancy` is the slug as it was sent."""

    id: int
    status: Literal["received"] = "received"
    vacancy: str
    documents_count: int
    submitted_at: str


class Submitted(msgspec.Struct, kw_only=True):
    message: Literal["Application submitted successfully."] = "Application submitted successfully."
    data: Application


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller has switched on."""

    media: bool
    compensation: bool
    company_name: bool


def wire_time(time: datetime) -> str:
    """A time as the contract prints it."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[Vacancy]).decode


def vacancies(rows: str, *, shown: Shown) -> list[Vacancy]:
    """The list from the rows that `queries.vacancies` answers."""
    return [_finished(vacancy, shown) for vacancy in _decode(rows)]


def _finished(vacancy: Vacancy, shown: Shown) -> Vacancy:
    if vacancy.location is not None:
        vacancy.location.country_name = country_name(vacancy.location.country_code) or ""
    site = vacancy.company_location
    if site is not None:
        site.name = site.city or country_name(site.country_code or "") or ""
        if not shown.company_name:
            site.company_name = UNSET
    if shown.media:
        vacancy.header_image = None  # no surface stores header images yet
    if not shown.compensation:
        vacancy.compensation = UNSET
    return vacancy
