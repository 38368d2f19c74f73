"""Requests to addresses that others name: what is refused, and what a receiver cannot do to us."""

import asyncio
import ipaddress
import socket
from typing import Any

import pytest

from rolecall.adapters.outbound import HttpOutbound, is_allowed
from rolecall.ports.outbound import AddressRefused, Unreachable
from tests.receiver import answer, receiver

LOOPBACK = [ipaddress.ip_network("127.0.0.0/8")]

INSIDE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]
OUTSIDE = ["93.184.216.34", "2606:4700:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused(address: str) -> None:
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address))


def test_the_operator_may_allow_a_network() -> None:
    assert is_allowed(ipaddress.ip_address("10.1.2.3"), [ipaddress.ip_network("10.1.0.0/16")])
    assert not is_allowed(ipaddress.ip_address("10.2.2.3"), [ipaddress.ip_network("10.1.0.0/16")])


@pytest.fixture
async def outbound():
    made = HttpOutbound(allowed=[])
    yield made
    await made.close()


@pytest.fixture
async def allowing():
    made = HttpOutbound(allowed=LOOPBACK)
    yield made
    await made.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"])
async def test_a_receiver_inside_gets_nothing(outbound: HttpOutbound, host: str) -> None:
    async with receiver() as inside:
        with pytest.raises(AddressRefused):
            await outbound.send("POST", inside.url.replace("127.0.0.1", host), seconds=5)
        assert inside.received == []


@pytest.mark.parametrize("url", ["ftp://example.com/", "http:///x", "http://a:b@example.com/", "no address", "http://"])
async def test_what_is_no_address_is_refused(outbound: HttpOutbound, url: str) -> None:
    with pytest.raises(AddressRefused):
        await outbound.send("GET", url, seconds=5)


async def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name stands for an allowed address when it is checked, and for another one whenever it is asked again."""
    asked: list[str] = []

    async def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    outbound = HttpOutbound(allowed=[ipaddress.ip_network("127.0.0.1/32")])
    async with receiver() as there:
        url = there.url.replace("127.0.0.1", "rebound.example")
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding)
        assert (await outbound.send("POST", url, seconds=5, body=b"{}")).status == 200
        assert (asked, len(there.received)) == (["rebound.example"], 1)
        with pytest.raises(AddressRefused):
            await outbound.send("POST", url, seconds=5, body=b"{}")
        assert len(there.received) == 1
    await outbound.close()


async def test_an_answer_comes_as_it_is(allowing: HttpOutbound) -> None:
    async with receiver(lambda _: answer(418, "short and stout", Kind="tea")) as there:
        reply = await allowing.send("POST", there.url + "?a=b", seconds=5, headers={"X-A": "b"}, body=b"{}")
    assert (reply.status, reply.body, reply.headers["kind"], reply.cut) == (418, b"short and stout", "tea", False)
    assert (there.received[0].target, there.received[0].headers["x-a"]) == ("/hooks?a=b", "b")


async def test_a_redirect_is_an_answer(allowing: HttpOutbound) -> None:
    async with receiver() as elsewhere, receiver(lambda _: answer(307, Location=elsewhere.url)) as there:
        assert (await allowing.send("POST", there.url, seconds=5, body=b"{}")).status == 307
        assert elsewhere.received == []


async def test_a_long_answer_is_cut(allowing: HttpOutbound) -> None:
    async with receiver(lambda _: answer(200, "x" * 100_000)) as there:
        reply = await allowing.send("GET", there.url, seconds=5, at_most=10)
    assert (reply.body, reply.cut) == (b"x" * 10, True)


async def test_who_hangs_is_left(allowing: HttpOutbound) -> None:
    async with receiver(lambda _: None) as there:
        with pytest.raises(Unreachable, match=r"no answer within 0\.2 s"):
            await allowing.send("GET", there.url, seconds=0.2)


async def test_nobody_there_is_said(allowing: HttpOutbound) -> None:
    async with receiver() as there:
        pass
    with pytest.raises(Unreachable):
        await allowing.send("GET", there.url, seconds=5)


async def test_proxies_of_the_environment_are_not_asked(
    allowing: HttpOutbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiver() as proxy, receiver(lambda _: answer(204)) as there:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert (await allowing.send("GET", there.url, seconds=5)).status == 204
        assert proxy.received == []
