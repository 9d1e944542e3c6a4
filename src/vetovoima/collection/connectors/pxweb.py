"""Statistics Finland's PxWeb, in the form that it has since 8 June 2026 (docs/integrations/statistics-finland-pxweb.md).

Nothing about a table is believed beforehand: its variables and their codes are read from its own description, the
query is built from what is found there, and the answer is checked against what was asked.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from math import prod
from typing import Any

from vetovoima.common.http import Answer, CannotFetch, Deadline, Refused, TryLater, get, post_json

from .jsonstat import Dataset, Dimension, read_dataset
from .problems import SourceChanged, few

#: 30 queries in 10 seconds are allowed; public projects met refusals when brisker than this
PAUSE = 1.5
MOST_CELLS = 100_000
MOST_BYTES = 20_000_000
AREA = re.compile(r"alue(_.*)?", re.IGNORECASE)
TIME = re.compile(r"timeperiod_.*|vuosi|kuukausi|vuosinelj[aä]nnes", re.IGNORECASE)
CONTENT = re.compile(r"contentscode|tiedot", re.IGNORECASE)
OLD_TABLE = re.compile(
    r"(?P<folder>.*/)?statfin_(?P<name>[a-z0-9]+)_pxt_(?P<id>[a-z0-9]+)\.px", re.IGNORECASE
)
VINTAGE = re.compile(r"_(\d{4})(\d{2})(\d{2})$")
#: "all of it", where a variable that we did not ask about has no total of its own (elimination)
TOTALS = ("SSS", "SS", "yht", "Total")
PERIODS = (
    (re.compile(r"(\d{4})"), "{0}"),
    (re.compile(r"(\d{4})M(\d{2})"), "{0}-{1}"),
    (re.compile(r"(\d{4})Q([1-4])"), "{0}-Q{1}"),
    (re.compile(r"(\d{4})H([12])"), "{0}-H{1}"),
    (re.compile(r"(\d{4})[-–](\d{4})"), "{0}-{1}"),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What to read: a table, figures of it, areas by their codes (KU205, MK18, SSS) and the latest periods.

    `choices` are values of further variables: {beginning of the variable's code: value}.
    """

    table: str
    contents: Sequence[str]
    areas: Sequence[str]
    periods: int = 2
    choices: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"


@dataclass(frozen=True)
class Observation:
    """One figure; `value` is None where the source has none. `period` is as the product writes periods: 2025, 2025-06."""

    area: str
    period: str
    content: str
    value: Decimal | None
    unit: str
    is_provisional: bool


@dataclass(frozen=True)
class StatisticTable:
    """What was read, with all that has to be said beside it.

    `vintage` is the day of the municipal division in which the areas are drawn ("2026-01-01"), or "".
    """

    rows: list[Observation]
    title: str
    updated: datetime | None
    source_credit: str
    vintage: str
    url: str
    missing_areas: list[str]


@dataclass(frozen=True)
class Variable:
    """A variable as the table describes it."""

    code: str
    values: tuple[str, ...]
    is_time: bool
    can_be_left_out: bool


