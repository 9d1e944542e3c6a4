"""The knowledge of a data pack: loaded once, never over a person's edit, refused with file, row and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import NOW, make_person
from tests.regions.packs import MADE_UP, REAL, copy_of, load_facts, set_cell
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import Organisation
from vetovoima.catalogue.knowledge import queries, services
from vetovoima.catalogue.knowledge.loading import Known, load_knowledge
from vetovoima.catalogue.models import KnownFact, PermitPath, PolicyFact
from vetovoima.monitoring.following import follow_indicators
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality, Sector
from vetovoima.reference.pack import BrokenPack, open_pack

pytestmark = pytest.mark.django_db


def load(packs: Path = MADE_UP, code: str = "tuulisaari", *, region: bool = True) -> LoadReport:
    if region:
        load_facts(packs, code)
    known = Known(
        {one.slug: one for one in Municipality.objects.all()},
        {one.slug: one for one in Organisation.objects.all()},
        {one.slug: one for one in Sector.objects.all()},
    )
    report = LoadReport()
    load_knowledge(open_pack(packs, code), report, known, NOW)
    follow_indicators(NOW)
    return report


def test_a_second_load_changes_nothing():
    first = load()
    again = load(region=False)

    assert (first.total("added"), again.total("added"), again.total("changed")) == (6, 0, 0)
    assert again.left_alone == []


def test_a_fact_that_follows_an_indicator_has_its_figure():
    load()

    fact = KnownFact.objects.get(code="mean-wind")
    assert (fact.number, fact.as_of, fact.source["title"]) == (8.75, "2025-H1", "Weather station")


def test_a_persons_edit_stands_and_the_rest_follows_the_pack(tmp_path):
    packs = copy_of("tuulisaari", tmp_path)
    load(packs)
    person = make_person(Role.COORDINATOR)
    services.edit_fact(
        fact=KnownFact.objects.get(code="kite-jobs"), values={"number": 1300.0}, by=person, now=NOW
    )
    set_cell(packs / "tuulisaari/facts.csv", "kite-jobs", "number", "1250")
    set_cell(packs / "tuulisaari/facts.csv", "kite-jobs", "label_en", "Jobs in kites")

    report = load(packs, region=False)

    fact = KnownFact.objects.get(code="kite-jobs")
    assert (fact.number, fact.label["en"]) == (1300.0, "Jobs in kites")
    assert report.left_alone == ["known fact kite-jobs"]


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "reason"),
    [
        ("facts.csv", "kite-jobs", "unit", "kites", "'kites' is not known"),
        ("facts.csv", "kite-jobs", "as_of", "soon", "Give a year, a month or a day, for example 2026, 2026-10 or 2026-10-12."),
        ("facts.csv", "kite-jobs", "source", "", "is empty"),
        ("facts.csv", "mean-wind", "number", "3", None),
        ("policies.csv", "kite-land", "level", "state", "is named for a municipality's policy, and for that alone"),
        ("knowledge_assets.csv", "kite-school", "facts", "nothing", "the fact bank has no fact 'nothing'"),
        ("reference_companies.csv", "kite-works", "consent_by", "Ada", "a consent says who gave it, from when, until when and for what"),
    ],
)  # fmt: skip
def test_a_wrong_cell_refuses_the_pack(tmp_path, file, row, column, value, reason):
    packs = copy_of("tuulisaari", tmp_path)
    set_cell(packs / "tuulisaari" / file, row, column, value)

    with pytest.raises(BrokenPack) as refused:
        load(packs)

    assert all(problem.file == file for problem in refused.value.problems)
    if reason is not None:
        assert reason in [problem.reason for problem in refused.value.problems]


def test_a_text_that_names_an_unknown_fact_refuses_the_pack(tmp_path):
    packs = copy_of("tuulisaari", tmp_path)
    table = packs / "tuulisaari/policies.csv"
    set_cell(
        table, "kite-land", "text_en", "There are {fact:kite-jobs} and {fact:nothing} and {fact: kites}."
    )
    (packs / "tuulisaari/content/pages").mkdir(parents=True)
    page = {"path": "/", "type": "home", "title": {"en": "Home"}, "body": {"en": "<p>{fact:gone}</p>"}}
    (packs / "tuulisaari/content/pages/home.json").write_text(json.dumps(page), encoding="utf-8")

    with pytest.raises(BrokenPack) as refused:
        load(packs)

    assert [str(problem) for problem in refused.value.problems] == [
        "policies.csv, row 2, column text_en: the fact bank has no fact 'nothing'",
        "policies.csv, row 2, column text_en: '{fact: kites}' names no fact: write {fact:code}",
        "content/pages/home.json, column body.en: the fact bank has no fact 'gone'",
    ]


def test_kainuus_knowledge_is_real_dated_and_in_three_languages():
    load(REAL, "kainuu")

    facts = list(queries.facts())
    assert len(facts) >= 60
    assert [one.code for one in facts if one.number is None and not one.text] == []
    assert [one.code for one in facts if not one.source.get("title")] == []
    assert [one.code for one in facts if set(one.label) != {"fi", "en", "sv"}] == []
    assert {one.topic for one in facts} >= {"region", "people", "energy", "expertise", "funding", "strategy"}
    assert [one.code for one in PolicyFact.objects.all() if not one.source.get("title")] == []
    assert queries.public_references(NOW.date()) == []


def test_kainuus_permit_paths_name_the_source_of_every_time_and_the_address_of_every_law():
    load(REAL, "kainuu")

    paths = list(queries.permit_paths())
    steps = [step for path in paths for step in path.steps.all()]
    assert len(paths) == 6
    timed = [step for step in steps if step.months_from is not None or step.months_to is not None]
    assert [step.name["en"] for step in timed if not (step.practice.get("url") and step.time_note)] == []
    assert {"Mining safety permit", "Permit to buy real estate", "Connection to the grid"} <= {
        step.name["en"] for step in steps if step not in timed
    }
    assert {step.source["url"].rpartition("/lainsaadanto/")[0] for step in steps} == {
        "https://www.finlex.fi/fi"
    }
    texts = ("result", "documents", "time_note", "online", "contact", "cost")
    given = [getattr(step, name) for step in steps for name in texts if getattr(step, name)]
    assert [str(one) for one in given if set(one) != {"fi", "en", "sv"}] == []
    assert all(set(step.legal_basis) == {"fi", "en", "sv"} for step in steps)
    assert [path.code for path in paths if "data_centre" in path.profiles] == ["data-centre"]
    assert PermitPath.objects.get(code="mine").steps.first().legal_basis["fi"] == "Kaivoslaki 621/2011"
