"""The limit of workload A: a bare ASGI function that reads a page of stored bodies and joins them. No access, no limit.

The path is /<workspace>/<connector>/<after>.
"""

import asyncio
from typing import Any
from uuid import UUID

from bench.stacks.running import App, run
from rolecall.store.connection import PooledConnection

_CONNECTIONS = 8
_PAGE = """
    select id, unified from job where workspace_id = %s and connector_id = %s and id > %s order by id limit 51
"""


async def make(url: str) -> App:
    free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await PooledConnection.connect(url, autocommit=True, prepare_threshold=0))

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        _, workspace, connector, after = scope["path"].split("/")
        conn = await free.get()
        try:
            cursor = await conn.cursor(binary=True).execute(_PAGE, (UUID(workspace), UUID(connector), UUID(after)))
            rows = await cursor.fetchall()
        finally:
            free.put_nowait(conn)
        items = b",".join([row[1] for row in rows[:50]])
        body = b'{"cursor":"%b","page_size":50,"items":[%b]}' % (str(rows[49][0]).encode(), items)
        length = b"%d" % len(body)
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


if __name__ == "__main__":
    run(make)
