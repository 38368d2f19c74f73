"""What a board is asked for: the address of its page, read and written."""

from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, urlencode

from rolecall.domain.texts import folded, storable_text

FILTERS = ("department", "location", "type", "workplace", "language")
_LONGEST_NUMBER = 6
_LONGEST_TEXT = 200
_MOST_FIELDS = 50
_MOST_WORDS = 12
_NAMES = ("q", *FILTERS, "lang", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuery:
    """`q` is what is searched for, `lang` the language of the page's own words, if it is asked for by name.

    Filters are empty where they choose nothing: `department` is a name, `location` a code such as SE-lund, `type` a
    kind of contract such as full-time, `workplace` and `language` are words of the domain. Pages count from 1.
    """

    q: str = ""
    department: str = ""
    location: str = ""
    type: str = ""
    workplace: str = ""
    language: str = ""
    lang: str = ""
    page: int = 1

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that choose something, with what they choose."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def is_whole(self) -> bool:
        """Whether all jobs are asked for, on whatever page."""
        return not self.q and not self.chosen

    @property
    def words(self) -> list[str]:
        """The parts of words that are searched for, folded."""
        return folded(self.q).split()[:_MOST_WORDS]

    def but(self, **other: str | int) -> "BoardQuery":
        """The same with something else, from the first page on unless a page is given."""
        return replace(self, **{"page": 1, **other})

    def text(self) -> str:
        """As it stands behind a board's address: `?department=Sales&page=2`, nothing for the whole board."""
        said = {name: value for name, value in asdict(self).items() if value and (name, value) != ("page", 1)}
        return f"?{urlencode(said)}" if said else ""


def read_query(text: str) -> BoardQuery | None:
    """What an address asks for behind its question mark; None when there can be no such page.

    What is not ours is passed over, such as the words that newsletters add. The first of several values counts.
    """
    try:
        fields = parse_qsl(text, max_num_fields=_MOST_FIELDS, errors="strict")
    except (ValueError, UnicodeDecodeError):
        return None
    given: dict[str, str] = {}
    for name, value in fields:
        if name in _NAMES:
            given.setdefault(name, " ".join(storable_text(value).split()))
    page = _page_number(given.pop("page", "1"))
    if page is None or any(len(value) > _LONGEST_TEXT for value in given.values()):
        return None
    return BoardQuery(page=page, **given)


def is_tidy(text: str) -> bool:
    """Whether an address says nothing for nothing, as a form that is sent does: `?q=&department=`."""
    fields = [field.partition("=") for field in text.split("&")]
    return all(value or name not in _NAMES for name, _, value in fields)


def _page_number(text: str) -> int | None:
    """The number that a page's address asks for, None for what is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        return None
    return int(text) or None
