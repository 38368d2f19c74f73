"""What is read of resumes: every layout of the corpus in every format."""

from typing import Any

import pytest

from rolecall.adapters.resumes.facts import facts_of
from rolecall.adapters.resumes.limits import ResumeLimits
from rolecall.adapters.resumes.local import LocalResumes
from rolecall.adapters.resumes.texts import text_of
from rolecall.ports.resumes import KnownPlace, ReadResume, ResumeHints
from tests.adapters.resumes.corpus import SAMPLES, Sample
from tests.adapters.resumes.writing import DOCX, PDF, TXT, WRITERS, docx_of, paragraphs, pdf, txt

HINTS = ResumeHints(places=[KnownPlace(city="Zwolle", country_code="NL")], country_code="NL")


def wrong(found: ReadResume, expected: dict[str, Any]) -> dict[str, Any]:
    """What was read otherwise than expected."""
    read = {name: getattr(found, name) for name in expected}
    if set(expected.get("skills", ())) <= set(found.skills):
        read |= {"skills": expected.get("skills")}
    return {name: value for name, value in read.items() if value != expected.get(name)}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_resume_is_read(sample: Sample, form: str) -> None:
    media_type, write = WRITERS[form]
    text = text_of(write(sample.lines), media_type, ResumeLimits())
    assert wrong(facts_of(text, HINTS), sample.expected) == {}


@pytest.mark.parametrize("form", WRITERS)
async def test_a_process_of_its_own_reads_the_same(form: str) -> None:
    media_type, write = WRITERS[form]
    found = await LocalResumes(ResumeLimits()).read(write(SAMPLES[0].lines), media_type=media_type, hints=HINTS)
    assert wrong(found, SAMPLES[0].expected) == {}


async def test_what_a_resume_does_not_say_stays_empty() -> None:
    content = txt(["Years 2012-2016; numbers 1234 5678; nobody."])
    found = await LocalResumes(ResumeLimits()).read(content, media_type=TXT, hints=ResumeHints())
    assert found == ReadResume(
        text="Years 2012-2016; numbers 1234 5678; nobody.", emails=[], phones=[], links=[], skills=[]
    )


def test_the_addresses_behind_links_are_read() -> None:
    links = ["mailto:iris@mail.example", "https://www.linkedin.com/in/iris"]
    relations = "".join(f'<Relationship Type="x/relationships/hyperlink" Target="{link}"/>' for link in links)
    body = paragraphs(["Iris Vos", "Mail me, or see my profile"])
    word = docx_of(body, **{"word___rels__document.xml.rels": f"<Relationships>{relations}</Relationships>"})
    for media_type, content in ((PDF, pdf(["Iris Vos"], links=links)), (DOCX, word)):
        found = facts_of(text_of(content, media_type, ResumeLimits()), HINTS)
        assert (found.emails, found.linkedin_url) == (["iris@mail.example"], "https://www.linkedin.com/in/iris")


def test_the_text_of_a_box_counts_once() -> None:
    box = paragraphs(["Iris Vos"])
    both = f"<w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback>"
    assert text_of(docx_of(f"<w:p><w:r>{both}</w:r></w:p>"), DOCX, ResumeLimits()) == "Iris Vos"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Anna Maria Jansen"], ("Anna Maria", "Jansen")),
        (["ANNA VAN DER BERG"], ("Anna", "van der Berg")),
        (["Last name: Berg", "First name: Anna"], ("Anna", "Berg")),
        (["Naam: Berg, Anna van den"], ("Anna", "van den Berg")),
        (["Resume of Seán O’Neill"], ("Seán", "O’Neill")),
        (["Software Engineer", "Utrecht", "anna.berg@mail.example"], ("Anna", "Berg")),
        (["Software Engineer", "info@mail.example"], (None, None)),
    ],
)
def test_a_name_is_found(lines: list[str], name: tuple[str | None, str | None]) -> None:
    found = facts_of("\n".join(lines), HINTS)
    assert (found.first_name, found.last_name) == name
