"""Charts: what they say, how they are drawn and kept, and the same as files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client

from tests.factories import make_municipality, make_region
from vetovoima.api import charts
from vetovoima.common.fields import Translated
from vetovoima.monitoring.charts import drawing
from vetovoima.monitoring.charts.series import Wish, chart_of, charts_of
from vetovoima.monitoring.models import Indicator, Observation

pytestmark = pytest.mark.django_db
SOURCE = {"title": "The wind book", "url": "https://wind.example/", "dated": "2023"}


@pytest.fixture(autouse=True)
def figures() -> str:
    cache.clear()
    code: str = make_region().code
    make_municipality("kuhmo", name=Translated(fi="Kuhmo", en="Kuhmo"))
    indicator = Indicator.objects.create(
        code="wind",
        name=Translated(fi="Tuuli", en="Wind"),
        unit="m_s",
        unit_label=Translated(fi="m/s", en="m/s"),
    )
    rows = [(code, "2020", 10), (code, "2021-06", 12), (code, "2022", 15), ("kuhmo", "2022", 5)]
    for area, period, value in rows:
        Observation.objects.create(
            indicator=indicator, area=area, period=period, value=value, origin="The wind book", source=SOURCE
        )
    return code


def test_the_finding_says_how_much_changed(figures: str) -> None:
    chart = chart_of(Wish("wind"), "en", figures)
    assert chart is not None
    assert chart.finding.endswith("grew by 50% from 2020 to 2022")
    assert [one.year for one in chart.figures] == [2020, pytest.approx(2021.41, abs=0.01), 2022]
    assert chart_of(Wish("nothing"), "en", figures) is None


def test_many_charts_cost_one_question_for_their_figures(
    figures: str, django_assert_max_num_queries: Any
) -> None:
    wishes = [Wish("wind"), Wish("wind", ("kuhmo", figures)), Wish("wind", ("kuhmo", figures), "bars")]
    with django_assert_max_num_queries(3):
        found = charts_of(wishes, "en", figures)
    assert [one.finding for one in found.values()][2] == "Wind, newest figure of each area"


def test_a_chart_is_drawn_once_and_takes_the_pages_colours(
    figures: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = chart_of(Wish("wind"), "fi", figures)
    assert chart is not None
    first = drawing.drawing_of(chart)
    monkeypatch.setattr(drawing, "_drawn", lambda asked: pytest.fail("drawn again"))
    assert drawing.drawing_of(chart) == first
    assert "var(--chart-1)" in first.wide
    assert not [word for word in (" style=", "#010101", "font-family", "aria-label") if word in first.wide]


def test_drawings_do_not_lie_where_the_sign_in_limits_do(client: Client, figures: str, settings: Any) -> None:
    caches["drawings"].clear()
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "few limits",
            "OPTIONS": {"MAX_ENTRIES": 6, "CULL_FREQUENCY": 1},
        },
    }
    cache.set("sign-in", 4)
    for language in ("fi", "en", "sv"):
        for form in ("line", "bars"):
            address = f"/charts/wind.svg?lang={language}&form={form}&area=kuhmo&area={figures}"
            assert client.get(address).status_code == 200
    assert cache.get("sign-in") == 4


def test_areas_in_another_order_are_the_same_drawing(
    client: Client, figures: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/charts/wind.svg?area=kuhmo&area={figures}")
    assert first.status_code == 200
    monkeypatch.setattr(drawing, "_drawn", lambda asked: pytest.fail("drawn again"))
    for query in (f"area={figures}&area=kuhmo", f"area={figures}&area=nowhere&area=kuhmo"):
        assert client.get(f"/charts/wind.svg?{query}").content == first.content
    assert client.get("/charts/wind.json?area=nowhere").status_code == 404


def test_one_network_cannot_have_charts_drawn_without_end(
    client: Client, figures: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches["drawings"].clear()
    monkeypatch.setattr(charts, "DRAWINGS_AN_HOUR", 1)
    kept = "/charts/wind.svg?lang=en"
    assert client.get(kept).status_code == 200
    refused = client.get("/charts/wind.svg?lang=fi")
    assert (refused.status_code, 0 < int(refused["Retry-After"]) <= 3600) == (429, True)
    assert client.get(kept).status_code == 200
    assert client.get("/charts/wind.csv?lang=fi").status_code == 200


def test_too_few_figures_are_a_table_only(figures: str) -> None:
    chart = chart_of(Wish("wind", ("kuhmo",)), "en", figures)
    assert chart is not None
    assert (chart.is_drawn, chart.table["rows"][0]["period"]) == (False, "2022")


def test_words_of_people_are_escaped_in_the_drawing(figures: str) -> None:
    from vetovoima.reference.models import Municipality

    Municipality.objects.filter(slug="kuhmo").update(
        name=Translated(fi="<script>x</script>", en="<script>x</script>")
    )
    chart = chart_of(Wish("wind", ("kuhmo", figures)), "en", figures)
    assert chart is not None
    assert "<script" not in drawing.drawing_of(chart).wide


def test_the_files_carry_figures_sources_and_licence(client: Client, figures: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/charts/wind.csv").content.decode("utf-8-sig"))))
    assert next((row["period"], row["value"], row["source"]) for row in rows) == (
        "2020",
        "10",
        "The wind book",
    )
    known = client.get("/charts/wind.json?lang=fi").json()
    assert (known["name"], len(known["figures"]), known["sources"]) == ("Tuuli", 3, [SOURCE])
    svg = client.get("/charts/wind.svg")
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert "<title id=" in svg.content.decode()
    assert "The wind book" in svg.content.decode()
    assert svg.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/charts/wind.svg", headers={"if-none-match": svg.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/charts/nothing.csv", 404), ("/charts/wind.csv?colour=red", 400), ("/charts/wind.csv?form=pie", 400),
        ("/charts/wind.csv?lang=de", 400), ("/charts/wind.svg?area=kuhmo", 404),
        ("/charts/wind.csv?area=a&area=b&area=c&area=d&area=e", 400),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status
