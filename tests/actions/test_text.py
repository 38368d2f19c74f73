"""Text from outside."""

import pytest

from rolecall.actions.text import clean_rich_text, search_text_of, summary_of


@pytest.mark.parametrize("text", ["R&D lead, 3 < 4", "Pay > 10", 'Say "hi"', ""])
def test_plain_text_stays_as_it_was(text: str) -> None:
    assert clean_rich_text(text) == text


def test_markup_is_cleaned() -> None:
    dirty = '<p style="x">Lead <a href="javascript:x()">us</a><img src=x onerror=x()><b>now</b></p><!-- x -->'
    assert clean_rich_text(dirty) == '<p>Lead <a rel="noopener nofollow">us</a><b>now</b></p>'


def test_a_summary_is_short_and_escaped() -> None:
    assert summary_of("R&D\nlead") == "<p>R&amp;D lead</p>"
    assert summary_of("  ") is None
    long = summary_of("word " * 200)
    assert long is not None
    assert len(long) < 300
    assert long.endswith("word …</p>")


def test_search_text_is_folded() -> None:
    assert search_text_of("STRASSE Größe", "<p>R&amp;D İş</p>") == "strasse grösse\nr&d iş"
