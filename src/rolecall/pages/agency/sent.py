"""What a form has sent: its fields as text, its files, and a check that the page it stood on is ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.domain.texts import storable_text
from rolecall.web.errors import UnreadableBody
from rolecall.web.multipart import Intake, SentFile, is_form, read_tree, receive_upload
from rolecall.web.requests import read_body

_LARGEST = 100_000
_MOST_FIELDS = 100


class ForeignPage(Exception):
    """The form stood on a page of another site."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields and files of a form, by name. Line ends are single line feeds."""

    fields: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)  # a password is among them
    files: Mapping[str, SentFile] = field(default_factory=dict[str, SentFile])

    def text(self, name: str) -> str:
        """A field's text, as it was typed."""
        return self.fields.get(name, "")

    def line(self, name: str) -> str:
        """A field's text without the white space around it."""
        return self.text(name).strip()

    def typed(self) -> dict[str, str]:
        """What may stand in the form again."""
        return {name: storable_text(text, lines=True) for name, text in self.fields.items()}

    def file(self, name: str) -> SentFile | None:
        """The file of a field, None when none was chosen."""
        found = self.files.get(name)
        return found if found is not None and (found.name or found.size) else None


async def read_sent(request: Request, takes: Intake | None = None) -> Sent:
    """The form of a body. Raises UnreadableBody or BodyTooLarge."""
    if takes is not None and is_form(request):
        await receive_upload(request, takes)
        tree = await read_tree(request)
        fields = {name: _lines(value) for name, value in tree.items() if isinstance(value, str)}
        return Sent(fields, {name: value for name, value in tree.items() if isinstance(value, SentFile)})
    body = await read_body(request, at_most=_LARGEST)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnreadableBody from error
    return Sent({name: _lines(value) for name, value in pairs})


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_origin(request: Request, *, public_url: str) -> None:
    """Raise ForeignPage unless the form stood on a page of ours: browsers tell the page's origin with every form."""
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc not in {request.headers.get("host"), urlsplit(public_url).netloc}:
        raise ForeignPage


def faults_of(error: DomainError) -> dict[str, str]:
    """What to say beside the field that is wrong, under the field's name."""
    if isinstance(error, FieldMissing):
        return {error.facts["field"]: "Fill this in."}
    hint = error.facts.get("hint", "").removeprefix(": ") if isinstance(error, FieldInvalid) else str(error)
    told = f"{hint[:1].upper()}{hint[1:]}".removesuffix(".")
    return {error.facts.get("field", ""): f"{told}." if told else "This cannot be used."}
