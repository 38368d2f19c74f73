"""From an uploaded picture to the crops and sizes that are stored."""

import io

import pytest
from PIL import Image as Pillow

from rolecall.actions.images import create_image, delete_image, read_picture
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.images import AVATAR, HEADER
from rolecall.ports.files import FileMissing
from rolecall.store import images
from rolecall.store.db import fetch_value
from tests.pictures import colour_at, drawn, opened
from tests.world import World


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGB")]
)
async def test_every_crop_has_three_sizes(kind: str, mode: str) -> None:
    picture = await read_picture(drawn(2000, 1500, kind=kind, mode=mode), name="team.png", crops=HEADER)
    made = [(found.crop, found.size, found.width, found.height) for found in picture.variants]
    assert made == [
        ("default", "small", 400, 225),
        ("default", "medium", 800, 450),
        ("default", "large", 1600, 900),
        ("square", "small", 200, 200),
        ("square", "medium", 400, 400),
        ("square", "large", 800, 800),
        ("wide", "small", 600, 200),
        ("wide", "medium", 1200, 400),
        ("wide", "large", 1800, 600),
    ]
    assert {opened(found.content).format for found in picture.variants} == {"WEBP"}


async def test_a_small_picture_is_cut_and_never_enlarged() -> None:
    picture = await read_picture(drawn(300, 120), name="small.png", crops=AVATAR)
    assert [(found.width, found.height) for found in picture.variants] == [(96, 96), (120, 120), (120, 120)]


async def test_a_picture_stands_as_its_camera_says_and_tells_nothing_of_it() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 3  # upside down, so that left is right
    exif[0x9286] = "taken at home"
    content = drawn(400, 400, kind="JPEG", exif=exif)
    assert (b"taken at home" in content, colour_at(content, 50, 200)) == (True, "red")
    picture = await read_picture(content, name="me.jpg", crops=AVATAR)
    small = picture.variants[0].content
    assert colour_at(small, 10, 50) == "blue"
    assert b"taken at home" not in small
    assert dict(opened(small).getexif()) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\x00" * 50,
        drawn(40, 40, kind="GIF"),
        drawn(40, 40, kind="TIFF"),
        drawn(400, 400)[:300],
        drawn(400, 400, kind="WEBP")[:60],
        b"\xff\xd8\xff\xe0" + b"\x00" * 500,
    ],
    ids=["empty", "svg", "gif header", "gif", "tiff", "cut png", "cut webp", "no jpeg"],
)
async def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(FieldInvalid, match="a picture in JPEG, PNG or WebP is needed"):
        await read_picture(content, name="photo.png", crops=AVATAR)


async def test_a_picture_that_would_fill_the_memory_is_refused_unread() -> None:
    for side in (6_400, 14_000):
        bomb = io.BytesIO()
        Pillow.new("1", (side, side)).save(bomb, "PNG")
        assert len(bomb.getvalue()) < 50_000
        with pytest.raises(FieldInvalid, match='"avatar" is not valid: at most 40 million pixels'):
            await read_picture(bomb.getvalue(), name="bomb.png", crops=AVATAR, field="avatar")
    with pytest.raises(FieldInvalid, match="at most 10 MB"):
        await read_picture(b"\x00" * 10_000_001, name="long.png", crops=AVATAR)


async def test_an_image_is_stored_and_taken_away(acme: World) -> None:
    store = acme.services.files
    picture = await read_picture(drawn(100, 100), name="C:\\team\\me.png", crops=AVATAR)
    async with acme.services.database.writing() as conn:
        image_id = await create_image(acme.context(conn), store, picture=picture)
        found = await images.variant_file(conn, acme.workspace.id, image_id, crop="default", size="small")
        assert found is not None
        assert await store.get(found.key) == picture.variants[0].content
        name = await fetch_value(conn, "select name from image where id = %s", [image_id])
        await delete_image(acme.context(conn), image_id)
        files = await fetch_value(conn, "select count(*) from file where workspace_id = %s", [acme.workspace.id])
        assert (name, files) == ("me.png", 0)
        assert await images.exists(conn, acme.workspace.id, image_id) is False
    with pytest.raises(FileMissing):
        await store.get(f"{acme.workspace.id}/images/none")
