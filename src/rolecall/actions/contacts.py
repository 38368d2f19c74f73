"""How to reach a person: e-mail addresses and phone numbers, in the form in which they are stored."""

from collections.abc import Sequence

import phonenumbers
from email_validator import EmailNotValidError, validate_email


def read_email(text: str) -> str | None:
    """An e-mail address with its domain in lower case, None for what is none. No name server is asked."""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True, globally_deliverable=False)
    except EmailNotValidError:
        return None
    return found.normalized if "." in found.domain else None


def read_phone(text: str, *, countries: Sequence[str | None] = ()) -> str:
    """A phone number as E.164, read in the first of these countries (ISO 3166) where it is one; else as it was sent."""
    for country in (*countries, None):
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return " ".join(text.split())
