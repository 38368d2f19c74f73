"""The languages of the public pages: catalogues that are whole, and pages that say which words are whose."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import rolecall.pages.public
from rolecall.actions.places import parse_place
from rolecall.domain.jobs import JobStatus
from rolecall.web.translation import KEYWORD, languages
from tests.applicant import applicant
from tests.world import World

PAGES = Path(rolecall.pages.public.__file__).parent
CATALOGUES = sorted(PAGES.glob("locale/*.po"))
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACES = re.compile(r"%\(\w+\)s")


def in_sources() -> set[str]:
    found = extract_from_dir(PAGES, METHODS, keywords=DEFAULT_KEYWORDS | {KEYWORD: None})
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def translated(path: Path) -> dict[str, Message]:
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file)
    assert not catalogue.obsolete
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }


def test_the_catalogues_are_there() -> None:
    assert languages("rolecall.pages.public") == ("en", "nl")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_what_the_sources_say_and_nothing_else(path: Path) -> None:
    """`scripts/catalogues` brings it up to date."""
    assert set(translated(path)) == in_sources()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_message_is_translated_with_all_its_places(path: Path) -> None:
    for name, message in translated(path).items():
        texts = [message.string] if isinstance(message.string, str) else list(message.string or [])
        assert (all(texts) and texts != [], message.fuzzy) == (True, False), name
        for text in texts:
            assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(name)), name


async def test_a_dutch_publication_has_a_dutch_page_and_form(acme: World) -> None:
    utrecht = parse_place("NL-utrecht")
    job = await acme.job(
        "Monteur", languages=["nl"], places=[utrecht], contract_type="part-time", salary_min=2800,
        salary_currency="EUR", salary_period="month",
    )  # fmt: skip
    page = (await acme.client.get(f"/jobs/{job.public_path}")).text
    for words in ("Solliciteer op deze vacature", "Utrecht, Nederland", "Deeltijd", "Vanaf 2.800 EUR per maand"):
        assert words in page
    assert ('<html lang="nl">' in page, 'lang="en"' in page) == (True, False)
    person = await applicant(acme, job.public_path or "")
    form = (await acme.client.get(person.path)).text
    assert ('<html lang="nl">' in form, "E-mailadres" in form, 'lang="en"' in form) == (True, True, False)
    assert "Vul dit in." in (await person.send(first_name="")).text
    assert "Bedankt voor je sollicitatie" in (await person.thanks(await person.send())).text


async def test_a_language_that_we_do_not_speak_marks_our_words(acme: World) -> None:
    job = await acme.job("Chef för firmware", languages=["sv"])
    page = (await acme.client.get(f"/jobs/{job.public_path}")).text
    assert '<html lang="sv">' in page
    assert '<p class="apply" lang="en">' in page
    form = (await acme.client.get(f"/jobs/{job.public_path}/apply")).text
    assert ('<html lang="en">' in form, '<span lang="sv">Chef för firmware</span>' in form) == (True, True)


async def test_a_dutch_job_that_is_closed_says_so_in_dutch(acme: World) -> None:
    job = await acme.job(languages=["nl"])
    await acme.move(job.id, JobStatus.CLOSED)
    answer = await acme.client.get(f"/jobs/{job.public_path}")
    assert (answer.status_code, "Deze vacature is gesloten." in answer.text) == (410, True)
