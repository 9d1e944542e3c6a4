"""The way back from the French standard: a row of theirs as a row of ours, by the same data (`cnig.json`).

What their word does not settle is left empty: a network that is there says nothing of its size, "existant" does not say
whether a site is free.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from vetovoima.catalogue.registry import BY_NAME, TRANSLATED

from .mapping import NO, SQUARE_METRES_IN_HECTARE, YES, Rule, cnig

#: a code of ours: what we wrote ourselves finds its record again, an identifier of theirs is kept as a key beside
OUR_CODE = re.compile(r"[A-Z0-9]{1,8}-[A-Z0-9]{1,8}-\d{4,}")
KINDS = {"site-eco": "business_area", "terrain-eco": "plot"}


def from_cnig(row: Mapping[str, str], table: str) -> dict[str, Any]:
    """This will write a row of one of their tables as a row of ours, by machine names of columns (`name@en`, `area_m2`,
    `source.*.dated`), for the validator and for imports; `external_key` is their identifier when it is no code of ours.

    Their texts stand in the place of English: neither standard has a column for the language of the other.
    """
    cells: dict[str, Any] = {"kind": KINDS[table]}
    rules = cnig()["tables"][table]["fields"]
    for rule in sorted(rules, key=lambda rule: rule["how"] in ("one_of", "point")):
        text = (row.get(rule["theirs"]) or "").strip()
        if text and rule["ours"] is not None:
            _take(cells, rule, text)
    for ours, theirs in (("dated", "_actu_date"), ("title", "source_producteur")):
        said = next((text for name, text in row.items() if name.endswith(theirs) and text), "")
        if said:
            cells[f"source.*.{ours}"] = said.strip()
    return {name: cell for name, cell in cells.items() if _fits(name, cells["kind"])}


def _fits(name: str, kind: str) -> bool:
    spec = BY_NAME.get(name.partition("@")[0])
    return spec is None or kind in spec.kinds


def _take(cells: dict[str, Any], rule: Rule, text: str) -> None:
    """What one cell of theirs says, put among the cells of ours."""
    ours, how = rule["ours"], rule["how"]
    if how == "is_there":
        cells.update({name: "[none]" for name in ours if text == NO})
    elif how == "one_of":
        _use(cells, rule, text)
    elif ours == "code":
        cells["code" if OUR_CODE.fullmatch(text) else "external_key"] = text
    elif how == "text":
        _text(cells, rule, text)
    elif how == "table":
        _by_table(cells, rule, text)
    elif how in ("area", "point"):
        _shape(cells, how, text)
    elif how == "yes_no":
        cells.update({ours: {YES: "yes", NO: "no"}[text]} if text in (YES, NO) else {})
    elif how == "hectares":
        _hectares(cells, ours, text)
    elif how == "copy":
        cells[ours] = text


def _text(cells: dict[str, Any], rule: Rule, text: str) -> None:
    spec = BY_NAME.get(rule["ours"])
    if spec is not None and spec.type == TRANSLATED:
        cells[f"{spec.name}@en"] = text
    elif rule["theirs"].endswith("_comm_nom"):
        cells["municipality"] = text


def _by_table(cells: dict[str, Any], rule: Rule, text: str) -> None:
    """Our word when theirs can mean only one of ours; with it what theirs says besides (`only_if`)."""
    meant = [ours for ours, theirs in rule["table"].items() if theirs == text]
    said = rule.get("back", {}).get(text) or (meant[0] if len(meant) == 1 else "")
    if not said:
        return
    cells[rule["ours"]] = said
    for name, values in rule.get("only_if", {}).get(said, {}).items():
        cells.setdefault(name, values[0])


def _use(cells: dict[str, Any], rule: Rule, text: str) -> None:
    uses = [one for one in str(cells.get("uses", "")).split("; ") if one]
    if text == YES and not set(uses) & set(rule["values"]):
        cells["uses"] = "; ".join([*uses, rule["values"][0]])


def _hectares(cells: dict[str, Any], name: str, text: str) -> None:
    try:
        cells[name] = round(float(text.replace(",", ".")) * SQUARE_METRES_IN_HECTARE, 2)
    except ValueError:
        cells[name] = text


def _shape(cells: dict[str, Any], how: str, text: str) -> None:
    """An area in degrees as it is; of one in the French grid, or of none, the point."""
    if how == "point":
        longitude, _comma, latitude = text.partition(",")
        if "geometry" not in cells and _comma:
            cells["geometry"] = f"{latitude.strip()}, {longitude.strip()}"
            cells["place_precision"] = "exact"
        return
    try:
        area = json.loads(text)
        first = area["coordinates"]
        while isinstance(first[0], list):
            first = first[0]
    except (ValueError, KeyError, IndexError, TypeError):
        return
    if abs(first[0]) <= 180 and abs(first[1]) <= 90:
        cells["geometry"], cells["place_precision"] = json.dumps(area), "exact"
