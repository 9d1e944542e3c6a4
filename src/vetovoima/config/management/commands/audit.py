"""vetovoima audit: check the portal against its checklist now, without waiting for the night."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from vetovoima.monitoring.audit.enums import Area
from vetovoima.monitoring.audit.items import BY_CODE
from vetovoima.monitoring.audit.models import AuditResult
from vetovoima.monitoring.audit.services import run_audit


class Command(BaseCommand):
    """Checks every item that a machine can check, keeps the results of the day, and prints them."""

    help = "Check the portal against its checklist now. What was found stands at /desk/audit/ too."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take the part to check and how to answer."""
        parser.add_argument("--part", choices=Area.values, help="W, C, P or G alone")
        parser.add_argument("--json", action="store_true", help="print the results as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will check and print."""
        areas = [Area(options["part"])] if options["part"] else list(Area)
        results = run_audit(now=timezone.now(), areas=areas)
        if options["json"]:
            self.stdout.write(json.dumps({"items": [_as_data(one) for one in results]}, ensure_ascii=False))
            return
        for one in results:
            said = "; ".join(part["text"] % part["values"] for part in one.evidence[:2])
            self.stdout.write(f"{one.item} {one.result:<5} {BY_CODE[one.item].sentence} {said}")


def _as_data(one: AuditResult) -> dict[str, Any]:
    evidence = [{"text": part["text"] % part["values"], "url": part["url"]} for part in one.evidence]
    return {"item": one.item, "result": one.result, "day": one.day.isoformat(), "evidence": evidence}
