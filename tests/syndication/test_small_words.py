"""Words that say nothing of a record do not keep it from being found; alone they are asked for as they are."""

from __future__ import annotations

import pytest

from vetovoima.syndication.search.words import asked_words, telling_words


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "A plot by the railway", ["plot", "railway"]),
        ("fi", "tontti radan vieressä", ["tontti", "radan"]),
        ("sv", "en tomt vid järnvägen", ["tomt", "järnvägen"]),
        ("fi", "plot by the railway", ["plot", "by", "the", "railway"]),
        ("en", "by the", ["by", "the"]),
        ("en", "", []),
    ],
)
def test_small_words_are_left_out_in_their_own_language(language: str, text: str, left: list[str]) -> None:
    assert telling_words(text, language) == left
    assert [one.word for one in asked_words(text, language)] == left
