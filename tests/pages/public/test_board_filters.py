"""A board that is searched and filtered: by its address alone, with counts beside what can be chosen."""

import re

import pytest

from rolecall.actions.places import parse_place
from rolecall.domain.jobs import JobStatus
from rolecall.store.companies import Company
from tests.world import World

LUND, ZWOLLE = parse_place("SE-lund"), parse_place("NL-zwolle")


@pytest.fixture
async def company(acme: World) -> Company:
    """Four jobs of two departments in two places, one of them remote."""
    company = await acme.company()
    for title, department, place, kind, workplace in (
        ("Firmware Lead", "Engineering", LUND, "full-time", "onsite"),
        ("Firmware Tester", "Engineering", ZWOLLE, "Full time", "remote"),
        ("Optics Buyer", "Sales & Supply", LUND, "part_time", "hybrid"),
        ("Planner", "Sales & Supply", ZWOLLE, "permanent", "onsite"),
    ):
        await acme.job(
            title,
            company=company,
            department_ids=[await acme.department(department)],
            places=[place],
            contract_type=kind,
            workplace=workplace,
            description="Own the lidar." if "Optics" in title else "Plan and build.",
        )
    return company


async def board(acme: World, company: Company, query: str = "") -> str:
    answer = await acme.client.get(f"/jobs/{company.slug}{query}")
    assert answer.status_code == 200
    return answer.text


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', page)


def options(page: str, name: str) -> list[str]:
    """What a filter offers: label and count."""
    select = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="[^"]+"[^>]*>([^<]+)</option>', select[0]) if select else []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=firmware", ["Firmware Tester", "Firmware Lead"]),
        ("?q=FIRM+lead", ["Firmware Lead"]),
        ("?q=lidar", ["Optics Buyer"]),
        ("?department=Sales+%26+Supply", ["Planner", "Optics Buyer"]),
        ("?location=SE-lund", ["Optics Buyer", "Firmware Lead"]),
        ("?type=full-time", ["Firmware Tester", "Firmware Lead"]),
        ("?workplace=remote", ["Firmware Tester"]),
        ("?location=SE-lund&department=Engineering&utm_source=mail", ["Firmware Lead"]),
        ("?q=%25", []),
        ("?location=SE-lund&q=planner", []),
        ("?workplace=nowhere", []),
    ],
)
async def test_an_address_finds(acme: World, company: Company, query: str, found: list[str]) -> None:
    assert titles(await board(acme, company, query)) == found


async def test_each_filter_counts_what_the_others_leave(acme: World, company: Company) -> None:
    page = await board(acme, company, "?location=SE-lund")
    assert options(page, "location") == ["Lund, Sweden (2)", "Zwolle, Netherlands (2)"]
    assert options(page, "department") == ["Engineering (1)", "Sales &amp; Supply (1)"]
    assert options(page, "type") == ["Full time (1)", "Part time (1)"]
    assert options(page, "workplace") == ["Hybrid (1)", "On site (1)"]
    assert options(page, "language") == []
    assert "2 of 4 jobs fit" in page


async def test_what_narrows_the_list_can_be_taken_off(acme: World, company: Company) -> None:
    page = await board(acme, company, "?q=lead&location=SE-lund")
    assert f'href="/jobs/{company.slug}?location=SE-lund" rel="nofollow"' in page
    assert f'href="/jobs/{company.slug}?q=lead" rel="nofollow"' in page
    assert '<option value="SE-lund" selected>' in page
    assert '<details class="filters" open>' in page


async def test_nothing_found_says_what_to_do(acme: World, company: Company) -> None:
    page = await board(acme, company, "?q=astronaut&department=Catering")
    assert "0 of 4 jobs fit" in page
    assert "Try fewer or shorter words" in page
    assert f'<a class="button button-primary" href="/jobs/{company.slug}">See all jobs</a>' in page
    assert '<option value="Catering" selected>Catering (0)</option>' in page


async def test_only_the_whole_board_is_listed_by_search_engines(acme: World, company: Company) -> None:
    address = f"http://rolecall.test/jobs/{company.slug}"
    whole, narrowed = await board(acme, company), await board(acme, company, "?location=SE-lund")
    assert (f'<link rel="canonical" href="{address}">' in whole, "noindex" in whole) == (True, False)
    assert ("canonical" in narrowed, '<meta name="robots" content="noindex, follow">' in narrowed) == (False, True)


async def test_a_form_that_is_sent_leads_to_an_address_to_share(acme: World, company: Company) -> None:
    answer = await acme.client.get(f"/jobs/{company.slug}?q=&department=&location=SE-lund&type=&workplace=")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/jobs/{company.slug}?location=SE-lund")


async def test_pages_keep_what_was_chosen(acme: World) -> None:
    company = await acme.company()
    for number in range(27):
        await acme.job(f"Job {number:02}", company=company, places=[LUND])
    page = await board(acme, company, "?q=job&location=SE-lund")
    assert f'rel="next" href="/jobs/{company.slug}?q=job&amp;location=SE-lund&amp;page=2"' in page
    assert titles(await board(acme, company, "?q=job&location=SE-lund&page=2")) == ["Job 01", "Job 00"]


async def test_what_is_typed_is_shown_as_text(acme: World, company: Company) -> None:
    page = await board(acme, company, "?q=%3Cscript%3Ealert(1)%3C/script%3E&department=%22%3E%3Cb%3E")
    assert ("<script>alert" in page, "<b>" in page) == (False, False)


@pytest.mark.parametrize("query", ["?q=" + "x" * 201, "?q=" + "x" * 3000, "?" + "&".join("a=b" for _ in range(99))])
async def test_an_address_that_is_too_long_has_no_page(acme: World, company: Company, query: str) -> None:
    assert (await acme.client.get(f"/jobs/{company.slug}{query}")).status_code == 404


@pytest.mark.parametrize("query", ["?q=%ff%fe", "?q=%00", "?lang=%00", "?department=%00%ff", "?=&&==", "?q=%ED%A0%80"])
async def test_an_address_that_says_nonsense_breaks_nothing(acme: World, company: Company, query: str) -> None:
    assert (await acme.client.get(f"/jobs/{company.slug}{query}")).status_code in {200, 303, 404}


async def test_jobs_of_other_companies_and_statuses_are_not_counted(acme: World, company: Company) -> None:
    await acme.job("Firmware Elsewhere", places=[LUND])
    await acme.job("Firmware Paused", company=company, places=[LUND], status=JobStatus.PAUSED)
    page = await board(acme, company, "?q=firmware")
    assert options(page, "location") == ["Lund, Sweden (1)", "Zwolle, Netherlands (1)"]
