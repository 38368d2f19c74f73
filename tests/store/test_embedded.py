import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rolecall.store.embedded import EmbeddedPostgresError, start_embedded

# Another process that uses the folder's server until its input ends.
USER = """
import sys
from pathlib import Path
from rolecall.store.embedded import start_embedded
server = start_embedded(Path(sys.argv[1]))
print(server.url, flush=True)
sys.stdin.read()
server.stop()
"""


class User:
    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", USER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_up(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose server, whoever left it behind, is gone after the test."""
    yield tmp_path
    if (tmp_path / "postgres" / "PG_VERSION").exists():
        start_embedded(tmp_path).stop()


def server_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def is_up(url: str) -> bool:
    return psycopg.pq.PGconn.ping(url.encode()) == psycopg.pq.Ping.OK


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as conn:
        row = conn.execute("select current_setting(%s)", [name]).fetchone()
    assert row
    return row[0]


def test_the_database_is_durable_and_off_the_network(folder: Path):
    with start_embedded(folder) as server:
        assert server.url.startswith("postgresql://postgres@/rolecall?host=")
        assert setting(server.url, "server_version").startswith("18.")
        assert setting(server.url, "fsync") == "on"
        assert setting(server.url, "synchronous_commit") == "on"
        assert setting(server.url, "listen_addresses") == ""
        assert setting(server.url, "shared_buffers") == "256MB"
        assert not any("postgres" in path.name and path.stat().st_mode & 0o077 for path in folder.iterdir())


def test_the_server_stays_until_the_last_user_stops(folder: Path):
    other = User(folder)
    url = other.wait_until_up()
    mine = start_embedded(folder)
    assert mine.url == url
    other.stop()
    assert is_up(url)
    mine.stop()
    mine.stop()
    assert not is_up(url)


def test_users_that_start_at_once_share_one_server(folder: Path):
    users = [User(folder) for _ in range(3)]
    assert len({user.wait_until_up() for user in users}) == 1
    pid = server_pid(folder)
    for user in users:
        assert server_pid(folder) == pid
        user.stop()
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_a_killed_user_does_not_keep_the_server_up(folder: Path):
    other = User(folder)
    url = other.wait_until_up()
    other.process.kill()
    other.process.wait()
    assert is_up(url)
    start_embedded(folder).stop()
    assert not is_up(url)


def test_a_killed_server_recovers_what_was_committed(folder: Path):
    with start_embedded(folder) as server:
        with psycopg.connect(server.url) as conn:
            conn.execute("create table kept as select 7 as n")
        os.kill(server_pid(folder), signal.SIGKILL)
        with start_embedded(folder) as again, psycopg.connect(again.url) as conn:
            assert conn.execute("select n from kept").fetchone() == (7,)


def test_a_pid_file_that_names_another_program_is_no_obstacle(folder: Path):
    start_embedded(folder).stop()
    left_over = folder / "postgres" / "postmaster.pid"
    left_over.write_text(f"{os.getpid()}\n{folder / 'postgres'}\n1700000000\n5432\n.\n\n  1 2\nready   \n")
    with start_embedded(folder) as server:
        assert is_up(server.url)


def test_ctrl_c_reaches_the_program_and_not_the_server(folder: Path):
    user = User(folder)
    url = user.wait_until_up()
    os.killpg(user.process.pid, signal.SIGINT)
    user.process.wait(10)
    assert is_up(url)


def test_a_folder_with_a_long_name_has_its_socket_elsewhere(folder: Path):
    with start_embedded(folder / ("long" * 40)) as server:
        assert setting(server.url, "data_directory").endswith("longlong/postgres")
        assert "host=/tmp/rolecall-" in server.url


def test_a_cluster_that_was_only_half_made_is_made_again(folder: Path):
    (folder / "postgres.new").mkdir(mode=0o700)
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    start_embedded(folder).stop()
    assert not (folder / "postgres.new").exists()


def test_a_cluster_of_another_major_version_is_refused(tmp_path: Path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match=rf"{tmp_path}/postgres was made by PostgreSQL 16.*pg_dump"):
        start_embedded(tmp_path)


def test_foreign_files_are_left_alone(tmp_path: Path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "thesis.txt").write_text("mine")
    with pytest.raises(EmbeddedPostgresError, match=f"{tmp_path}/postgres holds other files"):
        start_embedded(tmp_path)


def test_a_folder_that_cannot_be_made_is_named():
    with pytest.raises(EmbeddedPostgresError, match=r"data folder /proc/rolecall cannot be used.*--data"):
        start_embedded(Path("/proc/rolecall"))
