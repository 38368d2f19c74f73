"""Pictures that a command is given as files."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rolecall.actions.images import Picture, read_picture
from rolecall.commands.failures import Refused
from rolecall.domain.images import Crop


def picture_in(path: Path, crops: Sequence[Crop]) -> Picture:
    """The picture in a file, in all crops. Raises Refused when it cannot be read, FieldInvalid when it is none."""
    return asyncio.run(read_picture(read_bytes(path), name=path.name, crops=crops))


def read_bytes(path: Path) -> bytes:
    """What is in a file. Raises Refused."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"The file {path} cannot be read: {error.strerror}.") from error
