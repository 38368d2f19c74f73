"""The application form of a job: the fields that everybody is asked for, those that the job switches on, its questions.

Names of fields are flat; that of a question is `q_` and the 32 hexadecimal digits of its id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rolecall.actions.contacts import read_email
from rolecall.actions.files import DOCUMENTS, IMAGES, LARGEST, LARGEST_SOUND, LARGEST_VIDEO, RESUMES, SOUNDS, VIDEOS
from rolecall.actions.files import Kind as FileKind
from rolecall.actions.places import countries
from rolecall.domain.applications import AttachmentKind
from rolecall.domain.questions import Question
from rolecall.pages.public.queries import JobPage
from rolecall.pages.public.values import languages, number_between, phone, plain_number
from rolecall.pages.public.wording import pay_unit
from rolecall.web.fields import Reader, converted, day, link, list_of, one_of, text
from rolecall.web.translation import Language

LONGEST_LETTER = 20_000
LONGEST_ANSWER = 10_000
_MEGABYTE = 1 << 20
_SHORT = 255


class Control(StrEnum):
    """What a field looks like."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "tel"
    ADDRESS = "url"
    NUMBER = "number"
    DAY = "date"
    LINES = "lines"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field. `options` are what is sent and what is shown; `accepts` and `largest` (bytes) are a file's.

    `question` is what it asks in the job's own words; `document` is what a file becomes that answers no question.
    """

    name: str
    control: Control
    label: str
    reader: Reader
    required: bool = False
    hint: str = ""
    autocomplete: str = ""
    longest: int | None = None
    options: Sequence[tuple[str, str]] = ()
    accepts: Sequence[FileKind] = ()
    largest: int = LARGEST
    question: Question | None = None
    document: AttachmentKind | None = None

    @property
    def accept(self) -> str:
        """What a browser offers to choose from."""
        media = {"video": ["video/*"], "audio": ["audio/*"]}.get(self.question.kind if self.question else "", [])
        return ",".join([*(f".{kind}" for kind in self.accepts), *media])


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading."""

    title: str
    fields: Sequence[FormField]


def sections(page: JobPage, questions: Sequence[Question], words: Language) -> list[Section]:
    """The form of a job, without the sections that have nothing to ask."""
    _ = words.gettext
    found = [
        Section(_("About you"), [*_contact(words), *_switched(page, words, _ABOUT)]),
        Section(_("Your application"), [_resume(words), *_switched(page, words, _APPLICATION)]),
        Section(_("Questions for this job"), [question_field(question, words) for question in questions]),
    ]
    return [section for section in found if section.fields]


def _contact(words: Language) -> list[FormField]:
    _ = words.gettext
    return [
        _line("first_name", _("First name"), autocomplete="given-name", required=True),
        _line("last_name", _("Last name"), autocomplete="family-name", required=True),
        FormField(
            name="email",
            control=Control.EMAIL,
            label=_("E-mail address"),
            reader=converted("email", read_email),
            required=True,
            autocomplete="email",
            longest=_SHORT,
        ),
        FormField(
            name="phone",
            control=Control.PHONE,
            label=_("Phone number"),
            reader=converted("phone", phone, longest=50),
            autocomplete="tel",
            longest=50,
        ),
    ]


def _line(name: str, label: str, *, autocomplete: str = "", required: bool = False, hint: str = "") -> FormField:
    return FormField(
        name=name,
        control=Control.TEXT,
        label=label,
        reader=text(longest=_SHORT),
        required=required,
        hint=hint,
        autocomplete=autocomplete,
        longest=_SHORT,
    )


def _resume(words: Language) -> FormField:
    return FormField(
        name="resume",
        control=Control.FILE,
        label=words.gettext("Resume"),
        reader=text(longest=0),
        required=True,
        hint=file_hint(RESUMES, LARGEST, words),
        accepts=RESUMES,
        document=AttachmentKind.RESUME,
    )


