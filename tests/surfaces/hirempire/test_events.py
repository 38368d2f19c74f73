"""What HirEmpire's webhooks are told: each event with its body."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from rolecall.actions.context import record
from rolecall.actions.hiring import create_interview
from rolecall.actions.ids import new_id
from rolecall.actions.members import NewMember, create_member
from rolecall.domain.jobs import JobStatus
from rolecall.services import linked_file
from rolecall.store import applications, attachments, files
from rolecall.store.files import File
from rolecall.surfaces.hirempire.webhooks import EVENTS
from tests.background import work_off
from tests.contract.contracts import contract, problems
from tests.people import NOW, answer_of, attachment_of, make_application, make_candidate
from tests.receiver import receiver
from tests.surfaces.hirempire.conftest import Listening, Tracker, register
from tests.world import World


async def test_a_job_that_is_created_as_active_was_added(listening: Listening) -> None:
    company_id = await listening.tracker.company()
    job_id = await listening.tracker.added(company_id=company_id)
    (body,) = await listening.told()
    assert list(body) == ["event", "timestamp", "company", "job"]
    assert body["company"] == {"id": company_id, "name": "Larkspur Labs"}
    assert body["job"] == {
        "id": job_id,
        "title": "Robotics Technician",
        "department": "Engineering",
        "job_country": "Portugal",
        "career_level": "Mid-level",
        "salary_range": "42000 EUR",
        "salary_period": "Per year",
        "salary_currency": "EUR",
        "hide_salary": False,
        "job_type": "Full-time",
        "workplace_type": "On-site",
        "job_description": body["job"]["job_description"],
        "sources": ["LinkedIn", "Campus fair"],
    }
    assert "Keep the pilot line running and document every fix." in body["job"]["job_description"]
    assert problems("hirempire", {"$ref": "#/components/schemas/JobAddedEvent"}, body) == []


async def test_the_life_of_a_job(listening: Listening) -> None:
    job_id = await listening.tracker.added(status="Pending")
    assert await listening.words() == []
    for status in ("Active", "Paused", "Closed", "Active", "Closed"):
        await listening.tracker.update(job_id, status=status)
    await listening.tracker.call("DELETE", f"delete-job?job_id={job_id}")
    told = await listening.told()
    assert [body["event"] for body in told] == [
        "job_activated",
        "job_deactivated",
        "job_activated",
        "job_deactivated",
        "job_deleted",
    ]
    for body, name in ((told[0], "JobActivatedEvent"), (told[1], "JobDeactivatedEvent"), (told[-1], "JobDeletedEvent")):
        assert problems("hirempire", {"$ref": f"#/components/schemas/{name}"}, body) == []


async def test_an_active_job_that_is_archived_was_deleted_and_nothing_else(listening: Listening) -> None:
    job_id = await listening.tracker.added()
    await listening.tracker.call("DELETE", f"delete-job?job_id={job_id}")
    assert await listening.words() == ["job_added", "job_deleted"]


async def test_a_job_without_a_salary_says_nothing_of_it(listening: Listening) -> None:
    await listening.world.job()
    (body,) = await listening.told()
    job = body["job"]
    assert (job["salary_range"], job["salary_currency"], job["salary_period"]) == ("", None, None)
    assert (job["job_country"], job["department"], job["sources"]) == ("Worldwide", "Other", [])


async def test_a_mission_of_a_partner_is_told_too(listening: Listening) -> None:
    """What came in by another contract is the same job."""
    job = await listening.world.job("Firmware Lead", status=JobStatus.PAUSED)
    told = await listening.told()
    assert [(body["event"], body["job"]["id"]) for body in told] == [
        ("job_added", str(job.id)),
        ("job_deactivated", str(job.id)),
    ]


async def _applied(world: World, verb: tuple[str, str], **facts: object) -> UUID:
    """An application with everything, and an event about it."""
    job = await world.job("Robotics Technician")
    async with world.services.database.writing() as conn:
        candidate = await make_candidate(
            conn,
            world.workspace.id,
            country_code="PT",
            city="Braga",
            nationality="Portugal",
            experience_years=4,
            linkedin_url="https://www.linkedin.com/in/mira",
            **facts,
        )
        application = await make_application(conn, candidate, job.id, source="LinkedIn")
        await record(
            world.context(conn), *verb, record_id=application.id, application_id=str(application.id), job_id=str(job.id)
        )
    return application.id


async def test_an_application_is_told(listening: Listening) -> None:
    applicant_id = await _applied(listening.world, ("application", "created"))
    body = (await listening.told())[-1]
    assert list(body) == ["event", "timestamp", "job", "company", "applicant"]
    assert (set(body["company"]), body["company"]["company"]) == ({"id", "company"}, "Norrvik Optics")
    assert body["job"]["title"] == "Robotics Technician"
    assert body["applicant"] == {
        "id": str(applicant_id),
        "name": "Mira Okafor",
        "email": "Mira.Okafor@example.org",
        "phone": "+351910000112",
        "linkedin_url": "https://www.linkedin.com/in/mira",
        "cv_url": None,
        "photo": None,
        "source": "LinkedIn",
        "nationality": "Portugal",
        "location": "Portugal",
        "city": "Braga",
        "years_of_experience": 4,
        "spoken_languages": [{"language": "Portuguese", "fluency": "native"}],
        "ai_evaluation": None,
        "special_questions": [],
        "media_questions": {"audio_url": None, "video_url": None},
    }
    assert problems("hirempire", {"$ref": "#/components/schemas/ApplicantAppliedEvent"}, body) == []


async def test_a_resume_that_was_read_is_told(listening: Listening) -> None:
    await _applied(listening.world, ("candidate", "resume_read"))
    body = (await listening.told())[-1]
    assert list(body) == ["event", "timestamp", "company", "job", "applicant"]
    assert (body["event"], set(body["company"])) == ("cv_upload_completed", {"id", "company"})
    assert set(body["applicant"]) == set(
        contract("hirempire")["components"]["schemas"]["EventApplicantShort"]["properties"]
    )
    assert problems("hirempire", {"$ref": "#/components/schemas/CvUploadCompletedEvent"}, body) == []


async def test_a_meeting_that_the_unified_api_books_is_told(listening: Listening) -> None:
    world = listening.world
    job = await world.job("Robotics Technician")
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        application = await make_application(conn, await make_candidate(conn, world.workspace.id), job.id)
        member = await create_member(
            ctx, NewMember(email="rui@larkspur.example", first_name="Rui", last_name="Sampaio")
        )
        interview_id = await create_interview(
            ctx,
            application.connector_id,
            application_id=application.id,
            starts_at=datetime(2026, 5, 27, 9, 0, tzinfo=UTC),
            ends_at=datetime(2026, 5, 27, 9, 45, tzinfo=UTC),
            interviewer_ids=[member.id],
            location="https://video.example.org/r/xyz",
        )
    body = (await listening.told())[-1]
    assert list(body) == ["event", "timestamp", "company", "job", "applicant", "meeting"]
    assert body["applicant"] == {"id": str(application.id), "name": "Mira Okafor", "email": "Mira.Okafor@example.org"}
    assert body["meeting"] == {
        "id": str(interview_id),
        "scheduled_at": "2026-05-27T09:00:00.000Z",
        "duration_minutes": 45,
        "meeting_type": "Interview",
        "meeting_link": "https://video.example.org/r/xyz",
        "organizer": {"name": "Rui Sampaio", "email": "rui@larkspur.example"},
    }
    assert problems("hirempire", {"$ref": "#/components/schemas/MeetingBookedEvent"}, body) == []


async def test_a_resume_of_nobody_who_applied_is_not_told(listening: Listening) -> None:
    async with listening.world.services.database.writing() as conn:
        await record(listening.world.context(conn), "candidate", "resume_read", record_id=uuid4())
    assert await listening.words() == []


async def _with_files(world: World) -> None:
    """An application with a resume, a photo, an answer in words and one on video, and its event."""
    job = await world.job("Robotics Technician")
    async with world.services.database.writing() as conn:
        file = File(
            workspace_id=world.workspace.id,
            id=new_id(),
            key=f"{new_id()}",
            name="mira.pdf",
            media_type="application/pdf",
            size=1,
            sha256=b"",
            created_at=NOW,
        )
        await files.insert(conn, file)
        candidate = await make_candidate(conn, world.workspace.id, photo_id=file.id)
        application = await make_application(conn, candidate, job.id)
        said = answer_of(application, position=1, question="Which shift?", kind="text", answer="Day")
        filmed = answer_of(application, position=2, question="Hello?", kind="video", answer=None, file_id=file.id)
        await applications.insert_answers(conn, [said, filmed])
        await attachments.insert(conn, attachment_of(application, file_id=file.id, url=None))
        await record(world.context(conn), "application", "created", record_id=application.id)


async def test_files_are_sent_as_signed_addresses(listening: Listening) -> None:
    await _with_files(listening.world)
    body = (await listening.told())[-1]
    applicant = body["applicant"]
    for address in (applicant["cv_url"], applicant["photo"], applicant["media_questions"]["video_url"]):
        token = address.rpartition("/")[2]
        assert linked_file(listening.world.services, token)[0] == listening.world.workspace.id
    assert applicant["special_questions"] == [{"question": "Which shift?", "answer": "Day"}]
    assert applicant["media_questions"]["audio_url"] is None
    assert problems("hirempire", {"$ref": "#/components/schemas/ApplicantAppliedEvent"}, body) == []


async def test_an_import_is_not_told(listening: Listening) -> None:
    async with listening.world.services.database.writing() as conn:
        await record(listening.world.context(conn), "job", "imported", record_id=uuid4(), created=[str(uuid4())])
    assert await listening.words() == []


async def test_only_what_was_asked_for_is_sent(tracker: Tracker, database_url: str) -> None:
    async with receiver() as there:
        await register(tracker, there.url, ["job_deleted"])
        job_id = await tracker.added()
        await tracker.call("DELETE", f"delete-job?job_id={job_id}")
        await work_off(tracker.world, database_url)
        assert [body["event"] for body in there.messages] == ["job_deleted"]


async def test_a_stranger_hears_nothing(listening: Listening, strange_tracker: Tracker) -> None:
    await strange_tracker.added()
    assert await listening.words() == []


def test_the_seven_words_are_the_contracts() -> None:
    assert list(EVENTS) == contract("hirempire")["components"]["schemas"]["WebhookEvent"]["enum"]
