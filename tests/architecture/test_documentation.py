"""The documentation says what the code does."""

from __future__ import annotations

from tests.architecture.house import report
from tools import docs


def test_every_setting_is_described():
    wrong = docs.undescribed_settings()

    assert wrong == [], report(
        wrong, "docs/operator/settings.md is the one table of settings: a row for each, in `code`."
    )


def test_every_link_leads_somewhere():
    wrong = docs.dead_links()

    assert wrong == [], report(wrong, "Links inside the project are relative to the page they stand on.")
