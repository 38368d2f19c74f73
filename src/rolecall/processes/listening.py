"""The address that a web server listens at, taken before anything else is started."""

import errno
import socket
from ipaddress import ip_address

from rolecall.settings import Settings

_BACKLOG = 2048


class AddressTaken(Exception):
    """The address cannot be listened at. The message says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises AddressTaken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise AddressTaken(f"There is no address {host} to listen at ({error.strerror}).") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        raise AddressTaken(_reason(host, port, error)) from error
    listening.setblocking(False)
    return listening


def _reason(host: str, port: int, error: Exception) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use. Choose another with --port, or let --port 0 find a free one."
    if code == errno.EACCES:
        return f"Port {port} needs more rights than this user has. Choose one above 1023 with --port."
    return f"Port {port} of {host} cannot be listened at: {error}."


def with_address(settings: Settings, listening: socket.socket) -> Settings:
    """The settings with the port that was taken and, where none is set, a base URL that works on this machine."""
    taken = settings.model_copy(update={"port": listening.getsockname()[1]})
    return taken.model_copy(update={"base_url": settings.base_url or local_url(taken)})


def local_url(settings: Settings) -> str:
    """Where programs of this machine find the server, without a slash at the end."""
    return f"http://{_name_in_url(settings.host)}:{settings.port}"


def _name_in_url(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host or "localhost"
    if address.is_unspecified:
        return "localhost"
    return f"[{host}]" if address.version == 6 else host
