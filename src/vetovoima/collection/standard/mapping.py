"""The way from our standard to the French one, "Sites économiques" of the CNIG: the data is `cnig.json`.

`from_cnig` is the way back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.common.fields import Translated

SQUARE_METRES_IN_HECTARE = 10_000
YES, NO = "oui", "non"
Rule = Mapping[str, Any]


@lru_cache(maxsize=1)
def cnig() -> dict[str, Any]:
    """This will read the mapping: `tables` with, for each of their fields, ours and how one becomes the other."""
    text = Path(__file__).with_name("cnig.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def to_cnig(site: Site, table: str) -> dict[str, str]:
    """This will write a record as a row of one of their tables (`site-eco`, `terrain-eco`); what is not known is ""."""
    return {rule["theirs"]: _filled(site, rule) for rule in cnig()["tables"][table]["fields"]}


def _filled(site: Site, rule: Rule) -> str:
    if rule["ours"] is None:
        return ""
    if rule["how"] == "is_there":
        return _is_there(site, rule)
    value = _value(site, rule["ours"])
    if not all(site.value(name) in values for name, values in _conditions(rule, value)):
        return ""
    return "" if value in (None, "", [], {}, "unknown") else HOW[rule["how"]](value, rule)


def _conditions(rule: Rule, value: Any) -> Iterable[tuple[str, list[str]]]:
    """What else must hold before a value is told: a plot that is free is not for sale unless somebody sells it."""
    found: dict[str, list[str]] = rule.get("only_if", {}).get(str(value), {})
    return found.items()


def _value(site: Site, name: str) -> Any:
    """What anybody may read of a record; what is not public is as if it were not known."""
    if name in ("code", "kind", "created_at", "updated_at", "municipality"):
        return getattr(site, name)
    return site.value(name) if BY_NAME[name].is_public_in(site) else None


def _is_there(site: Site, rule: Rule) -> str:
    if any(site.is_known(name) for name in rule["ours"]):
        return YES
    return NO if all(site.absent.get(name) == "none" for name in rule["ours"]) else ""


def _copied(value: Any, _rule: Rule) -> str:
    return str(value)


def _text(value: Any, _rule: Rule) -> str:
    found: Translated = value if isinstance(value, Translated) else value.name
    return found.best("en")[0]


def _table(value: Any, rule: Rule) -> str:
    first = value[0] if isinstance(value, list) else value
    return str(rule["table"].get(str(first), ""))


def _hectares(value: float, _rule: Rule) -> str:
    return f"{value / SQUARE_METRES_IN_HECTARE:.10g}"


def _day(value: datetime | date, _rule: Rule) -> str:
    return value.strftime("%Y-%m-%d")


def _area(value: dict[str, Any], _rule: Rule) -> str:
    return json.dumps(value) if value["type"] != "Point" else ""


def _point(value: dict[str, Any], _rule: Rule) -> str:
    """The point, or the middle of the corners of an area."""
    corners = _corners(value["coordinates"])
    west, south = (min(corner[axis] for corner in corners) for axis in (0, 1))
    east, north = (max(corner[axis] for corner in corners) for axis in (0, 1))
    return f"{round((west + east) / 2, 6)}, {round((south + north) / 2, 6)}"


def _corners(coordinates: Any) -> list[list[float]]:
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [corner for part in coordinates for corner in _corners(part)]


HOW: dict[str, Callable[[Any, Rule], str]] = {
    "copy": _copied, "text": _text, "table": _table, "hectares": _hectares, "day": _day, "area": _area, "point": _point,
    "municipality_code": lambda value, _rule: str(value.lau_code),
    "one_of": lambda value, rule: YES if set(value) & set(rule["values"]) else NO,
    "yes_no": lambda value, _rule: YES if value else NO,
}  # fmt: skip
