"""The limit of workload B: the same server, with its request ids, logs and metrics, answering one page from memory."""

import os

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bench.stacks.running import App, run
from rolecall.web.logs import configure_logs
from rolecall.web.observe import Observe
from rolecall.web.routing import FirstWordRouter


async def make(_url: str) -> App:
    page = b"x" * int(os.environ["BENCH_PAGE_BYTES"])

    async def answer(_request: Request) -> Response:
        return HTMLResponse(page)

    configure_logs(style="json", level="info")
    return Observe(FirstWordRouter([Route("/jobs/{company}/{page}", answer)]), log_requests=True)


if __name__ == "__main__":
    run(make)
