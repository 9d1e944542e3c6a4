"""Finding what an address names; absent and hidden are the same 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from vetovoima.collection.rounds import queries
from vetovoima.desk.requests import DeskRequest

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Round, RoundTask
    from vetovoima.reference.models import Municipality


def town_or_404(request: DeskRequest, town: str) -> Municipality:
    """This will return a municipality whose collecting the person may see."""
    try:
        return queries.municipality_for(request.user, town)
    except queries.NoSuchRound as error:
        raise Http404 from error


def round_or_404(request: DeskRequest, code: str) -> Round:
    """This will return a round that the person may see."""
    try:
        return queries.round_for(request.user, code)
    except queries.NoSuchRound as error:
        raise Http404 from error


def task_or_404(request: DeskRequest, round: str, town: str) -> RoundTask:
    """This will return a municipality's part of a round that the person may see."""
    try:
        return queries.task_for(request.user, round, town)
    except queries.NoSuchRound as error:
        raise Http404 from error
