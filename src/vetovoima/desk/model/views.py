"""The operating model: who does what (strategy, section 7), what for (section 5), and where each municipality stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import memberships
from vetovoima.cooperation import queries
from vetovoima.cooperation.enums import Part
from vetovoima.cooperation.queries import Matrix
from vetovoima.cooperation.readiness.queries import standings
from vetovoima.desk.requests import DeskRequest

from .frame import frame


@door(Kind.MODEL, Action.VIEW)
@require_safe
def model(request: DeskRequest) -> HttpResponse:
    """This will show who does what with one's own organisation marked, and the goals."""
    own = _own(request.user)
    matrix = queries.responsibility_matrix()
    shown = {
        **frame(request.user, "model"),
        "matrix": matrix,
        "sections": _sections(matrix),
        "parts": Part.labels,
        "own": own,
        "own_tasks": queries.tasks_of(own),
        "strategy": queries.strategy(),
        "goals": queries.goals(),
    }
    return render(request, "desk/model/model.html", shown)


@door(Kind.PROFILE, Action.VIEW)
@require_safe
def municipalities(request: DeskRequest) -> HttpResponse:
    """This will show where each municipality stands: its emphasis, its self-assessment, its plan."""
    rows = standings(request.user, localdate())
    shown = {**frame(request.user, "municipalities"), "rows": rows, "year": localdate().year}
    return render(request, "desk/model/municipalities.html", shown)


def _own(user: Any) -> set[int]:
    """A person's organisations, and the groups of actors that these belong to: the strategy gives tasks to groups."""
    organisations = [one.organisation for one in memberships(user)]
    return {one.pk for one in organisations} | {one.part_of_id for one in organisations if one.part_of_id}


def _sections(matrix: Matrix) -> list[dict[str, Any]]:
    """The matrix as people read it: for each task who owns it, who contributes, who is kept informed."""
    return [
        {
            "name": section.section,
            "rows": [
                {
                    "task": row.task,
                    "parts": [
                        (part.label, [cell for cell in row.cells if cell is not None and cell.part == part])
                        for part in Part
                    ],
                }
                for row in section.rows
            ],
        }
        for section in matrix.sections
    ]
