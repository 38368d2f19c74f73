"""The load client: wrk, which asks faster than any of the servers here answers."""

import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("rotate.lua")
_PATIENCE = 60.0  # seconds beyond its load, after which wrk is taken to hang
_RESULT = re.compile(r"^result (.*)$", re.MULTILINE)


class NoClient(Exception):
    """wrk is not installed. On Debian and Ubuntu: apt-get install -y wrk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: a path (with its query) and its headers."""

    path: str
    headers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the client saw. `sent` are requests that left, `answered` those whose answer came back whole before the end.

    `failed` are answers other than 2xx and 3xx, `broken` connections that failed; latencies are milliseconds and
    `client_cpu` is in seconds.
    """

    sent: int
    answered: int
    failed: int
    broken: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    client_cpu: float

    @property
    def per_second(self) -> float:
        """Answers a second; one at least, so that a machine that stands still can be compared with."""
        return max(self.answered, 1) / self.seconds


_NOTHING = Load(sent=0, answered=0, failed=0, broken=0, seconds=1, bytes=0, p50=0, p99=0, client_cpu=0)


def check_installed() -> None:
    """Raise NoClient without wrk."""
    if shutil.which("wrk") is None:
        raise NoClient(NoClient.__doc__)


def ask(url: str, asks: Sequence[Ask], *, connections: int, seconds: float) -> Load:
    """Send the requests one after the other, over and over, each connection waiting for its answer. 0 seconds: none."""
    if not seconds:
        return _NOTHING
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        for one in asks:
            file.write("\t".join([one.path, *(f"{name}: {value}" for name, value in one.headers)]) + "\n")
        file.flush()
        before = _children_cpu()
        finished = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}", "--timeout=10", f"-s{_SCRIPT}", url, file.name],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + _PATIENCE,
        )
        spent = _children_cpu() - before
    found = _RESULT.search(finished.stdout)
    if found is None:
        raise RuntimeError(f"wrk said nothing usable: {finished.stdout}{finished.stderr}")
    facts = {name: float(value) for name, value in (word.split("=") for word in found[1].split())}
    return Load(
        sent=int(facts["sent"]),
        answered=int(facts["answered"]),
        failed=int(facts["failed"]),
        broken=int(facts["broken"]),
        seconds=facts["microseconds"] / 1e6,
        bytes=int(facts["bytes"]),
        p50=facts["p50"] / 1000,
        p99=facts["p99"] / 1000,
        client_cpu=spent,
    )


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
