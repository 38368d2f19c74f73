"""Bodies in RecruitSome's words: what is wrong with a field, as its messages say it."""

from collections.abc import Sequence

from rolecall.surfaces.recruitsome.errors import FieldsRefused, words
from rolecall.web.fields import Place, Problem

_WORDS = {
    "required": "The {field} field is required.",
    "object": "The {field} must be an array.",
    "array": "The {field} must be an array.",
    "items": "The {field} must not have more than {most} items.",
    "integer": "The {field} must be an integer.",
    "least": "The {field} must be at least {least}.",
    "string": "The {field} must be a string.",
    "length": "The {field} must be {length} characters.",
    "longest": "The {field} must not be greater than {most} characters.",
    "listed": "The selected {field} is invalid.",
    "boolean": "The {field} field must be true or false.",
    "accepted": "The {field} must be accepted.",
    "date": "The {field} is not a valid date.",
    "email": "The {field} must be a valid email address.",
    "url": "The {field} must be a valid URL.",
    "base64": "The {field} must be valid base64.",
    "file": "The {field} must be a file.",
    "empty": "The {field} must not be empty.",
    "kind": "The {field} must be a file of type: {kinds}.",
    "size": "The {field} must not be greater than {most} kilobytes.",
}


def check(place: Place) -> None:
    """Raise FieldsRefused with everything that is wrong with a body."""
    if place.problems:
        raise FieldsRefused(_by_field(place.problems))


def _by_field(problems: Sequence[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        text = _WORDS[problem.code].format(field=words(problem.field), **problem.facts)
        found.setdefault(problem.field or "body", []).append(text)
    return found
