"""Who opens a link, as far as it is kept: a class of device, the host they come from, and a hash that lives a day."""

import os
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from crawlerdetect import CrawlerDetect

from rolecall.domain.visits import Device, device_of, referrer_host
from rolecall.store import visits
from rolecall.store.db import Connection

_HASH_BYTES = 16
_SALT_BYTES = 32
# Longer ones are cut: the list's patterns take time by the square of the length, 8 ms at this one.
_LONGEST_AGENT = 400  # bytes
_LONGEST_REFERRER = 300
_crawlers = CrawlerDetect()


class Visitor(NamedTuple):
    """What a request says of who makes it; `agent` and `referrer` as they are in its headers. It is never stored."""

    address: str
    agent: bytes
    referrer: bytes

    @property
    def device(self) -> Device:
        """The class of device, `bot` for every program that the kept list knows, and for what has no user agent."""
        return _device(self.agent[:_LONGEST_AGENT])

    @property
    def referrer_host(self) -> str | None:
        """The host of the page that has the link, None where none is told."""
        return _host(self.referrer[:_LONGEST_REFERRER]) if self.referrer else None


@lru_cache(maxsize=4_096)
def _device(agent: bytes) -> Device:
    text = agent.decode("latin-1").strip()
    if not text or _crawlers.is_crawler(text):
        return Device.BOT
    return device_of(text)


@lru_cache(maxsize=4_096)
def _host(referrer: bytes) -> str | None:
    return referrer_host(referrer.decode("latin-1"))


class VisitorHashes:
    """Makes hashes of visitors: the same for one address and user agent within a workspace and a day (UTC).

    The key is of two halves. One is the installation's secret, so that a copy of the database does not do; the other is
    random, a day old at most, and deleted then, so that afterwards nobody can tell whose a hash is.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._day: date | None = None
        self._key = b""

    async def key(self, conn: Connection, day: date) -> bytes:
        """The key of a day, which all processes agree on."""
        if self._day != day:
            salt = await visits.salt_of(conn, day, fresh=os.urandom(_SALT_BYTES))
            self._key, self._day = self._secret + salt, day
        return self._key


def visitor_hash(key: bytes, workspace_id: UUID, visitor: Visitor) -> bytes:
    """16 bytes that stand for a visitor for a day; no workspace's are another's."""
    text = b"%b%b\0%b" % (workspace_id.bytes, visitor.address.encode(), visitor.agent)
    return blake2b(text, digest_size=_HASH_BYTES, key=key).digest()