class _Pace:
    """Keeps calls apart; one process's workers share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = float("-inf")

    def wait(self) -> None:
        """This will wait until the next call may be made."""
        with self._lock:
            left = self._last + PAUSE - time.monotonic()
            if left > 0:
                time.sleep(left)
            self._last = time.monotonic()


_pace = _Pace()


def read_statistics(root: str, wanted: Wanted, deadline: Deadline) -> StatisticTable:
    """This will read what is wanted from the service at `root`, in two calls.

    Raises SourceChanged when the table is not what it was, TryLater when we are asked to wait, CannotFetch otherwise.
    """
    if found := OLD_TABLE.fullmatch(wanted.table):
        guess = f"{found['folder'] or ''}{found['id']}.px"
        raise SourceChanged("old_address", table=wanted.table, guess=guess)
    url = f"{root}/{wanted.language}/{wanted.table}"
    variables, title = _description(url, wanted, deadline)
    query, missing = build_query(variables, wanted)
    _pace.wait()
    try:
        answer = post_json(url, query, deadline=deadline, max_bytes=MOST_BYTES)
    except TryLater:
        raise
    except Refused as error:
        code = "query_refused" if error.status != 403 else "too_many_cells"
        raise SourceChanged(code, status=error.status, cells="?", limit=MOST_CELLS) from error
    dataset = read_dataset(_json(answer))
    return _table(dataset, wanted, variables, missing, title, url)


def _json(answer: Answer) -> Any:
    try:
        return answer.json(parse_float=Decimal)
    except CannotFetch as error:
        raise SourceChanged("shape", what=_what_came(answer.body)) from error


def _what_came(body: bytes) -> str:
    start = body[:200].lstrip().lower()
    return "HTML" if start.startswith((b"<!doctype html", b"<html")) else "no JSON"


def _description(url: str, wanted: Wanted, deadline: Deadline) -> tuple[list[Variable], str]:
    _pace.wait()
    try:
        data = _json(get(url, deadline=deadline, max_bytes=MOST_BYTES))
    except TryLater:
        raise
    except Refused as error:
        if error.status in {400, 404, 410}:
            raise SourceChanged("table_gone", table=wanted.table, status=error.status) from error
        raise
    if isinstance(data, list):
        raise SourceChanged("folder", table=wanted.table)
    listed = data.get("variables") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not listed:
        raise SourceChanged("shape", what="variables")
    return [_variable(one) for one in listed], str(data.get("title") or "")[:300]


def _variable(data: Any) -> Variable:
    values = data.get("values") if isinstance(data, dict) else None
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values) or not values:
        raise SourceChanged("shape", what="variables.values")
    if not isinstance(data.get("code"), str):
        raise SourceChanged("shape", what="variables.code")
    return Variable(data["code"], tuple(values), bool(data.get("time")), bool(data.get("elimination")))


def _only(variables: list[Variable], what: str, table: str, pattern: re.Pattern[str]) -> Variable:
    found = [one for one in variables if pattern.fullmatch(one.code)]
    if what == "time" and any(one.is_time for one in variables):
        found = [one for one in variables if one.is_time]
    if len(found) != 1:
        code = "several_variables" if found else "missing_variable"
        raise SourceChanged(code, table=table, what=what, has=few(one.code for one in found or variables))
    return found[0]


def build_query(variables: list[Variable], wanted: Wanted) -> tuple[dict[str, Any], list[str]]:
    """This will build the query from the table's own description; returns it and the areas that the table has not.

    Raises SourceChanged for a variable, a figure or a value that is not there.
    """
    area = _only(variables, "area", wanted.table, AREA)
    period = _only(variables, "time", wanted.table, TIME)
    content = _only(variables, "content", wanted.table, CONTENT)
    for code in wanted.contents:
        _must_have(content, code, wanted.table)
    known = set(area.values)
    areas = [code for code in wanted.areas if code in known]
    missing = [code for code in wanted.areas if code not in known]
    if not areas:
        raise SourceChanged("missing_areas", areas=few(missing))
    picked = {
        area.code: areas,
        content.code: list(wanted.contents),
        **{one.code: [value] for one, value in _others(variables, (area, period, content), wanted)},
    }
    periods = min(wanted.periods, len(period.values))
    cells = periods * prod(len(values) for values in picked.values())
    if cells > MOST_CELLS:
        raise SourceChanged("too_many_cells", cells=cells, limit=MOST_CELLS)
    query = [_pick(code, "item", values) for code, values in picked.items()]
    query.append(_pick(period.code, "top", [str(periods)]))
    return {"query": query, "response": {"format": "json-stat2"}}, missing


def _pick(code: str, how: str, values: list[str]) -> dict[str, Any]:
    return {"code": code, "selection": {"filter": how, "values": values}}


def _must_have(content: Variable, code: str, table: str) -> None:
    if code in content.values:
        return
    # In June 2026 `vaesto` became `vaerak-vaesto`: a figure that ends in the same word is probably the same.
    last = code.rpartition("-")[2]
    alike = [one for one in content.values if one.rpartition("-")[2] == last]
    if len(alike) == 1:
        raise SourceChanged("renamed_content", table=table, content=code, guess=alike[0])
    raise SourceChanged("missing_content", table=table, content=code)


def _others(
    variables: list[Variable], known: tuple[Variable, ...], wanted: Wanted
) -> list[tuple[Variable, str]]:
    """The value of each further variable: the chosen one, the only one, the total; or it is left out."""
    found = []
    for one in variables:
        if one in known:
            continue
        chosen = next((value for start, value in wanted.choices.items() if one.code.startswith(start)), "")
        if chosen and chosen not in one.values:
            raise SourceChanged("missing_value", variable=one.code, value=chosen, values=few(one.values))
        if not chosen and not one.can_be_left_out:
            totals = [value for value in TOTALS if value in one.values] or list(one.values)
            if len(one.values) > 1 and totals[0] not in TOTALS:
                raise SourceChanged(
                    "new_variable", table=wanted.table, variable=one.code, values=few(one.values)
                )
            chosen = totals[0]
        if chosen:
            found.append((one, chosen))
    for start in wanted.choices:
        if not any(one.code.startswith(start) for one in variables):
            raise SourceChanged(
                "missing_variable", table=wanted.table, what=start, has=few(one.code for one in variables)
            )
    return found


def _dimension(dataset: Dataset, pattern: re.Pattern[str], what: str) -> Dimension:
    found = [one for one in dataset.dimensions if pattern.fullmatch(one.code)]
    if len(found) != 1:
        raise SourceChanged("shape", what=what)
    return found[0]


def _table(
    dataset: Dataset, wanted: Wanted, variables: list[Variable], missing: list[str], title: str, url: str
) -> StatisticTable:
    area = _dimension(dataset, AREA, "area")
    time_code = _only(variables, "time", wanted.table, TIME).code
    period = dataset.dimension(time_code)
    content = _dimension(dataset, CONTENT, "content")
    if period is None:
        raise SourceChanged("shape", what=time_code)
    if unasked := {*area.codes} - {*wanted.areas} or {*content.codes} - {*wanted.contents}:
        raise SourceChanged("shape", what=few(sorted(unasked)))
    rows = [
        Observation(
            place[area.code],
            period_of(place[time_code]),
            place[content.code],
            value,
            content.units.get(place[content.code], ""),
            "*" in place[time_code] or "*" in period.labels[place[time_code]],
        )
        for place, value in dataset.cells()
    ]
    if not any(one.value is not None for one in rows):
        raise SourceChanged("empty")
    _refuse_other_periods({one.period for one in rows}, variables, wanted)
    lost = [code for code in wanted.areas if code not in area.codes and code not in missing]
    return StatisticTable(
        rows, dataset.label or title, updated_at(dataset.updated), credit_of(dataset), vintage_of(area.code),
        url, sorted({*missing, *lost}),
    )  # fmt: skip


def _refuse_other_periods(found: set[str], variables: list[Variable], wanted: Wanted) -> None:
    """The latest periods were asked for, and the table has said itself which they are."""
    said = _only(variables, "time", wanted.table, TIME).values
    latest = sorted(map(period_of, said))[-wanted.periods :]
    if unasked := found - set(latest):
        raise SourceChanged("other_periods", periods=few(sorted(unasked)), asked=few(latest))


def credit_of(dataset: Dataset) -> str:
    """The credit that the licence asks for (CC BY 4.0)."""
    said = dataset.source
    known = ("statistics finland", "tilastokeskus", "statistikcentralen")
    return said if said.lower().startswith(known) else ", ".join(filter(None, ("Statistics Finland", said)))


def vintage_of(code: str) -> str:
    """This will read the day of the municipal division from an area variable's name: alue_23_20260101."""
    if found := VINTAGE.search(code):
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return ""
    return ""


def period_of(code: str) -> str:
    """This will write a source's period as the product does: 2025, 2025-06, 2025-Q2; a star falls away.

    Raises SourceChanged for a form that is not known.
    """
    plain = code.strip().rstrip("*").strip()
    for pattern, form in PERIODS:
        if found := pattern.fullmatch(plain):
            return form.format(*found.groups())
    raise SourceChanged("period", period=code[:40])


def updated_at(text: str) -> datetime | None:
    """This will read when the source was last updated; older tables write 2022-12-21T06.00.00Z."""
    tidy = re.sub(r"T(\d{2})\.(\d{2})\.(\d{2})", r"T\1:\2:\3", text)
    try:
        found = datetime.fromisoformat(tidy)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
