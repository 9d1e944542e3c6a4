"""Loading the register and the figures: idempotent, people's edits kept, broken tables refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.regions.packs import change_cells, copy_of, load_facts, set_cell
from vetovoima.common.fields import Translated
from vetovoima.monitoring import queries
from vetovoima.monitoring.loading import load_investments
from vetovoima.monitoring.models import Investment, Observation
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, open_pack
from vetovoima.reference.queries import municipalities, municipality, sectors

pytestmark = pytest.mark.django_db
INVESTMENTS = "tuulisaari/investments.csv"
OBSERVATIONS = "tuulisaari/observations.csv"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with a copy of the made-up pack, loaded once."""
    copied = copy_of("tuulisaari", tmp_path)
    load_facts(copied, "tuulisaari")
    return copied


def load(packs: Path) -> LoadReport:
    """This will load the pack again."""
    return load_facts(packs, "tuulisaari")


def refusals(packs: Path) -> list[str]:
    """This will load a broken pack and return why it is refused."""
    with pytest.raises(BrokenPack) as refused:
        load(packs)
    return str(refused.value).splitlines()


def add_row(path: Path, **cells: str) -> None:
    """This will append a row like the last one, with some cells changed."""
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    names = header.split(",")
    new = [cells.get(name, "") for name in names]
    path.write_text("\n".join([header, *rows, ",".join(new)]) + "\n", encoding="utf-8")


def kite_works() -> Investment:
    """The made-up region's one investment."""
    found = queries.investment("kite-works")
    assert found is not None
    return found


def add_investment(packs: Path, code: str, **cells: str) -> None:
    """This will add an investment to the pack."""
    given = {"company": "Company", "project_en": code, "scope": "service", "stage": "idea", **cells}
    add_row(packs / INVESTMENTS, code=code, **given)


def test_a_row_is_stored_with_all_that_its_source_says(packs):
    row = kite_works()

    assert (row.company, row.project["sv"], row.scope, row.stage) == (
        "Leija Oy",
        "Drakfabrik",
        "service",
        "construction",
    )
    assert (row.amount_eur, row.amount_note, row.jobs) == (4_000_000, "about EUR 4 million", 12)
    assert (row.announced, row.decided, row.completed, row.status_as_of) == (
        "2024-02",
        "2024-06",
        "",
        "2026-01",
    )
    assert row.source == {
        "title": "Made up for the tests",
        "url": "https://kites.example/works",
        "dated": "2024-06",
        "confidence": "high",
    }
    assert (row.confidence, row.is_example, row.sector.slug) == ("high", False, "kites")


def test_a_stage_that_moved_is_taken(packs):
    set_cell(packs / INVESTMENTS, "kite-works", "stage", "completed")

    report = load(packs)

    assert report.counts["investment"] == {"changed": 1}
    assert kite_works().stage == "completed"


def test_an_amount_that_a_person_corrected_stays(packs):
    Investment.objects.update(amount_eur=4_400_000)
    set_cell(packs / INVESTMENTS, "kite-works", "amount_eur", "5000000")

    report = load(packs)

    assert kite_works().amount_eur == 4_400_000
    assert report.left_alone == ["investment kite-works"]


def test_municipalities_follow_the_pack_until_a_person_chooses(packs):
    set_cell(packs / INVESTMENTS, "kite-works", "municipalities", "itaranta")
    load(packs)
    assert [one.slug for one in kite_works().municipalities.all()] == ["itaranta"]

    kite_works().municipalities.set([municipality("lansiranta")])
    set_cell(packs / INVESTMENTS, "kite-works", "municipalities", "itaranta;lansiranta")
    report = load(packs)

    assert [one.slug for one in kite_works().municipalities.all()] == ["lansiranta"]
    assert report.left_alone == ["investment's municipalities kite-works"]


def test_a_part_may_come_before_its_whole(packs):
    add_investment(packs, "nail", part_of="hall")
    add_investment(packs, "hall", part_of="campus")
    add_investment(packs, "campus")

    load(packs)

    assert [queries.investment(code).part_of.code for code in ("nail", "hall")] == ["hall", "campus"]
    assert load(packs).counts["investment"] == {"same": 4}


