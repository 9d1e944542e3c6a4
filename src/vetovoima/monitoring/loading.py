"""Storing the investment register, the targets and the indicators of a data pack.

The columns of `investments.csv`, `targets.csv`, `indicators.csv` and `observations.csv` are read below by name; an
amount is whole euros, a date a year, a month or a day. Raises BrokenPack with file, row, column and reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from vetovoima.reference.loading import LoadReport, code_of, merge_row, remember, stale_fields
from vetovoima.reference.pack import Pack, Row, parents_first

from .enums import Direction, ObservationKind, Qualifier, Scope, Stage
from .models import Indicator, Investment, Observation, Target
from .validators import exact_value, validate_euros, validate_period, validate_range

if TYPE_CHECKING:
    from decimal import Decimal

    from vetovoima.reference.models import Municipality, Sector

INVESTMENTS = "investments.csv"


def load_investments(
    pack: Pack,
    report: LoadReport,
    municipalities: Mapping[str, Municipality],
    sectors: Mapping[str, Sector],
    *,
    file: str = INVESTMENTS,
    is_example: bool = False,
) -> dict[str, Investment]:
    """This will store a table of investments, wholes before their parts; returns them by code."""
    rows = pack.table(file, ("code", "company", "scope", "stage", "amount_eur"), key=("code",))
    stored = {one.code: one for one in Investment.objects.filter(is_example=False)} if is_example else {}
    known = {row.text("code") for row in rows} | stored.keys()
    parsed = []
    for row in parents_first(rows, "code", "part_of"):
        whole = row.known("part_of", known)
        places = row.items("municipalities")
        for slug in places:
            if slug not in municipalities:
                row.refuse("municipalities", f"{slug!r} is not known")
        sector = sectors.get(row.known("sector", sectors))
        parsed.append(
            (
                row.text("code"),
                whole,
                places,
                {**_investment(row), "sector": sector, "is_example": is_example},
            )
        )
    pack.check()
    before = set(Investment.objects.values_list("code", flat=True))
    for code, whole, places, values in parsed:
        values["part_of"] = stored.get(whole)
        stored[code] = merge_row(
            Investment, report, kind="investment", code=code, key={"code": code}, values=values
        )
        wanted = {slug: municipalities[slug] for slug in places}
        _merge_municipalities(stored[code], wanted, report, is_new=code not in before)
    return {code: stored[code] for code, *_rest in parsed}


def _merge_municipalities(
    investment: Investment, wanted: Mapping[str, Municipality], report: LoadReport, *, is_new: bool
) -> None:
    """The same rule as for columns: what a person chose stays."""
    kind = "investment's municipalities"
    values = {"municipalities": sorted(wanted)}
    now = {"municipalities": sorted(investment.municipalities.values_list("slug", flat=True))}
    change, edited = stale_fields(kind, investment.code, now, values)
    if change or is_new:
        investment.municipalities.set(wanted.values())
    elif edited:
        report.note(kind, "left alone", investment.code)
    remember(kind, investment.code, values)


def _checked(row: Row, column: str, check: Callable[..., Any], *values: Any) -> Any:
    """The answer of a validator; what it refuses is noted at the cell."""
    try:
        return check(*values)
    except ValidationError as error:
        row.refuse(column, " ".join(error.messages))
        return None


def _fits(row: Row, column: str, length: int) -> None:
    if len(row.text(column)) > length:
        row.refuse(column, f"is longer than {length} characters")


def _euros(row: Row, column: str) -> int | None:
    amount = row.whole_or_none(column)
    _checked(row, column, validate_euros, amount)
    return amount


def _count(row: Row, column: str) -> int | None:
    number = row.whole_or_none(column)
    if number is not None and not 0 <= number < 1_000_000:
        row.refuse(column, f"{number} is not a plausible number of jobs")
    return number


def _investment(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {
        "company": row.text("company", required=True),
        "project": row.translated("project", required=True),
        "scope": row.choice("scope", Scope.values),
        "stage": row.choice("stage", Stage.values),
        "amount_note": row.text("amount_note"),
        "jobs_note": row.text("jobs_note"),
        "capacity": row.text("capacity"),
        "shared_with_other_region": bool(row.flag("shared_with_other_region", False)),
        "uncounted_reason": row.translated("uncounted_reason"),
        "note": row.text("note"),
        "source": row.source(),
        "further_sources": row.items("further_sources"),
    }
    for column in ("scope", "stage"):
        row.text(column, required=True)
    _fits(row, "company", 200)
    for column in ("amount_eur", "amount_min_eur", "amount_max_eur", "public_support_eur"):
        values[column] = _euros(row, column)
    for column in ("jobs", "jobs_min", "jobs_max", "jobs_construction"):
        values[column] = _count(row, column)
    for column in ("announced", "decided", "completed", "ended_on", "status_as_of"):
        values[column] = row.day_text(column)
    _checked(row, "amount_min_eur", validate_range, values["amount_min_eur"], values["amount_max_eur"])
    _checked(row, "jobs_min", validate_range, values["jobs_min"], values["jobs_max"])
    if (
        values["decided"]
        and values["completed"]
        and values["completed"] < values["decided"][: len(values["completed"])]
    ):
        row.refuse("completed", "the investment is completed before it is decided")
    return values


def load_targets(pack: Pack, report: LoadReport) -> dict[str, Target]:
    """This will store `targets.csv`; returns them by code."""
    rows = pack.table(
        "targets.csv", ("code", "amount_eur", "scope", "counted_from", "counted_to"), key=("code",)
    )
    parsed = [(row.text("code"), _target(row)) for row in rows]
    pack.check()
    return {
        code: merge_row(Target, report, kind="target", code=code, key={"code": code}, values=values)
        for code, values in parsed
    }


def _target(row: Row) -> dict[str, Any]:
    for column in ("amount_eur", "scope", "counted_from", "counted_to"):
        row.text(column, required=True)
    values: dict[str, Any] = {
        "name": row.translated("name", required=True),
        "amount_eur": _euros(row, "amount_eur"),
        "scope": row.choice("scope", Scope.values),
        "counted_from": row.day_or_none("counted_from"),
        "counted_to": row.day_or_none("counted_to"),
        "counted_from_reason": row.translated("counted_from_reason"),
        "source": row.source(),
    }
    if values["amount_eur"] == 0:
        row.refuse("amount_eur", "a target must be more than nothing")
    if values["counted_from"] and values["counted_to"] and values["counted_to"] < values["counted_from"]:
        row.refuse("counted_to", "the counting period ends before it begins")
    return values


def load_indicators(pack: Pack, report: LoadReport) -> dict[str, Indicator]:
    """This will store `indicators.csv`; returns them by code."""
    rows = pack.table("indicators.csv", ("code", "unit"), key=("code",))
    parsed = [(row.text("code"), _indicator(row)) for row in rows]
    pack.check()
    return {
        code: merge_row(Indicator, report, kind="indicator", code=code, key={"code": code}, values=values)
        for code, values in parsed
    }


def _indicator(row: Row) -> dict[str, Any]:
    return {
        "name": row.translated("name", required=True),
        "unit": row.text("unit", required=True),
        "unit_label": row.translated("unit"),
        "direction": row.choice("direction", Direction.values, Direction.NONE.value),
        "definition": row.translated("definition"),
        "position": row.whole_or_none("position") or 0,
        "source": row.source(),
    }


def load_observations(
    pack: Pack, report: LoadReport, indicators: Mapping[str, Indicator], areas: Collection[str]
) -> None:
    """This will store `observations.csv`: for each indicator, area, period and kind exactly one canonical figure.

    `areas` are the region's code and the municipalities' slugs.

    Figures that are not canonical are stored first, so that the pack may change its choice. A canonical figure that a
    person chose stays the canonical one.
    """
    rows = pack.table("observations.csv", ("indicator", "area", "period", "value", "is_canonical"))
    parsed = [_observation(row, indicators, areas) for row in rows]
    _check_canonical(rows, parsed)
    pack.check()
    for key, values in sorted(parsed, key=lambda item: bool(item[1]["is_canonical"])):
        code = _code(key)
        found = {**key, "indicator": indicators[key["indicator"]]}
        if values["is_canonical"] and not _may_be_canonical(key, parsed):
            values = {**values, "is_canonical": False}
        merge_row(Observation, report, kind="observation", code=code, key=found, values=values)


def _observation(
    row: Row, indicators: Mapping[str, Indicator], areas: Collection[str]
) -> tuple[dict[str, str], dict[str, Any]]:
    period = row.text("period")
    _checked(row, "period", validate_period, period)
    value: Decimal | None = (
        _checked(row, "value", exact_value, row.text("value")) if row.text("value") else None
    )
    if not row.text("value"):
        row.refuse("value", "is empty")
    source = row.source()
    _fits(row, "source", 300)
    key = {
        "indicator": row.known("indicator", indicators, required=True),
        "area": row.known("area", areas, required=True),
        "period": period,
        "kind": row.choice("kind", ObservationKind.values, ObservationKind.OBSERVED.value),
        "origin": source.get("title", ""),
    }
    return key, {
        "value": value,
        "qualifier": row.choice("qualifier", Qualifier.values, Qualifier.EXACT.value),
        "is_canonical": bool(row.flag("is_canonical", False)),
        "canonical_reason": row.translated("canonical_reason"),
        "note": row.text("note"),
        "source": source,
    }


def _place(key: Mapping[str, str]) -> tuple[str, str, str, str]:
    return key["indicator"], key["area"], key["period"], key["kind"]


def _check_canonical(rows: list[Row], parsed: list[tuple[dict[str, str], dict[str, Any]]]) -> None:
    chosen = Counter(_place(key) for key, values in parsed if values["is_canonical"])
    seen: dict[tuple[str, ...], int] = {}
    for row, (key, _values) in zip(rows, parsed, strict=True):
        if chosen[_place(key)] != 1:
            row.refuse("is_canonical", "exactly one figure for an area and period must be the canonical one")
        whole = (*_place(key), key["origin"])
        if whole in seen:
            row.refuse(
                "source", f"this source's figure for the area and period stands already on row {seen[whole]}"
            )
        seen[whole] = row.number


def _code(key: Mapping[str, str]) -> str:
    return code_of(*_place(key), key["origin"])


def _may_be_canonical(key: Mapping[str, str], parsed: list[tuple[dict[str, str], dict[str, Any]]]) -> bool:
    """Whether the pack's choice can be stored: not when a person has chosen another figure.

    A figure that only an older pack had, and that nobody chose since, steps back.
    """
    rival = (
        Observation.objects.filter(
            indicator__code=key["indicator"],
            area=key["area"],
            period=key["period"],
            kind=key["kind"],
            is_canonical=True,
        )
        .exclude(origin=key["origin"])
        .first()
    )
    if rival is None:
        return True
    own = {**key, "origin": rival.origin}
    if any(other == own for other, _values in parsed):
        return False
    steps_back, _chosen = stale_fields(
        "observation", _code(own), {"is_canonical": True}, {"is_canonical": False}
    )
    if steps_back:
        rival.is_canonical = False
        rival.save(update_fields=["is_canonical"])
    return bool(steps_back)
