"""What a POST takes and does, declared with its model: a shape, whose words on what is wrong are the published ones."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context
from rolecall.actions.entering import NewAttachment


@dataclass(frozen=True, slots=True)
class Of:
    """Marks a field that holds the id, or the ids, of records of a model of the same connector."""

    slug: str


def _in_utc(time: datetime) -> datetime:
    """A time without an offset is in UTC."""
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


def _day(value: Any) -> Any:
    """A day may come with a time, which is left away."""
    return value[:10] if isinstance(value, str) and len(value) > 10 and value[10] in "T " else value


def _link(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address has to begin with http:// or https://")
    return text


def _email(text: str) -> str:
    if read_email(text.strip()) is None:
        raise ValueError("an e-mail address is expected")
    return text


def _harmless(text: str) -> str:
    """People write addresses without a scheme; one that runs something is none."""
    scheme = _SCHEME.match(text)
    if scheme is not None and scheme[1].lower() not in {"http", "https", "mailto"}:
        raise ValueError("an address of the web is expected")
    return text


_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+-]*):(?!\d)")
Moment = Annotated[datetime, AfterValidator(_in_utc)]
Day = Annotated[date, BeforeValidator(_day)]
Address = Annotated[str, StringConstraints(min_length=1, max_length=2083)]
Link = Annotated[Address, AfterValidator(_link)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Email = Annotated[Name, AfterValidator(_email)]
Line = Annotated[str, StringConstraints(max_length=500)]
RemoteUser = Annotated[UUID | None, Of("remote_user")]


class Body(BaseModel):
    """A body. What it does not name is ignored; `remote_user_id` is on whose behalf the write is made."""

    model_config = ConfigDict(extra="ignore")

    remote_user_id: RemoteUser = None


class Url(BaseModel):
    """An address with what it is: an object with `url_type` or, in older samples, `type`; or a bare string."""

    usual: ClassVar[str | None] = None

    value: Annotated[Address, AfterValidator(_harmless)] | None
    url_type: Line | None = None
    type: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, sent: Any) -> Any:
        return {"value": sent} if isinstance(sent, str) else sent

    def stored(self) -> dict[str, str | None]:
        """The one form that is answered."""
        return {"value": self.value, "url_type": self.url_type or self.type or self.usual}


class PostingUrl(Url):
    usual = "JOB_POSTING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a create acts with: the action's context, whose records they are, and the documents that came inline."""

    ctx: Context
    connector_id: UUID
    documents: list[NewAttachment]
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document of a body: its bytes in base64, or where it can be fetched without credentials."""

    loc: tuple[str | int, ...]
    kind: str
    name: str | None
    content: str | None
    url: str | None


def _no_documents(_body: Any) -> Sequence[SentDocument]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """What a POST takes and does.

    `shape` chooses the body's by what was sent; `act` stores the record and gives its id. `whole` answers the record,
    otherwise its id. `documents` are the inline ones, whose bytes are stored before the transaction; with them the body
    may be `largest` bytes long. `parent` is the model whose id stands in the path.
    """

    shape: Callable[[Mapping[str, Any]], type[BaseModel]]
    act: Callable[[Making, Any], Awaitable[UUID]]
    status: int = 200
    whole: bool = False
    documents: Callable[[Any], Sequence[SentDocument]] = _no_documents
    largest: int = 1_000_000
    parent: str | None = None
