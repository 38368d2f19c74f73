"""Reference values of the CrossPath contract: fixed lists, matched by code or by English label, without letter case."""

from collections.abc import Iterable

from babel import Locale

COMPANY_SIZES = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+")
SECTORS = (
    "aerospace",
    "agriculture",
    "automotive",
    "banking",
    "construction",
    "consulting",
    "consumer-goods",
    "education",
    "energy",
    "government",
    "hardware",  # not in the contract's starting list, but its printed example sends it
    "healthcare",
    "hospitality",
    "insurance",
    "legal",
    "logistics",
    "manufacturing",
    "media",
    "nonprofit",
    "pharmaceuticals",
    "real-estate",
    "retail",
    "software",
    "telecommunications",
    "other",
)
POSITIONS = (
    "administration",
    "customer-service",
    "data",
    "design",
    "engineering",
    "executive",
    "finance",
    "hardware",
    "human-resources",
    "it-operations",
    "legal",
    "logistics",
    "marketing",
    "operations",
    "product",
    "project-management",
    "quality",
    "research",
    "sales",
    "security",
    "software-development",
    "supply-chain",
    "other",
)
CONTRACT_TYPES = ("permanent", "fixed-term", "freelance", "internship")
REMOTE = ("onsite", "hybrid", "remote")


def _by_word(codes: Iterable[str]) -> dict[str, str]:
    return {code.replace("-", " "): code for code in codes}


_SIZES = {size: size for size in COMPANY_SIZES}
_LISTS = {
    "sector": _by_word(SECTORS),
    "position": _by_word(POSITIONS),
    "contractType": _by_word(CONTRACT_TYPES),
    "remote": _by_word(REMOTE),
}
_LANGUAGE_NAMES = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
_LANGUAGES = {code: code for code in _LANGUAGE_NAMES} | {n.casefold(): code for code, n in _LANGUAGE_NAMES.items()}


def find(field: str, text: str) -> str | None:
    """The code that a value of a field stands for, None when it is not in the field's list."""
    word = " ".join(text.casefold().split())
    if field == "size":
        return _SIZES.get(word.replace(" ", ""))
    if field == "languages":
        return _LANGUAGES.get(word)
    return _LISTS[field].get(word.replace("-", " "))
