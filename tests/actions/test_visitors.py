"""Visitors: programs are known, hashes are of a day and a workspace, and the salt is all processes' own."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from rolecall.actions.visitors import Visitor, VisitorHashes, visitor_hash
from rolecall.domain.visits import Device
from rolecall.store import visits
from rolecall.store.db import Database

PHONE = (
    b"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36"
)
SOMEBODY = Visitor("192.0.2.7", PHONE, b"https://www.linkedin.com/feed/")
SECRET = b"a secret of 32 bytes, more or le"


@pytest.mark.parametrize(
    "agent",
    [
        b"",
        b" ",
        b"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        PHONE + b" (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        b"LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        b"WhatsApp/2.23.20.0 A",
        b"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0)",
        b"curl/8.5.0",
        b"python-httpx/0.28.1",
    ],
)
def test_programs_are_bots(agent: bytes):
    assert SOMEBODY._replace(agent=agent).device == Device.BOT


def test_people_are_none_and_come_from_somewhere():
    assert (SOMEBODY.device, SOMEBODY.referrer_host) == (Device.PHONE, "www.linkedin.com")
    assert SOMEBODY._replace(referrer=b"").referrer_host is None
    assert SOMEBODY._replace(agent=b"\xff\xfe").device == Device.UNKNOWN


def test_headers_without_end_are_cut():
    endless = SOMEBODY._replace(agent=PHONE + b" " * 60_000 + b"Googlebot", referrer=b"https://" + b"a" * 60_000)
    assert (endless.device, endless.referrer_host) == (Device.PHONE, None)


async def test_a_hash_is_of_one_visitor_one_day_and_one_workspace(database: Database):
    today = datetime.now(UTC).date()
    here, there = uuid4(), uuid4()
    async with database.writing() as conn:
        key = await VisitorHashes(SECRET).key(conn, today)
        other_day = await VisitorHashes(SECRET).key(conn, today + timedelta(days=1))
        assert await VisitorHashes(SECRET).key(conn, today) == key  # as another process would have it
        assert await VisitorHashes(b"another").key(conn, today) != key
    hashes = [
        visitor_hash(key, here, SOMEBODY),
        visitor_hash(key, there, SOMEBODY),
        visitor_hash(other_day, here, SOMEBODY),
        visitor_hash(key, here, SOMEBODY._replace(address="192.0.2.8")),
        visitor_hash(key, here, SOMEBODY._replace(agent=b"another")),
    ]
    assert len({*hashes}) == 5
    assert visitor_hash(key, here, SOMEBODY._replace(referrer=b"")) == hashes[0]
    assert {len(found) for found in hashes} == {16}


async def test_a_salt_that_is_deleted_does_not_come_back(database: Database):
    day = datetime(2020, 5, 4, tzinfo=UTC).date()
    async with database.writing() as conn:
        first = await VisitorHashes(SECRET).key(conn, day)
        assert await visits.forget_salts(conn, day + timedelta(days=1)) >= 1
        assert await VisitorHashes(SECRET).key(conn, day) != first
        await visits.forget_salts(conn, day + timedelta(days=1))
