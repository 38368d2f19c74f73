"""Uvicorn's HTTP protocol, sending the head of an answer and its body with one system call instead of two."""

import asyncio
from collections.abc import Iterable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    """One connection of a client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to serve a client."""
        super().connection_made(Together(transport))


class Together(asyncio.Transport):
    """Holds what is written until more is, at most for this turn of the event loop, and sends both at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._held: Any = None
        self._soon = asyncio.get_running_loop().call_soon

    def write(self, data: Any) -> None:
        """Send with what is held, or hold."""
        if self._held is None:
            self._held = data
            self._soon(self._send_held)
        else:
            held, self._held = self._held, None
            self._transport.writelines((held, data))

    def writelines(self, list_of_data: Iterable[Any]) -> None:
        """Send what is held and all of these."""
        self._send_held()
        self._transport.writelines(list_of_data)

    def _send_held(self) -> None:
        held, self._held = self._held, None
        if held is not None and not self._transport.is_closing():
            self._transport.write(held)

    def close(self) -> None:
        """Send what is held, then close."""
        self._send_held()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._held = None
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._send_held()
        self._transport.set_protocol(protocol)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)
