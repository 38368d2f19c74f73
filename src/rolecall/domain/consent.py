"""Consent: what an application form asks an applicant to agree to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.texts import check_text

LONGEST_TEXT = 2_000
LONGEST_ADDRESS = 2_048
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """`texts` are the workspace's own sentences by language (ISO 639-1), where it has any.

    `talent_pool` says whether applicants are asked if they may be kept for other jobs.
    """

    texts: Mapping[str, str]
    privacy_url: str | None
    talent_pool: bool


def check_consent(consent: Consent) -> None:
    """Raise FieldMissing or FieldInvalid for what a form could not show."""
    for language, text in consent.texts.items():
        if not _LANGUAGE.fullmatch(language):
            raise FieldInvalid(field="language", hint="a code of ISO 639-1, as in en")
        check_text(text, field="text", longest=LONGEST_TEXT, lines=True)
    if consent.privacy_url is not None and not _is_address(consent.privacy_url):
        raise FieldInvalid(field="privacy_url", hint="an address that begins with https:// or http://")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = len(text) <= LONGEST_ADDRESS and not any(c.isspace() or not c.isprintable() for c in text)
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname)
