"""`rolecall` in a process that has imported everything already, so that a command takes only as long as its own work.

`python -m tests.documents.warm SOCKET` waits for commands. Each runs in a fork, with the arguments, the folder, the
environment and the three streams of whoever sent it, as the program itself would.
"""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer.main

from rolecall.cli import app, main
from tests.terminal import wait_until

_SEND = """
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
asked = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(server, [asked], [0, 1, 2])
server.shutdown(socket.SHUT_WR)
sys.exit(int(server.recv(4) or 1))
"""
_LARGEST = 1 << 20


@contextmanager
def warm_commands() -> Generator[str]:
    """A function of bash that is called `rolecall`, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:  # the path of a socket has to be short
        path = Path(folder) / "socket"
        server = subprocess.Popen([sys.executable, "-m", "tests.documents.warm", path])
        try:
            assert wait_until(lambda: path.exists() or server.poll() is not None)
            yield f'rolecall() {{ {sys.executable} -IS -c {shlex.quote(_SEND)} {path} "$@"; }}\n'
        finally:
            server.terminate()
            server.wait(20)


def serve(path: str) -> None:
    """Wait for commands at a path."""
    list(typer.main.get_group(app).commands.values())  # each imports its module
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        while True:
            caller, _ = server.accept()
            with caller:
                if os.fork() == 0:
                    server.close()
                    _carry_out(caller)


def _carry_out(caller: socket.socket) -> NoReturn:
    """Be the program that was asked for, and tell its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, streams, _, _ = socket.recv_fds(caller, _LARGEST, 3)
    while more := caller.recv(_LARGEST):
        asked += more
    arguments, folder, environment = json.loads(asked)
    for stream, number in zip(streams, range(3), strict=True):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["rolecall", *arguments]
    status = 1
    try:
        main()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    caller.sendall(str(status).encode())
    os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
