"""The application on a real socket, in a thread with an event loop of its own: for browsers and load."""

import asyncio
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.settings import Settings


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def live_server(settings: Settings, database_url: str) -> Generator[str]:
    """The base URL of a server that runs until the block ends. `settings.base_url` must name its port."""
    started = threading.Event()
    servers: list[uvicorn.Server] = []

    async def run() -> None:
        async with open_services(settings, database_url=database_url) as services:
            config = uvicorn.Config(
                create_app(services), host="127.0.0.1", port=settings.port, log_config=None, access_log=False
            )
            server = uvicorn.Server(config)
            servers.append(server)
            serving = asyncio.ensure_future(server.serve())
            while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn offers no event to wait for
                await asyncio.sleep(0.01)
            started.set()
            await serving

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    if not started.wait(20) or not servers:
        raise RuntimeError("the server under test did not start")
    try:
        yield settings.public_url
    finally:
        servers[0].should_exit = True
        thread.join(20)
