"""The application screen as a person uses it: sorting, moving, writing, hiring."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape

import httpx
import pytest

from rolecall.actions import agencies, chat, clients, submitting
from rolecall.actions.files import RESUMES, check_file, keep_file, put_file
from rolecall.domain.fees import CustomFee
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import PersonFacts, Side, Submission, SubmissionStage
from rolecall.store import agency_hires, postings
from rolecall.store import clients as client_store
from rolecall.store import submissions as submission_store
from tests.marketplace import ADA, Marketplace, build_marketplace
from tests.partnership import Partnership, Screen, words_of

GRACE = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org", phone="+1 212 555 0100")
STARTS_ON = datetime.now(UTC).date() + timedelta(days=7)
HIRE = {
    "starts_on": str(STARTS_ON),
    "first_year_pay": "61,234.50",
    "currency": "eur",
    "work_location": "Lund",
    "posting": "open",
    "fee": "0:17.50",
    "cost_center": "",
    "invoice_memo": "PO 4711",
}
AGENCY = ("Northwind", "Nora", "nora@northwind.example")


@pytest.fixture
async def market(oakline: Partnership) -> Marketplace:
    return await build_marketplace(oakline)


async def screen_of(market: Marketplace, submission: Submission, *, user: str = "u-558") -> Screen:
    return await market.partnership.screen("application", applicationId=str(submission.id), userId=user)


async def in_stage(market: Marketplace, steps: int) -> tuple[Submission, Screen]:
    """A submission some steps after its confirmation, and its screen."""
    submission = await market.confirmed(market.northwind)
    screen = await screen_of(market, submission)
    for step in range(steps):
        await screen.submit("move", to="on", feedback=f"Step {step + 1} is fine.")
    return submission, screen


async def test_a_new_candidate_is_shown_without_the_agency(market: Marketplace) -> None:
    submission = await market.confirmed(market.northwind)
    page = await (await screen_of(market, submission)).open()
    words = words_of(page)
    for known in (
        "Ada Lovelace",
        "ada@example.org",
        "+46",
        "The best we know.",
        "Five years of embedded C For years. Yes",
        "When could you start? In May.",
        "New candidate 1 of 1",
        "The candidate confirmed",
    ):
        assert known in words, known
    for hidden in (*AGENCY, str(market.northwind.id), "Message"):
        assert hidden not in page.text, hidden


async def test_new_candidates_come_one_after_the_other_in_the_order_of_confirmation(market: Marketplace) -> None:
    second = await market.submit(market.northwind, ADA)
    first = await market.confirmed(market.southgate, GRACE)
    await market.confirm(second, ADA)
    screen = await screen_of(market, second)
    words = words_of(await screen.open())
    assert "New candidate 2 of 2" in words
    assert "Start with the first" in words
    screen = await screen_of(market, first)
    page = await screen.submit("move", to="on", feedback="Strong on compilers.")
    assert "Kept. Here is the next new candidate." in words_of(page)
    assert "Ada Lovelace" in words_of(page)
    page = await screen.submit("move", to="rejected", feedback="Too junior.")
    assert "Rejected. The agency reads your feedback." in words_of(page)
    assert (await market.stored(first)).stage == "reviewing"
    assert (await market.stored(second)).stage == "rejected"


async def test_feedback_is_asked_for_and_what_was_typed_stays(market: Marketplace) -> None:
    submission = await market.confirmed(market.northwind)
    screen = await screen_of(market, submission)
    for to in ("on", "rejected"):
        answer = await screen.post("move", to=to, feedback="  ")
        assert answer.status_code == 422
        assert 'id="move-feedback-error">Fill this in.</p>' in answer.text
    answer = await screen.post("move", to="on", feedback="x" * 2_001)
    assert (answer.status_code, "x" * 2_001 in answer.text) == (422, True)
    assert (await screen.post("move", to="hired", feedback="x")).status_code == 400
    assert (await market.stored(submission)).stage == "awaiting_sort"


async def test_a_rejection_is_undone(market: Marketplace) -> None:
    submission, screen = await in_stage(market, 2)
    page = await screen.submit("move", to="rejected", feedback="Changed our mind.")
    assert "Undo the rejection" in words_of(page)
    assert "The rejection is undone." in words_of(await screen.submit("undo"))
    assert (await market.stored(submission)).stage == "interviewing"
    assert (await screen.post("undo")).status_code == 409


async def test_the_agency_and_the_chat_open_once_the_candidate_is_kept(market: Marketplace) -> None:
    submission = await market.confirmed(market.northwind)
    screen = await screen_of(market, submission)
    answer = await screen.post("say", text="Hello?")
    assert answer.status_code == 400  # no such form yet: it comes as multipart
    assert (await upload(screen, {"text": "Hello?"}, ("a.txt", b"text"))).status_code == 409
    assert await kept_bytes(market) == 0
    page = await screen.submit("move", to="on", feedback="Good.")
    for known in AGENCY:
        assert known in words_of(page)
    answer = await upload(screen, {"text": "When can we talk?"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#chat")
    assert "When can we talk?" in words_of(await screen.reload())


async def upload(screen: Screen, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> httpx.Response:
    part = {"file": ("", b"") if file is None else file}
    data = {"session": screen.session or "", **fields}
    return await screen.client.post(f"/embed/{screen.name}/say", data=data, files=part)


async def kept_bytes(market: Marketplace) -> int:
    """How many files the workspace has in the store."""
    world = market.partnership.world
    return len([file async for file in world.services.files.list(f"{world.workspace.id}/")])


async def test_a_file_is_sent_and_downloaded_by_a_signed_address(market: Marketplace) -> None:
    _, screen = await in_stage(market, 1)
    assert (await upload(screen, {}, ("plan.txt", b"Monday: meet."))).status_code == 303
    page = await screen.reload()
    address = page.text.partition('href="http://rolecall.test/files/')[2].partition('"')[0]
    download = await screen.client.get(f"/files/{address}")
    assert download.content == b"Monday: meet."
    assert 'filename="plan.txt"' in download.headers["content-disposition"]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (None, "Fill this in."),
        (("run.exe", b"MZ\x90\x00" * 50), "The file must be of one of these kinds"),
        (("empty.pdf", b""), "The file is empty."),
    ],
)
async def test_a_message_that_cannot_be_sent(market: Marketplace, file: tuple[str, bytes] | None, told: str) -> None:
    _, screen = await in_stage(market, 1)
    answer = await upload(screen, {"text": ""}, file)
    assert answer.status_code == 422
    assert told in words_of(answer)


async def test_what_the_agency_wrote_is_read_by_looking(market: Marketplace) -> None:
    submission, screen = await in_stage(market, 1)
    async with market.acting() as ctx:
        recruiter = market.recruiters[market.northwind.name]
        await chat.say(ctx, submission.id, side=Side.AGENCY, author_id=recruiter.id, text="She is keen.")
    assert (await market.stored(submission)).client_read_at is None
    assert "Nora Berg" in words_of(await screen.reload())
    read_at = (await market.stored(submission)).client_read_at
    assert read_at is not None
    await screen.reload()
    assert (await market.stored(submission)).client_read_at == read_at


async def test_a_withdrawal_is_seen_by_looking(market: Marketplace) -> None:
    submission, screen = await in_stage(market, 1)
    async with market.acting() as ctx:
        await submitting.withdraw(ctx, submission.id, market.northwind.id, reason="She took another job.")
    words = words_of(await screen.reload())
    assert "Withdrawn by the agency" in words
    assert "She took another job." in words
    assert (await market.stored(submission)).withdrawal_seen_at is not None
    assert (await screen.post("move", to="on", feedback="x")).status_code == 409


async def test_a_hire_is_logged_with_its_fee(market: Marketplace) -> None:
    submission, screen = await in_stage(market, 3)
    page = await screen.submit("hire", **HIRE)
    words = words_of(page)
    assert "The hire is logged." in words
    assert "17.5 %, 10,716.04 EUR" in words
    assert f"Guaranteed until {STARTS_ON + timedelta(days=60)}" in words
    async with market.partnership.world.services.database.reading() as conn:
        hire = await agency_hires.of_submission(conn, submission.workspace_id, submission.id)
        posting = await postings.get(conn, submission.workspace_id, submission.posting_id)
    assert hire is not None
    assert posting is not None
    assert (hire.agency_id, hire.currency, hire.invoice_memo) == (market.northwind.id, "EUR", "PO 4711")
    assert hire.first_year_pay == Decimal("61234.50")
    assert posting.state == PostingState.OPEN
    assert (await screen.post("hire", **HIRE)).status_code == 409


async def test_the_employer_picks_one_of_the_agreed_fees_and_closes_the_posting(market: Marketplace) -> None:
    fees = [CustomFee(percentage=Decimal(18), note="Engineers"), CustomFee(percentage=Decimal(15), note="Interns")]
    async with market.acting() as ctx:
        await agencies.prefer_agency(ctx, market.partnership.client.id, market.northwind.id, fees=fees)
    submission, screen = await in_stage(market, 3)
    page = await screen.reload()
    assert "18 % · Engineers" in words_of(page)
    assert "17.5 % · this posting" not in words_of(page)
    assert (await screen.post("hire", **HIRE)).status_code == 422
    value = page.text.partition("15 % · Interns")[0].rpartition('value="')[2].partition('"')[0]
    await screen.submit("hire", **{**HIRE, "fee": value, "posting": "closed"})
    async with market.partnership.world.services.database.reading() as conn:
        hire = await agency_hires.of_submission(conn, submission.workspace_id, submission.id)
        posting = await postings.get(conn, submission.workspace_id, submission.posting_id)
    assert hire is not None
    assert posting is not None
    assert (hire.fee_percent, hire.fee_note, posting.state) == (15, "Interns", PostingState.CLOSED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("starts_on", ""),
        ("starts_on", "1.12.2026"),
        ("starts_on", "9999-12-31"),
        ("starts_on", "1900-01-01"),
        ("starts_on", str(STARTS_ON - timedelta(days=380))),
        ("first_year_pay", "a lot"),
        ("first_year_pay", "0"),
        ("first_year_pay", "9" * 400),
        ("currency", "E"),
        ("currency", "\x00\x00\x00"),
        ("work_location", " "),
        ("work_location", "a\x00"),
        ("fee", "0:1"),
        ("posting", ""),
        ("cost_center", "none"),
        ("cost_center", "01a21acf-955f-7220-9193-c9dd2badb1c0"),
        ("invoice_memo", "m" * 501),
    ],
)
async def test_a_fault_of_a_hire_stands_at_its_field(market: Marketplace, name: str, value: str) -> None:
    submission, screen = await in_stage(market, 3)
    answer = await screen.post("hire", **{**HIRE, name: value})
    assert answer.status_code == 422
    assert f'id="hire-{name}-error"' in answer.text
    assert "PO 4711" in answer.text or name == "invoice_memo"
    assert (await market.stored(submission)).stage == "offers"


async def test_a_transfer_takes_the_screen_along(market: Marketplace) -> None:
    world = market.partnership.world
    other = await world.job("Optics Lead", code="OPT-7")
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        connector = market.partnership.connector.id
        await clients.add_client_job(ctx, connector, "cust-2207", job_external_id="opt", job_id=other.id)
    target = await market.offer(other)
    submission, screen = await in_stage(market, 1)
    assert "Optics Lead" in words_of(await screen.reload())
    before = replace_session(screen)
    page = await screen.submit("transfer", job=str(other.id))
    assert "Optics Lead" in words_of(page)
    assert (await market.stored(submission)).posting_id == target.id
    assert (await before.reload()).status_code == 404
    assert (await screen.post("transfer", job="")).status_code == 422
    assert (await screen.post("transfer", job="x")).status_code == 404


def replace_session(screen: Screen) -> Screen:
    kept = Screen.__new__(Screen)
    vars(kept).update(vars(screen))
    return kept


async def test_ownership_is_contested_once(market: Marketplace) -> None:
    _, screen = await in_stage(market, 0)
    day = (datetime.now(UTC) - timedelta(days=40)).date()
    answer = await screen.post("contest", contacted_on=str(day - timedelta(days=300)), evidence="Mails.")
    assert answer.status_code == 422
    assert 'id="contest-contacted_on-error"' in answer.text
    page = await screen.submit("contest", contacted_on=str(day), evidence="Mails of March.")
    assert f"You were in contact on {day}, you say." in words_of(page)
    assert (await screen.post("contest", contacted_on=str(day), evidence="Again.")).status_code == 409


FORMS = {
    "move": {"to": "on", "feedback": "x"},
    "undo": {},
    "interview": {"day": "2026-12-01", "at": "10:00", "time_zone": "UTC", "minutes": "30"},
    "offer": {"start_date": ""},
    "hire": HIRE,
    "transfer": {"job": "x"},
    "contest": {"contacted_on": "2026-11-01", "evidence": "x"},
}


async def test_whoever_has_the_standard_right_only_looks(market: Marketplace) -> None:
    submission, _ = await in_stage(market, 1)
    watcher = await screen_of(market, submission, user="u-watcher")
    world = market.partnership.world
    async with world.services.database.writing() as conn:
        user = await client_store.user_by_external_id(
            conn, world.workspace.id, market.partnership.client.id, "u-watcher"
        )
        assert user is not None
        await client_store.set_user_permissions(conn, world.workspace.id, user.id, permissions=["standard"])
    page = await watcher.reload()
    assert (page.status_code, "<form" in page.text) == (200, False)
    for form, fields in FORMS.items():
        assert (await watcher.post(form, **fields)).status_code == 403, form
    assert (await upload(watcher, {"text": "x"}, ("a.txt", b"text"))).status_code == 403
    assert await kept_bytes(market) == 0
    assert (await market.stored(submission)).stage == "reviewing"


async def test_an_unconfirmed_or_gone_submission_opens_nothing(market: Marketplace) -> None:
    waiting = await market.submit(market.northwind)
    answer = await market.partnership.ask("application", applicationId=str(waiting.id))
    assert answer.status_code == 404
    async with market.acting() as ctx:
        await submitting.withdraw(ctx, waiting.id, market.northwind.id, reason="Never mind.")
    answer = await market.partnership.ask("application", applicationId=str(waiting.id))
    assert answer.status_code == 404


async def test_hostile_text_is_shown_as_text(market: Marketplace) -> None:
    typed = "</textarea><script>alert(1)</script>\"' {{ 7*7 }}"
    person = replace(ADA, current_title=typed, location=typed)
    submission = await market.confirmed(market.northwind, person)
    screen = await screen_of(market, submission)
    await screen.submit("move", to="on", feedback=typed)
    await upload(screen, {"text": typed})
    page = await screen.reload()
    assert "<script>" not in page.text
    assert page.text.count("&lt;script&gt;alert(1)") >= 3
    answer = await screen.post("move", to="on", feedback="\x00" + typed)
    assert (answer.status_code, "<script>" in answer.text) == (422, False)
    assert (await market.stored(submission)).stage == SubmissionStage.REVIEWING


async def test_the_resume_is_downloaded_and_read(market: Marketplace) -> None:
    submission = await market.confirmed(market.northwind)
    services, workspace_id = market.partnership.world.services, submission.workspace_id
    checked = await check_file("ada.txt", b"Ada Lovelace\nAnalyst, 1842 to 1843\n", allowed=RESUMES)
    file = await put_file(services.files, workspace_id, checked, clock=services.clock)
    async with market.acting() as ctx:
        await keep_file(ctx, file)
        await submission_store.change(ctx.conn, workspace_id, submission.id, now=ctx.now, resume_id=file.id)
    screen = await screen_of(market, submission)
    page = await screen.reload()
    address = page.text.partition('href="http://rolecall.test/files/')[2].partition('"')[0]
    assert (await screen.client.get(f"/files/{address}")).content.startswith(b"Ada Lovelace")
    assert "Analyst" not in page.text
    assert "Analyst, 1842 to 1843" in words_of(await screen.reload(resume="text"))


async def test_the_tasks_lead_to_the_first_candidate_and_back(market: Marketplace) -> None:
    await market.confirmed(market.southgate, GRACE)
    await market.confirmed(market.northwind)
    tasks = await market.partnership.screen("tasks")
    page = await tasks.reload()
    path = unescape(page.text.partition('href="/embed/open?')[2].partition('"')[0])
    opened = await tasks.client.get(f"/embed/open?{path}")
    assert opened.status_code == 303
    page = await tasks.client.get(opened.headers["location"])
    assert "Grace Hopper" in words_of(page)
    back = unescape(page.text.partition('<a href="/embed/open?')[2].partition('"')[0])
    page = await tasks.client.get(f"/embed/open?{back}", follow_redirects=True)
    assert "New candidates" in words_of(page)
    for query in (f"session={tasks.session}&to=nowhere", f"session={tasks.session}&to=application"):
        assert (await tasks.client.get(f"/embed/open?{query}")).status_code == 404
    assert (await tasks.client.get(f"/embed/open?session={tasks.session}&back=1")).status_code == 401
