"""What the child is ordered, and what it answers."""

from typing import BinaryIO

import msgspec

from rolecall.adapters.resumes.facts import facts_of
from rolecall.adapters.resumes.limits import TOO_MUCH_MEMORY, ResumeLimits, Unreadable
from rolecall.adapters.resumes.texts import text_of
from rolecall.ports.resumes import ReadResume, ResumeHints


class Order(msgspec.Struct, kw_only=True):
    """How to read the bytes that follow it."""

    media_type: str
    hints: ResumeHints
    limits: ResumeLimits


class Outcome(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was read, or the sentence that says why nothing was; `failed` when not even that could be done."""

    resume: ReadResume | None = None
    reason: str | None = None
    failed: str | None = None


def answer(source: BinaryIO) -> bytes:
    """The Outcome for an Order and its file, as JSON."""
    order = msgspec.json.decode(source.readline(), type=Order)
    return msgspec.json.encode(_outcome(order, source.read()))


def _outcome(order: Order, content: bytes) -> Outcome:
    try:
        return Outcome(resume=facts_of(text_of(content, order.media_type, order.limits), order.hints))
    except Unreadable as error:
        return Outcome(reason=error.reason)
    except MemoryError:
        return Outcome(reason=TOO_MUCH_MEMORY)
