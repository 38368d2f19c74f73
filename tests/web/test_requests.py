"""Reading requests: what is refused before it means anything."""

import pytest

from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import bearer_token, parse_json


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Bearer", None),
        ("Bearer ", None),
        ("Basic abc", None),
        (None, None),
    ],
)
def test_bearer_tokens(header: str | None, token: str | None) -> None:
    assert bearer_token(header) == token


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"a": ["\\ud800"]}',
        b"{",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_text_that_cannot_be_stored_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableBody):
        parse_json(body)


def test_ordinary_json_is_read() -> None:
    assert parse_json(b'{"a": [1, 2.5, null, "\\u00e9"]}') == {"a": [1, 2.5, None, "é"]}
