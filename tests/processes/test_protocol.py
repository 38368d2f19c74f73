"""What a client gets is what was written, in order."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from rolecall.processes.protocol import Together


@asynccontextmanager
async def _joined() -> AsyncGenerator[tuple[Together, asyncio.StreamReader]]:
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=theirs)
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=ours)
    yield Together(transport), reader
    writer.close()


async def test_parts_arrive_in_order() -> None:
    async with _joined() as (together, reader):
        for part in (b"head ", b"body ", b"head "):
            together.write(part)
        assert await reader.readexactly(15) == b"head body head "
        together.writelines([b"a", b"b"])
        together.write(b"last")
        together.close()
        assert await reader.read() == b"ablast"


async def test_a_head_alone_leaves_with_the_turn_of_the_loop() -> None:
    async with _joined() as (together, reader):
        together.write(b"head")
        assert await asyncio.wait_for(reader.readexactly(4), 1) == b"head"
        together.write(b"lost")
        together.abort()
        assert await reader.read() == b""
