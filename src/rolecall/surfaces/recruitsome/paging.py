"""The paginator of every list: plain page numbers in the envelope `data`, `links`, `meta`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from rolecall.surfaces.recruitsome.parameters import LARGEST_INTEGER, Parameters
from rolecall.surfaces.recruitsome.wire import Links, Meta, Page

DEFAULT_PER_PAGE = 20
MAX_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Which page is asked for; the first is 1."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """How many records come before the page, in the range of a bigint."""
        return min((self.page - 1) * self.per_page, LARGEST_INTEGER)


def read_page(parameters: Parameters) -> PageNumber:
    """The page that a request asks for."""
    page = parameters.integer("page", default=1)
    return PageNumber(page, parameters.integer("per_page", default=DEFAULT_PER_PAGE, most=MAX_PER_PAGE))


def page_of(
    number: PageNumber, data: Sequence[Any], *, total: int, path: str, query: Sequence[tuple[str, str]]
) -> Page:
    """The envelope around a page's records. `path` is absolute; the links repeat `query` except for the page."""
    last = max(1, -(-total // number.per_page))
    first_record = (number.page - 1) * number.per_page + 1
    kept = [(name, value) for name, value in query if name != "page"]

    def link(page: int) -> str:
        return f"{path}?{urlencode([*kept, ('page', page)])}"

    return Page(
        data=data,
        links=Links(
            first=link(1),
            last=link(last),
            prev=link(number.page - 1) if number.page > 1 else None,
            next=link(number.page + 1) if number.page < last else None,
        ),
        meta=Meta(
            current_page=number.page,
            from_=first_record if data else None,
            last_page=last,
            path=path,
            per_page=number.per_page,
            to=first_record + len(data) - 1 if data else None,
            total=total,
        ),
    )
