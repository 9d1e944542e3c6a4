"""The approved emphasis of a municipality on its public page."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from tests.factories import NOW, make_municipality, make_region
from vetovoima.common.fields import Translated
from vetovoima.cooperation.emphasis import services
from vetovoima.reference.models import Sector
from vetovoima.syndication.models import PublicState

pytestmark = pytest.mark.django_db


def page(language="en"):
    with translation.override(language):
        return Template("{% load profile %}{% municipal_emphasis 'kuhmo' %}").render(Context({}))


@pytest.fixture
def draft():
    make_region()
    wood = Sector.objects.create(slug="wood", name=Translated(en="Wood"))
    kuhmo = make_municipality("kuhmo")
    found = services.save_emphasis(
        municipality=kuhmo, vision=Translated(en="Wood <all> year"), weights=[(wood, 100)],
        valid_until=date(2020, 1, 1), by=None, now=NOW,
    )  # fmt: skip
    values = {
        "kind": "interview", "held_on": date(2022, 5, 3), "asked_by": "Asker", "asked": "A sawmill", "emphasis": found,
        "summary": "Saws.",
    }  # fmt: skip
    services.add_gathering(municipality=kuhmo, values=values, by=None, now=NOW)
    return found


def approve(draft, **values):
    given = {"body": "Council", "day": date(2019, 2, 2), "document": "§ 7", "document_url": "", **values}
    return services.approve_emphasis(emphasis=draft, by=None, now=NOW, **given)


def test_what_is_not_approved_is_said_to_be_not_stated(draft):
    shown = page()

    assert "has not stated its emphasis yet" in shown
    assert "Wood" not in shown


def test_what_is_approved_is_shown_with_its_source_and_grounds_without_names(draft):
    approve(draft)

    shown = page()

    assert "Wood &lt;all&gt; year" in shown
    assert ('width="100"' in shown, "100 %" in shown) == (True, True)
    assert ("Approved by Council" in shown, "§ 7" in shown) == (True, True)
    assert "1 interview (2022)" in shown
    assert "It was valid until" in shown
    assert [word for word in ("Asker", "sawmill", "Saws", "EXAMPLE") if word in shown] == []


def test_an_example_says_so(draft):
    draft.is_example = True
    draft.save()
    approve(draft)

    assert "EXAMPLE" in page()


def test_an_approval_moves_the_public_version(draft):
    def version():
        found = PublicState.objects.first()
        return found.version if found else 0

    before = version()
    approve(draft)
    assert version() > before
