"""Passwords: hashed off the event loop, a few at once."""

import asyncio
import threading
import time

import pytest

from rolecall.actions import passwords
from rolecall.actions.passwords import PasswordsBusy, hash_password, is_password

LANTERNS = "seven rusty lanterns"


async def test_a_password_fits_its_hash_alone() -> None:
    stored = await hash_password(LANTERNS)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await is_password(LANTERNS, stored)
    for password, other in (("seven rusty lantern", stored), (LANTERNS + "x" * 200, stored), (LANTERNS, "no hash")):
        assert not await is_password(password, other)


async def test_nobodys_password_fits_nothing() -> None:
    assert not await is_password("nobody's", None)


async def test_two_are_hashed_at_once_and_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def slow(_password: str, _stored: str | None) -> bool:
        nonlocal running, most
        with lock:
            running, most = running + 1, max(most, running + 1)
        time.sleep(0.2)
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(passwords, "_is_password", slow)
    monkeypatch.setattr(passwords, "_LONGEST_WAIT", 0.05)
    async with asyncio.timeout(10):
        results = await asyncio.gather(*(is_password("x", "y") for _ in range(4)), return_exceptions=True)
    assert most == 2
    assert [type(result) for result in results] == [bool, bool, PasswordsBusy, PasswordsBusy]
