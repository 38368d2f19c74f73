"""The person's name, by rules that can be explained: a label, else the likeliest of the first lines.

A line is likely when it is two to five capitalised words that are no heading, title or place, when it stands high up,
and above all when the e-mail address agrees with it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rolecall.adapters.resumes.sections import heading_of, labelled, listed
from rolecall.domain.texts import folded

_LABELS = ("name", "full name", "naam", "volledige naam", "candidate", "kandidaat", "naam kandidaat")
_FIRST_LABELS = ("first name", "given name", "voornaam", "voornamen", "roepnaam", "first names", "forename")
_LAST_LABELS = ("last name", "surname", "family name", "achternaam", "familienaam")
_PREFIX = re.compile(
    r"^(?:curriculum\s+vitae|resume|résumé|cv|c\.v\.)\b\s*(?:of|van|for|voor|[-–—:|])*\s*", re.IGNORECASE
)
_TITLES = re.compile(
    r"\b(?:dr|drs|ir|ing|prof|mr|mrs|ms|mw|dhr|bsc|msc|ba|ma|mba|phd|ph\.d|llm|rn)\b\.?", re.IGNORECASE
)
_SEPARATORS = re.compile(r"\s*(?:[|•·\t;/(]|\s[-–—]\s|,\s)")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PARTICLES = listed(
    "van de der den het ter ten te 't von zu da das dos do di del della la le les du des el al bin ibn af op in"
)
_NO_NAMES = listed(
    "curriculum vitae resume cv profile profiel summary contact personal persoonlijke gegevens details page pagina "
    "address adres phone telefoon telephone mobile mobiel email e-mail website linkedin github street straat road "
    "laan weg engineer developer manager nurse verpleegkundige monteur consultant medewerker analyst designer "
    "administrator assistant assistent adviseur ontwikkelaar leraar teacher driver chauffeur planner technician "
    "technicus specialist director directeur coordinator coördinator recruiter accountant lead senior junior "
    "electrician elektricien fitter operator officer architect scientist student graduate intern stagiair owner "
    "eigenaar head chief software data project product sales marketing application letter sollicitatie the and "
    "of en voor with met my mijn date datum birth geboortedatum nationality nationaliteit confidential"
)
_LONGEST = 60
_LONGEST_PART = 100
_LEAST_SCORE = 3
_FIRST_LINES = 12


def name_of(lines: Sequence[str], emails: Sequence[str]) -> tuple[str | None, str | None]:
    """The first and last name; None for what cannot be told."""
    first, last = labelled(lines, _FIRST_LABELS), labelled(lines, _LAST_LABELS)
    if first and last:
        return _cased(first), _cased(last)
    whole = labelled(lines, _LABELS)
    named = _labelled_name(whole) if whole else None
    if named is not None:
        return named
    likely = max(_scored(lines[:_FIRST_LINES], emails), key=lambda one: one[0], default=None)
    if likely is not None and likely[0] >= _LEAST_SCORE:
        return likely[1], likely[2]
    return _from_address(emails)


def _labelled_name(text: str) -> tuple[str, str] | None:
    """What stands behind a label: a name as it is spoken, or as lists have it, as in "Berg, Anna van den"."""
    family, comma, given = text.partition(",")
    words, last = _words(given) if comma else [], _words(family)
    if not words:
        return _split(last) if len(last) > 1 else None
    while len(words) > 1 and folded(words[-1]) in _PARTICLES:
        last.insert(0, words.pop())
    return _cased(" ".join(words)), _cased(" ".join(last))


def agrees(words: Sequence[str], email: str) -> int:
    """How many of a name's longer words, or its initial with the last one, the address has before its @."""
    local = re.sub(r"[^a-z]", "", plain(email.partition("@")[0]))
    told = [plain(word) for word in words]
    found = sum(1 for word in told if len(word) > 2 and word in local)
    joined = "".join(told[1:])
    return found + (1 if len(joined) > 2 and told[0][:1] + joined in local else 0)


def plain(word: str) -> str:
    """A word in lower case, without accents and marks, as addresses spell it."""
    bare = unicodedata.normalize("NFKD", folded(word).replace("ø", "o").replace("ł", "l").replace("æ", "ae"))
    return "".join(c for c in bare if c.isascii() and (c.isalnum()))


def _scored(lines: Sequence[str], emails: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Each likely name with its score: four for every agreement with an address, one for every line it stands higher.

    A single word and the words below it are a name that a designer stacked; it takes an address to be sure of it.
    """
    for number, line in enumerate(lines):
        words = _words(line)
        below = _words(lines[number + 1]) if len(words) == 1 and number + 1 < len(lines) else []
        if not 1 <= len(below) <= 4 and not 2 <= len(words) <= 5:
            continue
        first, last = (_cased(words[0]), _cased(" ".join(below))) if below else _split(words)
        agreement = max((agrees([*words, *below], email) for email in emails[:3]), default=0)
        yield 4 * agreement + max(0, 5 - number) - 2 * bool(below), first, last


def _words(line: str) -> list[str]:
    """The words of a line that may be a name, none when it cannot be."""
    text = _TITLES.sub(" ", _PREFIX.sub("", line.strip())).strip(" ,.")
    stretch = _SEPARATORS.split(text, maxsplit=1)[0].strip(" ,.")
    if not stretch or len(stretch) > _LONGEST or heading_of(stretch) is not None:
        return []
    words = stretch.split()
    if not all(_WORD.fullmatch(word) and _like_a_name(word) for word in words):
        return []
    return words if folded(words[0]) not in _PARTICLES or len(words) > 1 else []


def _like_a_name(word: str) -> bool:
    return folded(word) not in _NO_NAMES and (word[0].isupper() or folded(word) in _PARTICLES)


def _split(words: Sequence[str]) -> tuple[str, str]:
    """The last name begins at the first particle behind the first word, else it is the last word."""
    start = next((n for n, word in enumerate(words) if n and folded(word) in _PARTICLES), len(words) - 1)
    return _cased(" ".join(words[:start])), _cased(" ".join(words[start:]))


def _cased(name: str) -> str:
    """A name as it is usually written, where it was all capitals or all small letters."""
    name = " ".join(name.split())[:_LONGEST_PART]
    if name.isupper() or name.islower():
        words = [w.lower() if w.lower() in _PARTICLES else w.title() for w in name.split()]
        return " ".join(words)
    return name


def _from_address(emails: Sequence[str]) -> tuple[str | None, str | None]:
    """From an address such as milan.jansen@… when no line tells."""
    parts = re.split(r"[._-]", emails[0].partition("@")[0]) if emails else []
    if len(parts) == 2 and all(len(part) > 1 and part.isalpha() for part in parts):
        return parts[0].title(), parts[1].title()
    return None, None
