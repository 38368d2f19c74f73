"""The present or latest job: a label, else the entry under a heading about experience whose period is not over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rolecall.adapters.resumes.sections import Line, Part, labelled

_TITLE_LABELS = ("current position", "current job", "position", "job title", "functie", "huidige functie", "title")
_EMPLOYER_LABELS = ("employer", "current employer", "werkgever", "huidige werkgever", "company", "bedrijf")
_MONTH = r"(?:[^\W\d_]{3,9}\.?\s+|\d{1,2}[/.-])?"
_NOW = r"(?:present|now|today|current|heden|nu|ongoing)"
_PERIOD = re.compile(
    rf"[(\[]?\b{_MONTH}(?:19|20)\d\d\s*(?:[-–—]|to|until|tot|t/m)+\s*"
    rf"({_MONTH}(?:19|20)\d\d|(?:en met )?{_NOW})\b[)\]]?",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:since|sinds|from|vanaf)\s+{_MONTH}(?:19|20)\d\d\b", re.IGNORECASE)
_OVER = re.compile(r"(?:19|20)\d\d")
_AT = re.compile(r"\s+(?:at|bij|@)\s+|\s*[|•·\t]\s*|\s+[-–—]\s+|,\s+", re.IGNORECASE)
_IN_A_TOWN = re.compile(r"\s+(?:te|in)\s+[A-Z][\w'’-]+$")
_JOBS = re.compile(
    r"(?:engineer|developer|manager|nurse|monteur|consultant|medewerker|analyst|designer|assistant|assistent|adviseur|"
    r"ontwikkelaar|docent|leraar|teacher|driver|chauffeur|planner|technician|specialist|director|coordinator|recruiter|"
    r"accountant|lead|electrician|operator|officer|architect|controller|verpleegkundige|chef|clerk|advisor)\b",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Entry:
    present: bool
    title: str | None
    employer: str | None


def work_of(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """Title and employer, None for what cannot be told."""
    texts = [line.text for line in lines if line.part in {Part.HEAD, Part.CONTACT, Part.EXPERIENCE}]
    title, employer = labelled(texts, _TITLE_LABELS), labelled(texts, _EMPLOYER_LABELS)
    if title or employer:
        return title and title[:_LONGEST], employer and employer[:_LONGEST]
    entries = _entries([line.text for line in lines if line.part is Part.EXPERIENCE])
    if not entries:
        return None, None
    chosen = next((entry for entry in entries if entry.present), entries[0])
    return chosen.title, chosen.employer


def _entries(lines: Sequence[str]) -> list[_Entry]:
    """An entry for each line with a period: what else it says, else what the line above or below it says."""
    found: list[_Entry] = []
    for number, line in enumerate(lines):
        period = _PERIOD.search(line) or _SINCE.search(line)
        if period is None:
            continue
        rest = (line[: period.start()] + " " + line[period.end() :]).strip(" ,|:-–—\t•()")
        if not rest:
            above = lines[number - 1] if number else ""
            below = lines[number + 1] if number + 1 < len(lines) else ""
            # Entries all have one form: the first period stands above its job when there is no line above.
            rest = below if not number or (found and not _job(above)) else _two_above(lines, number)
        elif len(_AT.split(rest)) == 1 and number + 1 < len(lines) and _job(lines[number + 1]):
            rest = f"{rest} | {lines[number + 1]}"
        present = period.re is _SINCE or not _OVER.search(period[1])
        title, employer = _split(rest)
        found.append(_Entry(present, title, employer))
    return found


def _two_above(lines: Sequence[str], number: int) -> str:
    """The line above a period, with the one above that where both name something: a job and who it was with."""
    above, first = lines[number - 1], lines[number - 2] if number > 1 else ""
    if not _job(first) or len(_AT.split(above)) > 1:
        return above
    employer_first = _JOBS.search(above) and not _JOBS.search(first)
    return f"{above} | {_AT.split(first)[0]}" if employer_first else f"{first} | {above}"


def _job(line: str) -> bool:
    """Whether a line can name a job: it is short, no sentence and no item of a list."""
    return 2 < len(line) <= 60 and not line.endswith(".") and line[0] not in "-•*·–" and not _PERIOD.search(line)


def _split(text: str) -> tuple[str | None, str | None]:
    parts = [part.strip(" ,|:-–—\t•()") for part in _AT.split(text, maxsplit=2)]
    parts = [part for part in parts if 1 < len(part) <= _LONGEST]
    return (parts[0] if parts else None), (_IN_A_TOWN.sub("", parts[1]) if len(parts) > 1 else None)
