"""Pictures that are shown: which cuts and sizes each is kept in, and where the world finds them."""

from dataclasses import dataclass
from uuid import UUID

SIZES = ("small", "medium", "large")
MEDIA_PATH = "/media"
DEFAULT_CROP = "default"


@dataclass(frozen=True, slots=True)
class Crop:
    """A cut around the middle of a picture: its proportions, and the widths in pixels of the three SIZES."""

    name: str
    proportions: tuple[int, int]
    widths: tuple[int, int, int]


# A face, in a circle or a square.
AVATAR = (Crop(DEFAULT_CROP, (1, 1), (96, 256, 640)),)
# What stands above a vacancy or an article, in a list or behind a heading.
HEADER = (
    Crop(DEFAULT_CROP, (16, 9), (400, 800, 1600)),
    Crop("square", (1, 1), (200, 400, 800)),
    Crop("wide", (3, 1), (600, 1200, 1800)),
)


def media_base(public_url: str, workspace_id: UUID) -> str:
    """What the addresses of a workspace's pictures begin with, as `rolecall.store.images` wants it."""
    return f"{public_url}{MEDIA_PATH}/{workspace_id}"
