"""Slugs: words of public addresses, lowercase letters, digits and hyphens."""

import secrets
from functools import lru_cache

from slugify import slugify

_SUFFIX_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LONGEST = 80
_NUMBERED = 5  # a common name in a large installation must not be tried number by number

# Where the job pages share a host with the rest, a company must not take the place of another page.
RESERVED = frozenset(
    [
        "admin",
        "agency",
        "api",
        "apply",
        "docs",
        "embed",
        "files",
        "healthz",
        "jobs",
        "media",
        "metrics",
        "oauth",
        "partners",
        "readyz",
        "static",
        "v1",
    ]
)


def company_slug(name: str, *, attempt: int = 1) -> str:
    """The slug of a company's name; from the second attempt on with a number behind it, later a random ending."""
    base = slugify(name, max_length=_LONGEST, word_boundary=True) or "company"
    if base in RESERVED:
        base = f"{base}-company"
    if attempt > _NUMBERED:
        return f"{base}-{_random_ending()}"
    return base if attempt == 1 else f"{base}-{attempt}"


def person_slug(first_name: str | None, last_name: str | None) -> str:
    """The words of a person's slug; the store puts a number behind them."""
    return slugify(f"{first_name or ''} {last_name or ''}", max_length=_LONGEST, word_boundary=True) or "candidate"


def slug_of(text: str) -> str:
    """A text as a slug: itself where it is one already, empty where nothing of it can be."""
    return slugify(text, max_length=_LONGEST, word_boundary=True)


def publication_slug(title: str) -> str:
    """A slug of a job's title and four random characters, a new one at each call."""
    return f"{_title_slug(title)}-{_random_ending()}"


def same_words(one: str, other: str) -> bool:
    """Whether two titles make the same slug, but for the random characters."""
    return _title_slug(one) == _title_slug(other)


@lru_cache(maxsize=4096)  # an import has many jobs with one title
def _title_slug(title: str) -> str:
    return slugify(title, max_length=_LONGEST, word_boundary=True) or "job"


def _random_ending() -> str:
    # The alphabet has 32 characters: five bits choose one, without a bias and with one call for all.
    return "".join(_SUFFIX_ALPHABET[byte & 31] for byte in secrets.token_bytes(4))


def place_slug(name: str) -> str:
    """The slug of a city or an address."""
    return slugify(name, max_length=_LONGEST, word_boundary=True)


def office_slug(name: str, city: str | None, country_code: str, *, attempt: int = 1) -> str:
    """The slug of an office, of its name, city and country; from the second attempt on with a number behind it."""
    base = slugify(f"{name} {city or ''} {country_code}", max_length=_LONGEST)
    return base if attempt == 1 else f"{base}-{attempt}"


def article_slug(title: str) -> str:
    """The slug of an article's title."""
    return slugify(title, max_length=_LONGEST, word_boundary=True) or "article"
