"""Text from outside."""

import asyncio
import time

import pytest

from rolecall.actions.text import clean_field, clean_rich_text, plain_text, search_text_of, summary_of
from rolecall.domain.errors import FieldInvalid


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


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("R&D, 3 < 4 &amp; more", "R&D, 3 < 4 &amp; more"),
        ("<font>a & b</font>", "a & b"),
        ("<font>&amp;lt;</font>", "&lt;"),
        ("<font>&lt;script&gt;</font>", "<p>&lt;script&gt;</p>"),
        ("<p>a & b</p><script>x</script>", "<p>a &amp; b</p>"),
        ("<pre>\n\nx</pre>", "<pre>x</pre>"),  # a parser drops the first line end of each
        ("", ""),
    ],
)
async def test_what_is_stored_stays_when_it_is_sent_back(sent: str, stored: str) -> None:
    assert await clean_field(sent, field="description", longest=50) == stored
    assert await clean_field(stored, field="description", longest=50) == stored


@pytest.mark.parametrize("text", ["<script>x</script>", "<img src=x>", "<p>&nbsp;</p>", "<!-- x -->"])
async def test_markup_without_a_word_is_refused_or_empty(text: str) -> None:
    with pytest.raises(FieldInvalid, match='"description"'):
        await clean_field(text, field="description", longest=50)
    assert await clean_field(text, field="description", longest=50, may_be_empty=True) == ""


@pytest.mark.parametrize("text", ["x" * 51, "<b>" + "&" * 20 + "</b>", "<p>" * 16])
async def test_a_text_that_is_or_gets_too_long_is_refused(text: str) -> None:
    with pytest.raises(FieldInvalid, match='"description"'):
        await clean_field(text, field="description", longest=50)


@pytest.mark.parametrize("text", ["<ul><li>" * 6_250, "<ul><li>" * 2_770 + "x" + "</li></ul>" * 2_770])
async def test_deep_lists_do_not_hold_up_the_event_loop(text: str) -> None:
    gaps: list[float] = []

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(time.perf_counter() - before)

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    try:
        summary_of(await clean_field(text, field="description", longest=50_000))
    except FieldInvalid:
        assert not text.endswith("</ul>")
    await asyncio.sleep(0.001)
    beating.cancel()
    assert max(gaps) < 0.2


def test_the_words_of_a_text() -> None:
    assert plain_text('<p>R&amp;D</p><p><a href="/?a&gt;b" title="x > y">3 &lt; 4</a><br>now</p>') == "R&D 3 < 4 now"
