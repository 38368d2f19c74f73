"""Slugs: words of public addresses, lowercase letters, digits and hyphens."""

import secrets

from slugify import slugify

_SUFFIX_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LONGEST = 80

# Where the job pages share a host with the rest, a company must not take the place of another page.
RESERVED = frozenset(
    {"api", "docs", "embed", "healthz", "jobs", "metrics", "oauth", "partners", "readyz", "static", "v1"}
)


def company_slug(name: str, *, attempt: int = 1) -> str:
    """The slug of a company's name; from the second attempt on with a number behind it."""
    base = slugify(name, max_length=_LONGEST, word_boundary=True) or "company"
    if base in RESERVED:
        base = f"{base}-company"
    return base if attempt == 1 else f"{base}-{attempt}"


def publication_slug(title: str) -> str:
    """A slug of a job's title and four random characters, a new one at each call."""
    base = slugify(title, max_length=_LONGEST, word_boundary=True) or "job"
    return f"{base}-{''.join(secrets.choice(_SUFFIX_ALPHABET) for _ in range(4))}"


def place_slug(name: str) -> str:
    """The slug of a city or an address."""
    return slugify(name, max_length=_LONGEST, word_boundary=True)
