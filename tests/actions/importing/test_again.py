"""Importing again: what has not changed is left alone, what has changed is updated in place."""

import asyncio
from datetime import date

import pytest

from rolecall.actions.importing import Progress
from rolecall.actions.importing.batches import BATCH_LINES
from rolecall.actions.importing.changes import status_after
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.domain.jobs import JobStatus
from rolecall.store import jobs
from tests.actions.importing.conftest import NOW, Importer, counts, posting
from tests.world import World

TABLES = ("job", "publication", "screening_question", "job_department", "job_location", "job_term", "company", "event")
LATER = NOW.replace(month=4)


async def test_a_second_run_changes_nothing(importer: Importer):
    lines = [posting(id=str(number)) for number in range(5)]
    await importer.lines(*lines)
    before = [await importer.rows(table, f"{table}.*, xmin::text") for table in TABLES]
    assert counts(await importer.lines(*lines, now=LATER)) == (0, 0, 5, 0, 0)
    assert [await importer.rows(table, f"{table}.*, xmin::text") for table in TABLES] == before


async def test_a_line_that_is_only_written_differently_is_unchanged(importer: Importer):
    await importer.lines(b'{"id": "a", "title": "T", "company": "C", "remote": null}')
    again = await importer.lines(b'{ "company":"C","title":"\\u0054","id":"a", "unknown": 1 }', now=LATER)
    assert counts(again) == (0, 0, 1, 0, 0)


async def test_a_changed_line_updates_its_job_in_place(importer: Importer):
    await importer.lines(posting(), posting(id="other"))
    job, *_ = await importer.rows("job", "id, created_at, published_at", "remote_id desc")
    page, *_ = await importer.rows("publication", "id, number, slug, published_at", "number")
    changed = posting(title="Tunnel Engineer", department="Tunnels", employment_type="INTERN", salary=None)
    assert counts(await importer.lines(changed, posting(id="other"), now=LATER)) == (0, 1, 1, 0, 0)
    after, *_ = await importer.rows("job", "*", "remote_id desc")
    assert {name: after[name] for name in job} == job
    assert (after["title"], after["salary_min"], after["modified_at"]) == ("Tunnel Engineer", None, LATER)
    assert after["raw"] == changed
    page_after, *_ = await importer.rows("publication", "*", "number")
    assert {name: page_after[name] for name in page} == page
    assert page_after["search_text"].startswith("tunnel engineer\n")
    departments = await importer.rows("job_department", "department_id")
    assert len({row["department_id"] for row in departments}) == 2
    assert [await importer.count(table) for table in ("job_location", "job_term", "job_department")] == [2, 6, 2]


async def test_the_body_is_renewed_with_the_row(importer: Importer):
    await importer.lines(posting())
    await importer.lines(posting(title="Tunnel Engineer", company="Other", location={"country": "SE"}))
    services = importer.world.services
    row = await importer.one("job", "id, unified")
    async with services.database.reading() as conn:
        job = await jobs.get(conn, importer.world.workspace.id, row["id"])
    assert job is not None
    assert (services.job_body(job), job.title) == (bytes(row["unified"]), "Tunnel Engineer")
    assert job.public_path is not None
    assert job.public_path.startswith("other")


async def test_questions_keep_their_ids_as_long_as_they_ask_the_same(importer: Importer):
    questions = [{"text": "A?"}, {"text": "B?"}, {"text": "B?"}, {"text": "C?", "options": ["1"]}]
    await importer.lines(posting(screening_questions=questions))
    stored = await importer.rows("screening_question", "id, text, options", "position")
    questions = [{"text": "C?", "options": ["1", "2"]}, {"text": "B?"}, {"text": "D?"}]
    await importer.lines(posting(screening_questions=questions))
    after = await importer.rows("screening_question", "id, text, options", "position")
    assert [(row["text"], row["options"]) for row in after] == [("C?", ["1", "2"]), ("B?", []), ("D?", [])]
    assert [row["id"] for row in after[:2]] == [stored[3]["id"], stored[1]["id"]]


async def test_what_an_operator_did_to_the_status_stays(importer: Importer):
    await importer.lines(posting())
    job = await importer.one("job", "id")
    await importer.world.move(job["id"], JobStatus.PAUSED)
    await importer.lines(posting(title="Changed"))
    assert await importer.one("job", "status, title") == {"status": "paused", "title": "Changed"}
    assert (await importer.one("publication", "active"))["active"] is False


async def test_an_edited_job_is_overwritten_by_a_changed_line_only(importer: Importer):
    await importer.lines(posting())
    job_id = (await importer.one("job", "id"))["id"]
    async with importer.world.services.database.writing() as conn:
        ctx = importer.world.context(conn)
        await change_job(ctx, await hold_job(ctx, job_id), JobChanges(title="Edited"))
    assert counts(await importer.lines(posting())) == (0, 0, 1, 0, 0)
    assert (await importer.one("job", "title"))["title"] == "Edited"
    assert counts(await importer.lines(posting(positions=3))) == (0, 1, 0, 0, 0)
    assert (await importer.one("job", "title"))["title"] == "Bridge Engineer"


