"""Questions about the register and the indicators, on a made-up region."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.regions.packs import MADE_UP, load_facts
from vetovoima.common.fields import Translated
from vetovoima.monitoring import queries
from vetovoima.monitoring.enums import Reason
from vetovoima.monitoring.filters import InvestmentFilter
from vetovoima.monitoring.models import Indicator, Investment, Observation
from vetovoima.reference.queries import municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region():
    """The made-up region: one service investment of 4 million, a target of 10 million until 2030."""
    load_facts(MADE_UP, "tuulisaari")


def add(code: str, **fields) -> Investment:
    """This will add a row to the register: secured, service, decided in 2025, one million."""
    given = {"scope": "service", "stage": "decided", "decided": "2025", "amount_eur": 1_000_000, **fields}
    return Investment.objects.create(code=code, company="Company", project=Translated(en=code), **given)


def found(filters: InvestmentFilter | None = None) -> list[str]:
    """This will return the codes of the rows that fit, in their order."""
    rows = queries.investments(filters, target=queries.target("kites-2030"))
    return [verdict.investment.code for verdict in rows]


def test_progress_of_a_target_reads_the_register():
    add("shop")
    add("idea", stage="idea", decided="")
    add("example", is_example=True, amount_eur=9_000_000)
    target = queries.target()
    assert target is not None

    progress = queries.target_progress(target, today=date(2030, 12, 30))

    assert (progress.totals.secured.amount, progress.totals.secured.share) == (5_000_000, Decimal("50.0"))
    assert progress.totals.secured.codes == ("kite-works", "shop")
    assert progress.totals.pipeline.codes == ("idea",)
    assert (progress.reading, progress.is_narrow, progress.days_left) == ("service", True, 1)
    assert [(one.investment.code, one.reason) for one in progress.uncounted] == [("example", Reason.EXAMPLE)]


def test_progress_in_the_wide_reading_and_without_the_largest():
    add("mill", scope="industrial", amount_eur=20_000_000)
    target = queries.target("kites-2030")
    assert target is not None

    wide = queries.target_progress(target, scope="all", today=date(2026, 1, 1))
    without = queries.target_progress(target, scope="all", without_largest=True, today=date(2026, 1, 1))

    assert (wide.totals.secured.amount, wide.totals.secured.share) == (24_000_000, Decimal("240.0"))
    assert (without.totals.secured.amount, without.is_narrow) == (4_000_000, False)
    assert queries.readings_of(target) == ("service", "all")
    assert queries.largest(target).investment.code == "kite-works"
    assert queries.largest(target, scope="all").investment.code == "mill"


def test_the_register_is_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    for number in range(20):
        add(f"shop-{number}")
    target = queries.target()

    with django_assert_num_queries(2):
        progress = queries.target_progress(target, today=date(2026, 1, 1))
        [(one.investment.sector, list(one.investment.municipalities.all())) for one in progress.uncounted]


def test_rows_come_the_largest_first_and_unknown_amounts_last():
    add("b")
    add("a")
    add("big", amount_eur=50_000_000)
    add("unknown", amount_eur=None)

    assert found() == ["big", "kite-works", "a", "b", "unknown"]


def test_rows_by_group_stage_scope_place_sector_and_verdict():
    shore = municipality("lansiranta")
    add("idea", stage="idea", decided="").municipalities.add(shore)
    add("mill", scope="industrial")
    add("old", decided="2001")

    assert found(InvestmentFilter(group="pipeline")) == ["idea"]
    assert found(InvestmentFilter(stages=("construction", "idea"))) == ["kite-works", "idea"]
    assert found(InvestmentFilter(scopes=("industrial",))) == ["mill"]
    assert found(InvestmentFilter(municipality="lansiranta")) == ["kite-works", "idea"]
    assert found(InvestmentFilter(municipality="itaranta")) == ["kite-works"]
    assert found(InvestmentFilter(sector="kites")) == ["kite-works"]
    assert found(InvestmentFilter(counted=True)) == ["kite-works", "idea"]
    assert found(InvestmentFilter(counted=False)) == ["mill", "old"]
    assert found(InvestmentFilter(counted=True, reading="all")) == ["kite-works", "idea", "mill"]
    assert found(InvestmentFilter(counted=True, without_largest=True)) == ["idea"]


def test_a_part_is_judged_with_its_whole_even_when_the_whole_is_filtered_away():
    whole = add("campus", stage="construction", amount_eur=9_000_000)
    add("hall", part_of=whole)

    rows = queries.investments(InvestmentFilter(stages=("decided",)), target=queries.target())

    assert [(one.investment.code, one.reasons, one.inside) for one in rows] == [
        ("hall", (Reason.CONTAINED,), "campus")
    ]


def test_without_a_target_every_dated_secured_row_counts():
    add("old", decided="1999")

    assert [one.investment.code for one in queries.investments(InvestmentFilter(counted=True))] == [
        "kite-works",
        "old",
    ]


def test_one_row_or_none():
    row = queries.investment("kite-works")

    assert row is not None
    assert [one.slug for one in row.municipalities.all()] == ["itaranta", "lansiranta"]
    assert row.further_sources == ["https://kites.example/a", "https://kites.example/b"]
    assert queries.investment("nothing") is None
    assert queries.target("nothing") is None
    assert queries.indicator("nothing") is None


# ------------------------------------------------------------------------------------------------------------ indicators


def wind() -> Indicator:
    """The made-up region's one indicator."""
    found = queries.indicator("wind")
    assert found is not None
    return found


