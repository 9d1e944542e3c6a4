"""The public shapes: the same numbers as the arithmetic, in each language, with the address of the rows behind them."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs

import pytest

from tests.regions.packs import MADE_UP, load_facts
from vetovoima.common.fields import Translated
from vetovoima.monitoring import documents, queries
from vetovoima.monitoring.counting import Progress
from vetovoima.monitoring.filters import filters_from
from vetovoima.monitoring.models import Investment

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "en", "sv")


@pytest.fixture(autouse=True)
def region():
    """The made-up region with a register that has a row for most rules."""
    load_facts(MADE_UP, "tuulisaari")
    rows = {
        "shop": {"stage": "completed", "decided": "2024", "completed": "2025", "amount_eur": 1_000_000},
        "plan": {"stage": "planning", "amount_min_eur": 2_000_000, "amount_max_eur": 3_000_000},
        "old": {"stage": "completed", "completed": "2005", "amount_eur": 500_000},
        "granted": {"stage": "decided", "decided": "2025", "public_support_eur": 90_000},
        "mill": {"stage": "decided", "decided": "2025", "amount_eur": 20_000_000, "scope": "industrial"},
        "show": {"stage": "decided", "decided": "2025", "amount_eur": 1, "is_example": True},
        "told": {"stage": "idea", "amount_eur": 1, "uncounted_reason": Translated(fi="Kuultu juttu")},
    }
    for code, fields in rows.items():
        project = Translated(fi=f"Hanke {code}", en=f"Project {code}")
        Investment.objects.create(
            code=code, company="Company", project=project, **{"scope": "service", **fields}
        )


def progress(**options) -> Progress:
    """This will return the made-up target's progress."""
    target = queries.target("kites-2030")
    assert target is not None
    return queries.target_progress(target, **{"today": date(2026, 1, 1), **options})


def test_the_document_has_the_numbers_of_the_arithmetic():
    found = documents.progress_document(progress(), "en")

    assert (found["goal_eur"], found["goal"], found["deadline"]) == (10_000_000, "€10 million", "2030-12-31")
    secured = found["totals"]["secured"]
    assert (secured["amount_eur"], secured["display"], secured["share_display"]) == (
        5_000_000,
        "€5 million",
        "50%",
    )
    assert (secured["rows"], secured["rows_display"], secured["codes"]) == (
        2,
        "2 projects",
        ["kite-works", "shop"],
    )
    assert found["totals"]["pipeline"]["display"] == "€2 million to €3 million"
    assert found["totals"]["realised"]["rows_display"] == "1 project"
    assert [one["key"]["value"] for one in found["totals"]["stages"]] == [
        "completed", "construction", "decided", "permitted", "planning", "prestudy", "idea",
    ]  # fmt: skip
    assert found["without_largest"]["secured"]["amount_eur"] == 1_000_000
    assert found["largest"] is not None
    assert (found["largest"]["code"], found["largest"]["share_display"]) == ("kite-works", "40%")


def test_the_document_is_json():
    assert json.loads(json.dumps(documents.progress_document(progress(), "en")))["code"] == "kites-2030"


def test_every_number_leads_to_exactly_its_rows():
    for options in ({}, {"scope": "all"}, {"without_largest": True}):
        found = progress(**options)
        document = documents.progress_document(found, "en")
        for totals in (document["totals"], document["without_largest"]):
            sums = [totals["secured"], totals["realised"], totals["pipeline"], *totals["stages"]]
            sums += [one for scope in totals["scopes"] for one in (scope["secured"], scope["pipeline"])]
            for one in sums:
                rows = queries.investments(filters_from(parse_qs(one["query"])), target=found.target)
                assert sorted(row.investment.code for row in rows) == one["codes"], one["query"]


def test_what_does_not_count_says_why():
    found = {one["code"]: one for one in documents.progress_document(progress(), "en")["uncounted"]}

    assert {code: one["reason"]["value"] for code, one in found.items()} == {
        "mill": "other_scope",
        "old": "outside_period",
        "granted": "grant_only",
        "show": "example",
        "told": "stated",
    }
    assert found["old"]["detail"] == "Completed 2005; the decision is not dated."
    assert found["mill"]["detail"] == "Scope: Industry."
    assert (found["granted"]["display"], found["granted"]["low_eur"]) == ("not known", None)
    assert found["told"]["stated"] == {"text": "Kuultu juttu", "language": "fi"}
    assert found["show"]["is_example"] is True


def test_a_contained_row_names_the_row_that_holds_it():
    Investment.objects.filter(code="shop").update(part_of=Investment.objects.get(code="kite-works"))

    found = {one["code"]: one for one in documents.progress_document(progress(), "en")["uncounted"]}

    assert found["shop"]["detail"] == "Part of the row kite-works."


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2030, 12, 30), "1 day to the deadline."),
        (date(2030, 12, 31), "0 days to the deadline."),
        (date(2031, 1, 1), "The deadline passed 1 day ago."),
        (date(2031, 1, 2), "The deadline passed 2 days ago."),
    ],
)
def test_the_time_to_the_deadline_in_words(today, said):
    assert documents.progress_document(progress(today=today), "en")["time_display"] == said


