"""`rolecall serve` as a program: it answers, drains, shares a port among processes, and starts lost ones again."""

import asyncio
import os
import re
import signal
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from rolecall.store import credentials, rate_windows
from rolecall.store.migrate import migrate
from rolecall.store.queue import defer
from tests.terminal import Program, environment, program, wait_until
from tests.world import World

READY = r'"url":"(http://127\.0\.0\.1:(\d+))".*"event":"ready"'


def address_of(server: Program) -> tuple[str, int]:
    found = server.wait_for(READY)
    return found[1], int(found[2])


def children(server: Program) -> list[int]:
    listed = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    return sorted(int(pid) for pid in listed.split())


def answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz", timeout=5).text == "ok"
    except httpx.TransportError:
        return False


def slow_post(port: int, key: str) -> tuple[socket.socket, bytes]:
    """A request whose head the server has, and the body that it still waits for."""
    body = b'{"name": "Norrvik Optics"}'
    head = (
        f"POST /partners/v1/companies HTTP/1.1\r\nHost: rolecall\r\nAuthorization: Apikey {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(head.encode() + body[:5])
    return connection, body[5:]


async def test_a_request_under_way_is_answered_after_sigterm(surroundings: dict[str, str], acme: World):
    _, key = await acme.partner()
    with program("serve", "--port", 0, environment=surroundings) as server:
        base, port = await asyncio.to_thread(address_of, server)
        connection, rest = slow_post(port, key)
        await asyncio.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(wait_until, lambda: not answers(base))
        connection.sendall(rest)
        connection.settimeout(10)
        assert connection.recv(4096).startswith(b"HTTP/1.1 201 ")
        assert await asyncio.to_thread(server.process.wait, 10) == 0
    async with acme.services.database.reading() as conn:
        (credential,) = await credentials.of_workspace(conn, acme.workspace.id)
    assert credential.last_used_at is not None


def test_ctrl_c_drains_and_ctrl_c_again_ends_at_once(surroundings: dict[str, str]):
    with program("serve", "--port", 0, environment=surroundings) as server:
        _, port = address_of(server)
        held, _ = slow_post(port, "whatever")
        unread, _ = slow_post(port, "whatever")
        server.process.send_signal(signal.SIGINT)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(5) in {0, 130}
        held.close()
        unread.close()


@pytest.mark.slow
def test_a_request_that_never_ends_is_cut_after_ten_seconds(surroundings: dict[str, str]):
    with program("serve", "--port", 0, environment=surroundings) as server:
        _, port = address_of(server)
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"POST /v1/auth/token HTTP/1.1\r\nHost: r\r\nContent-Type: application/json\r\n")
            connection.sendall(b"Content-Length: 9\r\n\r\n{")
            wait_until(lambda: False, 0.5)
            started = datetime.now(UTC)
            assert server.stop(signal.SIGTERM) == 0
            assert timedelta(seconds=9) < datetime.now(UTC) - started < timedelta(seconds=14)


async def test_a_worker_runs_what_was_queued_in_a_transaction(surroundings: dict[str, str], acme: World):
    key = f"test-{uuid4().hex}"
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with program("serve", "--role", "worker", environment=surroundings) as worker:
        await asyncio.to_thread(worker.wait_for, '"event":"ready"')
        async with acme.services.database.writing() as conn:
            await rate_windows.add(conn, {key: 3}, expires_at={key: long_ago})
            await defer(conn, "housekeeping.forget_rate_windows")
        for _ in range(100):
            async with acme.services.database.reading() as conn:
                if await rate_windows.read(conn, key) is None:
                    break
            await asyncio.sleep(0.1)
        else:
            raise AssertionError("the task did not run")
        assert await asyncio.to_thread(worker.stop) == 0


def test_several_processes_share_the_port(surroundings: dict[str, str]):
    with program("serve", "--port", 0, "--workers", 2, "--role", "web", environment=surroundings) as server:
        base, _ = address_of(server)
        first, second = children(server)
        for held in (first, second):  # with one of them held, it is the other that answers
            os.kill(held, signal.SIGSTOP)
            assert all(answers(base) for _ in range(5))
            os.kill(held, signal.SIGCONT)
        counted = re.search(r"rolecall_requests_total\{.*\} (\d+)", httpx.get(f"{base}/metrics").text)
        assert counted
        assert float(counted[1]) >= 10
        assert server.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in (first, second))


def test_a_process_that_dies_is_started_again(surroundings: dict[str, str]):
    with program("serve", "--port", 0, "--workers", 2, environment=surroundings) as server:
        base, _ = address_of(server)
        before = children(server)
        assert len(before) == 3
        os.kill(before[0], signal.SIGKILL)
        server.wait_for("a process ended, starting another")
        assert wait_until(lambda: len(children(server)) == 3 and before[0] not in children(server))
        assert answers(base)
        assert server.stop(signal.SIGINT) == 0


def test_a_killed_supervisor_leaves_no_processes(surroundings: dict[str, str]):
    with program("serve", "--port", 0, "--workers", 2, environment=surroundings) as server:
        address_of(server)
        orphans = children(server)
        server.process.kill()
        server.process.wait()
        assert wait_until(lambda: not any(is_running(pid) for pid in orphans), 20)


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_nothing_of_the_embedded_database_is_left(tmp_path: Path):
    with program("serve", "--port", 0, environment=environment(None, tmp_path)) as server:
        base, _ = address_of(server)
        assert httpx.get(f"{base}/readyz").text == "ready"
        assert (tmp_path / "postgres" / "postmaster.pid").exists()
        assert server.stop() == 0
        assert not (tmp_path / "postgres" / "postmaster.pid").exists()


async def test_migrating_twice_at_once_is_no_harm(database_url: str):
    assert await asyncio.gather(migrate(database_url), migrate(database_url)) == [[], []]
