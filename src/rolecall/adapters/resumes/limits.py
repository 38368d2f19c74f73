"""How much a resume may cost, and what is wrong with one that cannot be read."""

from dataclasses import dataclass

BROKEN = "The file is damaged and cannot be read."
CRASHED = "The file is damaged, or reading it needs too much memory."
ENCRYPTED = "The file is protected by a password."
TOO_LARGE_INSIDE = "The file holds far more than a resume does."
TOO_LONG = "Reading the file takes too long."
TOO_MUCH_MEMORY = "Reading the file needs too much memory."
UNKNOWN_FORMAT = "The file is of a kind that is not read."


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeLimits:
    """`seconds` are of the clock and of the processor alike; `memory_mb` is all the address space of the process."""

    seconds: int = 20
    memory_mb: int = 768
    pages: int = 100
    characters: int = 200_000
    unpacked_mb: int = 20


class Unreadable(Exception):
    """What is wrong with a file, as a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
