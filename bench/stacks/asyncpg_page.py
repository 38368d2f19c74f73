"""The bare page of `bare_page`, with asyncpg in the place of psycopg: for the choice of the driver."""

from typing import Any
from uuid import UUID

import asyncpg

from bench.stacks.running import App, run

_CONNECTIONS = 8
_PAGE = """
    select id, unified from job where workspace_id = $1 and connector_id = $2 and id > $3 order by id limit 51
"""


async def make(url: str) -> App:
    pool = await asyncpg.create_pool(url, min_size=_CONNECTIONS, max_size=_CONNECTIONS)

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        _, workspace, connector, after = scope["path"].split("/")
        async with pool.acquire() as conn:
            rows = await conn.fetch(_PAGE, UUID(workspace), UUID(connector), UUID(after))
        items = b",".join([row[1] for row in rows[:50]])
        body = b'{"cursor":"%b","page_size":50,"items":[%b]}' % (str(rows[49][0]).encode(), items)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


if __name__ == "__main__":
    run(make)
