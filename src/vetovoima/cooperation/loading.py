"""Storing the strategy and the responsibilities of a data pack.

`strategy.json`: code, title, subtitle, valid_from, valid_to, owner (organisation), decided, and the lists `goals`
(code, title, section, parent, kind, target), `building_blocks`, `shared_will`, `segments`, `benefits`.
`responsibilities.csv`: task, task_fi, task_en, task_sv, section, actor, part, basis and the columns of the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from vetovoima.common.fields import Translated, as_translated
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.pack import Pack, Row

from .enums import Basis, ItemKind, Part
from .models import Responsibility, Strategy, StrategyItem, Task

if TYPE_CHECKING:
    from vetovoima.accounts.models import Organisation

STRATEGY = "strategy.json"
RESPONSIBILITIES = "responsibilities.csv"

#: the lists of strategy.json and what their items are
LISTS = {
    "goals": ItemKind.GOAL,
    "building_blocks": ItemKind.BUILDING_BLOCK,
    "shared_will": ItemKind.SHARED_WILL,
    "segments": ItemKind.SEGMENT,
    "benefits": ItemKind.BENEFIT,
}


def load_strategy(
    pack: Pack, report: LoadReport, organisations: Mapping[str, Organisation]
) -> Strategy | None:
    """This will store `strategy.json` with its items, parents first; a region without one has no strategy.

    Raises BrokenPack with the place of everything that is wrong.
    """
    data = pack.document(STRATEGY)
    pack.check()
    if data is None:
        return None
    if not isinstance(data, dict):
        pack.refuse(STRATEGY, "must be an object with code, title and lists of items")
        pack.check()
    owner = data.get("owner") or ""
    if owner and owner not in organisations:
        pack.refuse(STRATEGY, f"{owner!r} is not known", column="owner")
    values: dict[str, Any] = {
        "title": _text(pack, data, "title", "title"),
        "subtitle": _text(pack, data, "subtitle", "subtitle", required=False),
        "valid_from": _day(pack, data, "valid_from"),
        "valid_to": _day(pack, data, "valid_to"),
        "owner": organisations.get(owner),
        "decisions": data.get("decided") or [],
        "translated": data.get("translated") or [],
        "source": _source(data.get("source")),
    }
    if values["valid_from"] and values["valid_to"] and values["valid_to"] < values["valid_from"]:
        pack.refuse(STRATEGY, "the term ends before it begins", column="valid_to")
    code = str(data.get("code") or "")
    if not code:
        pack.refuse(STRATEGY, "is missing", column="code")
    items = _items(pack, data)
    pack.check()
    strategy = merge_row(Strategy, report, kind="strategy", code=code, key={"code": code}, values=values)
    _store_items(strategy, items, report)
    return strategy


def _store_items(
    strategy: Strategy, items: list[tuple[str, str, dict[str, Any]]], report: LoadReport
) -> None:
    stored: dict[str, StrategyItem] = {}
    waiting = items
    while waiting:
        later = []
        for code, parent, values in waiting:
            if parent and parent not in stored:
                later.append((code, parent, values))
                continue
            stored[code] = merge_row(
                StrategyItem,
                report,
                kind="strategy item",
                code=f"{strategy.code}:{code}",
                key={"strategy": strategy, "code": code},
                values={**values, "parent": stored.get(parent)},
            )
        waiting = later


def _items(pack: Pack, data: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every item as (code, parent's code, values); what is wrong is noted in the pack."""
    found: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for name, kind in LISTS.items():
        entries = data.get(name) or []
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            pack.refuse(STRATEGY, "must be a list of objects", column=name)
            continue
        for position, entry in enumerate(entries, start=1):
            place = f"{name}[{position - 1}]"
            code = str(entry.get("code") or "")
            if not code:
                pack.refuse(STRATEGY, "has no code", column=place)
                continue
            if code in found:
                pack.refuse(STRATEGY, f"{code!r} stands already in the strategy", column=place)
            found[code] = (code, entry.get("parent") or "", _item(pack, entry, kind, position, place))
    _check_parents(pack, found)
    return list(found.values())


def _item(pack: Pack, entry: dict[str, Any], kind: ItemKind, position: int, place: str) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "level": entry.get("kind") or "",
        "title": _text(pack, entry, "title", f"{place}.title"),
        "section": str(entry.get("section") or ""),
        "target_code": entry.get("target") or "",
        "position": position,
        "source": _source(entry.get("source")),
    }


def _check_parents(pack: Pack, found: Mapping[str, tuple[str, str, dict[str, Any]]]) -> None:
    """Every parent must exist, and nobody may be their own ancestor."""
    for code, parent, _values in found.values():
        seen = {code}
        while parent:
            if parent not in found:
                pack.refuse(STRATEGY, f"the parent {parent!r} of {code!r} is not known", column="parent")
                break
            if parent in seen:
                pack.refuse(STRATEGY, f"{code!r} stands below itself", column="parent")
                break
            seen.add(parent)
            parent = found[parent][1]


def _text(pack: Pack, data: dict[str, Any], name: str, place: str, *, required: bool = True) -> Translated:
    try:
        text = as_translated(data.get(name))
    except ValidationError as error:
        pack.refuse(STRATEGY, " ".join(error.messages), column=place)
        return Translated()
    if required and not text:
        pack.refuse(STRATEGY, "has no text in any language", column=place)
    return text


def _day(pack: Pack, data: dict[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(str(data.get(name)))
    except ValueError:
        pack.refuse(STRATEGY, f"{data.get(name)!r} is not a day like 2026-10-12", column=name)
        return None


def _source(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {"title": given} if given else {}


def load_responsibilities(pack: Pack, report: LoadReport, organisations: Mapping[str, Organisation]) -> None:
    """This will store `responsibilities.csv`: the tasks in the order in which they come, and each actor's part."""
    rows = pack.table(RESPONSIBILITIES, ("task", "section", "actor", "part", "basis"), key=("task", "actor"))
    tasks: dict[str, dict[str, Any]] = {}
    parsed = []
    for row in rows:
        code = row.text("task")
        values = _task(row)
        known = tasks.setdefault(code, {**values, "position": len(tasks) + 1, "source": row.source()})
        if any(known[name] != values[name] for name in values):
            row.refuse("task", f"{code!r} has another title or section on an earlier row")
        actor = row.known("actor", organisations, required=True)
        parsed.append((code, actor, _part(row)))
    pack.check()
    stored = {
        code: merge_row(Task, report, kind="task", code=code, key={"code": code}, values=values)
        for code, values in tasks.items()
    }
    for code, actor, values in parsed:
        key = {"task": stored[code], "organisation": organisations[actor]}
        merge_row(
            Responsibility, report, kind="responsibility", code=f"{code}:{actor}", key=key, values=values
        )


def _task(row: Row) -> dict[str, Any]:
    return {"title": row.translated("task", required=True), "section": row.text("section")}


def _part(row: Row) -> dict[str, Any]:
    for column in ("part", "basis"):
        row.text(column, required=True)
    return {
        "part": row.choice("part", Part.values),
        "basis": row.choice("basis", Basis.values),
        "source": row.source(),
    }
