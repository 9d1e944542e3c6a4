"""Changes of observations: figures that a connector brought are put beside those that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vetovoima.activity.services import record

from .enums import ObservationKind
from .models import Indicator, Observation
from .validators import VALUE_DECIMALS, exact_value, validate_period

#: how many times the last figure a new one may be, where the series does not say
MOST_CHANGE = 5.0
#: a figure that the statistics office itself calls provisional is not yet its last word
CONFIDENCE = {True: "medium", False: "high"}


@transaction.atomic
def store_figures(
    *,
    indicator: Indicator,
    rows: Iterable[Mapping[str, Any]],
    source: Mapping[str, Any],
    now: datetime,
    most_change: float = MOST_CHANGE,
) -> Counter[str]:
    """This will store figures of one source, each with where and from when it is; returns what was done with them.

    Rows are {area, period, value, unit, is_provisional}, `source` is {title, url, updated, vintage, licence}. A figure of
    the same source is brought up to date, unless it was drawn in a newer municipal division. Figures of other sources
    stay as they are: a new one becomes the canonical one only where there is none, and stands beside it otherwise. What
    is more than `most_change` times what is known of an area, or less than that part of it, is not stored: "doubtful".
    """
    counts: Counter[str] = Counter()
    changes: dict[str, list[Any]] = {}
    for row in rows:
        if row["value"] is None:
            counts["empty"] += 1
            continue
        if _is_doubtful(indicator, row, source, most_change):
            counts["doubtful"] += 1
            continue
        counts[_store(indicator, row, source, now, changes)] += 1
    if counts["added"] or counts["doubtful"] or changes:
        record(
            "monitoring.figures.stored", actor=None, kind="indicator", code=indicator.code[:60], now=now,
            changes=changes, data={"counts": dict(counts), "source": source.get("title", "")},
        )  # fmt: skip
    return counts


def _store(
    indicator: Indicator,
    row: Mapping[str, Any],
    source: Mapping[str, Any],
    now: datetime,
    changes: dict[str, list[Any]],
) -> str:
    try:
        validate_period(row["period"])
        value = exact_value(str(_rounded(row["value"])))
    except ValidationError:
        return "refused"
    place = {
        "indicator": indicator, "area": row["area"], "period": row["period"], "kind": ObservationKind.OBSERVED,
    }  # fmt: skip
    origin = str(source["title"])[:300]
    told = _told(row, source, now)
    own = Observation.objects.filter(**place, origin=origin).first()
    if own is not None:
        return _bring_up_to_date(own, value, told, changes)
    is_first = not Observation.objects.filter(**place, is_canonical=True).exists()
    Observation.objects.create(**place, origin=origin, value=value, source=told, is_canonical=is_first)
    return "added" if is_first else "beside"


def _is_doubtful(
    indicator: Indicator, row: Mapping[str, Any], source: Mapping[str, Any], most_change: float
) -> bool:
    """Whether a figure is so far from what is known of its area that its unit or its scale has probably changed."""
    observed = Observation.objects.filter(
        indicator=indicator, area=row["area"], kind=ObservationKind.OBSERVED
    ).order_by("-period")
    own = observed.filter(period=row["period"], origin=str(source["title"])[:300])
    known = own.first() or observed.filter(is_canonical=True).first()
    if known is None:
        return False
    small, large = sorted((abs(known.value), abs(Decimal(row["value"]))))
    return bool(small) and large > Decimal(str(most_change)) * small


def _rounded(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal(1).scaleb(-VALUE_DECIMALS), rounding=ROUND_HALF_EVEN)


def _told(row: Mapping[str, Any], source: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What stands beside the figure."""
    is_provisional = bool(row.get("is_provisional"))
    told = {
        "title": str(source["title"]), "url": source.get("url", ""), "dated": str(source.get("updated", ""))[:10],
        "confidence": CONFIDENCE[is_provisional], "method": "register", "licence": source.get("licence", ""),
        "vintage": source.get("vintage", ""), "unit": str(row.get("unit") or ""), "collected_on": timezone.localdate(now).isoformat(),
    }  # fmt: skip
    return {key: value for key, value in told.items() if value} | (
        {"is_provisional": True} if is_provisional else {}
    )


def _bring_up_to_date(
    own: Observation, value: Decimal, told: dict[str, Any], changes: dict[str, list[Any]]
) -> str:
    if own.source.get("vintage", "") > told.get("vintage", ""):
        return "older"
    is_same = own.value == value
    if is_same and _without_day(own.source) == _without_day(told):
        return "same"
    if not is_same:
        changes[f"{own.area} {own.period}"] = [f"{own.value:f}", f"{value:f}"]
    own.value, own.source = value, told
    own.save(update_fields=["value", "source"])
    return "same" if is_same else "revised"


def _without_day(source: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key != "collected_on"}
