"""What a board's page shows, in words, with the addresses of all that can be asked for next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from rolecall.actions.text import plain_text
from rolecall.pages.public.board_queries import BoardContent, BoardJob, BoardOption, BoardPlace
from rolecall.pages.public.board_query import FILTERS, BoardQuery
from rolecall.pages.public.wording import (
    WORKPLACES,
    date_text,
    language_name,
    names_text,
    native_name,
    place_text,
    safe_image,
    safe_link,
    word_text,
)
from rolecall.settings import Settings
from rolecall.store.companies import Company
from rolecall.web.translation import Language, message

_LABELS = {
    "department": message("Department"),
    "location": message("Location"),
    "type": message("Contract"),
    "workplace": message("Workplace"),
    "language": message("Language"),
}
_SUMMARY_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of a board. `offered` are the languages it comes in, the one at the plain address first."""

    company: Company
    content: BoardContent
    query: BoardQuery
    offered: Sequence[str]
    words: Language
    page_size: int


def shown(page: Shown, settings: Settings) -> dict[str, Any]:
    """What the template shows."""
    query, content, words = page.query, page.content, page.words
    board = f"{settings.jobs_path}/{page.company.slug}"
    return {
        "company": page.company,
        "board": board,
        "logo": safe_image(page.company.logo_url),
        "website": safe_link(page.company.website),
        "language": words.code,
        "query": query,
        "form": {"lang": query.lang} if query.lang else {},
        "filters": [_filter(name, content, query, words) for name in FILTERS if _is_offered(name, content, query)],
        "removals": _removals(page, board),
        "jobs": [_entry(job, words) for job in content.jobs],
        "total": content.total,
        "everything": content.everything,
        "number": lambda amount: format_decimal(amount, locale=words.code),
        "pages": -(-content.total // page.page_size),
        "at": lambda **other: f"{board}{query.but(**other).text()}",
        "feed": f"{board}/jobs.rss{BoardQuery(lang=query.lang).text()}",
        "whole": f"{board}{BoardQuery(lang=query.lang).text()}",
        **_addresses(page, f"{settings.jobs_url}/{page.company.slug}", board),
    }


def _addresses(page: Shown, address: str, board: str) -> dict[str, Any]:
    """Where the same is in other languages, and what search engines call this page: they list whole boards only."""
    plain = page.offered[0]

    def query_in(code: str) -> str:
        return BoardQuery(lang="" if code == plain else code, page=page.query.page).text()

    others = [(code, f"{address}{query_in(code)}") for code in page.offered] if len(page.offered) > 1 else []
    return {
        "canonical": f"{address}{query_in(page.words.code)}" if page.query.is_whole else None,
        "alternates": [*others, ("x-default", others[0][1])] if others and page.query.is_whole else [],
        "languages": [
            (code, native_name(code), f"{board}{page.query.but(lang=code, page=page.query.page).text()}")
            for code in page.offered
        ],
        "locale": page.words.code,
        "other_locales": [code for code in page.offered if code != page.words.code],
    }


def _is_offered(name: str, content: BoardContent, query: BoardQuery) -> bool:
    """Whether a filter has something to choose, or has been chosen."""
    options: list[BoardOption] = getattr(content, name)
    return len(options) > 1 or name in query.chosen


def _filter(name: str, content: BoardContent, query: BoardQuery, words: Language) -> dict[str, Any]:
    options: list[BoardOption] = getattr(content, name)
    label = _label_of(name, words)
    entries = [
        {
            "value": option.value,
            "label": label(option.value, option.place),
            "jobs": format_decimal(option.jobs, locale=words.code),
        }
        for option in options
    ]
    chosen = query.chosen.get(name)
    if chosen is not None and all(option.value != chosen for option in options):
        entries.append({"value": chosen, "label": label(chosen, None), "jobs": "0"})
    return {
        "name": name,
        "label": words.gettext(_LABELS[name]),
        "chosen": chosen,
        "options": sorted(entries, key=lambda entry: entry["label"].casefold()),
    }


def _label_of(name: str, words: Language) -> Callable[[str, BoardPlace | None], str]:
    """How the values of a filter are said."""
    if name == "workplace":
        return lambda value, _: words.gettext(WORKPLACES[value]) if value in WORKPLACES else value
    if name == "type":
        return lambda value, _: word_text(value, words) or value
    if name == "language":
        return lambda value, _: language_name(value, words)
    return lambda value, place: place_text(place, words) if place is not None else value


def _removals(page: Shown, board: str) -> list[tuple[str, str]]:
    """What narrows the list, each with the address of the list without it."""
    found = [(f"“{page.query.q}”", f"{board}{page.query.but(q='').text()}")] if page.query.q else []
    for name, value in page.query.chosen.items():
        options: list[BoardOption] = getattr(page.content, name)
        place = next((option.place for option in options if option.value == value), None)
        text = _label_of(name, page.words)(value, place)
        found.append((text, f"{board}{page.query.but(**{name: ''}).text()}"))
    return found


def _entry(job: BoardJob, words: Language) -> dict[str, Any]:
    facts = [
        names_text([place_text(place, words) for place in job.places], words),
        words.gettext(WORKPLACES[job.workplace]),
        word_text(job.contract_type, words),
        *job.departments[:2],
    ]
    summary = plain_text(job.summary or "")
    if len(summary) > _SUMMARY_LENGTH:
        summary = summary[:_SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.…") + " …"
    return {
        "title": job.title,
        "slug": job.slug,
        "language": job.language if job.language != words.code else None,
        "summary": summary,
        "day": job.published_at.date().isoformat(),
        "since": date_text(job.published_at, words),
        "facts": [fact for fact in facts if fact is not None],
    }
