"""The stylesheet and the mark, as pages load them."""

import httpx
import pytest

from rolecall.web.static import static_url


@pytest.mark.parametrize(
    ("name", "media_type"), [("rolecall.css", "text/css; charset=utf-8"), ("rolecall.svg", "image/svg+xml")]
)
async def test_a_versioned_file_may_be_kept_for_good(client: httpx.AsyncClient, name: str, media_type: str) -> None:
    answer = await client.get(static_url(name))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_a_file_of_another_version_may_not(client: httpx.AsyncClient) -> None:
    answer = await client.get("/static/rolecall.css?v=000000000000")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=300")
    again = await client.get("/static/rolecall.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.css", "..%2fstatic.py", "%00"])
async def test_other_files_are_not_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/{name}")).status_code == 404
