"""Settings whose value is a file."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rolecall.settings import Settings


def test_lists_are_read_from_yaml_and_json(tmp_path: Path) -> None:
    file = tmp_path / "lists.json"
    file.write_text('{"contractTypes": {"permanent": "Tills vidare"}}')
    assert Settings(crosspath_lists=file).partner_lists.contract_types == (("permanent", "Tills vidare"),)
    assert Settings().partner_lists.contract_types is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sectors:\n  - a\n b: c\n", "line 3: "),
        ("sectors: [1]", "sectors: 1 is not a text; put it in quotes"),
        ("", "it must map names of lists"),
        ("\x00", "unacceptable character"),
    ],
)
def test_a_broken_file_is_named_at_start_up(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "lists.yaml"
    file.write_text(text)
    with pytest.raises(ValidationError) as caught:
        Settings(crosspath_lists=file)
    assert f"{file}: {reason}" in str(caught.value)
    assert "crosspath_lists" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"none\.yaml: No such file or directory"):
        Settings(crosspath_lists=tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"smtp_url": "mail.example.com", "mail_from": "a@b.example"}, "write it as smtp://"),
        ({"smtp_url": "smtp://", "mail_from": "a@b.example"}, "write it as smtp://"),
        ({"smtp_url": "smtp://mail.example.com"}, "say whom mail is from"),
        ({"mail_from": "Acme"}, "write it as Acme Recruiting"),
    ],
)
def test_how_mail_leaves_is_checked_at_start_up(given: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Settings.model_validate(given)