def file_hint(kinds: Sequence[FileKind], largest: int, words: Language) -> str:
    """Which files a field takes."""
    named = ", ".join(kind.upper() for kind in kinds)
    text_ = words.gettext("%(kinds)s; up to %(most)s MB.")
    return text_ % {"kinds": named, "most": largest // _MEGABYTE}


def _letter(_page: JobPage, words: Language) -> list[FormField]:
    return [
        FormField(
            name="cover_letter",
            control=Control.LINES,
            label=words.gettext("Cover letter"),
            reader=text(longest=LONGEST_LETTER),
            longest=LONGEST_LETTER,
        )
    ]


def _photo(_page: JobPage, words: Language) -> list[FormField]:
    return [
        FormField(
            name="photo",
            control=Control.FILE,
            label=words.gettext("Photo"),
            reader=text(longest=0),
            hint=file_hint(IMAGES, LARGEST, words),
            accepts=IMAGES,
            document=AttachmentKind.PHOTO,
        )
    ]


def _experience(_page: JobPage, words: Language) -> list[FormField]:
    reader = converted("years", number_between(0, 80))
    return [FormField(name="experience_years", control=Control.NUMBER, label=words.gettext("Years of experience"),
                      reader=reader)]  # fmt: skip


def _salary(page: JobPage, words: Language) -> list[FormField]:
    unit = pay_unit(page, words)
    hint = words.gettext("Before tax, in %(unit)s.") % {"unit": unit} if unit else words.gettext("Before tax.")
    reader = converted("number", number_between(0, 10**12))
    label = words.gettext("Salary expectation")
    return [FormField(name="salary_expectation", control=Control.NUMBER, label=label, reader=reader, hint=hint)]


def _languages(_page: JobPage, words: Language) -> list[FormField]:
    hint = words.gettext("Separated by commas, as in: English (fluent), Dutch")
    return [
        FormField(
            name="languages",
            control=Control.TEXT,
            label=words.gettext("Languages you speak"),
            reader=converted("languages", languages, longest=500),
            hint=hint,
            longest=500,
        )
    ]


def _nationality(_page: JobPage, words: Language) -> list[FormField]:
    return [_line("nationality", words.gettext("Nationality"))]


def _location(_page: JobPage, words: Language) -> list[FormField]:
    named = countries(words.code)
    country = FormField(
        name="country",
        control=Control.CHOICE,
        label=words.gettext("Country"),
        reader=one_of([code for code, _ in named]),
        autocomplete="country",
        options=named,
    )
    return [_line("city", words.gettext("City"), autocomplete="address-level2"), country]


_Maker = Callable[[JobPage, Language], list[FormField]]
# The optional fields of a form, in the order in which they are asked for.
_ABOUT: dict[str, _Maker] = {
    "location": _location,
    "nationality": _nationality,
    "languages": _languages,
    "photo": _photo,
}
_APPLICATION: dict[str, _Maker] = {
    "experience_years": _experience,
    "salary_expectation": _salary,
    "cover_letter": _letter,
}
SWITCHED = frozenset({*_ABOUT, *_APPLICATION})


def _switched(page: JobPage, words: Language, makers: dict[str, _Maker]) -> list[FormField]:
    return [field for name, make in makers.items() if name in page.form_fields for field in make(page, words)]


# Kinds of questions that came from elsewhere, and ours that are asked the same way.
_RELATED = {"single_line_text": "text", "multi_line_text": "textarea", "numeric": "number"}
_FILES: dict[str, tuple[Sequence[FileKind], int]] = {
    "file": (DOCUMENTS, LARGEST),
    "video": (VIDEOS, LARGEST_VIDEO),
    "audio": (SOUNDS, LARGEST_SOUND),
}


def question_field(question: Question, words: Language) -> FormField:
    """The field that a question is answered in. A kind that is not known is a line of text."""
    kind = _RELATED.get(question.kind.lower(), question.kind.lower())
    options = [" ".join(option.split()) for option in dict.fromkeys(question.options)]
    hint, accepts, largest, longest = "", tuple[FileKind, ...](), LARGEST, None
    if kind == "boolean":
        options = [words.gettext("Yes"), words.gettext("No")]
    if kind in _FILES:
        accepts, largest = tuple(_FILES[kind][0]), _FILES[kind][1]
        control, reader, hint = Control.FILE, text(longest=0), file_hint(accepts, largest, words)
    elif kind in {"single_select", "boolean"} and options:
        control, reader = Control.CHOICE, one_of(options)
    elif kind == "multi_select" and options:
        control, reader = Control.CHOICES, list_of(one_of(options), most=len(options))
    else:
        control, reader, longest = _WRITTEN.get(kind, _WRITTEN["text"])
    return FormField(
        name=f"q_{question.id.hex}",
        control=control,
        label=question.text,
        reader=reader,
        required=question.required,
        hint=hint,
        longest=longest,
        options=[(option, option) for option in options],
        accepts=accepts,
        largest=largest,
        question=question,
    )


_WRITTEN: dict[str, tuple[Control, Reader, int | None]] = {
    "text": (Control.TEXT, text(longest=1_000), 1_000),
    "textarea": (Control.LINES, text(longest=LONGEST_ANSWER), LONGEST_ANSWER),
    "number": (Control.NUMBER, converted("number", plain_number), None),
    "date": (Control.DAY, day, None),
    "url": (Control.ADDRESS, link, 2_048),
}
