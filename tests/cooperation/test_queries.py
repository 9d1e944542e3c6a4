"""Questions about the operating model, on Kainuu's real one."""

from __future__ import annotations

from django.test import TestCase

from tests.regions.packs import REAL, load_facts
from vetovoima.accounts.queries import organisation
from vetovoima.common.fields import Translated
from vetovoima.cooperation import queries
from vetovoima.cooperation.enums import ItemKind
from vetovoima.cooperation.models import Strategy, Task


class TestKainuusModel(TestCase):
    """Loads the real pack once."""

    @classmethod
    def setUpTestData(cls) -> None:
        """This will load Kainuu's facts."""
        load_facts(REAL, "kainuu")

    def test_the_strategy_in_force_is_the_latest(self):
        first = queries.strategy()
        assert first is not None
        assert (first.code, first.owner.slug) == ("kainuu-2022-2025", "kainuun-liitto")

        later = Strategy.objects.create(
            code="later", title=Translated(en="Later"), valid_from="2026-01-01", valid_to="2029-12-31"
        )

        assert queries.strategy() == later
        assert queries.strategy("kainuu-2022-2025") == first
        assert queries.strategy("nothing") is None

    def test_the_goals_are_a_tree(self):
        with self.assertNumQueries(2):
            (main,) = queries.goals()

        assert main.goal.code == "main"
        assert [(node.goal.code, node.goal.level) for node in main.children] == [
            ("main-investments", "half"),
            ("main-attractiveness", "half"),
            ("sub-capital", "sub"),
            ("sub-invest-in-finland", "sub"),
        ]
        assert main.children[0].goal.target_code == "industrial-investments-2025"

    def test_the_items_of_each_kind(self):
        counts = {kind: queries.items(kind).count() for kind in ItemKind}

        assert counts == {"goal": 5, "building_block": 9, "shared_will": 5, "segment": 2, "benefit": 7}
        assert [one.code for one in queries.items(ItemKind.SEGMENT)] == ["segment-1", "segment-2"]

    def test_the_matrix_has_every_task_in_the_order_of_the_sections(self):
        with self.assertNumQueries(2):
            matrix = queries.responsibility_matrix()

        assert [section.section for section in matrix.sections] == [f"7.{number}" for number in range(1, 11)]
        assert len(matrix.rows) == Task.objects.count()
        assert {len(row.cells) for row in matrix.rows} == {len(matrix.actors)}

    def test_the_matrix_names_who_does_what_and_on_what_basis(self):
        matrix = queries.responsibility_matrix()
        slugs = [actor.slug for actor in matrix.actors]
        row = matrix.rows[0]
        parts = {slug: (cell.part, cell.basis) for slug, cell in zip(slugs, row.cells, strict=True) if cell}

        assert (row.task.code, slugs[0]) == ("7.1-1", "kainuun-liitto")
        assert parts["kainuun-liitto"] == ("owner", "strategy")
        assert parts["kunnat"] == ("contributes", "proposal")
        assert row.has_proposal is True

    def test_every_task_has_an_owner_or_says_nothing_of_one(self):
        parts = [
            {cell.part for cell in row.cells if cell is not None}
            for row in queries.responsibility_matrix().rows
        ]

        assert [found for found in parts if not found] == []

    def test_only_actors_that_occur_are_in_the_matrix(self):
        matrix = queries.responsibility_matrix()

        for column in range(len(matrix.actors)):
            assert any(row.cells[column] is not None for row in matrix.rows)

    def test_the_tasks_of_an_organisation_its_own_first(self):
        council = organisation("kainuun-liitto")
        assert council is not None

        found = queries.tasks_of([council.pk])

        assert found[0].task.code == "7.1-1"
        assert {one.organisation_id for one in found} == {council.pk}
        parts = [one.part for one in found]
        assert parts == sorted(parts, key=["owner", "contributes", "informed"].index)
        assert queries.tasks_of([]) == []


def test_sections_are_ordered_as_people_count():
    assert sorted(["7.10", "7.9", "7.1", "8", "", "A"], key=queries.section_order) == [
        "7.1",
        "7.9",
        "7.10",
        "8",
        "",
        "A",
    ]
