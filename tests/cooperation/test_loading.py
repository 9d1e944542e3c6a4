"""Loading the strategy and the responsibilities."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.regions.packs import copy_of, load_facts, set_cell
from vetovoima.common.fields import Translated
from vetovoima.cooperation.models import Responsibility, Strategy, StrategyItem, Task
from vetovoima.reference.pack import BrokenPack

pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with a copy of the made-up pack that the test may change."""
    return copy_of("tuulisaari", tmp_path)


def change(packs: Path, **values: Any) -> None:
    """This will change the strategy's document; None removes a part of it."""
    path = packs / "tuulisaari/strategy.json"
    data = {**json.loads(path.read_text(encoding="utf-8")), **values}
    path.write_text(
        json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8"
    )


def refusals(packs: Path) -> list[str]:
    """This will load a broken pack and return why it is refused."""
    with pytest.raises(BrokenPack) as refused:
        load_facts(packs, "tuulisaari")
    return str(refused.value).splitlines()


def goal(code: str, **fields: Any) -> dict[str, Any]:
    """This will make one goal of the document."""
    return {"code": code, "title": {"en": code}, "section": "1", **fields}


def test_the_strategy_is_stored_with_its_items(packs):
    load_facts(packs, "tuulisaari")

    strategy = Strategy.objects.get()
    assert (strategy.code, strategy.valid_from, strategy.valid_to) == (
        "tuulisaari-2030", date(2024, 1, 1), date(2030, 12, 31),
    )  # fmt: skip
    assert strategy.owner.slug == "tuulisaaren-liitto"
    main = StrategyItem.objects.get(code="main")
    assert (main.kind, main.level, main.target_code, main.parent) == ("goal", "main", "kites-2030", None)
    assert StrategyItem.objects.get(code="sub").parent == main
    benefit = StrategyItem.objects.get(code="benefit-1")
    assert (benefit.kind, benefit.source) == ("benefit", {"title": "Made up for the tests"})


def test_the_second_load_changes_nothing_and_a_new_title_is_taken(packs):
    load_facts(packs, "tuulisaari")
    change(packs, title={"en": "Another name"})

    report = load_facts(packs, "tuulisaari")

    assert report.counts["strategy"] == {"changed": 1}
    assert report.counts["strategy item"] == {"same": 3}
    assert Strategy.objects.get().title == Translated(en="Another name")


def test_an_edited_goal_is_left_alone(packs):
    load_facts(packs, "tuulisaari")
    StrategyItem.objects.filter(code="main").update(title=Translated(en="Our own words"))

    report = load_facts(packs, "tuulisaari")

    assert report.left_alone == ["strategy item tuulisaari-2030:main"]
    assert StrategyItem.objects.get(code="main").title == Translated(en="Our own words")


def test_a_region_may_have_no_strategy(packs):
    (packs / "tuulisaari/strategy.json").unlink()

    load_facts(packs, "tuulisaari")

    assert Strategy.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": None}, "strategy.json, column code: is missing"),
        ({"title": {}}, "strategy.json, column title: has no text in any language"),
        ({"title": "Strategy"}, "strategy.json, column title: A text must be given by language."),
        ({"valid_from": "spring"}, "strategy.json, column valid_from: 'spring' is not a day like 2026-10-12"),
        ({"valid_to": "2020-01-01"}, "strategy.json, column valid_to: the term ends before it begins"),
        ({"owner": "nobody"}, "strategy.json, column owner: 'nobody' is not known"),
        ({"goals": "many"}, "strategy.json, column goals: must be a list of objects"),
        ({"goals": [{"title": {"en": "x"}}]}, "strategy.json, column goals[0]: has no code"),
        (
            {"goals": [goal("a"), goal("a")]},
            "strategy.json, column goals[1]: 'a' stands already in the strategy",
        ),
        (
            {"goals": [goal("a", title={})]},
            "strategy.json, column goals[0].title: has no text in any language",
        ),
        (
            {"goals": [goal("a", parent="b")]},
            "strategy.json, column parent: the parent 'b' of 'a' is not known",
        ),
        ({"goals": [goal("a", parent="a")]}, "strategy.json, column parent: 'a' stands below itself"),
    ],
)
def test_a_broken_strategy_is_refused_with_its_place(packs, values, reason):
    change(packs, **values)

    assert refusals(packs) == [reason]
    assert Strategy.objects.count() == 0


def test_a_strategy_that_is_no_object_is_refused(packs):
    (packs / "tuulisaari/strategy.json").write_text("[]", encoding="utf-8")

    assert refusals(packs) == ["strategy.json: must be an object with code, title and lists of items"]


def test_responsibilities_are_stored_with_their_basis(packs):
    load_facts(packs, "tuulisaari")

    task = Task.objects.get()
    assert (task.code, task.title["sv"], task.section, task.position) == ("1-1", "Drakflygning", "1", 1)
    assert [(one.organisation.slug, one.part, one.basis) for one in task.responsibilities.order_by("pk")] == [
        ("tuulisaaren-liitto", "owner", "strategy"),
        ("itaranta", "contributes", "proposal"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("part", "", "column part: is empty"),
        ("part", "leads", "column part: 'leads' is not one of owner, contributes, informed"),
        ("basis", "rumour", "column basis: 'rumour' is not one of strategy, proposal"),
    ],
)
def test_a_broken_responsibility_is_refused(packs, column, value, reason):
    set_cell(packs / "tuulisaari/responsibilities.csv", "1-1", column, value)

    assert refusals(packs) == [f"responsibilities.csv, row {row}, {reason}" for row in (2, 3)]


def test_a_task_has_one_title(packs):
    path = packs / "tuulisaari/responsibilities.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "Flying kites,Drakflygning,1,itaranta", "Selling kites,Drakflygning,1,itaranta"
        ),
        encoding="utf-8",
    )

    assert refusals(packs) == [
        "responsibilities.csv, row 3, column task: '1-1' has another title or section on an earlier row"
    ]


def test_the_database_refuses_what_the_model_forbids(packs):
    load_facts(packs, "tuulisaari")
    strategy, task = Strategy.objects.get(), Task.objects.get()
    wrong = [
        (
            Strategy(code="x", valid_from=date(2030, 1, 1), valid_to=date(2029, 1, 1)),
            "The strategy's term ends before it begins.",
        ),
        (
            StrategyItem(strategy=strategy, code="main", kind="goal"),
            "The strategy has an item with this code already.",
        ),
        (StrategyItem(strategy=strategy, code="x", kind="wish"), "There is no such kind of strategy item."),
        (
            Responsibility(task=task, organisation=strategy.owner, part="owner"),
            "This actor has a part in this task already.",
        ),
        (
            Responsibility(task=Task.objects.create(code="2"), organisation=strategy.owner, part="leads"),
            "There is no such part or basis.",
        ),
    ]
    for thing, sentence in wrong:
        with pytest.raises(ValidationError) as said:
            thing.validate_constraints()
        assert said.value.messages == [sentence]
        with pytest.raises(IntegrityError), transaction.atomic():
            thing.save()
