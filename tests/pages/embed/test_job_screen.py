"""The job screen as a person uses it: form after form, without scripts or cookies."""

import asyncio

import pytest

from rolecall.actions.clients import add_client_job
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import Posting, PostingState
from rolecall.store import events, postings
from tests.partnership import TERMS, Partnership, Screen, words_of


@pytest.fixture
async def screen(oakline: Partnership) -> Screen:
    return await oakline.screen("job")


async def stored(oakline: Partnership) -> Posting | None:
    async with oakline.world.services.database.reading() as conn:
        return await postings.of_job(conn, oakline.world.workspace.id, oakline.job.id)


async def event_types(oakline: Partnership) -> list[str]:
    posting = await stored(oakline)
    assert posting is not None
    async with oakline.world.services.database.reading() as conn:
        return [event.type for event in await events.of_record(conn, oakline.world.workspace.id, posting.id)]


async def test_a_job_without_a_posting_opens_the_form_filled_from_the_job(oakline: Partnership) -> None:
    job = await oakline.world.job(
        "Optics Lead", description="<p>Own the optics.</p><ul><li>Lead &amp; learn</li></ul>", code="OPT-1"
    )
    async with oakline.world.services.database.writing() as conn:
        await add_client_job(
            oakline.world.context(conn), oakline.connector.id, "cust-2207", job_external_id="opt", job_id=job.id
        )
    page = await Screen(oakline.world, await oakline.link_token(jobId="opt")).open()
    assert "Offer this job to agencies" in words_of(page)
    assert 'value="Optics Lead"' in page.text
    assert "Own the optics.\n\n- Lead &amp; learn</textarea>" in page.text


async def test_the_whole_journey(oakline: Partnership, screen: Screen) -> None:
    corvid = await oakline.agency("Corvid Search", "Firmware", preferred=True)
    await oakline.agency("Lund Talent", "Optics", preferred=True)
    harbor = await oakline.agency("Harbor & Birch", "Executive")

    page = await screen.submit("save", **TERMS)
    assert "Saved as a draft" in words_of(page)
    assert "17.5 % of the first year\u2019s pay" in words_of(page)
    page = await screen.open()
    assert "Agencies cannot see this posting yet." in words_of(page)

    assert 'value="17.5"' in (await screen.open(edit="1")).text
    page = await screen.submit("save", **{**TERMS, "version": "1", "title": "Firmware Head", "fee_percent": "20"})
    assert "Your changes are saved. " in words_of(page)
    assert "Firmware Head" in words_of(page)

    page = await screen.submit("agencies", add=str(harbor.id))
    assert "Agencies 1 Harbor & Birch" in words_of(page)
    page = await screen.submit("agencies", add_preferred="1")
    assert "Agencies 3 Corvid Search Preferred" in words_of(page)
    page = await screen.submit("agencies", remove=str(corvid.id))
    assert "Agencies 2 Harbor & Birch" in words_of(page)

    assert "The agencies below work on this posting." in words_of(await screen.submit("flow", to="open"))
    page = await screen.submit("flow", to="yielded", reason="Five interviews this week.")
    assert "read your reason: Five interviews this week." in words_of(page)
    assert "work on this posting" in words_of(await screen.submit("flow", to="open"))
    page = await screen.submit("flow", to="closed")
    assert "Agencies no longer work on this posting." in words_of(page)
    assert "Reopen" in words_of(await screen.open())
    await screen.submit("flow", to="open")
    posting = await stored(oakline)
    assert posting is not None
    assert (posting.state, posting.title, posting.yield_reason, posting.version) == ("open", "Firmware Head", None, 2)
    moved, chosen = ["posting.moved"] * 5, ["posting.agencies_added"] * 2 + ["posting.agency_removed"]
    assert await event_types(oakline) == ["posting.created", "posting.changed", *chosen, *moved]


