"""A receiver of webhooks on a real socket: the only thing that is not ours."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Received:
    """One request as it came."""

    target: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def echo(received: Received) -> bytes:
    """The answer to a challenge, and to everything else that it was taken."""
    body = received.json()
    return answer(200, json.dumps({"challenge": body["challenge"]}) if "challenge" in body else "")


def answer(status: int, body: str = "", **headers: str) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body.encode())}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


@dataclass(slots=True)
class Receiver:
    """Keeps what it gets, and answers as `says` does; an answer of None hangs until the receiver is gone."""

    url: str = ""
    says: Callable[[Received], bytes | None] = echo
    received: list[Received] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def messages(self) -> list[Any]:
        """The bodies of what came, without challenges."""
        return [body for body in (one.json() for one in self.received) if "challenge" not in body]

    async def wait_for(self, count: int, *, seconds: float = 10) -> None:
        async with asyncio.timeout(seconds), self.arrived:
            await self.arrived.wait_for(lambda: len(self.received) >= count)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            received = await _read(reader)
            async with self.arrived:
                self.received.append(received)
                self.arrived.notify_all()
            said = self.says(received)
            if said is None:
                await self.hanging.wait()
            else:
                writer.write(said)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(head[0].split(" ")[1], headers, body)


@asynccontextmanager
async def receiver(says: Callable[[Received], bytes | None] = echo) -> AsyncGenerator[Receiver]:
    """A receiver on a free port of the loopback interface, gone when the block ends."""
    ours = Receiver(says=says)
    server = await asyncio.start_server(ours.take, "127.0.0.1", 0)
    ours.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks"
    try:
        yield ours
    finally:
        ours.hanging.set()
        server.close()


class _Echoing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"challenge": body.get("challenge")}).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        pass


@cache
def standing_receiver() -> str:
    """The address of a receiver that sends challenges back for as long as the tests run, from any event loop."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echoing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/hooks"