async def test_a_new_last_day_closes_and_reopens(importer: Importer):
    async def status(last_day: str | None) -> tuple[str, bool, int]:
        await importer.lines(posting(valid_through=last_day))
        active = await importer.rows("publication_count", "active", "language")
        page = await importer.one("publication", "active")
        return (await importer.one("job", "status"))["status"], page["active"], active[0]["active"]

    assert await status("2026-06-30") == ("open", True, 1)
    assert await status("2026-02-28") == ("closed", False, 0)
    assert await status(None) == ("open", True, 1)


@pytest.mark.parametrize(
    ("status", "old", "new", "after"),
    [
        ("open", None, None, "open"),
        ("open", "2026-03-01", "2026-03-01", "open"),  # an operator has reopened it
        ("open", None, "2026-03-01", "closed"),
        ("paused", None, "2026-03-01", "closed"),
        ("draft", None, "2026-03-01", "draft"),
        ("archived", "2026-03-01", None, "archived"),
        ("closed", "2026-03-01", "2026-03-02", "open"),
        ("closed", "2026-03-02", "2026-03-03", "closed"),  # an operator has closed it
        ("paused", "2026-03-01", None, "paused"),
    ],
)
def test_the_status_follows_the_last_day(status: str, old: str | None, new: str | None, after: str):
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    assert status_after(JobStatus(status), day(old), day(new), today=date(2026, 3, 2)) == after


async def test_a_posting_that_becomes_internal_leaves_the_website(importer: Importer):
    await importer.lines(posting())
    page = await importer.one("publication", "id, number, slug")
    await importer.lines(posting(visibility="internal"))
    moved = await importer.one("publication", "id, number, slug, channel")
    assert moved == page | {"channel": "internal"}
    assert b'"job_posting_urls":[]' in bytes((await importer.one("job", "unified"))["unified"])
    assert {row["active"] for row in await importer.rows("publication_count", "active")} == {0}
    await importer.lines(posting(visibility="external"))
    assert await importer.one("publication", "id, number, slug, channel") == page | {"channel": "website"}
    assert page["slug"].encode() in bytes((await importer.one("job", "unified"))["unified"])


async def test_of_two_lines_with_one_id_the_later_wins(importer: Importer):
    lines = [posting(title="First"), posting(id="other"), posting(title="Second")]
    assert counts(await importer.lines(*lines)) == (2, 0, 0, 1, 0)
    assert {row["title"] for row in await importer.rows("job", "title")} == {"Second", "Bridge Engineer"}
    assert counts(await importer.lines(*lines)) == (0, 0, 2, 1, 0)


async def test_an_id_that_comes_again_far_below_is_an_update(importer: Importer):
    lines = [{"id": str(number), "title": "T", "company": "C"} for number in range(2 * BATCH_LINES)]
    again = [{**lines[0], "title": "Second"}, lines[1]]
    report = await importer.lines(*lines[:BATCH_LINES], *again, *lines[BATCH_LINES:])
    assert counts(report) == (2 * BATCH_LINES, 1, 1, 0, 0)
    assert await importer.rows("job", "title", "remote_id::int limit 1") == [{"title": "Second"}]


async def test_two_imports_at_once_wait_for_each_other(importer: Importer):
    source = importer.folder / "many.ndjson"
    lines = (b'{"id": "%d", "title": "T", "company": "C%d"}\n' % (number, number % 7) for number in range(1500))
    source.write_bytes(b"".join(lines))
    told: list[Progress] = []
    reports = await asyncio.gather(*(importer.file(source, on_progress=told.append) for _ in range(2)))
    assert sorted(counts(report)[:3] for report in reports) == [(0, 0, 1500), (1500, 0, 0)]
    assert [progress.waiting for progress in told].count(True) == 1
    assert (await importer.count("job"), await importer.count("company")) == (1500, 7)


async def test_each_workspace_has_its_own(importer: Importer, stranger: Importer):
    lines = [posting(id=str(number)) for number in range(3)]
    await asyncio.gather(importer.lines(*lines), stranger.lines(*lines))
    for table in ("job", "publication", "company", "department", "location", "screening_question"):
        ours, theirs = await importer.rows(table, "id"), await stranger.rows(table, "id")
        assert len(ours) == len(theirs) > 0
        assert not {row["id"] for row in ours} & {row["id"] for row in theirs}
    await importer.lines(*(posting(id=str(number), title="Changed") for number in range(3)))
    assert {row["title"] for row in await stranger.rows("job", "title")} == {"Bridge Engineer"}


async def test_every_written_record_is_in_an_event(importer: Importer, acme: World):
    await importer.lines(posting(id="a"), posting(id="b"))
    await importer.lines(posting(id="a"), posting(id="b", title="Changed"))
    ids = {row["remote_id"]: str(row["id"]) for row in await importer.rows("job", "remote_id, id")}
    company = await importer.one("company", "id")
    events = await importer.rows("event", "type, record_kind, actor, payload", "id")  # the first made the workspace
    assert [(event["type"], event["payload"]) for event in events[1:]] == [
        ("company.imported", {"created": [str(company["id"])]}),
        ("job.imported", {"created": [ids["a"], ids["b"]], "updated": []}),
        ("job.imported", {"created": [], "updated": [ids["b"]]}),
    ]
    assert {(event["record_kind"], event["actor"]) for event in events[1:]} == {("import", "operator")}
