"""Mail through a real receiver, and as files."""

import email
import socket
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from rolecall.adapters.mail import OutboxMailer, SmtpMailer
from rolecall.ports.mail import MailRefused, MailUnavailable, Message
from tests.live import free_port

SENDER = "Acme Recruiting <jobs@acme.example>"
MESSAGE = Message(to="ines@corvid.example", subject="Välkommen", text="Hej Ines,\n\nen länk.\n")


class Receiver:
    """Keeps what it is sent; some addresses it never takes, some not now."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith(("gone", "later")):
            return "550 No such user" if address.startswith("gone") else "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def url(receiver: Receiver) -> Iterator[str]:
    controller = Controller(receiver, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def parsed(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


async def test_a_message_arrives_as_it_was_written(receiver: Receiver, url: str) -> None:
    await SmtpMailer(url, sender=SENDER).send(MESSAGE)
    (envelope,) = receiver.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("jobs@acme.example", ["ines@corvid.example"])
    assert isinstance(envelope.content, bytes)
    mail = parsed(envelope.content)
    assert (mail["from"], mail["to"], mail["subject"]) == (SENDER, "ines@corvid.example", "Välkommen")
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["message-id"].endswith("@acme.example>")
    assert mail.get_content().splitlines() == MESSAGE.text.splitlines()


async def test_an_address_that_is_not_known_is_refused_for_good(receiver: Receiver, url: str) -> None:
    with pytest.raises(MailRefused) as refused:
        await SmtpMailer(url, sender=SENDER).send(Message(to="gone@corvid.example", subject="x", text="x"))
    assert refused.value.permanent
    assert receiver.taken == []


async def test_a_server_that_is_busy_or_away_is_tried_again(url: str) -> None:
    busy = Message(to="later@corvid.example", subject="x", text="x")
    for mailer, message in (
        (SmtpMailer(url, sender=SENDER), busy),
        (SmtpMailer(f"smtp://127.0.0.1:{free_port()}", sender=SENDER), MESSAGE),
        (SmtpMailer(url.replace("smtp", "smtps"), sender=SENDER), MESSAGE),
    ):
        with pytest.raises(MailUnavailable) as unavailable:
            await mailer.send(message)
        assert not unavailable.value.permanent


async def test_a_password_does_not_leave_without_encryption(
    receiver: Receiver, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The receiver offers no STARTTLS, and stands for one elsewhere by a name that leads to this machine."""
    found = socket.getaddrinfo

    def look_up(host, port, *rest, **named):
        return found("127.0.0.1" if host in {"mail.example", b"mail.example"} else host, port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    elsewhere = url.replace("smtp://127.0.0.1", "smtp://jobs:secret@mail.example")
    with pytest.raises(MailUnavailable) as refused:
        await SmtpMailer(elsewhere, sender=SENDER).send(MESSAGE)
    assert "STARTTLS" in str(refused.value)
    assert receiver.taken == []


async def test_a_subject_stays_one_line(receiver: Receiver, url: str) -> None:
    await SmtpMailer(url, sender=SENDER).send(Message(to="a@b.example", subject="One\r\nBcc: all@b.example", text="x"))
    (envelope,) = receiver.taken
    assert isinstance(envelope.content, bytes)
    mail = parsed(envelope.content)
    assert (mail["subject"], mail["bcc"]) == ("One Bcc: all@b.example", None)


async def test_without_a_server_messages_are_files(tmp_path: Path) -> None:
    mailer = OutboxMailer(tmp_path / "outbox", sender=SENDER)
    await mailer.send(MESSAGE)
    await mailer.send(MESSAGE)
    first, _second = sorted((tmp_path / "outbox").iterdir())
    assert first.suffix == ".eml"
    assert first.stat().st_mode & 0o077 == 0
    assert parsed(first.read_bytes())["subject"] == "Välkommen"


async def test_an_outbox_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(MailUnavailable):
        await OutboxMailer(tmp_path / "outbox", sender=SENDER).send(MESSAGE)
