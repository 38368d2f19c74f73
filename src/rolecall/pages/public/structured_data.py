"""What a job's page tells search engines: a schema.org JobPosting as JSON-LD, safe inside a script element."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from rolecall.pages.public.queries import JobPage, Place

_EMPLOYMENT_TYPES = {
    "full-time": "FULL_TIME",
    "part-time": "PART_TIME",
    "fixed-term": "TEMPORARY",
    "temporary": "TEMPORARY",
    "freelance": "CONTRACTOR",
    "contract": "CONTRACTOR",
    "contractor": "CONTRACTOR",
    "internship": "INTERN",
    "intern": "INTERN",
    "volunteer": "VOLUNTEER",
    "fulltime": "FULL_TIME",
    "parttime": "PART_TIME",
    "project-based": "CONTRACTOR",
    "seasonal": "TEMPORARY",
    "per-diem": "PER_DIEM",
}
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def job_posting(page: JobPage, *, description: str, url: str) -> Markup:
    """The JSON-LD of an open job; `description` is HTML, `url` the page's canonical address."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": page.title,
        "description": description,
        "identifier": {"@type": "PropertyValue", "name": page.company_name, "value": str(page.id)},
        "datePosted": page.published_at.date().isoformat() if page.published_at is not None else None,
        "validThrough": page.ends_at.isoformat() if page.ends_at is not None else None,
        "employmentType": employment_type(page.contract_type),
        "hiringOrganization": _without_none(
            {
                "@type": "Organization",
                "name": page.company_name,
                "sameAs": page.company_website,
                "logo": page.company_logo_url,
            }
        ),
        "jobLocation": [_location(place) for place in _places(page)] or None,
        "jobLocationType": "TELECOMMUTE" if page.workplace == "remote" else None,
        "applicantLocationRequirements": _countries(page) or None,
        "baseSalary": _salary(page),
        "directApply": True,
        "industry": page.sector,
        "totalJobOpenings": page.headcount,
        "url": url,
    }
    return script_json(_without_none(facts))


def script_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in, nor open a comment there."""
    return Markup(json.dumps(value, ensure_ascii=False).translate(_UNSAFE))  # noqa: S704 - escaped just here


def employment_type(contract_type: str | None) -> str | None:
    """schema.org's word for a kind of contract, as in FULL_TIME; None for one that says nothing of it."""
    word = (contract_type or "").strip().lower().replace(" ", "-").replace("_", "-")
    return _EMPLOYMENT_TYPES.get(word)


def _places(page: JobPage) -> Sequence[Place]:
    """The places that search engines take, which are those in a country; the company's own where there is none."""
    found = [place for place in page.places if place.country_code is not None]
    if found or page.company_country_code is None:
        return found
    return [
        Place(
            name=page.company_name,
            address=None,
            postal_code=None,
            city=page.company_city,
            region=None,
            country_code=page.company_country_code,
        )
    ]


def _location(place: Place) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "addressLocality": place.city,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country_code,
    }
    return {"@type": "Place", "name": place.name, "address": _without_none(address)}


def _countries(page: JobPage) -> list[dict[str, str]]:
    """Where the people of a remote job may live: in the countries of its places."""
    if page.workplace != "remote":
        return []
    codes = dict.fromkeys(place.country_code for place in _places(page) if place.country_code is not None)
    return [{"@type": "Country", "name": code} for code in codes]


def _salary(page: JobPage) -> dict[str, Any] | None:
    if page.salary_currency is None or page.salary_period is None or (page.salary_min, page.salary_max) == (None, None):
        return None
    # schema.org has no word for two weeks.
    period, parts = ("week", 2) if page.salary_period == "biweek" else (page.salary_period, 1)
    value = {
        "@type": "QuantitativeValue",
        "minValue": _number(page.salary_min and page.salary_min / parts),
        "maxValue": _number(page.salary_max and page.salary_max / parts),
        "unitText": period.upper(),
    }
    return {"@type": "MonetaryAmount", "currency": page.salary_currency, "value": _without_none(value)}


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _without_none(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
