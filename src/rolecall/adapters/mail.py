"""Mail by SMTP, or kept as files where no server is named."""

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from rolecall.ports.mail import MailRefused, MailUnavailable, Message

_SECONDS = 30
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def written(message: Message, *, sender: str) -> EmailMessage:
    """A message as it goes over the wire. `sender` is an address, with a name before it if you like."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = message.to
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    mail["Auto-Submitted"] = "auto-generated"  # so that absence notes are not sent back
    mail.set_content(message.text)
    return mail


class SmtpMailer:
    """Sends through a server, named as in smtp://user:password@mail.example.com:587 or smtps://mail.example.com.

    With smtp a connection is encrypted where the server offers it, and must be before a password crosses a network.
    """

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        self._sender = sender
        self._host = parts.hostname or "localhost"
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    async def send(self, message: Message) -> None:
        """Hand a message over. Raises MailRefused or MailUnavailable."""
        must_encrypt = self._user is not None and self._host not in _LOCAL
        try:
            await aiosmtplib.send(
                written(message, sender=self._sender),
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=True if must_encrypt and not self._tls else None,
                timeout=_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise (MailRefused if _for_good(error) else MailUnavailable)(str(error)) from error


def _for_good(error: Exception) -> bool:
    """Whether it is the message that the server will never take; a wrong password is for the operator to put right."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= 500 for refused in error.recipients)
    return isinstance(error, aiosmtplib.SMTPDataError | aiosmtplib.SMTPRecipientRefused) and error.code >= 500


class OutboxMailer:
    """Keeps messages as files of a folder, for whoever runs Rolecall without a mail server: any client opens them."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, message: Message) -> None:
        """Write a message; it is whole under its name or not there at all. Raises MailUnavailable."""
        content = bytes(written(message, sender=self._sender))
        try:
            await asyncio.to_thread(self._write, content)
        except OSError as error:
            raise MailUnavailable(str(error)) from error

    def _write(self, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(dir=self._folder, prefix=".")  # mode 0600: it carries a working link
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        began = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S")
        Path(fresh).rename(self._folder / f"{began}-{Path(fresh).name.strip('.')}.eml")
