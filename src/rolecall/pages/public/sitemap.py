"""Sitemaps as sitemaps.org has them, and robots.txt: where search engines find what they may list.

A company's index names its parts; the index of all names the parts of every company that has open jobs, unless the
operator would rather not have companies listed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from rolecall.pages.public.feed_queries import MOST_ADDRESSES
from rolecall.pages.public.feed_xml import Around, Element, group, leaf

MEDIA_TYPE = "application/xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
INDEX = Around(roots=[("sitemapindex", {"xmlns": _NAMESPACE})])
PART = Around(roots=[("urlset", {"xmlns": _NAMESPACE})])


def parts(board: str, addresses: int, *, changed_at: datetime | None = None) -> list[Element]:
    """The parts of a company's sitemap in an index; `board` is the address of its board."""
    count = max(1, -(-addresses // MOST_ADDRESSES))
    return [_entry("sitemap", f"{board}/sitemap-{part}.xml", changed_at) for part in range(1, count + 1)]


def pages(board: str, found: Sequence[tuple[str, datetime]]) -> list[Element]:
    """Pages of jobs, given by the last words of their addresses and when they changed last."""
    return [_entry("url", f"{board}/{slug}", changed_at) for slug, changed_at in found]


def page(address: str, changed_at: datetime | None) -> Element:
    """One page."""
    return _entry("url", address, changed_at)


def _entry(name: str, address: str, changed_at: datetime | None) -> Element:
    day = f"{changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if changed_at is not None else None
    return group(name, leaf("loc", address), leaf("lastmod", day) if day is not None else None)


def robots(*, jobs_path: str, sitemap: str | None) -> str:
    """What programs should leave alone, and where the sitemap is."""
    lines = ["User-agent: *", f"Disallow: {jobs_path}/*/*/apply", f"Disallow: {jobs_path}/*/*/applied"]
    if sitemap is not None:
        lines += ["", f"Sitemap: {sitemap}"]
    return "\n".join(lines) + "\n"
