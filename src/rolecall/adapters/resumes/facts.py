"""What a resume's text says about a person."""

import re

from rolecall.adapters.resumes.contacts import emails_of, linkedin_of, links_of, phones_of
from rolecall.adapters.resumes.homes import home_of
from rolecall.adapters.resumes.names import agrees, name_of
from rolecall.adapters.resumes.sections import lines_of, listed, opening
from rolecall.adapters.resumes.skills import skills_of
from rolecall.adapters.resumes.work import work_of
from rolecall.ports.resumes import ReadResume, ResumeHints

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = {
    "en": listed("the and of with for in to at as from have worked years my is are was that who by on"),
    "nl": listed("de het een en van met voor bij als naar heb gewerkt jaar mijn ik ben op is die dat te om aan"),
}
_LEAST_TELLING = 3


def facts_of(text: str, hints: ResumeHints) -> ReadResume:
    """The facts; each rule stands in a module of its own."""
    lines = lines_of(text)
    start = opening(lines)
    emails = emails_of(lines)
    first_name, last_name = name_of(start, emails)
    words = [word for word in (first_name, last_name) if word]
    city, country_code = home_of(start, hints.places)
    title, employer = work_of(lines)
    return ReadResume(
        text=text,
        first_name=first_name,
        last_name=last_name,
        emails=sorted(emails, key=lambda email: -agrees(words, email)) if words else emails,
        phones=phones_of(lines, country_code or hints.country_code),
        links=links_of(text),
        linkedin_url=linkedin_of(text),
        city=city,
        country_code=country_code,
        skills=skills_of(lines),
        title=title,
        employer=employer,
        language=language_of(text),
    )


def language_of(text: str) -> str | None:
    """Whichever of en and nl has clearly more of its small words in the text."""
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {code: sum(word in telling for word in words) for code, telling in _TELLING.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])
    clear = counts[first] >= _LEAST_TELLING and counts[first] > 2 * counts[second]
    return first if clear else None
