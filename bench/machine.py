"""Servers as processes: started, asked, measured and stopped."""

import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its process, with children."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of processor time that the process and its children have spent."""
        return cpu_of(self.process)


def cpu_of(process: psutil.Process) -> float:
    """Seconds of processor time of a process and all below it."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def postgres_of(data: Path) -> psutil.Process:
    """The postmaster of an embedded server in a data folder."""
    return psutil.Process(int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0]))


@contextmanager
def serving(command: Sequence[str], *, environment: Mapping[str, str]) -> Generator[Server]:
    """A server until the block ends; `PORT` in the command stands for a free port. Its logs go nowhere."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.replace("PORT", str(port)) for word in command]
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {process.args}")


def description(postgres: str) -> list[str]:
    """What the figures were measured on, a line each."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return [
        f"{os.cpu_count()} cores ({model}), {psutil.virtual_memory().total / 2**30:.0f} GiB of memory",
        f"{system}, Python {platform.python_version()}, PostgreSQL {postgres}",
        "load client, web process and database share the cores; quote ratios, not absolute figures",
    ]


def busy() -> str:
    """How busy the machine has been while a workload ran, with all else that ran on it."""
    return f"The machine's load average of the last 15 minutes was {os.getloadavg()[2]:.0f}."


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
