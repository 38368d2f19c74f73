"""RecruitSome's shapes. Ids are the records' numbers; times are UTC as `+00:00`, whole seconds."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.actions.places import country_name
from rolecall.actions.text import description_html
from rolecall.surfaces.recruitsome.candidate_queries import ProcessedUpload


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
    facets: "Facets | UnsetType" = UNSET


class Single(msgspec.Struct):
    """One record, or one object."""

    data: Any


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
    header_image: dict[str, str | None] | UnsetType | None = UNSET
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


class Avatar(msgspec.Struct):
    small: str | None
    medium: str | None
    large: str | None


class Contact(msgspec.Struct, kw_only=True):
    """The recruiter who is shown with a vacancy."""

    id: int
    given_name: str
    family_name: str
    full_name: str = ""
    job_title: str | None
    email: str
    avatar: Avatar


class FullVacancy(Vacancy, kw_only=True):
    """A publication in full."""

    views_count: int = 0
    description: str | None
    header_images: dict[str, dict[str, str | None]] | UnsetType | None = UNSET
    contact: Contact | None
    updated_at: str


class LocationFacet(Location):
    count: int = 0
    selected: bool = False


class Facet(NamedRef):
    count: int
    selected: bool


class TagFacet(TagRef):
    count: int
    selected: bool


class CompanyLocationFacet(msgspec.Struct):
    """A client's work site, named as in a vacancy. `country_code` only helps to name it."""

    id: int
    name: str
    city: str | None
    count: int
    selected: bool
    country_code: str | UnsetType | None = UNSET


class LanguageFacet(msgspec.Struct):
    code: str
    count: int
    selected: bool


class Facets(msgspec.Struct):
    """The options of every filter with their counts, most first."""

    locations: list[LocationFacet]
    departments: list[Facet]
    job_types: list[Facet]
    education_levels: list[Facet]
    tags: list[TagFacet]
    company_locations: list[CompanyLocationFacet]
    languages: list[LanguageFacet]


class Ticket(msgspec.Struct, kw_only=True):
    processing_id: str
    status: Literal["processing"] = "processing"


class Accepted(msgspec.Struct, kw_only=True):
    """A resume that will be read. The id stands twice, since the contract does not show where clients look for it."""

    message: Literal["Resume accepted for processing."] = "Resume accepted for processing."
    processing_id: str
    data: Ticket


class CandidateRef(msgspec.Struct):
    id: int
    slug: str


class Processing(msgspec.Struct, kw_only=True):
    processing_id: str
    status: str
    candidate: CandidateRef | None
    created_at: str
    finished_at: str | None

    @classmethod
    def of(cls, upload: ProcessedUpload) -> "Processing":
        """What has become of an upload."""
        number, slug = upload.candidate_number, upload.candidate_slug
        return cls(
            processing_id=str(upload.id),
            status=upload.status,
            candidate=None if number is None or slug is None else CandidateRef(number, slug),
            created_at=wire_time(upload.created_at),
            finished_at=None if upload.finished_at is None else wire_time(upload.finished_at),
        )


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller has switched on."""

    media: bool
    compensation: bool
    company_name: bool


def wire_time(time: datetime) -> str:
    """A time as the contract prints it."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


encode = msgspec.json.Encoder().encode


_decode_full = msgspec.json.Decoder(FullVacancy).decode
_decode_facets = msgspec.json.Decoder(Facets).decode
_decode = msgspec.json.Decoder(list[Vacancy]).decode


def vacancies(rows: str, *, shown: Shown) -> list[Vacancy]:
    """The list from the rows that `queries.vacancies` answers."""
    return [_finished(vacancy, shown) for vacancy in _decode(rows)]


def vacancy(row: str, *, shown: Shown, locale: str | None, views: int) -> FullVacancy:
    """A vacancy in full from the row that `detail.vacancy` answers; names of countries are in `locale` where known."""
    found = _decode_full(row)
    _finished(found, shown, locale=locale)
    found.views_count = views
    found.description = description_html(found.description) or None
    if not shown.media:
        found.header_images = UNSET
    if found.contact is not None:
        found.contact.full_name = f"{found.contact.given_name} {found.contact.family_name}".strip()
    return found


def facets(counted: str) -> Facets:
    """The seven lists from what `counting.facets` answers."""
    found = _decode_facets(counted)
    for option in found.locations:
        option.country_name = country_name(option.country_code) or ""
    for site in found.company_locations:
        site.name, site.country_code = _site_name(site.city, site.country_code or None), UNSET
    found.company_locations.sort(key=lambda site: (-site.count, site.name, site.id))
    return found


def _site_name(city: str | None, country_code: str | None, *, locale: str | None = None) -> str:
    return city or _country(country_code or "", locale) or ""


def _country(code: str, locale: str | None) -> str | None:
    return country_name(code, locale=locale or "en")


def _finished(vacancy: Vacancy, shown: Shown, *, locale: str | None = None) -> Vacancy:
    if vacancy.location is not None:
        vacancy.location.country_name = _country(vacancy.location.country_code, locale) or ""
    site = vacancy.company_location
    if site is not None:
        site.name = _site_name(site.city, site.country_code, locale=locale)
        if not shown.company_name:
            site.company_name = UNSET
    if not shown.media:
        vacancy.header_image = UNSET
    if not shown.compensation:
        vacancy.compensation = UNSET
    return vacancy
