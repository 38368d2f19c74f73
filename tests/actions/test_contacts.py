"""Addresses and numbers in the form in which they are stored."""

import pytest

from rolecall.actions.contacts import read_email, read_phone
from rolecall.domain.candidates import folded_email


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("milan@mail.example", "milan@mail.example"),
        ("Mira.Okafor@Example.ORG", "Mira.Okafor@example.org"),
        ("a+b@sub.example.test", "a+b@sub.example.test"),
        ("zoë@exämple.org", "zoë@exämple.org"),
        ("milan", None),
        ("milan@", None),
        ("milan@localhost", None),
        ("a@b.example, c@d.example", None),
        ("a b@mail.example", None),
        ("Milan <milan@mail.example>", None),
        ("milan@mail.example\n", None),
    ],
)
def test_an_address_is_read(sent: str, stored: str | None) -> None:
    assert read_email(sent) == stored


def test_an_address_is_known_again_without_letter_case() -> None:
    assert folded_email(" Mira.Okafor@Example.ORG") == "mira.okafor@example.org"


@pytest.mark.parametrize(
    ("sent", "countries", "stored"),
    [
        ("06 12345670", ["NL"], "+31612345670"),
        ("06 12345670", [None, "NL"], "+31612345670"),
        ("+351 910 000 112", ["NL"], "+351910000112"),
        ("0049 30 901820", ["DE"], "+4930901820"),
        ("06 12345670", [], "06 12345670"),
        ("06 12345670", ["XX"], "06 12345670"),
        ("ask  my mother", ["NL"], "ask my mother"),
        ("12", ["NL"], "12"),
    ],
)
def test_a_number_is_stored_as_e164_where_it_can_be_read(sent: str, countries: list[str | None], stored: str) -> None:
    assert read_phone(sent, countries=countries) == stored
