"""Pictures to upload, drawn here: no file of anybody's."""

import io
from typing import Any

from PIL import Image as Pillow


def drawn(width: int, height: int, *, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue; `options` go to the encoder."""
    picture = Pillow.new("RGB", (width, height), "#c02020")
    picture.paste(Pillow.new("RGB", (width - width // 2, height), "#2020c0"), (width // 2, 0))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Pillow.Image:
    """A picture to look into."""
    picture = Pillow.open(io.BytesIO(content))
    picture.load()
    return picture


def colour_at(content: bytes, x: int, y: int) -> str:
    """Which of the two colours a pixel has."""
    red, _, blue = opened(content).convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"
