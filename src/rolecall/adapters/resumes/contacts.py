"""E-mail addresses, phone numbers and links."""

import re
from collections.abc import Sequence

import phonenumbers

from rolecall.adapters.resumes.sections import Line, Part

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}(?![\w-])"
)
_SPACED_AT = re.compile(r"(?<=\w) ?@ ?(?=[\w-]+\.)")
_LINKEDIN = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[\w%.-]{1,200}", re.IGNORECASE)
_LINK = re.compile(
    r"https?://[^\s|,;<>\"')\]]{3,500}|(?<![\w@.-])(?:www\.|github\.com/|gitlab\.com/|behance\.net/)[^\s|,;<>\"')\]]{2,500}",
    re.IGNORECASE,
)
_FAX = re.compile(r"\bfax\b", re.IGNORECASE)
_MOST = 5


def emails_of(lines: Sequence[Line]) -> list[str]:
    """The addresses; those of referees come last, whoever they are."""
    own = [line.text for line in lines if line.part is not Part.REFERENCES]
    others = [line.text for line in lines if line.part is Part.REFERENCES]
    found = [match.rstrip(".") for text in [*own, *others] for match in _EMAIL.findall(_SPACED_AT.sub("@", text))]
    first: dict[str, str] = {}
    for email in found:
        if ".." not in email:
            first.setdefault(email.lower(), email)
    return list(first.values())[:_MOST]


def phones_of(lines: Sequence[Line], country_code: str | None) -> list[str]:
    """The numbers in E.164, without those of referees and fax machines; one without a country is of this one."""
    found: list[str] = []
    for line in lines:
        if line.part is Part.REFERENCES or _FAX.search(line.text):
            continue
        matches = phonenumbers.PhoneNumberMatcher(line.text, country_code or "ZZ")
        found += [phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164) for one in matches]
    return list(dict.fromkeys(found))[:_MOST]


def linkedin_of(text: str) -> str | None:
    """The address of the LinkedIn profile."""
    found = _LINKEDIN.search(text)
    return _absolute(found[0]).rstrip(".-") if found else None


def links_of(text: str) -> list[str]:
    """Other addresses of the web."""
    found = [_absolute(match.rstrip("./")) for match in _LINK.findall(text)]
    return list(dict.fromkeys(link for link in found if "linkedin.com" not in link.lower()))[:_MOST]


def _absolute(link: str) -> str:
    return link if link.lower().startswith("http") else f"https://{link}"
