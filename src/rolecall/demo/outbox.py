"""The demo's mail, shown in the terminal as it is written: nobody of the cast has a mailbox."""

import email
import email.policy
import re
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY = 0.5  # seconds
_LINK = re.compile(r"https?://\S+")


@contextmanager
def shown_mail(folder: Path, report: Callable[[str], None]) -> Generator[None]:
    """Report every message that is written into a folder while the block runs, those of before not again."""
    seen, ended = set(_messages(folder)), threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            for file in _messages(folder):
                if file not in seen:
                    seen.add(file)
                    report(told(file.read_bytes()))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def told(content: bytes) -> str:
    """A message in few lines: whom it is to, what about, and the links in it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    links = _LINK.findall(body.get_content()) if body is not None else []
    return "\n".join([f"Mail to {message['To']}: {message['Subject']}", *(f"  {link}" for link in links), ""])


def _messages(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.glob("*.eml") if not file.name.startswith("."))
