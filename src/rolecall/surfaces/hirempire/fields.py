"""HirEmpire's bodies: fields are read in documented order, and the first that is wrong is told in the contract's text.

A reader gets a field's name and JSON value and returns the record's own, or raises a Refusal.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

import msgspec
from starlette.requests import Request

from rolecall.actions.forms import Form, NewQuestion
from rolecall.actions.money import CURRENCIES
from rolecall.domain.errors import Invalid
from rolecall.domain.jobs import LARGEST_SALARY, LONGEST_DESCRIPTION, LONGEST_TITLE, LONGEST_WORD
from rolecall.domain.source_links import checked_name
from rolecall.domain.texts import check_text
from rolecall.surfaces.hirempire import words
from rolecall.surfaces.hirempire.errors import Refusal
from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import BYTE_ORDER_MARK, check_storable, read_body

Reader = Callable[[str, Any], Any]

LONGEST_PLACE = 80
_MOST_SOURCES = 200
_MOST_QUESTIONS = 100
_MOST_OPTIONS = 200
_LONGEST_LABEL = 2_000
_LONGEST_SHOWN = 100
_SOURCES = (
    "LinkedIn, Referral, Alien Talents, Facebook, WhatsApp, Pinterest, Reddit, Snapchat, TikTok, X, Instagram, Xing, "
    "WeChat, YouTube, Indeed, My Website, Other, Hirempire"
)


async def read_object(request: Request, *, at_most: int) -> dict[str, Any]:
    """The body as a JSON object, whatever its content type says; empty when it is anything else."""
    raw = await read_body(request, at_most=at_most)
    try:
        value: Any = msgspec.json.decode(raw.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def is_blank(value: Any) -> bool:
    """Whether a value counts as none: null, or text without a word."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(value: Any, *, longest: int, lines: bool = False) -> str | None:
    """A text that can be stored; None for a blank one, one that is too long, and for what is no text.

    One of several lines is only looked at for what cannot be stored at all.
    """
    if not isinstance(value, str) or is_blank(value) or len(value) > longest:
        return None
    try:
        if lines:
            check_storable(value)
        else:
            check_text(value, field="text", longest=longest)
    except (Invalid, UnreadableBody):
        return None
    return value


TEXTS: Mapping[str, Callable[[Any], str | None]] = {
    "job_title": lambda value: text(value, longest=LONGEST_TITLE),
    "job_country": lambda value: text(value, longest=LONGEST_PLACE),
    "city": lambda value: text(value, longest=LONGEST_PLACE),
    "industry": lambda value: text(value, longest=LONGEST_WORD),
    "job_description": lambda value: text(value, longest=LONGEST_DESCRIPTION, lines=True),
    "public_slug": lambda value: text(value, longest=LONGEST_WORD),
}


def check_required(body: Mapping[str, Any], names: Iterable[str]) -> None:
    """Refuse the first of these fields that is missing: blank, or not usable as the text that it should be."""
    for name in names:
        value = body.get(name)
        if is_blank(value) or (name in TEXTS and TEXTS[name](value) is None):
            raise Refusal(f"Missing required field: {name}")


def read(body: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Those of these fields that the body has, in the readers' order."""
    return {name: reader(name, body[name]) for name, reader in readers.items() if name in body}


def _amount(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST_SALARY:
        raise Refusal(f"Field '{name}' must be a number.")
    return Decimal(str(value))


def listed(choices: Mapping[str, Any], *, also: Mapping[str, Any] | None = None) -> Reader:
    """One of the contract's words, in any letter case. Those of `also` are read too, but not told."""
    known = {word.casefold(): stored for word, stored in {**(also or {}), **choices}.items()}
    allowed = ", ".join(choices)

    def read_word(name: str, value: Any) -> Any:
        if not isinstance(value, str) or value.casefold() not in known:
            raise Refusal(f"Invalid {name}. Allowed values: {allowed}")
        return known[value.casefold()]

    return read_word


def _currency(name: str, value: Any) -> str:
    if not isinstance(value, str) or value.upper() not in CURRENCIES:
        raise Refusal(f"Invalid {name}. Use a three-letter code.")
    return value.upper()


JOB_WORDS: Mapping[str, Reader] = {
    "salary": _amount,
    "salary_period": listed(words.SALARY_PERIODS),
    "job_type": listed(words.JOB_TYPES),
    "workplace": listed(words.WORKPLACES),
    "career_level": listed(words.CAREER_LEVELS),
    "department": listed(words.DEPARTMENTS),
    "currency": _currency,
}


def source_names(name: str, value: Any) -> list[str]:
    """The distinct names of an array of sources, without white space around them."""
    if not isinstance(value, list) or len(value) > _MOST_SOURCES:
        raise Refusal(f"Field '{name}' must be an array.")
    return list(dict.fromkeys(_source_name(entry) for entry in value))


def _source_name(entry: Any) -> str:
    try:
        return checked_name(entry)
    except (AttributeError, TypeError, Invalid) as error:
        shown = msgspec.json.encode(entry).decode()[:_LONGEST_SHOWN]
        raise Refusal(f"Invalid job_source: {shown}. Allowed: {_SOURCES}") from error


_STATUSES = {word.casefold(): status for word, status in words.STATUSES.items()} | {"draft": words.STATUSES["Pending"]}


def job_status(_name: str, value: Any) -> Any:
    """The status that a word stands for, in any letter case."""
    status = _STATUSES.get(value.strip().casefold()) if isinstance(value, str) else None
    if status is None:
        raise Refusal(f"status must be one of: {', '.join(words.STATUSES)}")
    return status


def form(value: Any) -> Form | None:
    """The form of a job; None for what is no object. Entries that are no questions are passed over."""
    if not isinstance(value, dict):
        return None
    switches, custom = value.get("fields"), value.get("custom")
    shown = [field for switch, field in words.SWITCHES.items() if isinstance(switches, dict) and switches.get(switch)]
    entries = custom[:_MOST_QUESTIONS] if isinstance(custom, list) else []
    return Form(fields=shown, questions=[found for entry in entries if (found := _question(entry)) is not None])


def _question(entry: Any) -> NewQuestion | None:
    label = text(entry.get("label"), longest=_LONGEST_LABEL, lines=True) if isinstance(entry, dict) else None
    if label is None:
        return None
    kind = entry.get("type")
    kind = kind.lower() if isinstance(kind, str) and kind.lower() in words.QUESTION_TYPES else "text"
    options = entry.get("options") if kind in words.SELECTS else None
    choices = [text(option, longest=_LONGEST_LABEL) for option in options] if isinstance(options, list) else []
    return NewQuestion(
        text=label.strip(),
        kind=kind,
        options=list(dict.fromkeys(choice.strip() for choice in choices[:_MOST_OPTIONS] if choice is not None)),
        required=bool(entry.get("required")),
    )
