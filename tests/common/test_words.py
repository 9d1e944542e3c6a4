"""Words, figures, dates and texts as each language has them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from vetovoima.common.fields import Translated, as_translated
from vetovoima.common.money import euros, figure, million_euros
from vetovoima.common.text import lemmas, query_words, word_bases


def test_a_text_falls_back_and_says_in_which_language_it_is() -> None:
    name = Translated(fi="Tontti", sv="Tomt")
    assert name.best("en") == ("Tontti", "fi")
    assert name.text("en") == ""
    assert name.languages == ("fi", "sv")


def test_a_page_marks_a_text_of_another_language() -> None:
    template = Template("{% load vetovoima %}{% translated name %}")
    with translation.override("en"):
        shown = template.render(Context({"name": Translated(fi="<b>Tontti</b>")}))
    assert shown == (
        '<span lang="fi">&lt;b&gt;Tontti&lt;/b&gt;</span> <small class="language-note">(suomeksi)</small>'
    )


@pytest.mark.parametrize("value", ["text", {"fi": 3}, {"fi": "x" * 20_001}])
def test_what_is_no_translated_text_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        as_translated(value)


def test_numbers_are_written_as_each_language_does() -> None:
    assert figure(1234.5, "en") == "1,234.5"
    assert figure(1234.5, "fi") == "1\xa0234,5"
    assert euros(1200, "en") == "€1,200"
    assert million_euros(1_200_000_000, "sv") == "1\xa0200 mn €"


@pytest.mark.parametrize(
    ("language", "shown", "month"),
    [
        ("fi", "12.10.2026", "lokakuu 2026"),
        ("sv", "12.10.2026", "oktober 2026"),
        ("en", "12 Oct 2026", "October 2026"),
    ],
)
def test_days_are_written_as_each_language_does(language: str, shown: str, month: str) -> None:
    template = Template("{% load vetovoima %}{{ when|day }}")
    with translation.override(language):
        assert template.render(Context({"when": date(2026, 10, 12)})) == shown
        assert template.render(Context({"when": "2026-10-12"})) == shown
        assert template.render(Context({"when": "2026-10"})) == month
        assert template.render(Context({"when": "2026"})) == "2026"


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("fi", "tontti", "Tonttien myynti"), ("fi", "kaivos", "kaivoksen alue"), ("sv", "gruva", "gruvans område"),
        ("sv", "fastighet", "fastigheter"), ("en", "property", "properties for sale"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_its_other_forms(language: str, asked: str, written: str) -> None:
    document = set(lemmas(written, language).split())
    assert set(word_bases(asked, language)) & document


def test_a_query_is_bounded() -> None:
    assert len(query_words(" ".join(f"sana{number}" for number in range(100_000)))) == 12
    assert query_words("sana " * 100_000) == ["sana"]
