"""Requests to addresses that other people name, kept away from the installation's own network.

The address that a name stands for is looked up here, checked, and then connected to as it is: a name that means
something else a moment later changes nothing. Redirects are not followed, proxies of the environment not asked.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import httpcore
import httpx

from rolecall.ports.outbound import USUAL_ANSWER, AddressRefused, Reply, Unreachable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_MOST_CONNECTIONS = 100
_IDLE_SECONDS = 15
_AGENT = "Rolecall"


def is_allowed(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether requests may go to an address: a public one, or one of a network that the operator allows.

    What carries an IPv4 address inside (mapped, 6to4, Teredo, NAT64) is as public as that is.
    """
    if any(address in network for network in allowed):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner:
            return all(is_allowed(found, allowed) for found in inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _inner(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return list(address.teredo)
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return []


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to what a name stands for once it is checked."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        refused: Exception = AddressRefused(f"{host} is an address inside, or none")
        for address in await _addresses(host, port):
            if not is_allowed(address, self._allowed):
                continue
            try:
                return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                refused = error  # the next address of the name may answer
        raise refused

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.AsyncNetworkStream:
        del timeout, socket_options
        raise AddressRefused(f"{path} is a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _addresses(host: str, port: int) -> list[Address]:
    """What a name stands for now, in the order in which the system prefers it."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(ipaddress.ip_address(str(place[0]).partition("%")[0]) for *_, place in found))


class HttpOutbound:
    """`ports.outbound.Outbound` on one pool of connections. Its certificates are checked as a browser would."""

    def __init__(self, *, allowed: Sequence[Network]) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_CheckedNetwork(allowed),
        )

    async def close(self) -> None:
        """Close the connections that are open."""
        await self._pool.aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        at_most: int = USUAL_ANSWER,
    ) -> Reply:
        """See `ports.outbound.Outbound`."""
        request = _request(method, url, headers=headers or {}, body=body)
        try:
            async with asyncio.timeout(seconds), self._answer(request) as answer:
                content, cut = await _read(answer, at_most=at_most)
                return Reply(status=answer.status, headers=_headers(answer), body=content, cut=cut)
        except TimeoutError as error:
            raise Unreachable(f"no answer within {seconds:g} s") from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error

    @asynccontextmanager
    async def _answer(self, request: httpcore.Request) -> AsyncGenerator[httpcore.Response]:
        answer = await self._pool.handle_async_request(request)
        try:
            yield answer
        finally:
            await answer.aclose()


def _request(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None) -> httpcore.Request:
    """The request as it goes over the wire: httpx knows how addresses and headers are written."""
    sent = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": _AGENT, **headers}
    try:
        built = httpx.Request(method, url, headers=sent, content=body)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressRefused(f"not an address: {error}") from error
    if built.url.scheme not in {"http", "https"} or not built.url.host or built.url.userinfo:
        raise AddressRefused("only http and https addresses without a password in them are asked")
    return httpcore.Request(
        method=built.method,
        url=httpcore.URL(
            scheme=built.url.raw_scheme, host=built.url.raw_host, port=built.url.port, target=built.url.raw_path
        ),
        headers=built.headers.raw,
        content=body,
    )


async def _read(answer: httpcore.Response, *, at_most: int) -> tuple[bytes, bool]:
    content = bytearray()
    async for part in answer.aiter_stream():
        content += part
        if len(content) > at_most:
            return bytes(content[:at_most]), True
    return bytes(content), False


def _headers(answer: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
