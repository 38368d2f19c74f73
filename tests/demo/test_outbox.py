"""The demo's mail in the terminal."""

from pathlib import Path

from rolecall.adapters.mail import OutboxMailer
from rolecall.demo.outbox import shown_mail
from rolecall.ports.mail import Message
from tests.terminal import wait_until

MESSAGE = Message(
    to="ada@example.org",
    subject="Firmware Lead: may Northwind Søk present you?",
    text="Confirm here:\n\nhttp://127.0.0.1:8000/confirm/" + "x" * 200 + "\n\nNothing else is needed.\n",
)


async def test_a_new_message_is_told_with_its_whole_links(tmp_path: Path) -> None:
    mailer, told = OutboxMailer(tmp_path / "outbox", sender="Rolecall <rolecall@localhost>"), list[str]()
    await mailer.send(MESSAGE)
    with shown_mail(tmp_path / "outbox", told.append):
        await mailer.send(Message(to="sam@example.org", subject="Hello", text="No link.\n"))
        assert wait_until(lambda: told, 5)
        await mailer.send(MESSAGE)
        assert wait_until(lambda: len(told) == 2, 5)
    first, second = told
    assert first == "Mail to sam@example.org: Hello\n"
    link = "http://127.0.0.1:8000/confirm/" + "x" * 200
    assert second == f"Mail to ada@example.org: Firmware Lead: may Northwind Søk present you?\n  {link}\n"


def test_a_folder_that_is_not_there_yet_is_no_harm(tmp_path: Path) -> None:
    with shown_mail(tmp_path / "outbox", print):
        pass
