"""Pictures that the demo draws itself: initials on a colour, and shapes above an article."""

import hashlib
import io

from PIL import Image, ImageDraw, ImageFont

_COLOURS = ("#1f5f5b", "#7a3b69", "#2f4b8f", "#8a4b1f", "#3f6b2f", "#5b3f8a")
_SIDE = 640
_HEADER = (1600, 900)


def initials(first_name: str, last_name: str) -> bytes:
    """A square with the initials of somebody, as PNG; the colour is always theirs."""
    picture = Image.new("RGB", (_SIDE, _SIDE), _colour(first_name + last_name))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_SIDE * 0.4)
    draw.text((_SIDE / 2, _SIDE / 2), first_name[:1] + last_name[:1], font=font, fill="white", anchor="mm")
    return _png(picture)


def shapes(name: str) -> bytes:
    """A picture of circles on a colour, as PNG; the same name gives the same one."""
    width, height = _HEADER
    picture = Image.new("RGB", _HEADER, _colour(name))
    draw = ImageDraw.Draw(picture, "RGBA")
    for number, byte in enumerate(hashlib.sha256(name.encode()).digest()[:14]):
        x, y, radius = (byte * 53) % width, (byte * 31 + number * 97) % height, 60 + byte
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255, 18 + byte % 40))
    return _png(picture)


def _colour(name: str) -> str:
    return _COLOURS[hashlib.sha256(name.encode()).digest()[0] % len(_COLOURS)]


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
