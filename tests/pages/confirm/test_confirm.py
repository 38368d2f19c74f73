"""The page on which a person confirms: chooses the agency, checks what is said, answers, or says no."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.actions import postings, submissions, submitting
from rolecall.actions.asking import AUDIENCE
from rolecall.actions.files import LARGEST
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import SubmissionStage
from rolecall.store import applications, attachments, candidates, events, files, submission_talk
from tests.asked import NO_FILE, Asked, build_asked, options_in
from tests.documents_sent import LOOK_ALIKES, TAKEN
from tests.inviting import address_in
from tests.marketplace import ADA, build_marketplace
from tests.partnership import build_partnership, words_of
from tests.world import World

PDF = {"resume": ("cv.pdf", TAKEN["pdf"], "application/pdf")}


@pytest.fixture
async def asked(acme: World, database_url: str) -> Asked:
    return build_asked(await build_marketplace(await build_partnership(acme)), database_url)


async def test_the_form_shows_what_the_agency_said(asked: Asked) -> None:
    await asked.market.submit(asked.market.northwind)
    answer = await asked.world.client.get(await asked.address())
    assert answer.status_code == 200
    said = words_of(answer)
    assert "Northwind Search would like to present you for this job." in said
    assert "When could you start?" in said
    assert 'value="Lovelace"' in answer.text
    assert 'name="agency"' not in answer.text
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_a_person_confirms_with_other_data_and_a_resume_of_their_own(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    answer = await asked.send(url, PDF, last_name="King", phone="+46 70 765 43 21", location="")
    page = await asked.follow(answer)
    assert "You have confirmed" in words_of(page)
    stored = await asked.market.stored(known)
    assert (stored.stage, stored.name, stored.phone, stored.location) == (
        SubmissionStage.AWAITING_SORT, "Ada King", "+46707654321", None,
    )  # fmt: skip
    assert (stored.answers, stored.recruiter_rating) == (
        [{"question": "When could you start?", "answer": "In May."}],
        5,
    )
    assert stored.resume_replaced_at is not None
    assert stored.candidate_id is not None
    async with asked.world.services.database.reading() as conn:
        candidate = await candidates.get(conn, stored.workspace_id, stored.candidate_id)
        (resume,) = await attachments.of_candidate(conn, stored.workspace_id, stored.candidate_id)
        happened = await events.of_record(conn, stored.workspace_id, stored.id)
    assert candidate is not None
    assert (candidate.last_name, candidate.phone_numbers, resume.name) == ("King", ["+46707654321"], "cv.pdf")
    assert {event.actor for event in happened if event.type == "submission.confirmed"} == {f"submission:{known.id}"}
    assert "Ada King" in words_of(await asked.world.client.get(url))


async def _ask_instead(asked: Asked, question: str) -> None:
    """Let the posting ask something else."""
    market = asked.market
    async with market.acting() as ctx:
        posting = await postings.get_posting(ctx, market.job)
        terms = replace(posting.terms, questions=[question])
        await postings.save_posting(ctx, market.job, posting.client_id, terms=terms, version=posting.version)


async def test_an_answer_is_not_stored_under_a_question_that_was_not_read(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    await _ask_instead(asked, "When could you not start?")
    answer = await asked.send(url)
    assert answer.status_code == 422
    assert "The questions have changed since you opened this page." in words_of(answer)
    assert (await asked.market.stored(known)).stage == SubmissionStage.UNCONFIRMED
    assert 'name="question_1" value="When could you not start?"' in answer.text
    assert (await asked.send(url, question_1="When could you not start?")).status_code == 303
    assert (await asked.market.stored(known)).answers == [
        {"question": "When could you not start?", "answer": "In May."}
    ]


async def test_a_second_press_confirms_once(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    both = await asyncio.gather(*(asked.send(url) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) in ([303, 303], [303, 409])
    assert (await asked.send(url)).status_code == 303
    async with asked.world.services.database.reading() as conn:
        moves = await submission_talk.moves(conn, known.workspace_id, known.id)
    assert [move.new for move in moves] == ["awaiting_sort"]


async def test_a_person_whom_several_agencies_submit_chooses_one(asked: Asked) -> None:
    market = asked.market
    first, second = await market.submit(market.northwind), await market.submit(market.southgate)
    messages = await asked.mail()
    assert len(messages) == 2
    url = await asked.address()
    page = await asked.world.client.get(url)
    assert "Several agencies would like to present you" in words_of(page)
    options = options_in(page.text)
    assert options == {"Northwind Search": str(first.id), "Southgate Talent": str(second.id)}
    assert "Choose an agency." in words_of(await asked.send(url))
    confirmed = await asked.follow(await asked.send(url, agency=options["Northwind Search"]))
    assert "Northwind Search presents you to" in words_of(confirmed)
    assert (await market.stored(first)).stage == SubmissionStage.AWAITING_SORT
    assert (await market.stored(second)).stage == SubmissionStage.DECLINED
    for message in messages:
        own = await asked.world.client.get(address_in(message))
        assert "Northwind Search presents you" in words_of(own)


async def test_nobody_chooses_for_another_address_or_another_posting(asked: Asked, globex: World) -> None:
    market = asked.market
    mine = await market.submit(market.northwind)
    other_posting = await market.offer(await asked.world.job("Driver Developer"))
    elsewhere = await market.submit(market.southgate, posting=other_posting)
    same_phone = await market.submit(market.southgate, replace(ADA, email="other@example.org"))
    strangers = await build_marketplace(await build_partnership(globex))
    foreign = await strangers.submit(strangers.northwind)
    (message,) = [one for one in await asked.mail() if "Northwind" in one.subject and "Firmware" in one.subject]
    url = address_in(message)
    page = await asked.world.client.get(url)
    assert "Southgate" not in page.text
    for target in (elsewhere, same_phone, foreign):
        await asked.send(url, consent=None, agency=str(target.id))
    await asked.send(url, agency=str(foreign.id))
    assert (await market.stored(mine)).stage == SubmissionStage.AWAITING_SORT
    assert (await market.stored(elsewhere)).stage == SubmissionStage.UNCONFIRMED
    assert (await market.stored(same_phone)).stage == SubmissionStage.DECLINED  # the same person has chosen
    assert (await strangers.stored(foreign)).stage == SubmissionStage.UNCONFIRMED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_name": " "}, "Fill this in."),
        ({"last_name": "x" * 101}, "This cannot be used: at most 100 characters"),
        ({"email": "ada"}, "This cannot be used: an e-mail address"),
        ({"answer_1": ""}, "Fill this in."),
        ({"answer_1": "x" * 4_001}, "Use at most 4,000 characters"),
        ({"rating": "6"}, "Choose one of these, or none."),
        ({"consent": None}, "Tick this box"),
    ],
)
async def test_a_form_with_a_mistake_keeps_the_rest_and_stores_nothing(
    asked: Asked, changes: dict[str, str | None], said: str
) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    answer = await asked.send(url, None, **changes)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert answer.text.count('aria-invalid="true"') == 1
    assert (await asked.market.stored(known)).stage == SubmissionStage.UNCONFIRMED
    assert (await asked.send(url)).status_code == 303


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LOOK_ALIKES["program"], "This is not a file that we can take."),
        (LOOK_ALIKES["page"], "This is not a file that we can take."),
        (TAKEN["png"], "This is not a file that we can take."),
        (b"", "This file is empty."),
        (b"a" * (LARGEST + 1), "This file is too large."),
    ],
    ids=["program", "page", "picture", "empty", "large"],
)
async def test_a_file_is_taken_for_what_is_in_it(asked: Asked, content: bytes, said: str) -> None:
    known = await asked.market.submit(asked.market.northwind)
    answer = await asked.send(await asked.address(), {"resume": ("cv.pdf", content, "application/pdf")})
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert (await asked.market.stored(known)).resume_id is None


async def test_a_resume_is_replaced_once(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    await asked.send(url)
    nothing = await asked.send(url, answer="resume")
    assert (nothing.status_code, "Choose a file." in words_of(nothing)) == (422, True)
    bad = await asked.send(url, {"resume": ("cv.pdf", LOOK_ALIKES["program"], "application/pdf")}, answer="resume")
    assert bad.status_code == 422
    page = await asked.follow(await asked.send(url, PDF, answer="resume"))
    assert "cv.pdf" in words_of(page)
    assert 'name="resume"' not in page.text
    assert (await asked.send(url, PDF, answer="resume")).status_code == 409
    stored = await asked.market.stored(known)
    async with asked.world.services.database.reading() as conn:
        file = await files.get(conn, stored.workspace_id, stored.resume_id)  # type: ignore[arg-type]
    assert file is not None
    assert file.name == "cv.pdf"


async def test_a_person_says_no_and_the_agency_reads_why(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    page = await asked.follow(await asked.send(url, answer="decline", reason="Too far away."))
    assert "You have said no" in words_of(page)
    assert (await asked.market.stored(known)).stage == SubmissionStage.DECLINED
    async with asked.world.services.database.reading() as conn:
        (move,) = await submission_talk.moves(conn, known.workspace_id, known.id)
    assert move.feedback == "Too far away."
    assert (await asked.send(url)).status_code == 303  # which changes nothing
    assert (await asked.send(url, answer="decline", reason="")).status_code == 409
    assert (await asked.market.stored(known)).stage == SubmissionStage.DECLINED


async def test_a_person_leaves_after_confirming(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    await asked.send(url)
    long = await asked.send(url, answer="decline", reason="x" * 2_001)
    assert (long.status_code, "at most 2,000 characters" in words_of(long)) == (422, True)
    await asked.send(url, answer="decline")
    stored = await asked.market.stored(known)
    assert (stored.stage, stored.exited_from) == (SubmissionStage.DECLINED, SubmissionStage.AWAITING_SORT)
    async with asked.world.services.database.reading() as conn:
        application = await applications.get(conn, stored.workspace_id, stored.application_id)  # type: ignore[arg-type]
    assert application is not None
    assert application.status == "withdrawn"


async def test_a_page_does_not_tell_what_the_employer_thinks(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    await asked.send(url)
    async with asked.market.acting() as ctx:
        await submissions.advance(ctx, known.id, feedback="Very strong.")
        await submissions.reject(ctx, known.id, feedback="Asks too much.")
    page = words_of(await asked.world.client.get(url))
    assert "You are not being considered for this job any more. Nora Berg can tell you more." in page
    assert "Asks too much" not in page


async def test_a_job_that_closed_takes_no_answer(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    async with asked.market.acting() as ctx:
        await postings.move_posting(ctx, asked.market.job, PostingState.CLOSED)
    assert (await asked.world.client.get(url)).status_code == 410
    assert (await asked.follow(await asked.send(url))).status_code == 410
    assert (await asked.market.stored(known)).stage == SubmissionStage.UNCONFIRMED


async def test_what_an_agency_took_back_has_ended(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    async with asked.market.acting() as ctx:
        await submitting.withdraw(ctx, known.id, asked.market.northwind.id, reason="Gone.")
    page = await asked.world.client.get(url)
    assert (page.status_code, "This has ended" in words_of(page)) == (200, True)


async def test_an_address_that_is_not_ours(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    services = asked.world.services
    claims = {"workspace": str(known.workspace_id), "submission": str(known.id)}
    now, day = services.clock(), timedelta(days=1)
    other_audience = services.signer.sign(claims, audience="agency/invitation", now=now, lives=day)
    unknown = services.signer.sign(
        claims | {"submission": str(known.posting_id)}, audience=AUDIENCE, now=now, lives=day
    )
    expired = services.signer.sign(claims, audience=AUDIENCE, now=now - 2 * day, lives=day)
    for bad, status in ((url[:-3], 404), (other_audience, 404), (unknown, 404), ("x", 404), (expired, 410)):
        path = bad if bad.startswith("http") else f"/confirm/{bad}"
        assert (await asked.world.client.get(path)).status_code == status
        assert (await asked.send(path)).status_code == status
    assert (await asked.market.stored(known)).stage == SubmissionStage.UNCONFIRMED


async def test_a_form_that_cannot_be_read(asked: Asked) -> None:
    await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    client = asked.world.client
    assert (await client.post(url, data={"answer": "confirm"})).status_code == 400
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await client.post(url, content=b"--y", headers=broken)).status_code in {400, 422}
    assert (await client.post(url, data={"answer_1": "a" * 30_000}, files=NO_FILE)).status_code == 400
    assert (await client.post(url, data={"answer_1": "a\x00b"}, files=NO_FILE)).status_code == 400
    huge = {"resume": ("cv.pdf", b"a" * (LARGEST + 400_000), "application/pdf")}
    assert (await asked.send(url, huge)).status_code == 413


async def test_the_person_reads_when_they_are_interviewed(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    url = await asked.address()
    await asked.follow(await asked.send(url))
    at = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    times = {"starts_at": at, "ends_at": at + timedelta(hours=1), "time_zone": "Europe/Stockholm", "location": "Lund"}
    async with asked.market.acting() as ctx:
        for _ in range(2):
            await submissions.advance(ctx, known.id, feedback="Good.")
        await submissions.schedule_interview(ctx, known.id, **times)  # type: ignore[arg-type]
    shown = words_of(await asked.world.client.get(url))
    assert "Your interviews Tue 1 December 2026, 14:30 (Europe/Stockholm, UTC+1), 60 minutes, Lund" in shown
