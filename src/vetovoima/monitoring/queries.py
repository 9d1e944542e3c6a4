"""Questions about the register, the targets and the indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from vetovoima.common.fields import Translated
from vetovoima.reference.queries import municipalities as region_municipalities
from vetovoima.reference.queries import region

from .counting import Progress, Rule, Verdict, by_amount, judge, largest_of, progress_of
from .enums import ALL_SCOPES, STAGES_OF, Group, ObservationKind
from .filters import InvestmentFilter
from .models import Indicator, Investment, Observation, Target
from .validators import span


def register() -> QuerySet[Investment]:
    """Every row of the register with what a table shows, by code."""
    return (
        Investment.objects.select_related("sector", "part_of")
        .prefetch_related(Prefetch("municipalities", queryset=region_municipalities()))
        .order_by("code")
    )


def investment(code: str) -> Investment | None:
    """One row of the register, or None."""
    return register().filter(code=code).first()


def targets() -> QuerySet[Target]:
    """Every target, the earliest deadline first."""
    return Target.objects.order_by("counted_to", "code")


def target(code: str | None = None) -> Target | None:
    """The named target, or the first; None when there is none."""
    found = targets()
    return (found.filter(code=code) if code else found).first()


def rule_of(target: Target | None, reading: str | None = None) -> Rule:
    """What a row must be to count for a target; `reading` is a scope or `all`, the target's own scope by default."""
    if target is None:
        return Rule(reading or ALL_SCOPES)
    return Rule(reading or target.scope, target.counted_from, target.counted_to)


def readings_of(target: Target) -> tuple[str, str]:
    """The two readings that are shown side by side: the target's own scope, and all scopes."""
    return target.scope, ALL_SCOPES


def target_progress(
    target: Target, *, scope: str | None = None, without_largest: bool = False, today: date | None = None
) -> Progress:
    """How far a target is: by stage, secured, realised and what could come, with and without the largest project.

    `scope` is a reading: a scope or `all`; the target's own scope by default. Examples never count. Two queries,
    however long the register is.
    """
    rule = rule_of(target, scope)
    return progress_of(
        target,
        judge(list(register()), rule),
        reading=rule.reading,
        today=today or timezone.localdate(),
        leave_largest_out=without_largest,
    )


def largest(target: Target | None = None, *, scope: str | None = None) -> Verdict | None:
    """The largest row that counts for the target in the reading, or None."""
    return largest_of(judge(list(register()), rule_of(target, scope)))


def investments(filters: InvestmentFilter | None = None, *, target: Target | None = None) -> list[Verdict]:
    """Rows of the register that fit, each with its verdict for the target; the largest first, unknown amounts last.

    All rows are judged before any is filtered away: whether a part counts hangs on its whole.
    """
    wanted = filters or InvestmentFilter()
    judged = judge(list(register()), rule_of(target, wanted.reading or None))
    left_out = largest_of(judged) if wanted.without_largest else None
    found = [one for one in judged if one is not left_out and _fits(one, wanted)]
    return sorted(found, key=by_amount)


def _fits(one: Verdict, wanted: InvestmentFilter) -> bool:
    row = one.investment
    stages = STAGES_OF[Group(wanted.group)] if wanted.group else ()
    tests = (
        not wanted.group or row.stage in stages,
        not wanted.stages or row.stage in wanted.stages,
        not wanted.scopes or row.scope in wanted.scopes,
        not wanted.municipality
        or any(place.slug == wanted.municipality for place in row.municipalities.all()),
        not wanted.sector or (row.sector is not None and row.sector.slug == wanted.sector),
        wanted.counted is None or one.counts == wanted.counted,
    )
    return all(tests)


def indicators() -> QuerySet[Indicator]:
    """Every indicator, in its order."""
    return Indicator.objects.order_by("position", "code")


def indicator(code: str) -> Indicator | None:
    """One indicator, or None."""
    return indicators().filter(code=code).first()


def area_names() -> dict[str, Translated]:
    """The name of every area that figures are about: the region by its code, municipalities by their slugs."""
    whole = region()
    names = {whole.code: whole.name} if whole else {}
    return {**names, **{one.slug: one.name for one in region_municipalities()}}


def period_order(period: str) -> tuple[date, date, str]:
    """A sorting key for periods: by their last day, then by their first; a figure without a period comes first."""
    try:
        days = span(period)
    except ValidationError:
        days = None
    return (days.last, days.first, period) if days else (date.min, date.min, period)


def _by_period(found: Iterable[Observation]) -> list[Observation]:
    return sorted(found, key=lambda one: (*period_order(one.period), one.pk))


