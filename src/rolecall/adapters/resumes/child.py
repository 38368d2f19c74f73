"""The process that reads one resume: `python -I -m rolecall.adapters.resumes.child`, started for it and ended with it.

The limits come first, as arguments, and hold before anything of the file is looked at. Standard input has a line of
JSON (an Order) and then the file; standard output gets one JSON object, an Outcome.
"""

import resource
import signal
import sys

_BYTES = 1_000_000
_FILES = 64


def _set_limits(seconds: int, memory_mb: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * _BYTES, memory_mb * _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    signal.alarm(seconds + 1)  # should whoever started this be gone


def main() -> None:
    """Read what standard input orders."""
    _set_limits(int(sys.argv[1]), int(sys.argv[2]))
    try:
        from rolecall.adapters.resumes.reading import answer  # noqa: PLC0415 - under the limits, like all that follows

        said = answer(sys.stdin.buffer)
    except MemoryError:
        said = b'{"failed":"memory"}'
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
