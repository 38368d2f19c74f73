"""A company's newest jobs as RSS 2.0, for people who want to hear of them."""

from collections.abc import Sequence

from rolecall.actions.text import plain_text
from rolecall.pages.public.feed import Feed, Format
from rolecall.pages.public.feed_queries import FeedJob
from rolecall.pages.public.feed_xml import Around, Element, empty, group, leaf, mail_date

_ATOM = "http://www.w3.org/2005/Atom"
_NEWEST = 50


def _around(feed: Feed) -> Around:
    title = feed.words.gettext("Jobs at %(company)s") % {"company": feed.company.name}
    itself = {"href": feed.own_address, "rel": "self", "type": FORMAT.media_type}
    return Around(
        roots=[("rss", {"version": "2.0"}), ("channel", {})],
        namespaces={"atom": _ATOM},
        head=[
            leaf("title", title),
            leaf("link", feed.address),
            leaf("description", feed.words.gettext("Open jobs at %(company)s.") % {"company": feed.company.name}),
            leaf("language", feed.words.code),
            leaf("lastBuildDate", mail_date(feed.changed_at)),
            leaf("ttl", "60"),
            empty(f"{{{_ATOM}}}link", itself, {"atom": _ATOM}),
        ],
    )


def _entries(job: FeedJob, feed: Feed) -> Sequence[Element]:
    address = feed.page(job)
    return [
        group(
            "item",
            leaf("title", job.title),
            leaf("link", address),
            leaf("guid", str(job.id), isPermaLink="false"),
            leaf("pubDate", mail_date(job.published_at)),
            leaf("description", plain_text(job.summary or "")),
            *(leaf("category", department) for department in job.departments),
        )
    ]


FORMAT = Format(media_type="application/rss+xml", around=_around, entries=_entries, at_most=_NEWEST)
