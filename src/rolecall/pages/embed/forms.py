"""Forms as the screens read them, and what is said beside a field that cannot be taken."""

from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import read_body

_MOST_FIELDS = 100


class Form:
    """The fields of a form, in any number each. Line ends are single line feeds."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

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


def _text(encoded: bytes) -> str:
    return unquote_to_bytes(encoded).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def fault_text(error: DomainError) -> str:
    """What to say beside a field."""
    if isinstance(error, FieldMissing):
        return "Fill this in."
    hint: str = error.facts.get("hint", "").removeprefix(": ")
    return f"{hint[:1].upper()}{hint[1:]}." if hint else "This is not valid."
