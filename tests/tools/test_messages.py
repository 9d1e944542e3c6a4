"""The check of the catalogues."""

from __future__ import annotations

import polib
import pytest

from tools import messages


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """This will give a Finnish catalogue to fill; saving happens when the check is asked for."""
    monkeypatch.setattr(messages.stamps, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "src")
    path = tmp_path / "src/locale/fi/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    file = polib.POFile()

    def problems(*wanted):
        file.save(str(path))
        return messages.problems("fi", {(entry.msgctxt, entry.msgid): entry for entry in wanted})

    file.problems = problems
    return file


def said(text, translation="", **more):
    return polib.POEntry(msgid=text, msgstr=translation, occurrences=[("desk/views.py", "7")], **more)


def test_a_translated_text_is_fine(catalogue):
    catalogue.append(said("%(n)s sites in {place}", "{place}: %(n)s kohdetta"))

    assert catalogue.problems(said("%(n)s sites in {place}")) == []


def test_what_is_missing_empty_guessed_or_stale_is_named(catalogue):
    catalogue.append(said("Empty"))
    catalogue.append(said("Guessed", "Arvattu", flags=["fuzzy"]))
    catalogue.append(said("Stale", "Vanha"))

    assert catalogue.problems(said("Missing"), said("Empty"), said("Guessed")) == [
        'src/vetovoima/desk/views.py:7: not in the fi catalogue: "Missing"',
        'src/vetovoima/desk/views.py:7: not translated into fi: "Empty"',
        'src/vetovoima/desk/views.py:7: only guessed (fuzzy) in fi: "Guessed"',
        'src/locale/fi/LC_MESSAGES/django.po: the code no longer says: "Stale"',
    ]


def test_placeholders_must_be_the_same(catalogue):
    catalogue.append(said("Hello %(name)s", "Hei %(nimi)s"))

    assert catalogue.problems(said("Hello %(name)s")) == [
        'src/vetovoima/desk/views.py:7: fi names %(nimi)s, which the source does not have: "Hello %(name)s"',
        'src/vetovoima/desk/views.py:7: fi leaves out %(name)s: "Hello %(name)s"',
    ]


def test_one_form_of_a_plural_may_leave_the_number_out(catalogue):
    forms = {0: "yksi kohde", 1: "%(n)s kohdetta"}
    catalogue.append(polib.POEntry(msgid="one site", msgid_plural="%(n)s sites", msgstr_plural=forms))
    wanted = polib.POEntry(msgid="one site", msgid_plural="%(n)s sites", msgstr_plural={0: "", 1: ""})

    assert catalogue.problems(wanted) == []
