"""The strength map: own strengths against the outside pull, each cell with its evidence and with who judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.models import KnownFact, SectorPull, SectorSheet, SectorStrength, StrengthJudgement

from .queries import codes_of, facts_of


@dataclass(frozen=True)
class Cell:
    """One strength against one pull: the judgement, if anybody has made one, and what its evidence lacks."""

    strength: SectorStrength
    pull: SectorPull
    judgement: StrengthJudgement | None
    notes: list[str]

    @property
    def name(self) -> str:
        """What the cell is called in a form."""
        return f"score-{self.strength.pk}-{self.pull.pk}"


@dataclass(frozen=True)
class Line:
    """One strength with the facts that back it, and its cells."""

    strength: SectorStrength
    facts: list[KnownFact]
    cells: list[Cell]


@dataclass(frozen=True)
class Head:
    """One pull with the facts that back it."""

    pull: SectorPull
    facts: list[KnownFact]


@dataclass(frozen=True)
class StrengthMap:
    """A sector's own strengths (lines) × the outside pull (heads)."""

    heads: list[Head]
    lines: list[Line]

    @property
    def cells(self) -> list[Cell]:
        """Every cell, line by line."""
        return [cell for line in self.lines for cell in line.cells]

    @property
    def judged(self) -> int:
        """How many cells somebody has judged."""
        return sum(1 for cell in self.cells if cell.judgement)

    @property
    def without_evidence(self) -> int:
        """How many cells carry a note."""
        return sum(1 for cell in self.cells if cell.notes)


def strength_map(sheet: SectorSheet) -> StrengthMap:
    """This will lay a sheet's strengths and pulls out as a matrix; three queries beside those of the sheet."""
    facts = facts_of(codes_of(sheet))
    judged = {
        (one.strength_id, one.pull_id): one for one in StrengthJudgement.objects.filter(strength__sheet=sheet)
    }
    heads = [Head(pull, _named(pull.evidence, facts)) for pull in sheet.pulls.all()]
    lines = []
    for strength in sheet.strengths.all():
        backing = _named(strength.evidence, facts)
        cells = [
            Cell(strength, head.pull, judged.get((strength.pk, head.pull.pk)), _notes(backing, head))
            for head in heads
        ]
        lines.append(Line(strength, backing, cells))
    return StrengthMap(heads, lines)


def _named(codes: list[str], facts: Mapping[str, KnownFact]) -> list[KnownFact]:
    return list({facts[code].pk: facts[code] for code in codes if code in facts}.values())


def _notes(backing: list[KnownFact], head: Head) -> list[str]:
    """What the evidence of a cell lacks: none at all, or none that is current."""
    notes = []
    if not backing:
        notes.append(_("The strength has no evidence."))
    elif not _any_current(backing):
        notes.append(_("The facts behind the strength are to be reviewed."))
    if not head.facts and not head.pull.source:
        notes.append(_("The pull has no evidence."))
    elif head.facts and not head.pull.source and not _any_current(head.facts):
        notes.append(_("The facts behind the pull are to be reviewed."))
    return notes


def _any_current(facts: list[KnownFact]) -> bool:
    return any(one.state == FactState.CURRENT for one in facts)