def test_rows_that_contain_each_other_are_refused(packs):
    add_investment(packs, "hen", part_of="egg")
    add_investment(packs, "egg", part_of="hen")
    add_investment(packs, "self", part_of="self")

    assert refusals(packs) == [
        f"investments.csv, row {row}, column part_of: the row lies in itself" for row in (3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"part_of": "nothing"}, "column part_of: 'nothing' is not known"),
        ({"sector": "nothing"}, "column sector: 'nothing' is not known"),
        ({"scope": ""}, "column scope: is empty"),
        ({"company": "x" * 201}, "column company: is longer than 200 characters"),
        ({"project_en": ""}, "column project_fi: has no text in any language"),
        ({"amount_min_eur": "3", "amount_max_eur": "2"}, "column amount_min_eur: The lowest value is higher than the highest."),
        ({"jobs_min": "3", "jobs_max": "2"}, "column jobs_min: The lowest value is higher than the highest."),
        ({"jobs": "-3"}, "column jobs: -3 is not a plausible number of jobs"),
        ({"amount_eur": "9" * 30}, "column amount_eur: The amount is larger than any investment can be."),
        ({"decided": "2024-05", "completed": "2023"}, "column completed: the investment is completed before it is decided"),
        ({"shared_with_other_region": "perhaps"}, "column shared_with_other_region: 'perhaps' is neither yes nor no"),
    ],
)  # fmt: skip
def test_a_broken_investment_is_refused(packs, cells, reason):
    add_investment(packs, "broken", **cells)

    assert refusals(packs) == [f"investments.csv, row 3, {reason}"]
    assert Investment.objects.filter(code="broken").count() == 0


def test_completed_in_the_year_of_the_decision_is_no_contradiction(packs):
    add_investment(packs, "quick", stage="completed", decided="2020-03", completed="2020")

    assert load(packs).counts["investment"] == {"added": 1, "same": 1}


def test_an_investment_twice_is_refused(packs):
    add_investment(packs, "kite-works")

    assert refusals(packs) == ["investments.csv, row 3, column code: 'kite-works' stands already on row 2"]


def test_examples_are_marked_and_may_be_parts_of_real_rows(packs):
    pack = open_pack(packs, "tuulisaari")
    folder = packs / "tuulisaari/examples"
    folder.mkdir()
    (folder / "investments.csv").write_text(
        "code,company,project_en,scope,stage,amount_eur,part_of\nshow,Example Ltd,Show,service,decided,1,kite-works\n",
        encoding="utf-8",
    )

    stored = load_investments(
        pack,
        LoadReport(),
        {one.slug: one for one in municipalities()},
        {one.slug: one for one in sectors()},
        file="examples/investments.csv",
        is_example=True,
    )

    assert [(code, one.is_example, one.part_of.code) for code, one in stored.items()] == [
        ("show", True, "kite-works")
    ]


# ---------------------------------------------------------------------------------------------------------- observations


def figures(period: str = "2024", area: str = "tuulisaari") -> dict[str, tuple[Decimal, bool]]:
    """This will return what each source says and whether it is the canonical one."""
    found = Observation.objects.filter(area=area, period=period)
    return {one.origin: (one.value, one.is_canonical) for one in found}


def swap_canonical(packs: Path) -> None:
    """This will make the pack choose the other source for 2024."""
    for origin, answer in (("Weather station", "no"), ("Harbour master", "yes")):

        def choose(row: dict[str, str], origin: str = origin, answer: str = answer) -> None:
            if row["source"] == origin and row["period"] == "2024":
                row["is_canonical"] = answer

        change_cells(packs / OBSERVATIONS, choose)


def test_figures_that_disagree_are_stored_side_by_side(packs):
    assert figures() == {"Weather station": (Decimal("9.1"), True), "Harbour master": (Decimal("9.5"), False)}


def test_a_figure_with_decimals_is_the_same_on_the_next_load(packs):
    assert load(packs).counts["observation"] == {"same": 4}


def test_the_pack_may_choose_another_figure(packs):
    swap_canonical(packs)

    assert load(packs).counts["observation"] == {"changed": 2, "same": 2}
    assert figures() == {"Weather station": (Decimal("9.1"), False), "Harbour master": (Decimal("9.5"), True)}


