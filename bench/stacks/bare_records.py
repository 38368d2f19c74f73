"""The limit of workload F: a bare ASGI function that reads a page of records by the product's statement and joins them.

No access, no limit. The path is /<model>/<workspace>/<connector>/<after>.
"""

import asyncio
from typing import Any
from uuid import UUID

from bench.stacks.running import App, run
from rolecall.store.connection import PooledConnection
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.reading import Shape, statement

_CONNECTIONS = 8
_PAGES = {slug: statement(model, Shape(), ("after",)) for slug, model in MODELS.items()}


async def make(url: str) -> App:
    free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await PooledConnection.connect(url, autocommit=True, prepare_threshold=0))

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        _, model, workspace, connector, after = scope["path"].split("/")
        values = {"workspace": UUID(workspace), "connector": UUID(connector), "after": UUID(after), "limit": 51}
        conn = await free.get()
        try:
            cursor = await conn.cursor(binary=True).execute(_PAGES[model], values)
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
