"""The lists of the settings screen, a page at a time."""

import re
from html import unescape
from uuid import UUID

import pytest

from rolecall.actions.ids import new_id
from tests.marketplace import Marketplace
from tests.pages.embed.test_settings_screen import hired, oakline, user_id
from tests.partnership import Partnership, Screen

__all__ = ["hired", "oakline"]  # fixtures
MANY = 120


async def pages(screen: Screen, part: str, label: str) -> list[str]:
    """All pages of a part, following its link to the next one."""
    page = await screen.reload(part=part)
    found = [page.text]
    while more := re.search(rf'href="([^"]+)">{label}</a>', page.text):
        page = await screen.client.get(unescape(more[1]))
        assert page.status_code == 200
        found.append(page.text)
        assert len(found) < 10
    return found


def names(pages_: list[str], pattern: str) -> list[list[str]]:
    return [[name.strip() for name in re.findall(pattern, page)] for page in pages_]


async def _fill(oakline: Partnership, statement: str, *values: object) -> None:
    async with oakline.world.services.database.writing() as conn:
        for number in range(MANY):
            await conn.execute(statement.encode(), [oakline.world.workspace.id, new_id(), *values, f"n{number:03}"])


async def test_people_come_in_pages_the_deactivated_last(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    await _fill(
        oakline,
        """
        insert into client_user (workspace_id, id, client_id, permissions, created_at, external_id, disabled_at)
        select %s, %s, %s, '{standard}', now(), n, case when right(n, 1)::int % 2 = 0 then now() end
        from (select %s::text as n) t
        """.replace("% 2", "%% 2"),
        oakline.client.id,
    )
    shown = names(await pages(screen, "people", "More people"), r'<p class="agency-name">(n\d+|u-558)')
    assert [len(page) for page in shown] == [50, 50, 21]
    flat = [name for page in shown for name in page]
    odd, even = [f"n{n:03}" for n in range(1, MANY, 2)], [f"n{n:03}" for n in range(0, MANY, 2)]
    assert flat == ["u-558", *odd, *even]
    last = await user_id(oakline, "n118")
    assert 'id="edit-heading">n118' in (await screen.reload(part="people", person=last)).text


async def test_cost_centers_come_in_pages_the_archived_last(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    await _fill(
        oakline,
        """
        insert into cost_center (workspace_id, id, client_id, address, invoice_recipients, is_default, created_at,
                                 updated_at, name, archived_at)
        select %s, %s, %s, 'Kaia 4', '{}', n = 'n077', now(), now(), n,
               case when right(n, 1)::int % 2 = 0 then now() end
        from (select %s::text as n) t
        """.replace("% 2", "%% 2"),
        oakline.client.id,
    )
    shown = names(await pages(screen, "centers", "More cost centers"), r'<p class="agency-name">(n\d+)')
    assert [len(page) for page in shown] == [50, 50, 20]
    odd, even = [f"n{n:03}" for n in range(1, MANY, 2)], [f"n{n:03}" for n in range(0, MANY, 2)]
    odd.remove("n077")
    assert [name for page in shown for name in page] == ["n077", *odd, *even]


async def test_hires_come_in_pages(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    world, hire_id = oakline.world, hired[1]
    async with world.services.database.writing() as conn:
        for number in range(MANY):
            submission = new_id()
            query = """
                insert into submission (workspace_id, id, posting_id, agency_id, stage, first_name, last_name, email,
                                        email_key, name_key, confirmed_at, stage_since, created_at, updated_at)
                select workspace_id, %s, posting_id, agency_id, 'hired', 'P', %s, email, email_key, name_key,
                       confirmed_at, stage_since, created_at, updated_at
                from submission where workspace_id = %s and stage = 'hired' order by id limit 1
            """
            await conn.execute(query, [submission, f"n{number:03}", world.workspace.id])
            query = """
                insert into agency_hire (workspace_id, id, submission_id, agency_id, starts_on, first_year_pay,
                                         currency, work_location, fee_percent, fee_amount, due_on,
                                         guaranteed_until, created_at)
                select workspace_id, %s, %s, agency_id, starts_on, first_year_pay, 'NOK', work_location, fee_percent,
                       100, due_on, guaranteed_until, created_at
                from agency_hire where workspace_id = %s and id = %s
            """
            await conn.execute(query, [new_id(), submission, world.workspace.id, hire_id])
    screen = await oakline.screen("settings")
    found = await pages(screen, "hires", "Older hires")
    shown = names(found, r'<p class="agency-name">(P n\d+|Ada Lovelace)')
    assert [len(page) for page in shown] == [50, 50, 21]
    assert [name for page in shown for name in page] == [
        *(f"P n{n:03}" for n in range(MANY - 1, -1, -1)),
        "Ada Lovelace",
    ]
    assert all("10,715.95 EUR, 12,000.00 NOK" in page for page in found)
    assert "Ada Lovelace left" in (await screen.reload(part="hires", hire=str(hire_id))).text


@pytest.mark.parametrize(("part", "name"), [("people", "after"), ("centers", "after"), ("hires", "before")])
async def test_a_place_that_is_none(oakline: Partnership, part: str, name: str) -> None:
    screen = await oakline.screen("settings")
    for value in ("x", "\x00", str(new_id()), ""):
        page = await screen.reload(headers=None, **{"part": part, name: value})
        assert page.status_code == 200