async def test_search_finds_names_and_specialties_and_comes_back_after_a_choice(
    oakline: Partnership, screen: Screen
) -> None:
    await screen.submit("save", **TERMS)
    marlow = await oakline.agency("Marlow Technical", "Firmware", "Electronics")
    await oakline.agency("100%_sure Staffing", "Legal")
    for search, found in [
        ("marl", True),
        ("ELECTRO firm", True),
        ("100%_S", False),
        ("marl legal", False),
        ("%", False),
    ]:
        assert ("Marlow Technical" in words_of(await screen.open(q=search))) is found, search
    assert "100%_sure Staffing" in words_of(await screen.open(q="0%_su"))
    assert "No other agency matches “zz”" in words_of(await screen.open(q="zz"))
    answer = await screen.post("agencies", add=str(marlow.id), q="electro")
    assert answer.headers["location"].endswith("&done=added&q=electro#agencies")
    for hostile in ("\x00", "a" * 5000, "\\", "'", "<script>"):
        assert (await screen.open(q=hostile)).status_code == 200


async def test_preferred_and_fitting_agencies_are_offered_first(oakline: Partnership, screen: Screen) -> None:
    await screen.submit("save", **TERMS)
    for name, specialty, preferred in [("A", "Legal", False), ("B", "firmware lead", False), ("C", "Sales", True)]:
        await oakline.agency(f"{name} Staffing", specialty, preferred=preferred)
    page = words_of(await screen.open())
    assert page.index("C Staffing") < page.index("B Staffing") < page.index("A Staffing")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", " ", "Fill this in."),
        ("title", "a" * 201, "At most 200 characters, this has 201."),
        ("title", "a\x00b", "It holds characters that are no text."),
        ("description", "\n", "Fill this in."),
        ("description", "a" * 20_001, "At most 20,000 characters, this has 20,001."),
        ("fee_percent", "", "Fill this in."),
        ("fee_percent", "0", "More than 0 and at most 100."),
        ("fee_percent", "100.01", "More than 0 and at most 100."),
        ("fee_percent", "17.555", "A number such as 18 or 17.5, with at most two decimals."),
        ("fee_percent", "1e1", "A number such as 18 or 17.5, with at most two decimals."),
        ("fee_percent", "\u0661\u0662", "A number such as 18 or 17.5, with at most two decimals."),
        ("fee_percent", "9" * 5000, "A number such as 18 or 17.5, with at most two decimals."),
        ("must_haves", "\n".join(f"line {n}" for n in range(21)), "At most 20 lines, these are 21."),
        ("must_haves", "a" * 201, "At most 200 characters, this has 201."),
        ("question_2", "a" * 301, "At most 300 characters, this has 301."),
    ],
)
async def test_a_fault_stands_at_its_field_and_what_was_typed_stays(
    oakline: Partnership, screen: Screen, field: str, value: str, message: str
) -> None:
    answer = await screen.post("save", **{**TERMS, "title": "Typed title", field: value})
    assert answer.status_code == 422
    name = "questions" if field.startswith("question") else field
    assert f'id="{name}-error">{message}</p>' in answer.text
    assert answer.text.count('class="field-error"') == 1
    assert 'aria-invalid="true"' in answer.text
    assert "Swedish or English" in answer.text or field == "must_haves"
    assert await stored(oakline) is None


async def test_all_faults_show_at_once(screen: Screen) -> None:
    answer = await screen.post("save", version="0")
    assert answer.status_code == 422
    assert words_of(answer).count("Fill this in.") == 3


