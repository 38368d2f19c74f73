"""The limit of a read: pgbench, which sends the product's own statements and looks at no answer."""

import re
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from psycopg import sql

from rolecall.store.connection import Hot, PooledConnection
from rolecall.store.db import Connection
from rolecall.store.embedded import _find

_PATIENCE = 60.0  # seconds beyond its load, after which pgbench is taken to hang
_TPS = re.compile(r"^tps = ([0-9.]+) \(without initial connection time\)", re.MULTILINE)

_PLACE = re.compile(r"\$(\d+)")
# A colon before a letter would be a variable of pgbench's, also in the format of a time.
_MINUTES_SECONDS = "'||chr(58)||'MI'||chr(58)||'SS"


async def recorded(url: str, read: Callable[[Connection], Awaitable[object]]) -> str:
    """A script of the hot statements that a read runs, with their values in place."""
    statements: list[str] = []

    class Recording(PooledConnection):
        async def run_hot(self, hot: Hot, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            written = [sql.Literal(value).as_string(self) for value in values]
            statements.append(_PLACE.sub(lambda found: written[int(found[1]) - 1], hot.text.decode()))
            return await super().run_hot(hot, values)

    async with await Recording.connect(url, autocommit=True) as conn:
        await read(conn)
    return "".join(one.replace(":MI:SS", _MINUTES_SECONDS) + ";\n" for one in statements)


def transactions_per_second(url: str, data: Path, scripts: Sequence[str], *, connections: int, seconds: float) -> float:
    """How many of the scripts, chosen at random, the server of a data folder carries out; each is prepared once."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.sql" for number in range(len(scripts))]
        for file, script in zip(files, scripts, strict=True):
            file.write_text(script, encoding="utf-8")
        chosen = [word for file in files for word in ("-f", str(file))]
        finished = subprocess.run(
            [
                _find(data).programs / "pgbench",
                *("-n", "-M", "prepared", f"-c{connections}", "-j1", f"-T{max(1, round(seconds))}"),
                *chosen,
                url,
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + _PATIENCE,
        )
    found = _TPS.search(finished.stdout)
    if finished.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench: {finished.stdout}{finished.stderr}")
    return float(found[1])