def observe(period: str, value: str, **fields) -> None:
    """This will add a canonical figure of the whole region."""
    given = {"area": "tuulisaari", "origin": "Other", **fields}
    Observation.objects.create(indicator=wind(), period=period, value=Decimal(value), **given)


def test_the_latest_figure_is_that_of_the_latest_period():
    assert queries.latest(wind(), "tuulisaari").value == Decimal("8.75")

    observe("2025", "9.2")
    observe("2025-06", "7")
    observe("", "1")
    observe("2030", "12", kind="target")

    assert queries.latest(wind(), "tuulisaari").period == "2025"
    assert [one.period for one in queries.series(wind(), "tuulisaari")] == [
        "",
        "2024",
        "2025-H1",
        "2025-06",
        "2025",
    ]
    assert [one.period for one in queries.series(wind(), "tuulisaari", "target")] == ["2030"]


def test_a_series_holds_canonical_figures_alone():
    assert [one.value for one in queries.series(wind(), "tuulisaari")] == [Decimal("9.1"), Decimal("8.75")]


def test_an_area_without_figures_has_no_latest():
    assert queries.latest(wind(), "lansiranta") is None
    assert queries.latest(wind(), "itaranta") is None  # a target is not an observation


def test_what_disagrees_stands_together_the_canonical_figure_first():
    ((key, same),) = queries.conflicts().items()

    assert key == ("wind", "tuulisaari", "2024")
    assert [(one.value, one.is_canonical, one.origin) for one in same] == [
        (Decimal("9.1"), True, "Weather station"),
        (Decimal("9.5"), False, "Harbour master"),
    ]


def test_two_sources_that_agree_do_not_disagree():
    observe("2025-H1", "8.75", is_canonical=False)

    assert ("wind", "tuulisaari", "2025-H1") not in queries.conflicts()


def test_every_figure_of_an_indicator_and_its_areas():
    periods = [(one.area, one.period, one.is_canonical) for one in queries.observations(wind())]

    assert periods == [
        ("itaranta", "2024", True),
        ("tuulisaari", "2024", True),
        ("tuulisaari", "2024", False),
        ("tuulisaari", "2025-H1", True),
    ]
    assert queries.area_names()["tuulisaari"]["en"] == "Windy Island"
    assert [one.code for one in queries.indicators()] == ["wind"]
    assert {code: one.period for code, one in queries.latest_of_all("tuulisaari").items()} == {
        "wind": "2025-H1"
    }
