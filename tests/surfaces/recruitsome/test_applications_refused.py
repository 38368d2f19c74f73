"""POST /applications: what is refused, in the contract's words, and what is left of it: nothing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from rolecall.actions.files import LARGEST
from tests.documents_sent import LOOK_ALIKES, PDF
from tests.surfaces.recruitsome.applicants import PERSON, Applicant, applicant, as_base64, sent_document
from tests.surfaces.recruitsome.conftest import CareerSite, career_site

KINDS = "must be a file of type: pdf, doc, docx, odt, rtf, txt, jpg, png."


async def test_everything_that_is_wrong_is_told_at_once(site: CareerSite) -> None:
    milan = Applicant(site, "no-such-vacancy")
    assert await milan.refused(candidate={"email": "milan", "phone": 6}, consent={"privacy_policy": False}) == {
        "candidate.first_name": ["The candidate.first name field is required."],
        "candidate.last_name": ["The candidate.last name field is required."],
        "candidate.email": ["The candidate.email must be a valid email address."],
        "candidate.phone": ["The candidate.phone must be a string."],
        "consent.privacy_policy": ["The consent.privacy policy must be accepted."],
        "vacancy": ["The selected vacancy is invalid."],
    }


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ({"vacancy": None}, {"vacancy": ["The vacancy field is required."]}),
        ({"vacancy": ["a"]}, {"vacancy": ["The vacancy must be a string."]}),
        ({"candidate": "Milan"}, {"candidate": ["The candidate must be an array."]}),
        ({"candidate": {}}, {"candidate": ["The candidate field is required."]}),
        ({"motivation": "x" * 20_001}, {"motivation": ["The motivation must not be greater than 20000 characters."]}),
        ({"documents": {"a": 1}}, {"documents": ["The documents must be an array."]}),
        ({"documents": ["a"]}, {"documents.0": ["The documents.0 must be an array."]}),
        ({"documents": [{}] * 11}, {"documents": ["The documents must not have more than 10 items."]}),
        ({"tracking": {"utm_term": 1}}, {"tracking.utm_term": ["The tracking.utm term must be a string."]}),
        (
            {"consent": {"talent_pool": "maybe", "consented_at": "soon"}},
            {"consent.consented_at": ["The consent.consented at is not a valid date."]},
        ),
        (
            {"consent": {"talent_pool": 2}},
            {"consent.talent_pool": ["The consent.talent pool field must be true or false."]},
        ),
    ],
)
async def test_a_field_is_refused_by_its_name(site: CareerSite, body: Any, problems: Any) -> None:
    assert await (await applicant(site)).refused(**body) == problems


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("first_name", "x" * 256, "The candidate.first name must not be greater than 255 characters."),
        ("last_name", "  ", "The candidate.last name field is required."),
        ("phone", "1" * 51, "The candidate.phone must not be greater than 50 characters."),
        ("date_of_birth", "28-02-1990", "The candidate.date of birth is not a valid date."),
        ("language", "dut", "The candidate.language must be 2 characters."),
        ("language", "1!", "The selected candidate.language is invalid."),
        ("linkedin_url", "javascript:alert(1)", "The candidate.linkedin url must be a valid URL."),
        ("address", "Melkmarkt 1", "The candidate.address must be an array."),
    ],
)
async def test_a_field_of_the_candidate_is_refused(site: CareerSite, field: str, value: str, problem: str) -> None:
    milan = await applicant(site)
    assert await milan.refused(candidate=PERSON | {field: value}) == {f"candidate.{field}": [problem]}


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"type": "selfie"}, "type", "The selected documents.0.type is invalid."),
        ({"type": None}, "type", "The documents.0.type field is required."),
        ({"filename": ""}, "filename", "The documents.0.filename field is required."),
        ({"content": ""}, "content", "The documents.0.content field is required."),
        ({"content": 5}, "content", "The documents.0.content must be a string."),
        ({"content": "%PDF"}, "content", "The documents.0.content must be valid base64."),
        ({"content": as_base64(LOOK_ALIKES["program"])}, "content", f"The documents.0.content {KINDS}"),
    ],
)
async def test_a_document_is_refused(site: CareerSite, changes: dict[str, Any], field: str, problem: str) -> None:
    milan = await applicant(site)
    assert await milan.refused(documents=[sent_document(PDF) | changes]) == {f"documents.0.{field}": [problem]}


async def test_a_document_of_ten_megabytes_is_the_largest(site: CareerSite) -> None:
    milan = await applicant(site)
    largest = PDF + bytes(LARGEST - len(PDF))
    too_large = ["The documents.0.content must not be greater than 10240 kilobytes."]
    assert await milan.refused(documents=[sent_document(largest + b"x")]) == {"documents.0.content": too_large}
    assert (await milan.send(documents=[sent_document(largest)])).status_code == 201


async def test_a_part_of_a_form_is_refused_by_its_name(site: CareerSite) -> None:
    milan = await applicant(site)
    files = [
        ("documents[2][file]", ("cv.pdf", LOOK_ALIKES["page"], "application/pdf")),
        ("documents[5][file]", ("cv.pdf", PDF + bytes(LARGEST), "application/pdf")),
    ]
    types = {f"documents[{number}][type]": "resume" for number in (2, 3, 4, 5)}
    answer = await milan.post_form(types | {"documents[4][file]": "cv.pdf"}, files)
    assert answer.json()["errors"] == {
        "documents.2.file": [f"The documents.2.file {KINDS}"],
        "documents.3.file": ["The documents.3.file field is required."],
        "documents.4.file": ["The documents.4.file must be a file."],
        "documents.5.file": ["The documents.5.file must not be greater than 10240 kilobytes."],
    }


@pytest.mark.parametrize(
    "publication",
    [
        {"active": False},
        {"published_at": "2999-01-01"},
        {"ends_at": "2001-01-01"},
        {"channel": "internal"},
    ],
)
async def test_a_vacancy_that_is_not_shown_takes_no_applications(site: CareerSite, publication: Any) -> None:
    milan = Applicant(site, (await site.vacancy("Hidden", publication=publication)).slug)
    assert await milan.refused() == {"vacancy": ["The selected vacancy is invalid."]}


async def test_nothing_is_left_of_what_was_refused(site: CareerSite) -> None:
    milan = await applicant(site)
    await milan.refused(documents=[sent_document(PDF), sent_document(PDF) | {"content": "%"}])
    assert await milan.stored_keys() == []
    for table in ("application", "candidate", "file", "stage"):
        assert await milan.rows(table) == []


async def test_a_key_without_the_scope_is_refused_before_its_body_is_read(site: CareerSite) -> None:
    reader = await applicant(await career_site(site.world, scopes=["vacancies:read"]))

    async def body() -> AsyncIterator[bytes]:
        yield b"{"
        raise AssertionError("the body was read")

    answer = await site.world.client.post("/api/v1/applications", content=body(), headers=reader.headers)
    assert (answer.status_code, answer.json()["required_scope"]) == (403, "applications:write")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b'{"vacancy": "\\u0000"}'),
        ("text/plain", b"vacancy=a"),
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(site: CareerSite, content_type: str, body: bytes) -> None:
    headers = (await applicant(site)).headers | {"Content-Type": content_type}
    answer = await site.world.client.post("/api/v1/applications", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"body": ["The body must be a JSON object."]}