def series(indicator: Indicator, area: str, kind: str = ObservationKind.OBSERVED) -> list[Observation]:
    """The canonical figures of one kind in an area, in the order of their periods; undated ones first."""
    return _by_period(
        Observation.objects.filter(indicator=indicator, area=area, kind=kind, is_canonical=True)
    )


def latest(indicator: Indicator, area: str) -> Observation | None:
    """The canonical observed figure of the latest period in an area, or None; an undated one only if nothing else."""
    found = series(indicator, area)
    return found[-1] if found else None


def series_of(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Observation]]:
    """The canonical observed figures of several indicators, each in one area: {(code, area): as `series`}; one query."""
    pairs = set(wanted)
    if not pairs:
        return {}
    found = Observation.objects.filter(
        indicator__code__in={code for code, _area in pairs}, area__in={area for _code, area in pairs},
        kind=ObservationKind.OBSERVED, is_canonical=True,
    ).select_related("indicator")  # fmt: skip
    series: dict[tuple[str, str], list[Observation]] = {}
    for one in _by_period(found):
        if (one.indicator.code, one.area) in pairs:
            series.setdefault((one.indicator.code, one.area), []).append(one)
    return series


@dataclass(frozen=True)
class AreaFigures:
    """All that is known of an area: the canonical observed figures by indicator, and where sources disagree."""

    series: dict[str, list[Observation]]
    conflicts: dict[tuple[str, str, str], list[Observation]]

    @property
    def latest(self) -> list[Observation]:
        """The newest figure of every indicator, in the order of the indicators."""
        newest = [rows[-1] for rows in self.series.values()]
        return sorted(newest, key=lambda one: (one.indicator.position, one.indicator.code))


def figures_in(area: str) -> AreaFigures:
    """Every figure of an area; one query."""
    found = list(_claimed().filter(area=area))
    series: dict[str, list[Observation]] = {}
    for one in _by_period(found):
        if one.is_canonical and one.kind == ObservationKind.OBSERVED:
            series.setdefault(one.indicator.code, []).append(one)
    return AreaFigures(series, _conflicts(found))


def latest_of_all(area: str) -> dict[str, Observation]:
    """The latest canonical observed figure of every indicator in an area, by the indicator's code; one query."""
    found = Observation.objects.filter(area=area, kind=ObservationKind.OBSERVED, is_canonical=True)
    return {one.indicator.code: one for one in _by_period(found.select_related("indicator"))}


def observations(indicator: Indicator) -> list[Observation]:
    """Every figure of an indicator, of every kind and source, by area and period, the canonical one first."""
    found = Observation.objects.filter(indicator=indicator).select_related("indicator")
    return sorted(found, key=_by_place)


def observations_by_indicator() -> dict[str, list[Observation]]:
    """Every figure as `observations` has them, by the code of the indicator; one query."""
    found: dict[str, list[Observation]] = {}
    for one in Observation.objects.select_related("indicator"):
        found.setdefault(one.indicator.code, []).append(one)
    return {code: sorted(rows, key=_by_place) for code, rows in found.items()}


def _by_place(one: Observation) -> tuple[Any, ...]:
    return (one.area, period_order(one.period), one.kind, not one.is_canonical, one.pk)


def figures(
    *, indicator: str = "", area: str = "", kind: str = "", period: str = "", is_canonical: bool | None = None
) -> QuerySet[Observation]:
    """What sources say, of one indicator, area, kind and period or of all; the canonical figure before the others."""
    wanted = {"indicator__code": indicator, "area": area, "kind": kind, "period": period}
    found = Observation.objects.filter(**{name: value for name, value in wanted.items() if value})
    found = found if is_canonical is None else found.filter(is_canonical=is_canonical)
    return found.select_related("indicator").order_by(
        "indicator__position", "indicator__code", "area", "period", "kind", "-is_canonical", "pk"
    )


def conflicts() -> dict[tuple[str, str, str], list[Observation]]:
    """Every disagreement between sources: {(indicator's code, area, period): figures, the canonical one first}."""
    return _conflicts(_claimed())


def _claimed() -> QuerySet[Observation]:
    """Figures with their indicator; of one period the canonical one first."""
    return Observation.objects.select_related("indicator").order_by(
        "indicator", "area", "period", "-is_canonical", "pk"
    )


def _conflicts(rows: Iterable[Observation]) -> dict[tuple[str, str, str], list[Observation]]:
    found: dict[tuple[str, str, str, str], list[Observation]] = {}
    for one in rows:
        found.setdefault((one.indicator.code, one.area, one.period, one.kind), []).append(one)
    return {key[:3]: same for key, same in found.items() if len({one.value for one in same}) > 1}