def test_the_figure_that_a_person_chose_stays_the_canonical_one(packs):
    Observation.objects.filter(origin="Weather station", period="2024").update(is_canonical=False)
    Observation.objects.filter(origin="Harbour master").update(is_canonical=True)

    report = load(packs)

    assert figures() == {"Weather station": (Decimal("9.1"), False), "Harbour master": (Decimal("9.5"), True)}
    assert report.left_alone == ["observation wind:tuulisaari:2024:observed:Harbour master"]


def test_a_new_choice_of_the_pack_does_not_push_a_persons_aside(packs):
    Observation.objects.filter(origin="Weather station", period="2024").update(is_canonical=False)
    Observation.objects.filter(origin="Harbour master").update(is_canonical=True)

    def rename(row: dict[str, str]) -> None:
        if row["source"] == "Weather station":
            row["source"] = "Weather station, corrected"

    change_cells(packs / OBSERVATIONS, rename)
    load(packs)

    assert figures()["Harbour master"] == (Decimal("9.5"), True)
    assert figures()["Weather station, corrected"] == (Decimal("9.1"), False)


def test_a_figure_that_only_an_older_pack_had_steps_back(packs):
    def rename(row: dict[str, str]) -> None:
        if row["source"] == "Weather station":
            row["source"] = "Weather station, corrected"

    change_cells(packs / OBSERVATIONS, rename)
    load(packs)

    assert figures() == {
        "Weather station": (Decimal("9.1"), False),
        "Weather station, corrected": (Decimal("9.1"), True),
        "Harbour master": (Decimal("9.5"), False),
    }
    assert load(packs).counts["observation"] == {"same": 4}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"indicator": "rain"}, "column indicator: 'rain' is not known"),
        ({"area": "oulu"}, "column area: 'oulu' is not known"),
        ({"period": "last year"}, "column period: last year is not a period like 2024, 2024-06, 2024-06-30, 2024-H1, "
         "2024-Q2 or 2015-2021."),
        ({"value": ""}, "column value: is empty"),
        ({"value": "1.23456"}, "column value: 1.23456 has more than four decimals."),
        ({"qualifier": "roughly"}, "column qualifier: 'roughly' is not one of exact, about, at_least, more_than"),
        ({"is_canonical": "no"}, "column is_canonical: exactly one figure for an area and period must be the "
         "canonical one"),
        ({"source": "x" * 301}, "column source: is longer than 300 characters"),
    ],
)  # fmt: skip
def test_a_broken_figure_is_refused(packs, cells, reason):
    given = {
        "indicator": "wind",
        "area": "lansiranta",
        "period": "2024",
        "value": "1",
        "is_canonical": "yes",
        **cells,
    }
    add_row(packs / OBSERVATIONS, **given)

    assert refusals(packs) == [f"observations.csv, row 6, {reason}"]


def test_two_canonical_figures_are_refused(packs):
    add_row(
        packs / OBSERVATIONS,
        indicator="wind",
        area="tuulisaari",
        period="2024",
        value="1",
        is_canonical="yes",
    )

    assert refusals(packs) == [
        f"observations.csv, row {row}, column is_canonical: exactly one figure for an area and period must be the "
        "canonical one"
        for row in (2, 3, 6)
    ]


def test_the_same_source_twice_is_refused(packs):
    add_row(
        packs / OBSERVATIONS, indicator="wind", area="tuulisaari", period="2024", value="1", is_canonical="no",
        source="Harbour master",
    )  # fmt: skip

    assert refusals(packs) == [
        "observations.csv, row 6, column source: this source's figure for the area and period stands already on row 3"
    ]


def test_the_keeper_may_leave_a_row_out_in_three_languages(packs):
    def leave_out(row: dict[str, str]) -> None:
        row["uncounted_reason_fi"], row["uncounted_reason_sv"] = "Epävarma", "Osäker"

    change_cells(packs / INVESTMENTS, leave_out)
    load(packs)

    assert kite_works().uncounted_reason == Translated(fi="Epävarma", sv="Osäker")