def test_the_rules_name_the_targets_own_period():
    rules = documents.counting_rules(progress(), "en")

    assert len(rules) == 8
    assert "between 1 Jan 2024 and 31 Dec 2030" in rules[2]
    assert [rule for rule in rules if "%(" in rule] == []


@pytest.mark.parametrize(
    ("language", "amount", "share"),
    [("fi", "5 milj. €", "50\u00a0%"), ("en", "€5 million", "50%"), ("sv", "5 mn €", "50\u00a0%")],
)
def test_figures_are_written_as_the_language_does(language, amount, share):
    secured = documents.progress_document(progress(), language)["totals"]["secured"]

    assert (secured["display"], secured["share_display"]) == (amount, share)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_say_which_language_they_are_in(language):
    found = documents.progress_document(progress(), language)

    assert found["name"]["language"] == language
    assert found["largest"]["project"]["language"] == language
    other = next(one for one in found["uncounted"] if one["code"] == "mill")
    assert other["project"]["language"] == ("fi" if language == "sv" else language)


def test_the_meter_is_as_long_as_the_goal_while_the_goal_is_ahead():
    meter = documents.meter(progress(), "en")

    assert (meter["goal_position"], meter["end_eur"]) == (100.0, 10_000_000)
    assert [(one["key"], one["group"], one["offset"], one["width"]) for one in meter["segments"]] == [
        ("completed", "secured", 0.0, 10.0),
        ("construction", "secured", 10.0, 40.0),
        ("planning", "pipeline", 50.0, 20.0),
    ]
    assert meter["title"] == "€5 million of the goal of €10 million is secured: 50%"
    assert meter["description"] == (
        "Completed: €1 million (10%); Under construction: €4 million (40%); Planning: €2 million to €3 million (20%)."
    )


def test_the_meter_grows_with_what_passes_the_goal():
    meter = documents.meter(progress(scope="all"), "en")

    assert meter["end_eur"] == 27_000_000
    assert meter["goal_position"] == pytest.approx(37.037)
    last = meter["segments"][-1]
    assert last["offset"] + last["width"] == pytest.approx(100, abs=0.01)


def test_an_empty_meter_says_so():
    Investment.objects.all().delete()

    meter = documents.meter(progress(), "en")

    assert (meter["segments"], meter["description"]) == ([], "No investment is counted.")


def test_two_bars_lie_on_one_scale_that_holds_the_goal():
    bars = documents.bars(progress(), "en")

    assert bars["goal_position"] == 96.154
    assert [(one["label"], one["part"], one["offset"], one["width"]) for one in bars["secured"]] == [
        ("Completed", 1, 0.0, 9.615),
        ("Under construction", 2, 9.615, 38.462),
        ("Investment decision made", 3, 48.077, 0.0),
    ]
    assert [(one["label"], one["offset"], one["width"]) for one in bars["pipeline"] if one["width"]] == [
        ("Planning", 0.0, 19.231)
    ]
    assert len(bars["pipeline"]) == 4


def test_two_bars_are_as_long_as_the_longer_of_them_when_it_passes_the_goal():
    bars = documents.bars(progress(scope="all"), "en")

    last = bars["secured"][-1]
    assert bars["goal_position"] < 50
    assert last["offset"] + last["width"] == pytest.approx(100 / 1.04, abs=0.01)


def test_a_row_of_the_register():
    (row,) = [
        one for one in queries.investments(target=queries.target()) if one.investment.code == "kite-works"
    ]

    found = documents.investment_document(row, "sv")

    assert (found["project"], found["languages"]) == (
        {"text": "Drakfabrik", "language": "sv"},
        ["fi", "en", "sv"],
    )
    assert found["municipalities"] == [
        {"slug": "itaranta", "name": "Östra stranden"},
        {"slug": "lansiranta", "name": "Västra stranden"},
    ]
    assert found["sector"] == {"value": "kites", "label": "Drakar"}
    assert (found["counted"], found["reason"], found["display"]) == (True, None, "4 mn €")
    assert found["source"]["title"] == "Made up for the tests"


def test_an_indicator_with_what_disagrees():
    indicator = queries.indicator("wind")
    assert indicator is not None

    found = documents.indicator_document(
        indicator, queries.observations(indicator), queries.area_names(), "en"
    )

    assert [(one["area"], one["period"], one["display"]) for one in found["latest"]] == [
        ("tuulisaari", "2025-H1", "8.75")
    ]
    assert len(found["observations"]) == 4
    (conflict,) = found["conflicts"]
    assert [(one["value"], one["is_canonical"], one["reason"]["text"]) for one in conflict] == [
        ("9.1", True, "Measured"),
        ("9.5", False, "An estimate"),
    ]
    assert conflict[0]["area_name"] == {"text": "Windy Island", "language": "en"}


@pytest.mark.parametrize(
    ("qualifier", "said"),
    [
        ("exact", "1,234.5"),
        ("about", "about 1,234.5"),
        ("at_least", "at least 1,234.5"),
        ("more_than", "more than 1,234.5"),
    ],
)
def test_a_figure_is_as_exact_as_its_source(qualifier, said):
    from decimal import Decimal

    assert documents.value_text(Decimal("1234.5000"), qualifier, "en") == said
