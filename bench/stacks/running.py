"""Runs an ASGI application on uvicorn with the settings that Rolecall itself uses."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
import uvloop

App = Callable[[Any, Any, Any], Awaitable[None]]


def run(make: Callable[[str], Awaitable[App]]) -> None:
    """Serve until SIGTERM: the arguments of the process are a port and a database URL."""
    port, url = int(sys.argv[1]), sys.argv[2]

    async def serve() -> None:
        config = uvicorn.Config(
            await make(url),
            port=port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        await uvicorn.Server(config).serve()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
