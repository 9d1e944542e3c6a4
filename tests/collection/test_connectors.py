"""Running the connectors: the last good data stays whatever the source does, and figures reach the indicators."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.collection.statfin import PLACES, TABLE, answer, statfin
from tests.common.loopback import Call, Reply, Server, as_json
from tests.factories import NOW, make_municipality, make_region
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.activity.registry import handler_of
from vetovoima.activity.schedule import chores
from vetovoima.collection.connectors import pxweb, services, tasks
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.connectors.queries import snapshot, statuses
from vetovoima.collection.models.sources import ConnectorRun, Statistic
from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.reference.models import Municipality

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=7)
SQUARE = [[[28.0, 64.0], [28.1, 64.0], [28.1, 64.1], [28.0, 64.1], [28.0, 64.0]]]
WFS = "/geoserver/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=areas:kunta4500k_2026&outputFormat=application/json"


@pytest.fixture
def population(server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Statistic:
    """The statistic of the population, its indicator and the eight municipalities."""
    monkeypatch.setattr(pxweb, "PAUSE", 0)
    settings.VETOVOIMA_PXWEB_URL = server.url
    server.answer = statfin()
    make_region(code="kainuu")
    for slug, code in PLACES.items():
        make_municipality(slug, lau_code=code)
    Indicator.objects.create(code="population", name=Translated(en="Population"), unit="persons")
    return Statistic.objects.create(
        code="population", indicator="population", table=TABLE, content="vaerak-vaesto", areas=["municipalities", "MK18"]
    )  # fmt: skip


def fetch(statistic: Statistic, now: Any = NOW) -> ConnectorRun:
    return services.fetch_statistic(statistic=statistic, now=now)


def figures() -> dict[tuple[str, str], Decimal]:
    return {(one.area, one.period): one.value for one in Observation.objects.filter(is_canonical=True)}


def test_figures_arrive_with_source_vintage_and_day(population: Statistic) -> None:
    run = fetch(population)
    assert (run.state, run.counts) == ("ok", {"rows": 18, "empty": 0})
    assert len(figures()) == 18
    assert figures()["kajaani", "2022"] == 36297
    assert figures()["kainuu", "2021"] == 71255
    one = Observation.objects.get(area="kuhmo", period="2022")
    assert one.origin == f"Statistics Finland: {TABLE}"
    expected = {
        "vintage": "2026-01-01",
        "dated": "2026-04-01",
        "collected_on": "2026-03-10",
        "confidence": "high",
    }
    assert {key: one.source[key] for key in expected} == expected
    assert Fact.objects.filter(type="monitoring.figures.stored", code="population").count() == 1


def test_the_same_again_is_nothing_new_but_confirmed(population: Statistic) -> None:
    fetch(population)
    assert fetch(population, LATER).state == "nothing_new"
    kept = snapshot("pxweb", "population")
    assert kept is not None
    assert (kept.fetched_at, kept.confirmed_at) == (NOW, LATER)
    assert Fact.objects.filter(type="collection.statistics.fetched").count() == 1


def test_a_corrected_figure_is_corrected_and_the_change_recorded(
    population: Statistic, server: Server
) -> None:
    fetch(population)

    def corrected(data: Any) -> Any:
        data["value"][4] = 36500
        return data

    server.answer = statfin(data=corrected)
    assert fetch(population, LATER).state == "ok"
    assert figures()["kajaani", "2021"] == 36500
    changes = Fact.objects.filter(type="monitoring.figures.stored").latest("pk").changes
    assert changes == {"kajaani 2021": ["36493.0000", "36500.0000"]}


def test_a_figure_that_is_there_from_another_source_stays_the_canonical_one(population: Statistic) -> None:
    other = Observation.objects.create(
        indicator_id=Indicator.objects.get().pk, area="kajaani", period="2022", value=36000, origin="The town",
        source={"title": "The town"},
    )  # fmt: skip
    fetch(population)
    assert figures()["kajaani", "2022"] == 36000
    both = Observation.objects.filter(area="kajaani", period="2022")
    assert {(one.origin == other.origin, one.is_canonical, int(one.value)) for one in both} == {
        (True, True, 36000),
        (False, False, 36297),
    }


def test_a_figure_of_an_older_division_does_not_replace_one_of_a_newer(
    population: Statistic, server: Server
) -> None:
    fetch(population)

    def older(data: Any) -> Any:
        import json

        return json.loads(
            json.dumps(data).replace("alue_23_20260101", "alue_23_20250101").replace("36297", "1")
        )

    server.answer = statfin(about=older, data=older)
    fetch(population, LATER)
    assert figures()["kajaani", "2022"] == 36297


BAD: list[tuple[str, Any, str, str]] = [
    ("about", lambda _data: Reply("<html>closed</html>"), "changed", "another form than before: HTML"),
    ("about", lambda _data: Reply(status=404), "changed", "no table"),
    ("about", lambda _data: Reply(status=403), "failed", "without a password"),
    ("about", lambda _data: Reply(status=500), "failed", "error 500"),
    (
        "about",
        lambda _data: Reply(status=429, headers={"Retry-After": "9"}),
        "failed",
        "come back in 9 seconds",
    ),
    ("about", lambda _data: Reply(status=503), "failed", "come back in 60 seconds"),
    ("data", lambda _data: Reply('{"class": "datas'), "changed", "no JSON"),
    ("data", lambda data: as_json(data, cut=500), "failed", "in the middle"),
    ("data", lambda data: {**data, "value": data["value"][:3]}, "changed", "value"),
    ("data", lambda data: as_json(data, wait=3), "too_long", "did not finish"),
]


@pytest.mark.parametrize(("step", "spoil", "state", "said"), BAD)
def test_whatever_the_source_does_the_last_good_figures_stay(
    population: Statistic, server: Server, monkeypatch: pytest.MonkeyPatch,
    step: str, spoil: Callable[[Any], Any], state: str, said: str,
) -> None:  # fmt: skip
    fetch(population)
    before = figures()
    monkeypatch.setattr(services, "SECONDS", 1)
    changes: Any = {step: spoil}
    server.answer = statfin(**changes)

    run = fetch(population, LATER)

    assert run.state == state
    assert said in in_words(run.problem)
    assert figures() == before
    kept = snapshot("pxweb", "population")
    assert kept is not None
    assert (kept.fetched_at, kept.confirmed_at) == (NOW, NOW)
    status = statuses()[0]
    assert (status.run, status.kept) == (run, kept)


def test_a_municipality_that_is_missing_is_said_and_the_others_are_read(
    population: Statistic, server: Server
) -> None:
    def merged(data: Any) -> Any:
        data["variables"][0]["values"].remove("KU697")
        return data

    def without(data: Any) -> Any:
        category = data["dimension"]["alue_23_20260101"]["category"]
        place = category["index"].pop("KU697")
        category["index"] = {code: at - (at > place) for code, at in category["index"].items()}
        del data["value"][place * 2 : place * 2 + 2]
        data["size"] = [8, 2, 1]
        return data

    server.answer = statfin(about=merged, data=without)
    run = fetch(population)
    assert run.state == "partly"
    assert in_words(run.problem) == "The source gave nothing for these areas: KU697."
    assert len(figures()) == 16


def test_a_gap_is_counted_and_stores_nothing(population: Statistic, server: Server) -> None:
    def gap(data: Any) -> Any:
        data["value"][4] = None
        return data

    server.answer = statfin(data=gap)
    assert fetch(population).counts == {"rows": 17, "empty": 1}
    assert ("kajaani", "2021") not in figures()


def test_a_provisional_figure_says_so(population: Statistic, server: Server) -> None:
    def star(data: Any) -> Any:
        data["dimension"]["timeperiod_y"]["category"]["label"]["2022"] = "2022*"
        return data

    server.answer = statfin(data=star)
    fetch(population)
    one, other = (Observation.objects.get(area="kuhmo", period=period) for period in ("2022", "2021"))
    assert (one.source["is_provisional"], one.source["confidence"]) == (True, "medium")
    assert "is_provisional" not in other.source
    server.answer = statfin()
    fetch(population, LATER)
    one.refresh_from_db()
    assert "is_provisional" not in one.source


def test_a_statistic_without_its_indicator_is_kept_and_stores_nothing(population: Statistic) -> None:
    Indicator.objects.all().delete()
    assert fetch(population).state == "ok"
    assert Observation.objects.count() == 0


def test_the_worker_reads_each_statistic_in_its_turn(population: Statistic) -> None:
    assert any(one.name == "collection.connectors" and one.weekday == 1 for one in chores())
    tasks.ask_all(NOW)
    tasks.ask_all(NOW)
    assert OutboxItem.objects.filter(topic=tasks.STATISTIC).count() == 1
    work_through("test")
    assert len(figures()) == 18


def test_a_busy_source_is_asked_again_when_it_wants_and_not_for_ever(
    population: Statistic, server: Server
) -> None:
    server.answer = lambda call: Reply(status=429, headers={"Retry-After": "900"})
    work = handler_of(tasks.STATISTIC)
    assert work is not None
    work({"code": "population", "turn": "2026-03-10"})
    again = OutboxItem.objects.get(topic=tasks.STATISTIC)
    wait = again.due_at - timezone.now()
    assert timedelta(seconds=880) < wait <= timedelta(seconds=900)
    work({**again.payload, "tries": tasks.MOST_TRIES})
    assert OutboxItem.objects.filter(topic=tasks.STATISTIC).count() == 1


def test_a_source_that_has_changed_is_not_asked_again_before_its_next_turn(
    population: Statistic, server: Server
) -> None:
    server.answer = lambda call: Reply(status=404)
    work = handler_of(tasks.STATISTIC)
    assert work is not None
    work({"code": "population", "turn": "2026-03-10"})
    assert not OutboxItem.objects.filter(topic=tasks.STATISTIC).exists()


def boundaries_server(years: tuple[int, ...], codes: dict[int, list[str]]) -> Callable[[Call], Reply]:
    def respond(call: Call) -> Reply:
        if call.query["request"] == "GetCapabilities":
            names = "".join(f"<Name>areas:kunta4500k_{year}</Name>" for year in years)
            return Reply(f"<WFS_Capabilities>{names}<Name>areas:kunta1000k_2030</Name></WFS_Capabilities>")
        year = int(call.query["typenames"][-4:])
        return as_json(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"kunta": code},
                        "geometry": {"type": "Polygon", "coordinates": SQUARE},
                    }
                    for code in codes.get(year, [])
                ],
            }
        )

    return respond


@pytest.fixture
def two_towns(server: Server) -> None:
    make_region(boundaries_url=server.url + WFS)
    make_municipality("kajaani", lau_code="205")
    make_municipality("kuhmo", lau_code="290")


def check(now: Any = NOW) -> ConnectorRun:
    run = services.check_boundaries(now=now)
    assert run is not None
    return run


def test_a_newer_division_is_found_and_stored_once(two_towns: None, server: Server) -> None:
    server.answer = boundaries_server((2025, 2026, 2027), {2027: ["205", "290", "091"]})
    assert check().state == "ok"
    assert Municipality.objects.exclude(boundary=None).count() == 2
    assert "2027" in Municipality.objects.get(slug="kuhmo").boundary_credit
    calls = len(server.calls)
    assert check(LATER).state == "nothing_new"
    assert len(server.calls) == calls + 1


def test_a_division_without_one_of_our_municipalities_is_not_stored(two_towns: None, server: Server) -> None:
    server.answer = boundaries_server((2026,), {2026: ["205", "290"]})
    check()
    server.answer = boundaries_server((2026, 2027), {2027: ["205"]})
    run = check(LATER)
    assert run.state == "changed"
    assert (
        in_words(run.problem)
        == "The division of 2027 has no boundary of 290. The boundaries of before are kept."
    )
    assert "2026" in Municipality.objects.get(slug="kajaani").boundary_credit


@pytest.mark.parametrize(
    ("reply", "state"),
    [(Reply("<html>"), "changed"), (Reply(status=500), "failed"), (Reply(status=301), "failed")],
)
def test_boundaries_stay_when_the_service_does_not_answer(
    two_towns: None, server: Server, reply: Reply, state: str
) -> None:
    server.answer = boundaries_server((2026,), {2026: ["205", "290"]})
    check()
    server.answer = lambda call: reply
    assert check(LATER).state == state
    assert Municipality.objects.exclude(boundary=None).count() == 2


def test_a_region_without_an_address_has_no_boundaries_to_check(db: None) -> None:
    make_region()
    assert services.check_boundaries(now=NOW) is None


def test_a_company_is_kept_with_its_day_and_survives_a_bad_answer(server: Server, settings: Any) -> None:
    settings.VETOVOIMA_COMPANY_REGISTER_URL = server.url
    server.answer = lambda call: as_json(answer("MADE-company.json"))
    assert services.look_up_company(business_id="1234567-1", now=NOW).state == "ok"
    server.answer = lambda call: Reply("<html>")
    assert services.look_up_company(business_id="1234567-1", now=LATER).state == "failed"
    kept = snapshot("company", "1234567-1")
    assert kept is not None
    assert (kept.data["name"], kept.confirmed_at) == ("Esimerkkisaha Oy", NOW)


def times(factor: str) -> Callable[[Any], Any]:
    def spoil(data: Any) -> Any:
        data["value"] = [float(Decimal(one) * Decimal(factor)) for one in data["value"]]
        return data

    return spoil


def in_thousands(data: Any) -> Any:
    data["dimension"]["contentscode"]["category"]["unit"]["vaerak-vaesto"]["base"] = "1000 henkilöä"
    return data


def one_year_earlier(data: Any) -> Any:
    text = json.dumps(data).replace("2021", "2020").replace("2022", "2021")
    return json.loads(text)


def without_the_last_year(about: Any) -> Any:
    about["variables"][1]["values"] = ["2020", "2021"]
    return about


UNBELIEVABLE: list[tuple[dict[str, Any], str]] = [
    ({"data": in_thousands}, "are in 1000 henkilöä now; before they were in henkilöä"),
    ({"data": times("0.001")}, "The figure of kainuu for 2021 is 71.255; before it was 71255"),
    ({"data": times("1000")}, "before it was 71255"),
    ({"data": times("-1")}, "is -71255.0. It must be between 1 and –"),
    ({"data": times("0")}, "It must be between 1 and –"),
    (
        {"data": one_year_earlier, "about": without_the_last_year},
        "are of 2021; there are newer ones already, of 2022",
    ),
]


@pytest.mark.parametrize(("spoiled", "said"), UNBELIEVABLE)
def test_figures_that_cannot_be_right_change_nothing(
    population: Statistic, server: Server, spoiled: dict[str, Any], said: str
) -> None:
    Statistic.objects.update(lowest=1)
    population.refresh_from_db()
    fetch(population)
    before = figures()
    server.answer = statfin(**spoiled)
    run = fetch(population, LATER)
    assert run.state == "changed"
    assert said in in_words(run.problem)
    assert figures() == before
    kept = snapshot("pxweb", "population")
    assert kept is not None
    assert (kept.fetched_at, kept.confirmed_at) == (NOW, NOW)


def test_the_unit_that_the_data_pack_names_counts_from_the_first_reading(population: Statistic) -> None:
    Statistic.objects.update(unit="Henkilöä")
    population.refresh_from_db()
    assert fetch(population).state == "ok"
    assert Observation.objects.get(area="kuhmo", period="2022").source["unit"] == "henkilöä"
    Statistic.objects.update(unit="persons")
    population.refresh_from_db()
    assert "before they were in persons" in in_words(fetch(population, LATER).problem)


def test_a_first_reading_far_from_what_is_known_is_not_stored(population: Statistic, server: Server) -> None:
    Observation.objects.create(
        indicator=Indicator.objects.get(), area="kajaani", period="2020", value=36000, origin="The town",
        source={"title": "The town"},
    )  # fmt: skip
    server.answer = statfin(data=times("0.001"))
    fetch(population)
    assert not Observation.objects.filter(area="kajaani", period="2022").exists()
    told = Fact.objects.filter(type="monitoring.figures.stored").latest("pk")
    assert told.data["counts"]["doubtful"] == 2
