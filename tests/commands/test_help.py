"""The command line teaches itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from rolecall.cli import app
from tests.terminal import Terminal

COMMANDS = [
    "demo",
    "serve",
    "migrate",
    "import postings",
    "workspace api",
    "workspace consent",
    "workspace create",
    "workspace list",
    "credential list",
    "credential revoke",
    "credential create bindbee",
    "credential create bindbee-connector",
    "credential create recruitsome",
    "credential create hirempire",
    "credential create hirempire-mcp",
    "credential create recruitifi",
    "credential create recruitifi-developer",
    "client name",
    "agency add-recruiter",
    "agency invitations",
    "credential create crosspath",
    "job list",
    "job publish",
    "job translate",
    "job illustrate",
    "job pause",
    "job close",
    "job archive",
    "contest list",
    "contest settle",
    "mission defaults",
    "mission list",
    "mission review",
    "mission show",
    "mission publish",
    "mission refuse",
    "partner disable",
    "partner enable",
    "partner list",
    "source report",
    "term translate",
    "member create",
    "member list",
    "member disable",
    "member avatar",
    "location create",
    "location list",
    "location remove",
    "article publish",
    "article list",
    "article unpublish",
    "candidate requests",
    "candidate resolve",
    "agency create",
    "agency list",
    "agency prefer",
    "agency recruiters",
    "agency sign-in-link",
    "client list",
    "client add-application",
    "client add-job",
    "webhook create",
    "webhook delete",
    "webhook key",
    "webhook list",
    "webhook log",
    "webhook redeliver",
    "webhook secret",
    "openapi",
]


def leaves(command, path=()):
    children = getattr(command, "commands", None)
    if children is None:
        yield " ".join(path)
    else:
        for name, child in children.items():
            yield from leaves(child, (*path, name))


def test_these_are_all_commands():
    assert sorted(leaves(typer.main.get_command(app))) == sorted(COMMANDS)


def test_the_top_says_what_to_do_first_and_what_the_exit_status_means(terminal: Terminal):
    text = " ".join(terminal.run("--help").split())
    assert "rolecall demo" in text
    assert "rolecall workspace create acme" in text
    assert "DATABASE_URL" in text
    assert "4 database not reachable or not up to date" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_each_option(terminal: Terminal, command: str):
    parts = command.split()
    found = typer.main.get_command(app)
    for part in parts:
        found = found.commands[part]  # type: ignore[attr-defined]
    assert len(found.help or "") > 20
    assert all(getattr(parameter, "help", "") for parameter in found.params if parameter.name != "help")
    assert "Usage:" in terminal.run(*parts, "--help")


def test_the_release_is_told(terminal: Terminal):
    assert re.fullmatch(r"rolecall \d+\.\d+\.\d+\n", terminal.run("--version"))


def test_serve_lists_every_setting(terminal: Terminal):
    text = terminal.run("serve", "--help")
    assert "DATABASE_URL" in text
    assert "ROLECALL_TRUSTED_PROXIES" in text


def test_a_command_waits_for_no_other_commands_imports():
    told = "import sys\nfrom rolecall.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    words = [sys.executable, "-c", told, "partner", "list", "--help"]
    loaded = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert "rolecall.commands.partners" in loaded
    assert {"rolecall.commands.demo", "rolecall.commands.jobs", "rolecall.app"}.isdisjoint(loaded)


def test_a_misspelt_command_is_told_the_right_one(terminal: Terminal):
    assert "Did you mean 'partner'?" in terminal.run("partners", status=2)


def test_it_is_installed_as_a_program():
    installed = Path(sys.executable).with_name("rolecall")
    told = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True, timeout=60).stdout
    assert told.startswith("rolecall ")
