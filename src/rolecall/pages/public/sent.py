"""What an applicant sent: kept as it was typed, read into values, and what is wrong with it in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rolecall.actions.files import Checked, check_file
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge
from rolecall.domain.texts import storable_text
from rolecall.pages.public.form import Control, FormField
from rolecall.web.fields import Field, Place, accepted, boolean, mapping
from rolecall.web.multipart import SentFile
from rolecall.web.translation import Language, message

PRIVACY = "privacy"
TALENT_POOL = "talent_pool"
TRAP = "second_note"  # a field that people do not see: what fills it in is a program
TOKEN = "token"  # noqa: S105 - the name of a field
_MEGABYTE = 1 << 20

_WORDS = {
    "required": message("Fill this in."),
    "file": message("Choose a file."),
    "choice": message("Choose an answer."),
    "longest": message("Use at most %(most)s characters."),
    "email": message("Write an e-mail address, as in name@example.com."),
    "phone": message("Write a phone number, as in +31 20 794 0800."),
    "url": message("Write a whole address, as in https://example.com."),
    "date": message("Write a date, as in 2026-05-04."),
    "number": message("Write a number, as in 12 or 12.5."),
    "years": message("Write a number of years, as in 3 or 2.5."),
    "languages": message("Separate languages by commas, as in: English (fluent), Dutch"),
    "accepted": message("Tick this box: without it we may not keep your application."),
    "trap": message("Leave this field empty: it is there for programs."),
    "empty": message("This file is empty. Choose another one."),
    "size": message("This file is too large. Choose one of at most %(most)s MB."),
    "kind": message("This is not a file that we can take. Choose one of these kinds: %(kinds)s."),
}
_CHOOSE_AGAIN = message("Choose this file again: a page cannot keep files.")
_OTHERWISE = message("This is not valid.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as it came. `typed` are texts, or the list of ticked options; `files` are by field."""

    typed: Mapping[str, str | list[str]] = field(default_factory=dict[str, str | list[str]])
    files: Mapping[str, SentFile] = field(default_factory=dict[str, SentFile])


def sent_form(tree: Mapping[str, Any], fields: Sequence[FormField]) -> Sent:
    """What of a body belongs to a form. Text that cannot be stored is left out of it."""
    typed: dict[str, str | list[str]] = {}
    files: dict[str, SentFile] = {}
    for known in fields:
        value = tree.get(known.name)
        if known.control == Control.FILE:
            if isinstance(value, SentFile) and (value.name or value.size):
                files[known.name] = value
        elif known.control == Control.CHOICES:
            given = value.values() if isinstance(value, Mapping) else [value]
            typed[known.name] = [_text(item) for item in given if isinstance(item, str)]
        elif isinstance(value, str):
            typed[known.name] = _text(value, lines=known.control == Control.LINES)
    for name in (PRIVACY, TALENT_POOL, TRAP):
        if isinstance(tree.get(name), str):
            typed[name] = _text(tree[name])
    return Sent(typed=typed, files=files)


def _text(value: str, *, lines: bool = False) -> str:
    return storable_text(value.replace("\r\n", "\n").replace("\r", "\n"), lines=lines)


async def read_form(sent: Sent, fields: Sequence[FormField]) -> tuple[dict[str, Any], Place]:
    """The values of the fields by name, without files, and all that is wrong."""
    place = Place()
    readers = {
        known.name: Field(known.reader, required=known.required) for known in fields if known.control != Control.FILE
    }
    readers |= {PRIVACY: Field(accepted), TALENT_POOL: Field(boolean)}
    values = mapping(readers)(place, sent.typed)
    if not values.get(PRIVACY) and PRIVACY not in {problem.field for problem in place.problems}:
        place.at(PRIVACY).refuse("accepted")
    if sent.typed.get(TRAP):
        place.at(TRAP).refuse("trap")
    for known in fields:
        if known.control == Control.FILE:
            file = sent.files.get(known.name)
            if file is not None:
                await checked_file(known, file, place)
            elif known.required:
                place.at(known.name).refuse("required")
    return values, place


async def checked_file(known: FormField, file: SentFile, place: Place) -> Checked | None:
    """A file's content, checked; what is wrong with it is noted at its field."""
    if file.size > known.largest:
        return place.at(known.name).refuse("size", most=known.largest // _MEGABYTE)
    try:
        return await check_file(file.name, await file.read(), allowed=known.accepts, largest=known.largest)
    except FileEmpty:
        return place.at(known.name).refuse("empty")
    except FileTooLarge:
        return place.at(known.name).refuse("size", most=known.largest // _MEGABYTE)
    except FileKindRefused:
        return place.at(known.name).refuse("kind", kinds=", ".join(kind.upper() for kind in known.accepts))


def faults_of(place: Place, sent: Sent, fields: Sequence[FormField], words: Language) -> dict[str, str]:
    """What to say beside each field, in the order of the form; a file that was good has to be chosen again."""
    wrong = {problem.field.partition(".")[0]: (problem.code, problem.facts) for problem in reversed(place.problems)}
    controls = {known.name: known.control for known in fields}
    told: dict[str, str] = {}
    again = words.gettext(_CHOOSE_AGAIN)
    for name in (TRAP, *controls, PRIVACY, TALENT_POOL):
        if name in wrong:
            code, facts = wrong[name]
            told[name] = _said(code, facts, controls.get(name), words.gettext)
        elif name in sent.files:
            told[name] = again
    return told


def _said(code: str, facts: Mapping[str, object], control: Control | None, gettext: Callable[[str], str]) -> str:
    if code == "required" and control == Control.FILE:
        code = "file"
    if code in {"listed", "required"} and control in {Control.CHOICE, Control.CHOICES}:
        code = "choice"
    return gettext(_WORDS.get(code, _OTHERWISE)) % facts
