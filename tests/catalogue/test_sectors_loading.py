"""The sheets of a data pack: drafts that no expert has reviewed, never over a person's edit."""

from __future__ import annotations

import json

import pytest

from tests.factories import NOW, make_person
from tests.factories.sectors import ROWS, make_sector, make_wind
from tests.regions.packs import REAL, load_facts
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import Organisation
from vetovoima.catalogue.knowledge.loading import Known
from vetovoima.catalogue.knowledge.loading import load_facts as load_bank
from vetovoima.catalogue.models import SectorQuestion, SectorSheet
from vetovoima.catalogue.sectors import queries, services
from vetovoima.catalogue.sectors.loading import load_example_review, load_sheets
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality, Sector
from vetovoima.reference.pack import BrokenPack, Pack, open_pack

pytestmark = pytest.mark.django_db
GIVEN = {"sector": "kites", "summary": {"en": "Kites."}, "source": {"title": "The kite strategy"}, **ROWS}


def pack_of(tmp_path, given) -> Pack:
    folder = tmp_path / "isle"
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    (folder / "region.json").write_text("{}", encoding="utf-8")
    (folder / "sector_sheets.json").write_text(json.dumps(given), encoding="utf-8")
    return open_pack(tmp_path, "isle")


def load(tmp_path, given) -> LoadReport:
    report = LoadReport()
    load_sheets(pack_of(tmp_path, given), report, {"kites": make_sector()}, NOW)
    return report


def test_a_sheet_loads_as_a_draft_and_a_second_load_changes_nothing(tmp_path):
    make_wind()

    first, again = load(tmp_path, [GIVEN]), load(tmp_path, [GIVEN])

    sheet = SectorSheet.objects.get()
    assert (sheet.state, sheet.reviewer_name, sheet.questions.count()) == ("draft", "", 2)
    assert (first.total("added"), again.total("same")) == (1, 1)


def test_the_pack_changes_a_sheet_that_nobody_has_touched(tmp_path):
    make_wind()
    load(tmp_path, [GIVEN])

    report = load(tmp_path, [{**GIVEN, "summary": {"en": "Larger kites."}}])

    assert (str(SectorSheet.objects.get().summary), report.total("changed")) == ("Larger kites.", 1)


def test_a_persons_edit_stands(tmp_path):
    make_wind()
    load(tmp_path, [GIVEN])
    person = make_person(Role.COORDINATOR)
    services.edit_sheet(
        sheet=SectorSheet.objects.get(), values={"summary": {"en": "My kites."}}, by=person, now=NOW
    )

    report = load(tmp_path, [{**GIVEN, "summary": {"en": "Larger kites."}}])

    assert str(SectorSheet.objects.get().summary) == "My kites."
    assert report.left_alone == ["sector sheet kites"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"sector": "planes"}, "'planes' is no sector"),
        ({**GIVEN, "figures": ["no-such"]}, "The fact bank has no fact no-such."),
        ({**GIVEN, "source": {}}, "Name the source"),
    ],
)
def test_a_broken_sheet_refuses_the_pack(tmp_path, given, reason):
    make_wind()

    with pytest.raises(BrokenPack, match=reason):
        load(tmp_path, [given])


def test_the_demonstration_reviews_one_sheet_as_an_example(tmp_path):
    make_wind()
    load(tmp_path, [GIVEN])
    pack = pack_of(tmp_path, [GIVEN])
    review = {"sector": "kites", "name": "EXAMPLE", "role": "none", "organisation": "none"}
    (tmp_path / "isle/examples/sector_review.json").write_text(json.dumps(review), encoding="utf-8")

    for _time in range(2):
        load_example_review(pack, LoadReport(), NOW)

    sheet = SectorSheet.objects.get()
    assert (sheet.state, sheet.is_example_review, sheet.revision) == ("reviewed", True, 3)


def test_kainuus_sheets_load_whole_and_speak_three_languages():
    load_facts(REAL, "kainuu")
    pack, report = open_pack(REAL, "kainuu"), LoadReport()
    sectors = {one.slug: one for one in Sector.objects.all()}
    known = Known(
        {one.slug: one for one in Municipality.objects.all()},
        {one.slug: one for one in Organisation.objects.all()},
        sectors,
    )
    load_bank(pack, report, known, NOW)
    load_sheets(pack, report, sectors, NOW)

    found = list(queries.sheets())
    assert [one.code for one in found] == ["mining-chemistry", "bioeconomy", "tourism", "technology"]
    assert {one.state for one in found} == {"draft"}
    texts = [one.summary for one in found]
    for sheet in found:
        texts += [one.text for one in (*sheet.strengths.all(), *sheet.pulls.all())]
        texts += [text for one in sheet.niches.all() for text in (one.name, one.why, one.reason)]
        texts += [one.question for one in sheet.questions.all()]
        texts += [one.what for one in sheet.homework.all()]
    texts += [one.answer for one in SectorQuestion.objects.all() if one.answer]
    assert [str(text) for text in texts if text.languages != LANGUAGES] == []
    assert [one for sheet in found for one in sheet.strengths.all() if not one.evidence] == []
