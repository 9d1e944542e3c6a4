"""What follows at once from a fact about a round: the letters, in the transaction of the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetovoima.activity.registry import subscribe
from vetovoima.collection.models.rounds import Round, RoundTask

from .reminders import tell_opened, tell_returned

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact


@subscribe("collection.round.opened")
@subscribe("collection.round.edited")
def tell_that_it_is_open(fact: Fact) -> None:
    """This will tell the municipalities that are asked, those added later too."""
    if round := Round.objects.filter(code=fact.code).first():
        tell_opened(round, fact.at)


@subscribe("collection.answer.returned")
def tell_what_to_complete(fact: Fact) -> None:
    """This will tell the municipality what the coordinator asks for."""
    code, _separator, town = fact.code.partition("/")
    task = RoundTask.objects.complete().filter(round__code=code, municipality__slug=town).first()
    if task is not None:
        tell_returned(task, fact.at)
