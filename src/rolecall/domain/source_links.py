"""Source links: what may be their name, and the short code that stands for one within its job."""

import secrets

from rolecall.domain.errors import FieldInvalid

LONGEST_NAME = 500
_CODE_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def checked_name(name: str) -> str:
    """The name without white space around it. Raises FieldInvalid for one that is blank, too long or not storable."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in name):
        raise FieldInvalid(field="name", hint=f"1 to {LONGEST_NAME} characters")
    return name


def new_code() -> str:
    """Four random characters of a-z and 0-9; unique within a job only because the store insists on it."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(4))
