"""Rolecall's command line, as a person or a script uses it: in this process, or as a program of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from rolecall.cli import app

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """Runs commands with an environment of their own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._runner = CliRunner(env=environment)

    def run(self, *arguments: object, status: int = 0) -> str:
        """What a command prints on standard output, or on standard error when it is to fail."""
        result = self._runner.invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == status, (result.output, result.exception)
        return _STYLE.sub("", result.stderr if status > 1 else result.stdout)

    def read(self, *arguments: object) -> Any:
        """The JSON that a command prints."""
        return json.loads(self.run(*arguments, "--json"))


class Program:
    """A running `rolecall`, with the lines it has written so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, output: Any) -> None:
        self.lines.extend(line.rstrip("\n") for line in output)

    def wait_for(self, pattern: str, *, seconds: float = 60) -> re.Match[str]:
        """The first line that matches."""
        found = wait_until(
            lambda: next(filter(None, (re.search(pattern, line) for line in list(self.lines))), None), seconds
        )
        assert found, "\n".join(self.lines)
        return found

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and wait; its exit status."""
        self.process.send_signal(by)
        status = self.process.wait(30)
        self._reader.join(5)
        return status


def wait_until(what: Callable[[], Any], seconds: float = 30) -> Any:
    """The first true answer of `what`, or its last one when the time is over."""
    until = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < until:
        time.sleep(0.05)
    return answer


@contextmanager
def program(*arguments: object, environment: dict[str, str]) -> Generator[Program]:
    """`rolecall` with arguments, gone when the block ends. Both of its outputs are read as one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rolecall", *map(str, arguments)],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield Program(process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def environment(database_url: str | None, data_dir: Path) -> dict[str, str]:
    """The environment of a command: a database, or an embedded one in the data folder."""
    values = {
        "ROLECALL_DATA_DIR": str(data_dir),
        "ROLECALL_SECRET_KEY": "a secret of the tests, long enough to be one",
        "COLUMNS": "100",
        "PYTHONUNBUFFERED": "1",
    }
    return values if database_url is None else values | {"DATABASE_URL": database_url}
