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


def test_the_api_is_switched_off_and_on(terminal: Terminal):
    slug = f"w-{uuid4().hex[:8]}"
    terminal.run("workspace", "create", slug)
    for option, enabled, said in (("--off", False, "off: every key is answered 403"), ("--on", True, "on")):
        assert terminal.run("workspace", "api", slug, option) == f"Vacancy publishing of {slug} is {said}.\n"
        rows = {row["slug"]: row for row in terminal.read("workspace", "list")}
        assert rows[slug]["api_enabled"] is enabled
    terminal.run("workspace", "api", slug, status=2)
    assert "no-such" in terminal.run("workspace", "api", "no-such", "--off", status=3)


def test_what_applicants_consent_to_is_shown_and_set(terminal: Terminal):
    slug = f"w-{uuid4().hex[:8]}"
    terminal.run("workspace", "create", slug)
    said = terminal.run("workspace", "consent", slug)
    assert said == "all languages: the usual sentence\nprivacy statement: no link\nasks about other jobs: yes\n"
    address = "https://acme.example/privacy"
    options = ["--text", "Ja, bewaar dit.", "--language", "nl", "--privacy-url", address, "--no-talent-pool"]
    set_to = {"texts": {"nl": "Ja, bewaar dit."}, "privacy_url": address, "talent_pool": False}
    assert terminal.read("workspace", "consent", slug, *options) == set_to
    assert terminal.read("workspace", "consent", slug) == set_to
    assert terminal.read("workspace", "consent", slug, "--text", "", "--language", "nl", "--privacy-url", "") == {
        "texts": {},
        "privacy_url": None,
        "talent_pool": False,
    }


@pytest.mark.parametrize(
    "options",
    [
        ["--privacy-url", "javascript:alert(1)"],
        ["--text", "x" * 2_001],
        ["--text", "Ja", "--language", "Dutch"],
    ],
)
def test_consent_that_no_form_could_show(terminal: Terminal, options: list[str]):
    slug = f"w-{uuid4().hex[:8]}"
    terminal.run("workspace", "create", slug)
    assert "is not valid" in terminal.run("workspace", "consent", slug, *options, status=3)


def test_no_workspace_is_called_as_a_page_is(terminal: Terminal):
    said = terminal.run("workspace", "create", "invitations", status=3)
    assert 'The field "slug" is not valid: choose another one: "invitations" is the address of a page' in said
    assert "invitations" not in {row["slug"] for row in terminal.read("workspace", "list")}
