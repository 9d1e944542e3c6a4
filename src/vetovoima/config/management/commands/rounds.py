"""vetovoima rounds: the collection rounds and how they are answered."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser

from vetovoima.collection.rounds.enums import HANDED_IN
from vetovoima.collection.rounds.queries import all_rounds


class Command(BaseCommand):
    """States alone: what was answered stands in no output."""

    help = "List the collection rounds with their states and the state of each municipality's part."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take how to print."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will print every round, the newest first."""
        found = [_described(round) for round in all_rounds()]
        if options["json"]:
            self.stdout.write(json.dumps({"items": found, "total": len(found)}, ensure_ascii=False))
            return
        if not found:
            self.stdout.write("There are no collection rounds.")
        for one in found:
            mark = " (example)" if one["is_example"] else ""
            self.stdout.write(
                f"{one['code']:<20} {one['state']:<8} {one['opens_on']} - {one['closes_on']}  "
                f"{one['answered']}/{len(one['municipalities'])} answered{mark}"
            )


def _described(round: Any) -> dict[str, Any]:
    tasks = sorted(round.tasks.all(), key=lambda task: task.municipality.slug)
    return {
        "code": round.code,
        "kind": round.kind,
        "state": round.state,
        "title": dict(round.title),
        "opens_on": round.opens_on.isoformat(),
        "closes_on": round.closes_on.isoformat(),
        "is_example": round.is_example,
        "answered": sum(task.state in HANDED_IN for task in tasks),
        "municipalities": {task.municipality.slug: task.state for task in tasks},
    }
