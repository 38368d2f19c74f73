"""A receiver of webhooks for the demo: it shows what a client's own server would get, on a socket of this machine."""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

from rolecall.actions.webhooks import NewWebhook, create_webhook, delete_webhook
from rolecall.domain.webhooks import signature
from rolecall.services import Services
from rolecall.store import webhooks
from rolecall.surfaces.hirempire.webhooks import EVENTS, NAME

HOST = "127.0.0.1"
NETWORK = f"{HOST}/32"
_LABEL = "Demo receiver"
_LARGEST = 1_000_000  # bytes


class Receiver:
    """Takes whatever is posted to it. `secret` is what messages are signed with, known once the webhook is made."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report = report
        self.secret = ""
        self.url = ""

    def take(self, body: bytes, *, message_id: str, timestamp: str, signed: str) -> None:
        """Report a message: its word, whether it is signed rightly, and its body."""
        right = timestamp.isdecimal() and signed == signature(
            self.secret, message_id=message_id, timestamp=int(timestamp), body=body
        )
        value = json.loads(body)
        verdict = "signed rightly" if right else "NOT signed rightly"
        shown = json.dumps(value, indent=2, ensure_ascii=False)
        self.report(f"Webhook {value.get('event')}, {verdict}, webhook-id {message_id}\n{shown}\n")


@contextmanager
def running_receiver(report: Callable[[str], None]) -> Generator[Receiver]:
    """A receiver on a free port, in a thread of its own, until the block ends."""
    receiver = Receiver(report)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LARGEST))
            names = ("webhook-id", "webhook-timestamp", "webhook-signature")
            message_id, timestamp, signed = (self.headers.get(name, "") for name in names)
            receiver.take(body, message_id=message_id, timestamp=timestamp, signed=signed)
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Say nothing: what is taken is reported."""

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        receiver.url = f"http://{HOST}:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield receiver
        finally:
            server.shutdown()


async def listen_to_demo(services: Services, workspace_id: UUID, receiver: Receiver | None) -> None:
    """Let a receiver hear of everything; the one of the last start, whose port is gone, hears nothing any more."""
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace_id, actor="operator")
        for known in await webhooks.of_workspace(conn, workspace_id, surface=NAME):
            if known.name == _LABEL:
                await delete_webhook(ctx, known.id, surface=NAME)
        if receiver is not None:
            types = sorted({type_ for types in EVENTS.values() for type_ in types})
            new = NewWebhook(surface=NAME, url=receiver.url, events=list(EVENTS), event_types=types, name=_LABEL)
            _, receiver.secret = await create_webhook(ctx, new, sealer=services.sealer)
