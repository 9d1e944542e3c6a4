"""What counts as an answer for the self-audit, and what only looks like one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories import NOW
from tests.portal.packs import HOME, load
from vetovoima.common.fields import Translated
from vetovoima.monitoring.audit import permits
from vetovoima.monitoring.audit.registry import Finding, Run, check_of
from vetovoima.portal.audit import asking, content
from vetovoima.portal.audit.reading import PageRead
from vetovoima.portal.audit.walking import Walk
from vetovoima.portal.audit.wording import answers, bases_of, said_by

TOWNS = {"kajaani": 1, "kuhmo": 2}
LAW = "https://law.example/1"


def fact(code: str, **more: Any) -> Any:
    """A fact of this year with its source; `town` is the number of a municipality."""
    town = more.pop("town", None)
    given = {
        "topic": "people",
        "number": 5.0,
        "as_of": "2026-11",
        "source": {"title": "The wind book"},
        "checked_on": None,
    }
    return SimpleNamespace(code=code, municipality_id=town, **{**given, **more})


@pytest.fixture(autouse=True)
def _policies_and_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "policies_in_force", lambda _today: [])
    monkeypatch.setattr(content, "municipalities", lambda: list(TOWNS))


def judged(code: str, *facts: Any, pages: tuple[str, ...] = ()) -> Finding:
    check = check_of(code)
    assert check is not None
    known = {one: (f"/en/{one}/", "2026-11-01") for one in pages}
    return check(Run(NOW, {"facts": list(facts), "pages": known}))


def step(**values: Any) -> Any:
    given = {"decides": Translated(en="The council"), "cost": Translated(), "months_from": None, "months_to": None,
             "legal_basis": Translated(en="Act 1"), "source": {"url": LAW}}  # fmt: skip
    return SimpleNamespace(**{**given, **values})


def run_of(*paths: list[Any]) -> Run:
    made = [SimpleNamespace(steps=SimpleNamespace(all=lambda steps=steps: steps)) for steps in paths]
    return Run(NOW, {"permit paths": made})


@pytest.mark.parametrize(
    ("item", "code", "counts"),
    [
        ("C05", "employer-kite-works", True),
        ("C05", "kite-works-personnel", True),
        ("C05", "largest-company-kites", True),
        ("C05", "employer-cost-pension", False),
        ("C05", "kite-works-jobs", False),
        ("C05", "unemployer-x", False),
        ("C06", "came-2026-kites", True),
        ("C06", "kite-campus-investment", True),
        ("C06", "became-a-town", False),
        ("C06", "expanse-of-forest", False),
        ("C10", "tax-property-kuhmo", True),
        ("C10", "taxi-stands", False),
        ("C13", "north-plot-price", True),
        ("C13", "power-price-market-2024", False),
        ("C15", "housing-price", True),
        ("C15", "employer-cost-health", False),
        ("C15", "shipping-container-living", False),
    ],
)
def test_facts_count_by_whole_words_of_their_code(item: str, code: str, counts: bool) -> None:
    assert any(some.fits(code) for some in content.ABOUT[item].words) is counts


def test_employers_count_with_their_place_and_number_and_25_are_wanted() -> None:
    costs = [fact(f"employer-cost-{number}", town=1) for number in range(30)]
    assert judged("C05", *costs).result == "fail"
    known = [fact(f"employer-{number}", town=1) for number in range(25)]
    assert judged("C05", *known).result == "pass"
    assert judged("C05", *known[1:], fact("employer-without-place")).result == "part"
    assert judged("C05", *known[1:], fact("employer-in-words", town=1, number=None)).result == "part"


def test_living_needs_homes_schools_and_health_care() -> None:
    home, school, health = fact("housing-price"), fact("school-places"), fact("health-centres")
    assert judged("C15", home, school, health).result == "pass"
    finding = judged("C15", home, school, home)
    assert finding.result == "part"
    said = " ".join(one.text % one.values for one in finding.evidence)
    assert "Facts are missing whose code begins with: health / healthcare / hospital." in said
    assert judged("C15", pages=("living",)).result == "part"
    assert judged("C15", fact("employer-cost-health")).result == "fail"


def test_taxes_are_of_each_municipality() -> None:
    limits, first, second = fact("tax-limits"), fact("tax-kajaani", town=1), fact("tax-kuhmo", town=2)
    assert judged("C10", limits, first).result == "part"
    assert "1 of 2 municipalities" in judged("C10", limits, first).evidence[1].text % {
        "number": 1,
        "total": 2,
    }
    assert judged("C10", limits, first).evidence[1].values == {"number": 1, "total": 2}
    assert judged("C10", limits, first, second).result == "pass"


def test_what_came_or_went_long_ago_is_no_answer() -> None:
    assert judged("C06", fact("came-kites", as_of="2026-01")).result == "pass"
    assert judged("C06", fact("came-kites", as_of="2024-01")).result == "fail"
    assert judged("C07", fact("kites-end", as_of="2024-01", checked_on=NOW.date())).result == "fail"


def test_a_source_that_has_its_date_is_dated() -> None:
    dated = fact("x", as_of="", source={"title": "The wind book", "dated": "2026-02"})
    assert judged("C26", dated).result == "pass"
    assert judged("C26", fact("x", as_of="")).result == "fail"


def test_the_people_of_an_earlier_year_are_not_the_people_of_today() -> None:
    town = SimpleNamespace(slug="kuhmo")
    old = fact("population-2010-kuhmo", town=2, municipality=town)
    now, rate = (
        fact(code, town=2, municipality=town) for code in ("population-kuhmo", "unemployment-rate-kuhmo")
    )
    content_towns = [SimpleNamespace(slug="kuhmo")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "municipalities", lambda: content_towns)
        assert judged("C02", old, rate).result == "fail"
        assert judged("C02", now, rate).result == "pass"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EUR 450", True), ("4,200 euros", True), ("5,20 €/m²", True), ("€ 12", True), ("0 €", True),
        ("By the price list, which states the sums.", False), ("By decree 1231/2025.", False), ("", False),
        ("In euros, by the tariff of 2026.", False),
    ],
)  # fmt: skip
def test_a_cost_is_a_sum_of_euros(text: str, says: bool) -> None:
    assert permits.says_cost(step(cost=Translated(en=text) if text else Translated())) is says


def test_how_a_fee_is_set_and_one_end_of_a_time_are_a_half() -> None:
    fee, price = Translated(en="By decree."), Translated(en="EUR 450")
    for code, half, whole in (
        ("G06", {"cost": fee}, {"cost": price}),
        ("G07", {"months_to": 8.0}, {"months_from": 0.0, "months_to": 8.0}),
    ):
        check = check_of(code)
        assert check is not None
        results = [
            check(run_of([step(), step()])), check(run_of([step(), step(**half)])),
            check(run_of([step(**half), step(**whole)])), check(run_of([step(**whole)] * 2)),
        ]  # fmt: skip
        assert [one.result for one in results] == ["fail", "part", "part", "pass"]
        assert results[2].evidence[0].values == {"number": 1, "part": 1, "total": 2}


def test_totals_and_the_whole_of_permits_need_sums_and_times() -> None:
    whole = step(cost=Translated(en="EUR 450"), months_from=1.0, months_to=2.0)
    totals, guide = check_of("G12"), check_of("C12")
    assert totals is not None
    assert guide is not None
    by_tariff = step(cost=Translated(en="By decree."), months_from=1.0, months_to=2.0)
    one_end = step(cost=Translated(en="EUR 450"), months_to=2.0)
    assert (totals(run_of([whole])).result, guide(run_of([whole])).result) == ("pass", "pass")
    assert (totals(run_of([by_tariff])).result, guide(run_of([by_tariff])).result) == ("fail", "part")
    assert guide(run_of([one_end])).result == "part"
    assert (totals(run_of([])).result, guide(run_of([])).result) == ("fail", "fail")
    assert (totals(run_of([whole], [])).result, guide(run_of([whole], [])).result) == ("part", "part")


def test_a_law_counts_when_the_page_shows_its_link(monkeypatch: pytest.MonkeyPatch) -> None:
    check = check_of("G08")
    assert check is not None

    def shown(*links: str) -> str:
        monkeypatch.setattr(asking, "read", lambda url: PageRead(url, 200, "text/html", links=list(links)))
        return check(run_of([step(), step(), step(source={})])).result

    assert shown() == shown("") == "fail"
    found = check(run_of([step(), step()]))
    assert found.evidence[0].values == {"number": 0, "total": 2}
    assert shown(LAW) == shown(LAW, LAW, LAW, "") == "part"
    monkeypatch.setattr(asking, "read", lambda url: PageRead(url, 200, "text/html", links=[LAW, LAW]))
    assert check(run_of([step(), step()])).result == "pass"


PAGE = """<html><body><nav>Mine</nav><main><h1>Portal</h1><script>mine</script>
<form><label>Airport</label></form>
<ul><li>A sawmill<p><b>that runs</b></li><li><h3>Harbour <span class="badge-example">EXAMPLE</span></h3><p>port</p></li></ul>
<p>Plots near mineral &amp; railways</p></main><footer>Factory</footer></body></html>"""


def test_a_page_says_its_main_part_without_menus_forms_and_examples() -> None:
    said = said_by(PAGE)
    assert " ".join(said.split()) == "Portal A sawmill that runs Plots near mineral & railways"
    assert said_by("<p>nothing</p>") == ""
    assert said_by('<main><p>a</p><span class="badge-example">x</span></main>') == ""


@pytest.mark.parametrize(
    ("question", "language", "is_answered"),
    [
        ("sawmills", "en", True), ("plot near railway", "en", True), ("port", "en", False), ("mine", "en", False),
        ("airport", "en", False), ("", "en", False),
    ],
)  # fmt: skip
def test_whole_words_answer_in_whatever_form(question: str, language: str, is_answered: bool) -> None:
    assert answers(question, bases_of(said_by(PAGE), language), language) is is_answered


def test_the_first_part_of_a_compound_is_no_answer() -> None:
    assert not answers("saha", bases_of("Sahanpurua on paljon.", "fi"), "fi")
    assert answers("saha", bases_of("Kaksi sahaa.", "fi"), "fi")


def test_neither_examples_nor_guesses_of_the_search_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def search(_language: str, terms: Any, **_more: Any) -> Any:
        asked.append(terms.examples)
        found = {"mine": ("", ""), "minw": ("mine", ""), "kaivos": ("", "fi")}[terms.text]
        return SimpleNamespace(documents=["one"], corrected=found[0], read_in=found[1])

    monkeypatch.setattr(asking, "search_sites", search)
    assert [asking._is_found(words, "en") for words in ("mine", "minw", "kaivos")] == [True, False, False]
    assert asked == [False, False, False]


@pytest.mark.django_db
def test_pages_of_records_are_left_to_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetovoima.portal.audit.walking.record_paths", lambda: ["/en/sites/A-1/"])
    html = "<main><p>windmill</p></main>"
    pages = {
        url: PageRead(url, 200, "text/html", language="en", text=html) for url in ("/en/", "/en/sites/A-1/")
    }
    found = asking._page_words(Run(NOW, {"walk": Walk(pages=pages)}), "en")
    assert len(found) == 1
    assert "windmill" in found[0]


@pytest.mark.django_db
def test_news_is_as_old_as_the_day_it_bears(tmp_path: Path) -> None:
    check = check_of("C20")
    assert check is not None

    def found(*days: int) -> tuple[str, Any]:
        pages = [
            {"path": f"/news/{number}/", "type": "news", "title": {"fi": "Uutinen", "en": "News"},
             "date": (NOW.date() - timedelta(days=days)).isoformat()}
            for number, days in enumerate(days)
        ]  # fmt: skip
        load(tmp_path, HOME, {"path": "/news/", "type": "news_index", "title": {"en": "News"}}, *pages)
        finding = check(Run(NOW))
        return finding.result, finding.evidence[0].values["number"]

    assert found() == ("fail", 0)
    assert found(61) == ("part", 1)
    assert found(61, -3) == ("part", 1)
    assert found(61, -3, 60) == ("pass", 2)
