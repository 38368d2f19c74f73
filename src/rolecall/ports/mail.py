"""Mail: one message to one person. Where it goes from here is the adapter's."""

from dataclasses import dataclass
from typing import ClassVar, Protocol


class MailError(Exception):
    """A message was not taken. One that is `permanent` is of no use to try again."""

    permanent: ClassVar[bool] = False


class MailUnavailable(MailError):
    """The mail server cannot be reached, or does not take mail at the moment."""


class MailRefused(MailError):
    """The mail server will never take this message, as for an address that it does not know."""

    permanent = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`to` is an address, `subject` one line, `text` plain text with line ends."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Sends messages, or keeps them where people can read them."""

    async def send(self, message: Message) -> None:
        """Hand a message over for good. Raises MailError."""
        ...
