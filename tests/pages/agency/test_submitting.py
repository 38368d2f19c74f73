"""The form that submits a candidate."""

from collections.abc import Callable

import pytest

from rolecall.actions import postings
from rolecall.domain.postings import PostingState, Terms
from rolecall.domain.submissions import Submission
from rolecall.store import files, submissions
from tests.agency_desk import Desk, Upload, enter, words
from tests.conftest import BASE_URL
from tests.marketplace import MUST_HAVES, Marketplace
from tests.world import World

RESUME = ("Ada <CV>.txt", b"Ada Lovelace. Ten years of embedded C.")
FORM: dict[str, str | Upload] = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "email": "ada@example.org",
    "phone": "+46 70 123 45 67",
    "location": "Lund",
    "linkedin_url": "https://www.linkedin.com/in/ada",
    "must_have_0": MUST_HAVES[0],
    "meets_0": "yes",
    "note_0": "Ten of them.",
    "must_have_1": MUST_HAVES[1],
    "meets_1": "partly",
    "note_1": "",
    "pitch": "Wrote the\r\nfirst program.",
    "resume": RESUME,
}


@pytest.fixture
async def desk(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    """Nora's browser."""
    return await enter(browser(), market.recruiters["Northwind Search"])


def form_of(market: Marketplace) -> str:
    return f"/postings/{market.posting.id}/submit"


async def stored(acme: World, market: Marketplace) -> list[Submission]:
    async with acme.services.database.reading() as conn:
        return await submissions.of_posting(conn, acme.workspace.id, market.posting.id)


async def test_a_candidate_is_submitted_with_answers_and_resume(acme: World, market: Marketplace, desk: Desk) -> None:
    assert MUST_HAVES[1] in words(await desk.get(form_of(market)))
    told = words(await desk.send(form_of(market), **FORM))
    assert "The candidate is submitted and gets a message to confirm." in told
    assert "Ada Lovelace Waits for the candidate" in told
    (made,) = await stored(acme, market)
    assert (made.agency_id, made.recruiter_id) == (
        market.northwind.id,
        market.recruiters["Northwind Search"].id,
    )
    assert (made.email, made.phone, made.pitch) == ("ada@example.org", "+46701234567", "Wrote the\nfirst program.")
    assert made.must_haves == [
        {"must_have": MUST_HAVES[0], "meets": "yes", "note": "Ten of them."},
        {"must_have": MUST_HAVES[1], "meets": "partly", "note": ""},
    ]
    assert made.resume_id is not None
    async with acme.services.database.reading() as conn:
        file = await files.get(conn, acme.workspace.id, made.resume_id)
    assert file is not None
    assert file.name == "Ada CV .txt"
    shown = await desk.get(f"/candidates/{made.id}")
    link = shown.text.partition('href="http://rolecall.test/files/')[2].partition('"')[0]
    assert (await desk.client.get(f"/files/{link}")).content == RESUME[1]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"first_name": " "}, "first_name", "Fill this in."),
        ({"last_name": "x" * 101}, "last_name", "At most 100 characters"),
        ({"email": "ada"}, "email", "An e-mail address, as in ada@example.org."),
        ({"linkedin_url": "javascript:alert(1)"}, "linkedin_url", "An http or https address."),
        ({"meets_1": "perhaps"}, "meets_1", "Choose one."),
        ({"resume": ("", b"")}, "resume", "Choose the file."),
        ({"resume": ("cv.pdf", b"")}, "resume", "The file is empty."),
        ({"resume": ("cv.pdf", b"MZ\x90\x00\x03 a program")}, "resume", "must be of one of these kinds"),
        ({"pitch": "x" * 4_001}, "pitch", "At most 4,000 characters"),
    ],
)
async def test_a_mistake_is_named_at_its_field_and_the_rest_is_kept(
    acme: World, market: Marketplace, desk: Desk, changes: dict[str, str | Upload], field: str, said: str
) -> None:
    answer = await desk.post(form_of(market), origin=BASE_URL, **FORM | changes)
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'id="{field}-error"' in answer.text
    assert 'value="Ten of them."' in answer.text
    assert await stored(acme, market) == []


async def test_a_note_that_is_too_long_is_told(acme: World, market: Marketplace, desk: Desk) -> None:
    answer = await desk.post(form_of(market), origin=BASE_URL, **FORM | {"note_0": "x" * 1_001})
    assert (answer.status_code, "In a note on a must-have" in words(answer)) == (422, True)
    assert await stored(acme, market) == []


async def test_must_haves_that_changed_meanwhile_are_answered_again(
    acme: World, market: Marketplace, desk: Desk
) -> None:
    terms = market.posting.terms
    changed = Terms(
        title=terms.title,
        description=terms.description,
        fee_percent=terms.fee_percent,
        must_haves=[MUST_HAVES[1], "A driving licence"],
        questions=terms.questions,
    )
    async with market.acting() as ctx:
        await postings.save_posting(
            ctx, market.job, market.partnership.client.id, terms=changed, version=market.posting.version
        )
    answer = await desk.post(form_of(market), origin=BASE_URL, **FORM)
    assert answer.status_code == 422
    assert "The client has changed the must-haves meanwhile." in words(answer)
    assert "A driving licence" in words(answer)
    assert await stored(acme, market) == []


async def test_a_person_is_submitted_once(acme: World, market: Marketplace, desk: Desk) -> None:
    await desk.send(form_of(market), **FORM)
    answer = await desk.post(form_of(market), origin=BASE_URL, **FORM)
    assert answer.status_code == 409
    assert "Your agency has submitted this person" in words(answer)
    assert len(await stored(acme, market)) == 1


@pytest.mark.parametrize("state", ["locked", "closed"])
async def test_a_posting_that_takes_nobody_says_so(acme: World, market: Marketplace, desk: Desk, state: str) -> None:
    async with acme.services.database.writing() as conn:
        query = "update posting set state = %s where workspace_id = %s and id = %s"
        await conn.execute(query, (state, acme.workspace.id, market.posting.id))
    for answer in (await desk.get(form_of(market)), await desk.post(form_of(market), origin=BASE_URL, **FORM)):
        assert (answer.status_code, f"The posting is {state}" in words(answer)) == (409, True)
    assert "Submit a candidate" not in words(await desk.get(f"/postings/{market.posting.id}"))
    assert await stored(acme, market) == []


async def test_a_yielded_posting_still_takes_candidates(acme: World, market: Marketplace, desk: Desk) -> None:
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.YIELDED, reason="Enough.")
    await desk.send(form_of(market), **FORM)
    assert len(await stored(acme, market)) == 1


async def test_too_large_a_body_is_refused(market: Marketplace, desk: Desk) -> None:
    for size, status in ((11 * 1024**2, 413), (10 * 1024**2 + 1, 422)):
        form = FORM | {"resume": ("cv.txt", b"x" * size)}
        answer = await desk.post(form_of(market), origin=BASE_URL, **form)
        assert answer.status_code == status
        assert "10 MB" in answer.text
