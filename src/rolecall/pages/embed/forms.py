"""Forms as the screens read them, and what is said beside a field that cannot be taken."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from rolecall.actions.files import LARGEST
from rolecall.domain import typed
from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.store.files import File
from rolecall.web.errors import UnreadableBody
from rolecall.web.multipart import Intake, SentFile, is_form, read_tree, receive_upload
from rolecall.web.requests import read_body

_MOST_FIELDS = 100
_ROOM_FOR_FIELDS = 100_000  # bytes beside the file
_INTAKE = Intake(largest=LARGEST + _ROOM_FOR_FIELDS, files=1, fields=_MOST_FIELDS)


class Form:
    """The fields of a form, in any number each. Line ends are single line feeds.

    `sent` is the file that came along, `file` is that file once its bytes are stored.
    """

    def __init__(self, fields: Mapping[str, list[str]], sent: SentFile | None = None) -> None:
        self._fields, self.sent = fields, sent
        self.file: File | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def one(self, name: str) -> str:
        """A field's value, empty when it was not sent. Raises FieldInvalid when it came more than once."""
        values = self._fields.get(name, [""])
        if len(values) > 1:
            raise FieldInvalid(field=name, hint="it was sent more than once")
        return values[0]

    def first(self, name: str) -> str:
        """A field's first value, empty when it was not sent."""
        return self._fields.get(name, [""])[0]

    def every(self, name: str) -> list[str]:
        """All values of a field, such as the boxes that were ticked."""
        return self._fields.get(name, [])


async def read_form(request: Request, *, at_most: int) -> Form:
    """The form in a request's body. Raises UnreadableBody for another kind of body, BodyTooLarge for a large one."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_body(request, at_most=at_most)
    if media_type != "application/x-www-form-urlencoded" or body.count(b"&") >= _MOST_FIELDS:
        raise UnreadableBody
    fields: dict[str, list[str]] = {}
    for pair in body.replace(b"+", b" ").split(b"&"):
        name, _, value = pair.partition(b"=")
        fields.setdefault(_text(name), []).append(_text(value))
    return Form(fields)


async def read_upload(request: Request) -> Form:
    """The form in a multipart body, with one file at most; release_upload gives back what it took.

    Raises UnreadableBody, BodyTooLarge.
    """
    if not is_form(request):
        raise UnreadableBody
    await receive_upload(request, _INTAKE)
    fields: dict[str, list[str]] = {}
    sent: SentFile | None = None
    for name, value in (await read_tree(request)).items():
        if isinstance(value, SentFile):
            sent = value if value.name or value.size else None  # a field that was left empty comes without a name
        elif isinstance(value, str):
            fields[name] = [_lines(value)]
    return Form(fields, sent)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(encoded: bytes) -> str:
    return _lines(unquote_to_bytes(encoded).decode("utf-8", "replace"))


def fault_text(error: DomainError) -> str:
    """What to say beside a field."""
    if isinstance(error, FieldMissing):
        return "Fill this in."
    hint: str = error.facts.get("hint", "").removeprefix(": ")
    return f"{hint[:1].upper()}{hint[1:]}." if hint else "This is not valid."


def read_day(form: Form, name: str) -> date:
    """A field with a day, as 2026-03-02. Raises FieldMissing or FieldInvalid."""
    return typed.read_day(form.one(name), field=name)


def read_amount(form: Form, name: str) -> Decimal:
    """A field with an amount, as 61200 or 61,200.50. Raises FieldMissing or FieldInvalid."""
    return typed.read_amount(form.one(name), field=name)
