"""Passwords, hashed by argon2id in threads. Each hash takes 64 MiB and some 50 ms: few are made at once, few wait."""

import asyncio
from functools import cache
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rolecall.domain.recruiters import LONGEST_PASSWORD

_AT_ONCE = 2
_LONGEST_WAIT = 5  # seconds, for a place
_HASHER = PasswordHasher()  # the second recommended option of RFC 9106
_PLACES: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class PasswordsBusy(Exception):
    """Too many passwords are being checked at the moment."""


async def hash_password(password: str) -> str:
    """What is stored of a password. Raises PasswordsBusy."""
    async with _Place():
        return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one. It takes as long when there is none. Raises PasswordsBusy."""
    async with _Place():
        right = await asyncio.to_thread(_is_password, password[:LONGEST_PASSWORD], stored)
    return right and stored is not None and len(password) <= LONGEST_PASSWORD


def _is_password(password: str, stored: str | None) -> bool:
    try:
        return _HASHER.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """The hash that is tried where there is no password."""
    return _HASHER.hash("nobody's")


class _Place:
    """A place among those who hash. Raises PasswordsBusy when there is none for too long."""

    async def __aenter__(self) -> None:
        self._places = _PLACES.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                await self._places.acquire()
        except TimeoutError as error:
            raise PasswordsBusy from error

    async def __aexit__(self, *_: object) -> None:
        self._places.release()
