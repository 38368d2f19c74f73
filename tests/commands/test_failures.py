"""What goes wrong is said in one line on standard error that names the way out."""

import re
import socket
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.terminal import Terminal, environment


def one_line(text: str) -> str:
    assert text.count("\n") == 1, text
    return text.rstrip("\n")


def test_an_unknown_workspace(terminal: Terminal):
    said = one_line(terminal.run("job", "list", "-w", "nowhere", status=3))
    assert said == "rolecall: There is no workspace nowhere. `rolecall workspace list` shows those there are."


def test_a_missing_file(terminal: Terminal):
    said = one_line(terminal.run("import", "postings", "nothing.ndjson", "-w", "acme", status=3))
    assert said == "rolecall: There is no file nothing.ndjson."


def test_a_database_that_cannot_be_reached(tmp_path):
    terminal = Terminal(environment("postgresql://127.0.0.1:1/rolecall", tmp_path))
    said = one_line(terminal.run("workspace", "list", status=4))
    assert said.startswith("rolecall: The database cannot be reached: connection failed")


def test_a_database_that_is_not_migrated(database_url: str, tmp_path):
    name = f"empty_{uuid4().hex[:8]}"
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        terminal = Terminal(environment(make_conninfo(database_url, dbname=name), tmp_path))
        said = one_line(terminal.run("workspace", "list", status=4))
        assert re.search(r"not up to date, 0001_ground_floor, .* not applied\. Run `rolecall migrate` first\.", said)
        assert "applying 0001_ground_floor" in terminal.run("migrate")
        assert terminal.run("migrate") == "Nothing to do: the database is up to date.\n"
        assert "There is none yet" in terminal.run("workspace", "list")
    finally:
        with psycopg.connect(database_url, autocommit=True) as conn:
            conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use(terminal: Terminal, command: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = one_line(terminal.run(command, "--port", port, status=3))
    assert said == (
        f"rolecall: Port {port} of 127.0.0.1 is in use. Choose another with --port, or let --port 0 find a free one."
    )


def test_an_address_that_is_not_ours(terminal: Terminal):
    said = one_line(terminal.run("serve", "--host", "no.such.host.invalid", status=3))
    assert said.startswith("rolecall: There is no address no.such.host.invalid to listen at")


def test_a_setting_that_is_not_valid(database_url: str, tmp_path):
    terminal = Terminal(environment(database_url, tmp_path) | {"ROLECALL_PORT": "eighty"})
    said = one_line(terminal.run("serve", status=3))
    assert said.startswith("rolecall: The setting ROLECALL_PORT is not valid: Input should be a valid integer")


def test_a_data_folder_that_cannot_be_used():
    terminal = Terminal({"ROLECALL_DATA_DIR": "/proc/rolecall"})
    assert "The data folder /proc/rolecall cannot be used" in one_line(terminal.run("workspace", "list", status=4))


def test_a_wrong_command_line_is_exit_status_2(terminal: Terminal):
    assert "No such command" in terminal.run("nonsense", status=2)
