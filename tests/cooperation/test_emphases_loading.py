"""Emphases that come with a region's data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import NOW
from tests.regions.packs import copy_of, load_facts
from vetovoima.common.fields import Translated
from vetovoima.cooperation.emphasis import queries, services
from vetovoima.cooperation.emphasis.loading import load_emphases
from vetovoima.cooperation.models import Emphasis
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality, Sector, Theme
from vetovoima.reference.pack import BrokenPack, open_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> tuple[Path, dict]:
    """A made-up pack, and an emphasis for its first municipality."""
    packs = copy_of("tuulisaari", tmp_path)
    load_facts(packs, "tuulisaari")
    given = {
        "municipality": Municipality.objects.order_by("slug").first().slug,
        "vision": {"en": "Kites"},
        "weights": [{"sector": Sector.objects.order_by("slug").first().slug, "weight": 100}],
        "approved": {"body": "Council", "date": "2024-02-01", "document": "§ 1"},
        "gatherings": [
            {"kind": "survey", "held_on": "2023-05-01", "asked_by": "Us", "asked": "Firms", "summary": ""}
        ],
    }
    return packs, given


def load(packs: Path, given: dict) -> None:
    (packs / "tuulisaari/emphases.json").write_text(json.dumps([given]), encoding="utf-8")
    known = ({one.slug: one for one in model.objects.all()} for model in (Municipality, Sector, Theme))
    load_emphases(open_pack(packs, "tuulisaari"), LoadReport(), *known, NOW)


def test_an_approved_emphasis_comes_with_the_pack_once(pack):
    packs, given = pack
    load(packs, given)
    load(packs, given)

    found = queries.public_emphasis(given["municipality"])
    assert (Emphasis.objects.count(), found.emphasis.approved_by, found.grounds.counts) == (
        1, "Council", [("survey", 1)],
    )  # fmt: skip


def test_what_people_wrote_stays(pack):
    packs, given = pack
    services.save_emphasis(
        municipality=Municipality.objects.get(slug=given["municipality"]), vision=Translated(en="Ours"), weights=[],
        valid_until=None, by=None, now=NOW,
    )  # fmt: skip
    load(packs, given)

    assert [one.vision for one in Emphasis.objects.all()] == [{"en": "Ours"}]


@pytest.mark.parametrize(
    "change",
    [
        {"municipality": "nowhere"},
        {"weights": [{"sector": "no-such", "weight": 100}]},
        {"weights": []},
        {"approved": {"body": "Council", "date": "soon", "document": "§ 1"}},
        {"approved": {"body": "", "date": "2024-02-01", "document": "§ 1"}},
    ],
)
def test_a_broken_one_is_refused_with_its_file(pack, change):
    packs, given = pack

    with pytest.raises(BrokenPack, match="emphases.json"):
        load(packs, {**given, **change})
    assert Emphasis.objects.count() == 0
