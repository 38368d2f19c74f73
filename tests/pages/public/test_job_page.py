"""A job's page: what it shows, to people and to machines, and that hostile text stays text."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rolecall
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.actions.offices import NewOffice, create_office
from rolecall.actions.places import parse_place
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store.companies import Company
from tests.pages.public.conftest import Door
from tests.world import World

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & \"'"


async def page_of(world: World, job: Job) -> str:
    answer = await world.client.get(f"/jobs/{job.public_path}")
    assert answer.status_code == 200
    return answer.text


def structured_data(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


async def company(world: World, name: str = "Norrvik Optics", **facts: Any) -> Company:
    async with world.services.database.writing() as conn:
        made, _ = await create_company(world.context(conn), NewCompany(name=name, **facts))
    return made


async def test_people_read_the_facts(acme: World) -> None:
    lund = parse_place("SE-lund")
    assert lund is not None
    job = await acme.job(
        description="<p>Own the <b onclick=x()>firmware</b>.</p>",
        contract_type="fixed-term",
        workplace="hybrid",
        headcount=2,
        languages=["sv"],
        places=[lund],
        salary_min=Decimal(620000),
        salary_max=Decimal(740000),
        salary_currency="SEK",
        salary_period="year",
    )
    page = await page_of(acme, job)
    assert page.startswith("<!doctype html>")
    assert '<html lang="sv">' in page
    assert "<title>Firmware Lead | Norrvik Optics</title>" in page
    assert "<p>Own the <b>firmware</b>.</p>" in page
    for words in ("Lund, Sweden", "Hybrid", "Fixed term", "620,000 to 740,000 SEK per year", "People wanted"):
        assert words in page


async def test_plain_text_becomes_paragraphs(acme: World) -> None:
    page = await page_of(acme, await acme.job(description="Pay > 5 & rising,\nif x < y.\n\n\nSecond."))
    assert "<p>Pay &gt; 5 &amp; rising,<br>\nif x &lt; y.</p>\n<p>Second.</p>" in page


async def test_machines_read_a_job_posting(acme: World) -> None:
    lund = parse_place("SE-lund")
    assert lund is not None
    job = await acme.job(
        contract_type="permanent", workplace="remote", places=[lund], salary_min=Decimal("35.5"),
        salary_currency="SEK", salary_period="hour", company=await company(acme, website="https://norrvik.example"),
    )  # fmt: skip
    assert job.published_at is not None
    assert structured_data(await page_of(acme, job)) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Firmware Lead",
        "description": "<p>Own the firmware.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Norrvik Optics", "value": str(job.id)},
        "datePosted": job.published_at.date().isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": "Norrvik Optics", "sameAs": "https://norrvik.example"},
        "jobLocation": [
            {
                "@type": "Place",
                "name": "Lund",
                "address": {"@type": "PostalAddress", "addressLocality": "Lund", "addressCountry": "SE"},
            }
        ],
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [{"@type": "Country", "name": "SE"}],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "SEK",
            "value": {"@type": "QuantitativeValue", "minValue": 35.5, "unitText": "HOUR"},
        },
        "directApply": True,
        "totalJobOpenings": 1,
        "url": f"http://rolecall.test/jobs/{job.public_path}",
    }


async def test_a_job_without_a_place_is_at_its_companys(acme: World) -> None:
    norrvik = await company(acme, place=parse_place("SE-lund"), logo_url="https://cdn.example/logo.png")
    salary: dict[str, Any] = {"salary_min": Decimal(9), "salary_currency": "SEK"}
    job = await acme.job(company=norrvik, workplace="remote", sector="optics", **salary)
    found = structured_data(await page_of(acme, job))
    address = {"@type": "PostalAddress", "addressLocality": "Lund", "addressCountry": "SE"}
    assert found["jobLocation"] == [{"@type": "Place", "name": "Norrvik Optics", "address": address}]
    assert found["applicantLocationRequirements"] == [{"@type": "Country", "name": "SE"}]
    assert found["hiringOrganization"]["logo"] == "https://cdn.example/logo.png"
    assert (found["industry"], "baseSalary" in found) == ("optics", False), "a salary is for some time"


async def test_hostile_text_stays_text(acme: World) -> None:
    employer = await company(acme, name=HOSTILE, website="javascript:alert(1)", logo_url="javascript:alert(1)")
    job = await acme.job(HOSTILE, company=employer, description=f"Words {HOSTILE}", contract_type=HOSTILE)
    page = await page_of(acme, job)
    assert page.count("<script") == 1
    assert "alert(1)</script>" not in page
    assert "javascript:" not in page
    assert structured_data(page)["title"] == HOSTILE
    board = (await acme.client.get(f"/jobs/{employer.slug}")).text
    assert ("<script" in board, "javascript:" in board) == (False, False)


async def test_the_link_and_the_page_agree_on_one_address(door: Door) -> None:
    job = await door.world.job()
    _, path = await door.link(job)
    canonical = f'<link rel="canonical" href="http://rolecall.test/jobs/{job.public_path}">'
    assert canonical in (await door.world.client.get(path)).text
    assert canonical in await page_of(door.world, job)


async def test_the_headers_keep_scripts_and_frames_out(acme: World) -> None:
    job = await acme.job()
    answer = await acme.client.get(f"/jobs/{job.public_path}")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self' https:;")
    assert ("frame-ancestors 'none'" in policy, "script-src" in policy) == (True, False)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_a_draft_has_no_page_of_its_own(door: Door) -> None:
    job = await door.world.job(status=JobStatus.DRAFT)
    _, path = await door.link(job)
    page = (await door.world.client.get(path)).text
    assert job.public_path is None
    assert ('rel="canonical"' in page, '<meta name="robots" content="noindex">' in page) == (False, True)


async def test_pages_belong_to_their_company(acme: World, globex: World) -> None:
    ours, theirs = await acme.job(), await globex.job()
    assert ours.public_path is not None
    assert theirs.public_path is not None
    for company_slug, slug in ((theirs, ours), (ours, theirs)):
        wrong = f"/jobs/{company_slug.public_path.split('/')[0]}/{slug.public_path.split('/')[1]}"  # type: ignore[union-attr]
        assert (await acme.client.get(wrong)).status_code == 404


async def test_a_new_title_shows_at_once(acme: World) -> None:
    job = await acme.job()
    await page_of(acme, job)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title="Optics Lead"))
    assert "<h1>Optics Lead</h1>" in await page_of(acme, job)


@pytest.mark.parametrize("path", ["/jobs", "/jobs/unknown", "/jobs/a/b/c", "/jobs/%00", "/jobs/Acme"])
async def test_nothing_else_is_there(acme: World, path: str) -> None:
    answer = await acme.client.get(path)
    assert (answer.status_code, "<h1>Page not found</h1>" in answer.text) == (404, True)


async def test_a_slash_at_the_end_leads_to_the_page(door: Door) -> None:
    _, path = await door.link(await door.world.job())
    answer = await door.world.client.get(path + "/")
    assert (answer.status_code, answer.headers["location"]) == (308, path)


async def test_a_place_that_gets_another_name_shows_at_once(door: Door) -> None:
    lund = parse_place("SE-lund")
    assert lund is not None
    job = await door.world.job(places=[lund])
    _, link = await door.link(job)
    addresses = (link, f"/jobs/{job.public_path}")
    before = [(await door.world.client.get(address)).text for address in addresses]
    assert all("Lund, Sweden" in shown for shown in before)
    async with door.world.services.database.writing() as conn:
        await create_office(door.world.context(conn), NewOffice(name="The Dome", code="SE-lund", city="Dalby"))
    for address in addresses:
        shown = (await door.world.client.get(address)).text
        assert "Dalby, Sweden" in shown
        assert '"The Dome"' in shown
        assert "Lund" not in shown


def test_every_module_that_renames_what_pages_show_renews_them() -> None:
    """A statement that changes departments or locations is called by an action that calls `renew_names`."""
    source = Path(rolecall.__file__).parent
    changing = re.compile(
        r"\bupdate\s+(department|location)\s"
        r"|\binto\s+(department|location)\s[^;]*?\bdo\s+update\s+set\s+(?!name = excluded\.name\n)"
    )
    found = {str(path.relative_to(source)) for path in source.rglob("*.py") if changing.search(path.read_text())}
    # Of its two, remove_office changes nothing that pages show.
    assert found == {"store/locations.py"}
    renaming = {path for path in (source / "actions").rglob("*.py") if "locations.put_office(" in path.read_text()}
    assert {path.name for path in renaming} == {"offices.py"}
    assert all("workspaces.renew_names(" in path.read_text() for path in renaming)
