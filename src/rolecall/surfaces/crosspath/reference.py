"""Reference values of the CrossPath contract: lists, matched by code or by English label, without letter case.

Here are the lists that an installation starts with. An operator may replace the first four (ROLECALL_CROSSPATH_LISTS).
"""

from collections.abc import Callable
from functools import lru_cache

from babel import Locale

from rolecall.domain.reference_lists import ReferenceLists, Words, plain_words, spelling

Find = Callable[[str], str | None]

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
_LANGUAGES = tuple((code, name) for code, name in Locale("en").languages.items() if len(code) == 2)


@lru_cache(maxsize=8)
def finders(chosen: ReferenceLists) -> dict[str, Find]:
    """For each field with a list: what finds the code that a text stands for, None when it is not in the list."""
    return {
        "size": _finder(chosen.company_sizes or plain_words(COMPANY_SIZES)),
        "sector": _finder(chosen.sectors or plain_words(SECTORS)),
        "position": _finder(chosen.positions or plain_words(POSITIONS)),
        "contractType": _finder(chosen.contract_types or plain_words(CONTRACT_TYPES)),
        "remote": _finder(plain_words(REMOTE)),
        "languages": _finder(_LANGUAGES),
    }


def _finder(words: Words) -> Find:
    codes = {spelling(label): code for code, label in words} | {spelling(code): code for code, _ in words}
    return lambda text: codes.get(spelling(text))
