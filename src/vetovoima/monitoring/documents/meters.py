"""The meters of a target: where each of its sums lies on a scale, as data to draw.

Lengths are per cent of the scale. What is secured and what could come are never added together: `meter` lets one stand
behind the other and marks the goal, `bars` puts each into a bar of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from django.utils.translation import gettext, override

from vetovoima.common.money import million_euros
from vetovoima.monitoring.counting import Progress, Sum
from vetovoima.monitoring.enums import PATH, PIPELINE, SECURED, Group, Stage

from .progress import SumDocument, finding, totals_document

#: bars end a little before their scale does, so that the line of the goal stands inside
ROOM = 1.04
#: how strongly a stage is drawn: 1 stands, 2 is being built, 3 is decided, 4 could come
_SHADE = {
    Stage.COMPLETED: 1,
    Stage.CONSTRUCTION: 2,
    Stage.DECIDED: 3,
    **dict.fromkeys(PIPELINE, 4),
}


class Segment(TypedDict):
    """One piece of the stacked meter; `offset` and `width` are per cent of the meter's length."""

    key: str
    label: str
    group: str
    part: int
    amount_eur: int
    display: str
    share: float
    share_display: str
    rows: int
    offset: float
    width: float
    query: str


class Meter(TypedDict):
    """A stacked meter: what is secured first, then what could come; the goal as a mark at `goal_position` per cent."""

    title: str
    description: str
    goal_eur: int
    goal: str
    goal_position: float
    end_eur: int
    end: str
    segments: list[Segment]
    source: dict[str, Any]


class Piece(TypedDict):
    """One stage in its bar, an empty one too; `part` counts from the most certain."""

    label: str
    part: int
    total: Sum
    offset: float
    width: float


class Bars(TypedDict):
    """What is secured and what could come, a bar for each on one scale; the goal at `goal_position` per cent of it."""

    secured: list[Piece]
    pipeline: list[Piece]
    goal_position: float


def meter(progress: Progress, language: str) -> Meter:
    """This will make the data of the stacked meter: empty stages are left out, pipeline stands after what is secured.

    The meter is as long as the goal, or as all that is secured and could come when that is more.
    """
    totals = progress.totals
    length = max(progress.goal_eur, totals.secured.amount + totals.pipeline.amount)
    stages = totals_document(progress, language)["stages"]
    laid = zip(stages, _laid(totals.stages, length), strict=True)
    segments = [_segment(stage, offset, width) for stage, (one, offset, width) in laid if one.amount]
    with override(language):
        return {
            "title": finding(progress, language),
            "description": _description(segments),
            "goal_eur": progress.goal_eur,
            "goal": million_euros(progress.goal_eur, language),
            "goal_position": _per_cent(progress.goal_eur, length),
            "end_eur": length,
            "end": million_euros(length, language),
            "segments": segments,
            "source": progress.target.source,
        }


def bars(progress: Progress, language: str) -> Bars:
    """This will make the data of two bars on one scale, which holds the goal and the longer of the two."""
    totals = progress.totals
    length = max(progress.goal_eur, totals.secured.amount, totals.pipeline.amount, 1) * ROOM

    def bar(stages: tuple[Stage, ...]) -> list[Piece]:
        laid = _laid((totals.stage(one) for one in PATH if one in stages), length)
        return [
            {"label": str(Stage(one.key).label), "part": part, "total": one, "offset": offset, "width": width}
            for part, (one, offset, width) in enumerate(laid, 1)
        ]

    with override(language):
        return {
            "secured": bar(SECURED),
            "pipeline": bar(PIPELINE),
            "goal_position": _per_cent(progress.goal_eur, length),
        }


def _laid(sums: Iterable[Sum], length: float) -> Iterator[tuple[Sum, float, float]]:
    """Where each sum begins and how wide it is, one behind the other."""
    offset = 0
    for one in sums:
        yield one, _per_cent(offset, length), _per_cent(one.amount, length)
        offset += one.amount


def _per_cent(amount: int, length: float) -> float:
    return round(amount * 100 / length, 3) if length else 0.0


def _segment(stage: SumDocument, offset: float, width: float) -> Segment:
    value = Stage(stage["key"]["value"])
    return {
        "key": value.value,
        "label": stage["key"]["label"],
        "group": (Group.SECURED if value in SECURED else Group.PIPELINE).value,
        "part": _SHADE[value],
        "amount_eur": stage["amount_eur"],
        "display": stage["display"],
        "share": stage["share_per_cent"],
        "share_display": stage["share_display"],
        "rows": stage["rows"],
        "offset": offset,
        "width": width,
        "query": stage["query"],
    }


def _description(segments: list[Segment]) -> str:
    """The meter in words, for those who do not see it, in the active language."""
    if not segments:
        return gettext("No investment is counted.")
    return "; ".join(f"{one['label']}: {one['display']} ({one['share_display']})" for one in segments) + "."
