"""A resume as lines under headings, which may be English or Dutch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rolecall.domain.texts import folded


class Part(StrEnum):
    """What a stretch of a resume is about. HEAD is what stands before the first heading."""

    HEAD = "head"
    CONTACT = "contact"
    PROFILE = "profile"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    REFERENCES = "references"
    OTHER = "other"


_HEADINGS = {
    Part.CONTACT: (
        "contact, contact details, contact information, personal details, personal information, personal data, "
        "contactgegevens, persoonlijke gegevens, personalia, gegevens, persoonsgegevens, persoonlijke informatie"
    ),
    Part.PROFILE: (
        "profile, summary, about, about me, personal profile, professional summary, objective, career objective, "
        "personal statement, profiel, persoonlijk profiel, over mij, samenvatting, wie ben ik, introductie"
    ),
    Part.EXPERIENCE: (
        "experience, work experience, professional experience, employment, employment history, work history, career, "
        "career history, relevant experience, werkervaring, ervaring, loopbaan, relevante ervaring, arbeidsverleden, "
        "relevante werkervaring, werk"
    ),
    Part.EDUCATION: (
        "education, education and training, studies, academic background, qualifications, opleiding, opleidingen, "
        "opleiding en cursussen, onderwijs, studie, diploma's, opleidingen en cursussen"
    ),
    Part.SKILLS: (
        "skills, technical skills, key skills, core skills, competences, competencies, expertise, tools, technologies, "
        "skills and tools, hard skills, vaardigheden, competenties, kennis en vaardigheden, kennis, "
        "computervaardigheden, "
        "technische vaardigheden, kernkwaliteiten, certificates, certifications, certificaten"
    ),
    Part.LANGUAGES: "languages, language skills, talen, talenkennis",
    Part.REFERENCES: "references, referees, referenties",
    Part.OTHER: (
        "interests, hobbies, hobbies and interests, hobby's, interesses, volunteering, vrijwilligerswerk, "
        "publications, "
        "publicaties, courses, cursussen, training, trainingen, projects, projecten, awards, nevenactiviteiten"
    ),
}
_PART_OF = {heading: part for part, headings in _HEADINGS.items() for heading in headings.split(", ")}
_MOST_HEAD = 15


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, and the part it stands in."""

    text: str
    part: Part


def lines_of(text: str) -> list[Line]:
    """The lines of a resume; the headings themselves are left out."""
    found: list[Line] = []
    part = Part.HEAD
    for line in text.splitlines():
        heading = heading_of(line)
        if heading is not None:
            part = heading
        elif line.strip():
            found.append(Line(line.strip(), part))
    return found


def heading_of(line: str) -> Part | None:
    """The part that a line begins, None when it is no heading."""
    words = folded(line).strip(" \t:.-–—•*#|_=")
    return _PART_OF.get(words.replace("&", "and" if " and " in f"{words} and " else "en"))


def opening(lines: Sequence[Line]) -> list[str]:
    """The lines that say who it is: the first ones, and those under a heading about contact."""
    head = [line.text for line in lines if line.part is Part.HEAD][:_MOST_HEAD]
    contact = [line.text for line in lines if line.part is Part.CONTACT][:_MOST_HEAD]
    return [*head, *contact] or [line.text for line in lines[:_MOST_HEAD]]


def labelled(lines: Sequence[str], labels: Sequence[str]) -> str | None:
    """What stands behind the first of these labels, as in "Naam: …"."""
    return next(all_labelled(lines, labels), None)


def all_labelled(lines: Sequence[str], labels: Sequence[str]) -> Iterator[str]:
    """What stands behind each of these labels; on the next line when that is where it is."""
    for number, line in enumerate(lines):
        before, mark, behind = line.partition(":")
        if not mark:
            before, mark, behind = line.partition("\t")
        if mark and folded(before).strip(" .*•-") in labels:
            value = behind.strip() or (lines[number + 1] if number + 1 < len(lines) else "")
            if value:
                yield value
