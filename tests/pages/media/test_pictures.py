"""The public addresses of pictures."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from rolecall.actions.images import create_image, read_picture
from rolecall.app import create_app
from rolecall.domain.images import HEADER, media_base
from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import fetch_value
from rolecall.store.images import crops_of, sizes_of
from tests.conftest import BASE_URL
from tests.pictures import drawn, opened
from tests.world import World


@pytest.fixture
async def image_id(acme: World) -> UUID:
    picture = await read_picture(drawn(900, 600), name="hall.png", crops=HEADER)
    async with acme.services.database.writing() as conn:
        return await create_image(acme.context(conn), acme.services.files, picture=picture)


async def shown(world: World, expression: str, image_id: UUID | None) -> Any:
    base = media_base(BASE_URL, world.workspace.id)
    params = {"workspace": world.workspace.id, "media": base, "image": image_id}
    async with world.services.database.reading() as conn:
        return await fetch_value(conn, f"select {expression}", params)


async def test_a_picture_is_served_for_good(acme: World, image_id: UUID) -> None:
    answer = await acme.client.get(f"/media/{acme.workspace.id}/{image_id}/wide-small.webp")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert opened(answer.content).size == (600, 200)
    again = await acme.client.get(answer.request.url, headers={"If-None-Match": f"W/{answer.headers['etag']}"})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    assert (await acme.client.head(answer.request.url)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "{own}/{image}/wide-huge.webp",
        "{own}/{image}/round-small.webp",
        "{own}/{image}/wide-small.png",
        "{own}/{image}/wide%00-small.webp",
        "{own}/{image}/../{image}",
        "{own}/no-id/wide-small.webp",
        "{own}/{unknown}/wide-small.webp",
        "{other}/{image}/wide-small.webp",
    ],
)
async def test_there_is_nothing_else(acme: World, globex: World, image_id: UUID, path: str) -> None:
    ids = {"own": acme.workspace.id, "other": globex.workspace.id, "image": image_id, "unknown": uuid4()}
    answer = await acme.client.get(f"/media/{path.format(**ids)}")
    assert answer.status_code == 404


async def test_any_statement_can_show_an_image(acme: World, image_id: UUID) -> None:
    base = f"{BASE_URL}/media/{acme.workspace.id}/{image_id}"
    square = {size: f"{base}/square-{size}.webp" for size in ("small", "medium", "large")}
    assert await shown(acme, sizes_of("%(image)s::uuid", crop="square"), image_id) == square
    crops = await shown(acme, crops_of("%(image)s::uuid"), image_id)
    assert (list(crops), crops["square"]) == (["default", "square", "wide"], square)
    assert (await acme.client.get(crops["default"]["large"])).status_code == 200


async def test_no_image_has_no_addresses(acme: World, globex: World, image_id: UUID) -> None:
    nothing = {"small": None, "medium": None, "large": None}
    assert await shown(acme, sizes_of("%(image)s::uuid"), None) == nothing
    assert await shown(globex, sizes_of("%(image)s::uuid"), image_id) == nothing
    assert await shown(acme, crops_of("%(image)s::uuid"), None) is None


class _Down:
    async def get(self, key: str) -> bytes:
        raise FilesUnavailable(key)


async def test_a_file_store_that_is_down_is_said_to_be(acme: World, image_id: UUID) -> None:
    services = replace(acme.services, files=_Down())  # type: ignore[arg-type]
    transport = httpx.ASGITransport(create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        answer = await client.get(f"/media/{acme.workspace.id}/{image_id}/default-small.webp")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
