"""Signatures of Standard Webhooks, and addresses that can be none."""

import pytest

from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.webhooks import check_url, new_secret, signature


def test_a_signature_is_the_one_of_the_published_example() -> None:
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_fresh_and_has_the_form_of_the_specification() -> None:
    first, second = new_secret(), new_secret()
    assert first.startswith("whsec_")
    assert first != second
    assert len(first) == len("whsec_") + 44


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "//a.example/",
        "http://",
        "https://:80/",
        "http://u:p@a.example/",
        "http://a.example:0/",
        "http://a.example:99999/",
        "http://[::1/",
        "https://a.example/" + "x" * 2_000,
        "https://a.example/\x00",
    ],
)
def test_what_cannot_be_the_address_of_a_receiver_is_refused(url: str) -> None:
    with pytest.raises(FieldInvalid):
        check_url(url)


def test_no_address_is_missing() -> None:
    with pytest.raises(FieldMissing):
        check_url("")


@pytest.mark.parametrize("url", ["https://a.example", "http://a.example:8080/x?y=z"])
def test_an_address_may_be_any_on_the_web(url: str) -> None:
    check_url(url)
