"""Questions about the self-audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from .enums import Area, Result
from .items import ITEMS, Item
from .models import AuditResult

#: what was put on record within so many days is drawn as the trend
NIGHTS_SHOWN = 60


@dataclass(frozen=True)
class Standing:
    """How an item stands: its latest result, and the one that was different before."""

    item: Item
    latest: AuditResult | None
    before: AuditResult | None

    @property
    def change(self) -> int:
        """Better (1), worse (-1) or the same (0) as before."""
        if self.latest is None or self.before is None:
            return 0
        order = list(Result)
        now, then = order.index(Result(self.latest.result)), order.index(Result(self.before.result))
        return (now > then) - (now < then)


def standings() -> list[Standing]:
    """Every item in the order of the checklist, with its latest result and the different one before; two queries."""
    same_item = AuditResult.objects.filter(item=OuterRef("item")).order_by("-day")
    different = same_item.exclude(result=OuterRef("result"))
    rows = AuditResult.objects.filter(pk=Subquery(same_item.values("pk")[:1]))
    latest = {one.item: one for one in rows.annotate(before=Subquery(different.values("pk")[:1]))}
    others = AuditResult.objects.in_bulk([one.before for one in latest.values() if one.before])
    return [
        Standing(item, found, others.get(found.before) if found else None)
        for item in ITEMS
        for found in [latest.get(item.code)]
    ]


@dataclass(frozen=True)
class Night:
    """How many items stood how on one day."""

    day: date
    counts: dict[str, int]

    @property
    def share(self) -> float:
        """Met items, a half for those partly met, of all that were checked: 0 to 100."""
        total = sum(self.counts.values())
        got = self.counts.get(Result.PASS, 0) + self.counts.get(Result.PART, 0) / 2
        return 100 * got / total if total else 0.0


def nights(area: Area | None = None) -> list[Night]:
    """The last nights, oldest first; of one part when asked."""
    rows = AuditResult.objects.filter(item__startswith=area or "").order_by()
    found: dict[date, dict[str, int]] = {}
    for day, result, number in rows.values_list("day", "result").annotate(Count("pk")).order_by("day"):
        found.setdefault(day, {})[result] = number
    return [Night(day, counts) for day, counts in found.items()][-NIGHTS_SHOWN:]


def history(code: str) -> list[AuditResult]:
    """The results of one item, newest first."""
    return list(AuditResult.objects.filter(item=code).order_by("-day")[:NIGHTS_SHOWN])