async def test_hostile_text_is_shown_as_text(screen: Screen) -> None:
    typed = "</textarea><script>alert(1)</script>\"' {{ 7*7 }}"
    page = await screen.submit(
        "save", **{**TERMS, "title": typed, "description": typed, "must_haves": typed, "question_1": typed}
    )
    assert "<script>" not in page.text
    assert page.text.count("&lt;script&gt;alert(1)") >= 4
    assert "<script>" not in (await screen.open(edit="1")).text
    answer = await screen.post("flow", to="yielded", reason="\x00" + typed)
    assert (answer.status_code, "<script>" in answer.text) == (409, False)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"title=%ED%A0%80&version=0", 422),
        (b"title=%00%FF&version=0", 422),
        (b"version=0&title=a&title=b&description=c&fee_percent=5", 422),
        (b"version=x", 400),
        (b"version=%D9%A1", 400),
        (b"version=" + b"9" * 500, 400),
        (b"&" * 500, 400),
        (b"a=b&" * 300, 400),
        (b"version=0&title=" + b"a" * 1_000_001, 413),
        (b"version=0&description=" + b"a" * 900_000, 422),
    ],
)
async def test_a_hostile_body_gets_a_page_and_stores_nothing(
    oakline: Partnership, screen: Screen, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"session=" + (screen.session or "").encode() + b"&" + body
    answer = await oakline.world.client.post("/embed/job/save", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert await stored(oakline) is None


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
async def test_only_forms_are_read(oakline: Partnership, screen: Screen, media_type: str) -> None:
    body = f"session={screen.session}&to=open"
    answer = await oakline.world.client.post("/embed/job/flow", content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 400


async def test_line_ends_are_one_kind_and_empty_lines_of_lists_go(oakline: Partnership, screen: Screen) -> None:
    must_haves = "\r\n First \r\n\r\nSecond\rFirst\n"
    typed = {**TERMS, "description": " a\r\nb ", "must_haves": must_haves, "question_1": "", "question_3": " Why? "}
    await screen.submit("save", **{**typed, "fee_percent": " 12,50 % "})
    posting = await stored(oakline)
    assert posting is not None
    assert (posting.description, posting.must_haves, posting.questions) == ("a\nb", ["First", "Second"], ["Why?"])
    assert str(posting.fee_percent) == "12.50"


async def test_sending_the_form_twice_at_once_makes_one_posting(oakline: Partnership, screen: Screen) -> None:
    answers = await asyncio.gather(*(screen.post("save", **TERMS) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {303}
    again = {**TERMS, "version": "1", "title": "Changed"}
    answers = await asyncio.gather(*(screen.post("save", **again) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {303}
    assert await event_types(oakline) == ["posting.created", "posting.changed"]


async def test_two_tabs(oakline: Partnership, screen: Screen) -> None:
    await screen.submit("save", **TERMS)
    await screen.submit("save", **{**TERMS, "version": "1", "title": "From tab one"})
    answer = await screen.post("save", **{**TERMS, "version": "1", "title": "From tab two"})
    assert answer.status_code == 409
    assert "Somebody else changed this posting" in words_of(answer)
    assert 'value="From tab two"' in answer.text
    assert "Now stored: From tab one" in words_of(answer)
    assert words_of(answer).count("Now stored:") == 1
    assert 'name="version" value="2"' in answer.text
    await screen.submit("save", **{**TERMS, "version": "2", "title": "From tab two"})
    posting = await stored(oakline)
    assert posting is not None
    assert (posting.title, posting.version) == ("From tab two", 3)


async def test_two_people_offer_the_same_job_at_once(oakline: Partnership, screen: Screen) -> None:
    second = Screen(oakline.world, await oakline.link_token(userId="u-559"))
    await screen.submit("save", **TERMS)
    answer = await second.post("save", **{**TERMS, "fee_percent": "25"})
    assert answer.status_code == 409
    assert "Now stored: 17.5" in words_of(answer)


async def test_forms_that_do_not_fit_change_nothing(oakline: Partnership, screen: Screen) -> None:
    assert (await screen.post("flow", to="open")).status_code == 404
    assert (await screen.post("agencies", add_preferred="1")).status_code == 404
    assert (await screen.post("save", **{**TERMS, "version": "3"})).status_code == 404
    await screen.submit("save", **TERMS)
    for form, fields, status in [
        ("flow", {"to": "closed"}, 409),
        ("flow", {"to": "yielded", "reason": "x"}, 409),
        ("flow", {"to": "locked"}, 400),
        ("flow", {"to": "draft"}, 400),
        ("flow", {}, 400),
        ("agencies", {}, 400),
        ("agencies", {"add": ""}, 404),
        ("agencies", {"add": "\x00" * 36}, 404),
        ("agencies", {"add": "00000000-0000-0000-0000-000000000000"}, 404),
    ]:
        assert (await screen.post(form, **fields)).status_code == status, (form, fields)
    assert await event_types(oakline) == ["posting.created"]


async def test_yielding_needs_a_reason(oakline: Partnership, screen: Screen) -> None:
    await screen.submit("save", **TERMS)
    await screen.submit("flow", to="open")
    for reason, message in [("  ", "Fill this in."), ("a" * 501, "At most 500 characters, this has 501.")]:
        answer = await screen.post("flow", to="yielded", reason=reason)
        assert answer.status_code == 422
        assert f'id="reason-error">{message}</p>' in answer.text
        assert reason.strip() in answer.text
    await screen.submit("flow", to="yielded", reason="First")
    assert "Second" in words_of(await screen.submit("flow", to="yielded", reason="Second"))


async def test_forms_sent_again_are_harmless(oakline: Partnership, screen: Screen) -> None:
    agency = await oakline.agency("Corvid Search")
    await screen.submit("save", **TERMS)
    for form, fields in [
        ("agencies", {"add": str(agency.id)}),
        ("flow", {"to": "open"}),
        ("flow", {"to": "yielded", "reason": "Busy"}),
        ("flow", {"to": "closed"}),
    ]:
        for _ in range(2):
            assert (await screen.post(form, **fields)).status_code == 303
    assert (await event_types(oakline))[1:] == ["posting.agencies_added", *["posting.moved"] * 3]


async def test_a_closed_posting_is_read_only_until_it_is_reopened(oakline: Partnership, screen: Screen) -> None:
    agency = await oakline.agency("Corvid Search")
    await screen.submit("save", **TERMS)
    await screen.submit("flow", to="open")
    page = await screen.submit("flow", to="closed")
    assert "Add agencies" not in words_of(page)
    for form, fields in [
        ("save", {**TERMS, "version": "1", "title": "Changed"}),
        ("agencies", {"add": str(agency.id)}),
        ("agencies", {"remove": str(agency.id)}),
    ]:
        answer = await screen.post(form, **fields)
        assert answer.status_code == 409
        assert "A closed posting cannot be changed. Reopen it first." in words_of(answer)


@pytest.mark.parametrize("status", [JobStatus.PAUSED, JobStatus.CLOSED])
async def test_a_job_that_is_not_open_closes_its_posting(
    oakline: Partnership, screen: Screen, status: JobStatus
) -> None:
    await screen.submit("save", **TERMS)
    await screen.submit("flow", to="open")
    await oakline.world.move(oakline.job.id, status)
    page = words_of(await screen.open())
    assert f"The job is {status}, so its posting is closed for agencies. It is open again when the job is." in page
    assert "Reopen" not in page
    for form, fields in [("flow", {"to": "open"}), ("save", {**TERMS, "version": "1", "title": "x"})]:
        answer = await screen.post(form, **fields)
        assert answer.status_code == 409
        assert f"The job is {status}, so it cannot be offered to agencies." in words_of(answer)
    await oakline.world.move(oakline.job.id, JobStatus.OPEN)
    assert "The posting is open, but goes to no agency yet." in words_of(await screen.open())


async def test_a_draft_job_can_be_prepared_but_not_offered(oakline: Partnership) -> None:
    job = await oakline.world.job("Private", status=JobStatus.DRAFT)
    async with oakline.world.services.database.writing() as conn:
        ctx = oakline.world.context(conn)
        await add_client_job(ctx, oakline.connector.id, "cust-2207", job_external_id="draft", job_id=job.id)
    screen = Screen(oakline.world, await oakline.link_token(jobId="draft"))
    assert "open it to agencies once the job is open" in words_of(await screen.open())
    page = await screen.submit("save", **TERMS)
    assert "opened to agencies once the job is open" in words_of(page)
    assert "Open to agencies" not in words_of(page)
    assert (await screen.post("flow", to="open")).status_code == 409
    await oakline.world.move(job.id, JobStatus.OPEN)
    assert (await screen.post("flow", to="open")).status_code == 303


async def test_a_locked_posting_can_only_be_closed(oakline: Partnership, screen: Screen) -> None:
    await screen.submit("save", **TERMS)
    posting = await stored(oakline)
    assert posting is not None
    async with oakline.world.services.database.writing() as conn:
        await postings.set_state(
            conn, posting.workspace_id, posting.id, PostingState.LOCKED, yield_reason=None, now=posting.updated_at
        )
    page = words_of(await screen.open())
    assert "Locked The posting is locked since" in page
    assert "Reopen" not in page
    assert (await screen.post("flow", to="open")).status_code == 409
    assert "no longer work on this posting" in words_of(await screen.submit("flow", to="closed"))


async def test_an_unknown_agency_is_named_on_the_screen(screen: Screen) -> None:
    await screen.submit("save", **TERMS)
    answer = await screen.post("agencies", add="x")
    assert answer.status_code == 404
    assert "There is no agency of that id." in words_of(answer)
