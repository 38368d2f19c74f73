"""Statements on the settings screen: for finance managers, of their client, a month at a time."""

import csv
import io
from uuid import UUID

import httpx
import pytest

from rolecall.domain.clients import Permission
from rolecall.store.db import fetch_value
from tests.marketplace import Marketplace
from tests.pages.embed.test_settings_screen import hired, oakline, rights
from tests.partnership import Partnership, Screen, build_partnership, words_of
from tests.world import World

__all__ = ["hired", "oakline"]  # fixtures
OTHERS = [str(right) for right in Permission if right != Permission.FINANCE_MANAGER]


async def file(screen: Screen, **query: str) -> httpx.Response:
    params = {"session": screen.session or "", **query}
    return await screen.client.get("/embed/settings/statement.csv", params=params)


async def test_a_month_is_told_and_taken_along(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    screen = await rights(oakline, "finance_manager")
    said = words_of(await screen.reload(part="statements"))
    assert "EUR 0 10,715.95 0 0 10,715.95 0 0" in said
    assert "Invoiced Ada Lovelace Firmware Lead Northwind Search" in said
    answer = await file(screen)
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[1][1:5] == ["Invoiced", "Ada Lovelace", "Firmware Lead", "Northwind Search"]
    assert rows[1][-1] == str(hired[1])
    assert "Nothing was invoiced" in words_of(await screen.reload(part="statements", month="2025-01"))


async def test_only_finance_managers_have_statements(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    screen = await rights(oakline, *OTHERS)
    page = await screen.reload(part="statements")
    assert "Statement" not in words_of(page)
    answer = await file(screen)
    assert answer.status_code == 403
    assert "Lovelace" not in answer.text


async def test_nobody_reads_those_of_others(
    oakline: Partnership, hired: tuple[Marketplace, UUID], globex: World
) -> None:
    theirs = await (await build_partnership(globex)).screen("settings")
    sister = await oakline.screen("settings", clientId="cust-9", userId="u-1")
    for screen in (theirs, sister):
        assert "Lovelace" not in (await screen.reload(part="statements")).text
        assert len((await file(screen)).text.splitlines()) == 1
    async with oakline.world.services.database.reading() as conn:
        assert await fetch_value(conn, "select count(*) from agency_hire where id = %s", [hired[1]]) == 1


@pytest.mark.parametrize("month", ["soon", "2026-13", "9999-12", "0001-01", "<b>"])
async def test_months_that_cannot_be(oakline: Partnership, month: str) -> None:
    screen = await oakline.screen("settings")
    page = await screen.reload(part="statements", month=month)
    assert (page.status_code, "A month such as 2026-03." in words_of(page)) == (200, True)
    assert "<b>" not in page.text
    assert (await file(screen, month=month)).status_code == 400
