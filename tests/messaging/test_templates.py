"""The texts of the mails: each in every language, whole, and harmless whatever stands in a name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from tests.factories import make_region
from vetovoima.common.fields import LANGUAGES
from vetovoima.messaging.documents import FOLDER, write_mail
from vetovoima.messaging.registry import TEMPLATES

CONTEXT = {
    "reference": "TUU-2026-0007",
    "due_at": datetime(2026, 3, 12, 14, 0, tzinfo=UTC),
    "expires_at": datetime(2026, 3, 24, 14, 0, tzinfo=UTC),
    "contact": "CONTACT",
    "is_answered": False,
    "is_gone": False,
    "host": "HOST",
    "link": "https://service.example/desk/",
    "code": "TUU-ABC-0001",
    "name": "NAME",
    "municipality": "MUNICIPALITY",
    "comment": "COMMENT",
    "organisation": "ORGANISATION",
    "title": "TITLE",
    "url": "https://www.town.example/plots",
    "lines": "LINES",
    "file": "FILE",
    "state": "ready",
    "new": 41,
    "changed": 42,
    "error": 43,
    "closes_on": date(2026, 4, 17),
    "lacking": "LACKING",
    "missing": "MISSING",
    "steward": "STEWARD",
    "until": date(2026, 4, 30),
    "gaps": "GAPS",
    "reason": "REASON",
    "last_good_at": datetime(2026, 3, 9, 14, 0, tzinfo=UTC),
    "count": 3,
    "search": "SEARCH",
    "records": "RECORDS",
    "stop_link": "https://service.example/en/alerts/stop/token/",
    "settings_link": "https://service.example/desk/collection/towns/kuhmo/",
}
#: which words of the context a reader must find, however the language says the rest
SEEN = {
    "due_at": r"16[.:]00",
    "expires_at": r"24(\.3\.| March | mars )2026",
    "is_answered": "",
    "is_gone": "",
    "state": "",
    "closes_on": r"17(\.4\.| April | april )2026",
    "last_good_at": r"9(\.3\.| March )2026",
    "until": r"30(\.4\.| April| april)",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_each_mail_exists_in_every_language_and_says_all_it_was_given(db, template, language):
    make_region()

    subject, body = write_mail(template, language, CONTEXT)

    for name in TEMPLATES[template].needs:
        assert re.search(SEEN.get(name, str(CONTEXT[name])), subject + body), name
    assert 10 < len(subject) <= 120
    assert "{{" not in body
    assert "None" not in body
    assert "\n\n\n" not in body


def test_every_file_is_a_known_mail():
    known = {f"{name}.{language}.txt" for name in TEMPLATES for language in LANGUAGES}

    assert {path.name for path in FOLDER.iterdir()} == known


@pytest.mark.parametrize("template", [name for name, one in TEMPLATES.items() if "is_answered" in one.needs])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_time_is_promised_for_what_is_answered(db, template, language):
    _subject, body = write_mail(template, language, {**CONTEXT, "is_answered": True})

    assert "2026 " not in body
    assert "16" not in body


def test_texts_are_plain_not_html(db):
    subject, body = write_mail(
        "site_returned", "en", {**CONTEXT, "name": "Kari's <Hall> & Yard", "comment": "5 > 4"}
    )

    assert "Kari's <Hall> & Yard" in subject
    assert "5 > 4" in body


def test_a_name_cannot_become_a_header_or_a_template(db):
    smuggled = "Hall\r\nBcc: victims@example.org\r\n\r\nBuy! {{ service }}"

    subject, body = write_mail("site_published", "en", {**CONTEXT, "name": smuggled})

    assert subject == "Published: Hall"
    assert "victims" in body  # of the text, where it is only text
    assert "{{ service }}" in body


def test_an_unknown_language_is_english(db):
    assert write_mail("site_published", "de", CONTEXT) == write_mail("site_published", "en", CONTEXT)


@pytest.mark.parametrize("template, context", [("no_such_mail", CONTEXT), ("invitation", {"link": "x"})])
def test_a_missing_part_is_told_to_the_programmer(db, template, context):
    with pytest.raises(KeyError):
        write_mail(template, "en", context)
