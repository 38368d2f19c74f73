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
_PAGES = {slug: statement(model, Shape(), ("after",), 51) for slug, model in MODELS.items()}


async def make(url: str) -> App:
    free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await PooledConnection.connect(url, autocommit=True, prepare_threshold=None))

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        _, model, workspace, connector, after = scope["path"].split("/")
        conn = await free.get()
        try:
            rows = await conn.run_hot(_PAGES[model], (UUID(workspace), UUID(connector), UUID(after)))
        finally:
            free.put_nowait(conn)
        items = b",".join([row[1] for row in rows[:50]])
        body = b'{"cursor":"%b","page_size":50,"items":[%b]}' % (rows[49][0].hex().encode(), items)
        length = b"%d" % len(body)
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


if __name__ == "__main__":
    run(make)
