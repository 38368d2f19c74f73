from uuid import uuid4

import pytest

from tests.terminal import Terminal


def test_a_workspace_is_made_and_listed(terminal: Terminal):
    slug = f"w-{uuid4().hex[:8]}"
    assert f"rolecall import postings FILE --workspace {slug}" in terminal.run("workspace", "create", slug)
    rows = {row["slug"]: row for row in terminal.read("workspace", "list")}
    assert rows[slug]["name"] == slug
    assert rows[slug]["api_enabled"] is True
    assert slug in terminal.run("workspace", "list")


def test_a_slug_is_taken_once(terminal: Terminal):
    slug = f"w-{uuid4().hex[:8]}"
    made = terminal.read("workspace", "create", slug, "--name", "Acme")
    assert made["name"] == "Acme"
    said = terminal.run("workspace", "create", slug, status=3)
    assert said == f"rolecall: The workspace name {slug} is taken.\n"


@pytest.mark.parametrize("slug", ["Acme", "-acme", "acme_2", "a" * 70, "ä", ""])
def test_a_slug_has_small_letters_digits_and_hyphens(terminal: Terminal, slug: str):
    assert "is no slug" in terminal.run("workspace", "create", "--", slug, status=3)
