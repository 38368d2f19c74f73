"""POST /applications: what is stored of an application, and of the person who sent it."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.domain.jobs import JobStatus
from rolecall.store.events import of_record
from tests.documents_sent import PDF, TAKEN
from tests.surfaces.recruitsome.applicants import PERSON, Applicant, applicant, as_base64, sent_document
from tests.surfaces.recruitsome.conftest import CareerSite


async def test_the_contracts_example_is_answered_as_printed(site: CareerSite) -> None:
    await site.vacancy("Maintenance planner", publication={"slug": "maintenance-planner-zwolle"})
    milan = Applicant(site, "maintenance-planner-zwolle")
    answer = await milan.send(
        candidate=PERSON | {"phone": "06 12345670"},
        motivation="I like planning.",
        documents=[{"type": "resume", "filename": "milan.pdf", "content": "JVBERi0xLjQK"}],
        tracking={"utm_source": "newsletter", "utm_medium": "email"},
        consent={"privacy_policy": True, "talent_pool": False},
    )
    assert answer.status_code == 201
    (application,) = await milan.rows("application")
    assert answer.json() == {
        "message": "Application submitted successfully.",
        "data": {
            "id": application["number"],
            "status": "received",
            "vacancy": "maintenance-planner-zwolle",
            "documents_count": 1,
            "submitted_at": application["applied_at"].isoformat(timespec="seconds"),
        },
    }


async def test_an_application_is_stored_with_all_that_was_sent(site: CareerSite) -> None:
    milan = await applicant(site, places=["NL-zwolle"])
    tracking = {"utm_source": " newsletter", "referrer": "https://a.example/?q=1", "landing_page": "/jobs"}
    await milan.send(motivation="I like planning.", tracking=tracking | {"other": "x"})
    (application,) = await milan.rows("application")
    (stage, *others) = await milan.rows("stage")
    assert application["motivation"] == "I like planning."
    assert application["tracking"] == tracking
    assert (application["status"], application["source"]) == ("applied", " newsletter")
    assert application["stage_id"] == stage["id"]
    assert [stage["name"], *(other["name"] for other in others)][:2] == ["Applied", "Screening"]
    assert application["publication_id"] is not None


async def test_a_candidate_is_stored_with_all_that_was_sent(site: CareerSite) -> None:
    milan = await applicant(site, places=["NL-zwolle"])
    address = {"address_line_1": "Melkmarkt 1", "postal_code": "8011 MC", "locality": "Zwolle", "country_code": "nl"}
    profile = {
        "phone": "06 12345670",
        "date_of_birth": "1990-02-28",
        "language": "NL",
        "linkedin_url": "https://www.linkedin.com/in/milan",
        "website_url": "http://milan.example",
        "current_job_title": "Planner",
        "current_employer": "Deltion",
        "available_from": "2026-09-01",
        "address": address,
    }
    await milan.send(candidate=PERSON | profile)
    (found,) = await milan.rows("candidate")
    assert found["slug"] == f"milan-de-wit-{found['number']}"
    assert (found["kind"], found["status"], found["email"]) == ("applicant", "potential", "milan@mail.example")
    assert (found["phone_numbers"], found["language"]) == (["+31612345670"], "nl")
    assert (found["date_of_birth"], found["available_from"]) == (date(1990, 2, 28), date(2026, 9, 1))
    assert (found["title"], found["company"]) == ("Planner", "Deltion")
    assert (found["address"], found["city"], found["country_code"]) == (address, "Zwolle", "NL")
    assert found["linkedin_url"] == "https://www.linkedin.com/in/milan"


async def test_a_number_is_read_in_the_country_of_the_job(site: CareerSite) -> None:
    milan = await applicant(site, places=["NL-zwolle"])
    await milan.send(candidate=PERSON | {"phone": "038 421 0000"})
    await milan.send(candidate=PERSON | {"phone": "ask at the desk", "email": "desk@mail.example"})
    assert [row["phone_numbers"] for row in await milan.rows("candidate")] == [["+31384210000"], ["ask at the desk"]]


async def test_names_as_on_the_team_are_taken_too(site: CareerSite) -> None:
    milan = await applicant(site)
    answer = await milan.send(candidate={"given_name": "Milan", "family_name": "de Wit", "email": "m@mail.example"})
    assert answer.status_code == 201
    (found,) = await milan.rows("candidate")
    assert (found["first_name"], found["last_name"]) == ("Milan", "de Wit")


async def test_consent_is_stored_with_its_time(site: CareerSite) -> None:
    milan = await applicant(site)
    await milan.send(consent={"privacy_policy": True, "consented_at": "2026-05-06T11:00:00+02:00"})
    (found,) = await milan.rows("candidate")
    assert found["privacy_accepted_at"] == datetime(2026, 5, 6, 9, tzinfo=UTC)
    assert found["talent_pool_at"] is None
    later = datetime.now(UTC) + timedelta(days=9)
    await milan.send(consent={"privacy_policy": True, "talent_pool": True, "consented_at": later.isoformat()})
    (found,) = await milan.rows("candidate")
    assert datetime(2026, 5, 6, 9, tzinfo=UTC) < found["privacy_accepted_at"] < later
    assert found["talent_pool_at"] == found["privacy_accepted_at"]


async def test_documents_are_stored_with_the_application(site: CareerSite) -> None:
    milan = await applicant(site)
    kinds = ["resume", "cover_letter", "portfolio", "certificate", "other"]
    documents = [sent_document(PDF + kind.encode(), name=f"{kind}.pdf", kind=kind) for kind in kinds]
    answer = await milan.send(documents=documents)
    assert answer.json()["data"]["documents_count"] == 5
    (application,) = await milan.rows("application")
    attached = await milan.rows("attachment")
    assert [(row["kind"], row["name"]) for row in attached] == [(kind, f"{kind}.pdf") for kind in kinds]
    assert {row["application_id"] for row in attached} == {application["id"]}
    for kind, file in zip(kinds, await milan.rows("file"), strict=True):
        content = await site.world.services.files.get(file["key"])
        assert content == PDF + kind.encode()
        assert (file["media_type"], file["sha256"]) == ("application/pdf", hashlib.sha256(content).digest())


async def test_every_kind_of_document_is_taken(site: CareerSite) -> None:
    milan = await applicant(site)
    answer = await milan.send(documents=[sent_document(content, name=f"cv.{kind}") for kind, content in TAKEN.items()])
    assert answer.status_code == 201, answer.text
    assert [row["name"] for row in await milan.rows("file")] == [f"cv.{kind}" for kind in TAKEN]


async def test_base64_with_line_ends_or_as_a_data_uri_is_taken(site: CareerSite) -> None:
    milan = await applicant(site)
    plain = as_base64(PDF)
    contents = [f"{plain[:8]}\r\n{plain[8:]}", f"data:application/pdf;base64,{plain}"]
    documents = [{"type": "resume", "filename": "cv.pdf", "content": content} for content in contents]
    assert (await milan.send(documents=documents)).status_code == 201
    assert [row["size"] for row in await milan.rows("file")] == [len(PDF)] * 2


async def test_multipart_says_the_same_as_json(site: CareerSite) -> None:
    milan = await applicant(site, places=["NL-zwolle"])
    fields = {
        "candidate[phone]": "06 12345670",
        "candidate[address][locality]": "Zwolle",
        "motivation": "I like planning.",
        "documents[0][type]": "resume",
        "documents[1][type]": "other",
        "tracking[utm_source]": "newsletter",
        "consent[privacy_policy]": "on",
        "consent[talent_pool]": "0",
    }
    files = [
        ("documents[0][file]", ("milan.pdf", PDF, "application/octet-stream")),
        ("documents[1][file]", ("photo.bin", TAKEN["jpg"], "text/html")),
    ]
    answer = await milan.post_form(fields, files)
    assert answer.status_code == 201, answer.text
    (application,) = await milan.rows("application")
    (candidate,) = await milan.rows("candidate")
    assert (application["motivation"], application["source"]) == ("I like planning.", "newsletter")
    assert (candidate["city"], candidate["phone_numbers"]) == ("Zwolle", ["+31612345670"])
    assert candidate["privacy_accepted_at"] is not None
    assert candidate["talent_pool_at"] is None
    names = [(row["name"], row["media_type"]) for row in await milan.rows("file")]
    assert names == [("milan.pdf", "application/pdf"), ("photo.bin.jpg", "image/jpeg")]


async def test_an_application_has_its_events(site: CareerSite) -> None:
    milan = await applicant(site)
    await milan.send()
    (application,), (candidate,) = await milan.rows("application"), await milan.rows("candidate")
    workspace_id = site.world.workspace.id
    async with site.world.services.database.reading() as conn:
        (applied,) = await of_record(conn, workspace_id, application["id"])
        (known,) = await of_record(conn, workspace_id, candidate["id"])
    assert (applied.type, known.type) == ("application.created", "candidate.created")
    assert applied.payload == {"candidate_id": str(candidate["id"]), "job_id": str(application["job_id"])}
    assert applied.actor.startswith("credential:")


async def test_a_slug_from_before_a_new_title_still_takes_applications(site: CareerSite) -> None:
    milan = await applicant(site)
    (publication,) = await milan.rows("publication")
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        await change_job(ctx, await hold_job(ctx, publication["job_id"]), JobChanges(title="Clerk"))
    (renamed,) = await milan.rows("publication")
    assert renamed["slug"] != milan.slug
    answer = await milan.send()
    assert (answer.status_code, answer.json()["data"]["vacancy"]) == (201, milan.slug)
    (application,) = await milan.rows("application")
    assert application["publication_id"] == publication["id"]
    again = await Applicant(site, renamed["slug"]).send()
    assert again.status_code == 201


async def test_an_old_slug_takes_no_applications_once_the_job_is_closed(site: CareerSite) -> None:
    milan = await applicant(site)
    (publication,) = await milan.rows("publication")
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        await change_job(ctx, await hold_job(ctx, publication["job_id"]), JobChanges(title="Clerk"))
    await site.world.move(publication["job_id"], JobStatus.CLOSED)
    assert await milan.refused() == {"vacancy": ["The selected vacancy is invalid."]}
    assert await milan.rows("application") == []
