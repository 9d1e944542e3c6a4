"""What a cleaned row would change in a record: field by field, after each column's rule, against the working copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vetovoima.catalogue.enums import Precision
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME, MANY, ONE, SHAPE, SITES, TRANSLATED

from .cleaning import Cleaned
from .enums import Rule
from .precedence import SOURCE, Rules
from .words import absence_in

EMPTY: tuple[Any, ...] = (None, "", [], {})
#: two points nearer than this (about a metre) are one place: coordinates change in the last digits when systems do
NEAR_DEGREES = 0.00002
Changes = dict[str, list[Any]]
#: what a row says of a field that its columns may not write
FORBIDDEN: Any = object()


def said(site: Site | None, name: str) -> Any:
    """What a record says of a field in JSON: its value, {"absent": why} when there is none, None when nothing."""
    if site is None:
        return None
    if name.startswith(SOURCE):
        return site.sources.get(name.removeprefix(SOURCE)) or None
    if name == "profiles":
        return list(site.profiles) or None
    if name in site.absent:
        return {"absent": site.absent[name]}
    return plain(BY_NAME[name].type, site.value(name))


def plain(type_: str, value: Any) -> Any:
    """A value in JSON, related things by slug, key or code; None for an empty one."""
    if type_ == MANY:
        value = [one.slug for one in value]
    elif type_ == SITES:
        value = sorted(one.code for one in value)
    elif type_ == ONE:
        value = value.key if value else None
    elif isinstance(value, date):
        value = value.isoformat()
    elif type_ == TRANSLATED:
        value = dict(value)
    return None if value in EMPTY else value


def changes_of(site: Site | None, cleaned: Cleaned, rules: Rules) -> Changes:
    """This will return {field: [before, after]} for each field that the row would change, after the columns' rules."""
    if site is None:
        found: Changes = {
            name: [None, given] for name, given in _given(cleaned).items() if given not in EMPTY
        }
        _precision(site, found)
        return found
    found = {}
    for name, given in _given(cleaned).items():
        before = said(site, name)
        if before == given:  # whatever the rule; most cells of a file that is sent again
            continue
        allowed = _permitted(name, before, given, rules)
        if allowed is FORBIDDEN:
            continue
        after = _after(name, before, allowed)
        if after != before:
            found[name] = [before, after]
    if rules.of("place_precision") != Rule.KEEP:
        _precision(site, found)
    return found


def given_by(cleaned: Cleaned) -> dict[str, Any]:
    """What a row says of each field, whatever the record holds; an absence stands instead of a value."""
    return _given(cleaned)


def holds(name: str, before: Any, given: Any) -> bool:
    """Whether a field already holds all that was once given for it: taking it in again would change nothing."""
    return bool(_after(name, before, given) == before)


def taken_over(site: Site, name: str, given: Any) -> Changes:
    """This will return the change that makes a record hold what was given for one field."""
    before = said(site, name)
    found: Changes = {name: [before, _after(name, before, given)]}
    _precision(site, found)
    return found


def _permitted(name: str, before: Any, given: Any, rules: Rules) -> Any:
    """What of it the columns may write: languages and parts of a source each after its own rule, else all or nothing."""
    is_text = name in BY_NAME and BY_NAME[name].type == TRANSLATED
    if _is_absence(given) or not (is_text or name.startswith(SOURCE)):
        return given if _allowed(rules.of(name), before) else FORBIDDEN
    if is_text:
        rule_of = {language: rules.of_language(name, language) for language in given}
    else:
        rule_of = {part: rules.of_part(name.removeprefix(SOURCE), part) for part in given}
    kept = {
        key: text for key, text in given.items()
        if _allowed(rule_of[key], before if _is_absence(before) else (before or {}).get(key))
    }  # fmt: skip
    return kept or FORBIDDEN


def _is_absence(value: Any) -> bool:
    return isinstance(value, dict) and "absent" in value


def _given(cleaned: Cleaned) -> dict[str, Any]:
    """Everything that a row says, by field; an absence stands instead of a value."""
    given = {name: {"absent": why} for name, why in cleaned.absent.items()}
    given |= cleaned.values
    given |= {f"{SOURCE}{group}": parts for group, parts in cleaned.sources.items()}
    return given


def _after(name: str, before: Any, given: Any) -> Any:
    """Languages and parts of a source join those that are there; a point does not replace an area."""
    if _is_absence(given):
        return before if _says_so_already(before, given["absent"]) else given
    if name.startswith(SOURCE):
        return {**(before or {}), **given}
    if name == "profiles":
        return given
    type_ = BY_NAME[name].type
    if type_ == TRANSLATED:
        known = before if isinstance(before, dict) and "absent" not in before else {}
        return {**known, **given}
    if type_ == SHAPE and isinstance(before, dict) and "absent" not in before:
        return before if _is_same_place(before, given) else given
    return given


def _says_so_already(before: Any, why: str) -> bool:
    """Whether a text says in its own words what the cell was read as: "None" in a record's text is no change."""
    texts = before.values() if isinstance(before, dict) and "absent" not in before else before
    found = (
        [texts]
        if isinstance(texts, str)
        else list(texts or ())
        if not isinstance(texts, (int, float))
        else []
    )
    return any(absence_in(text) == why for text in found)


def _is_same_place(before: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    if given.get("type") != "Point":
        return bool(before == given)
    if before.get("type") != "Point":
        return True
    pairs = zip(before["coordinates"], given["coordinates"], strict=False)
    return all(abs(old - new) < NEAR_DEGREES for old, new in pairs)


def _allowed(rule: Rule, before: Any) -> bool:
    if rule == Rule.FILL:
        return before in EMPTY or before == "unknown"
    return rule == Rule.OVERWRITE


def _precision(site: Site | None, found: Changes) -> None:
    """A place that is given makes the record's place known exactly, unless the file says how exactly it is."""
    if "geometry" not in found or "place_precision" in found:
        return
    before = said(site, "place_precision")
    if before in (None, Precision.MUNICIPALITY) and _is_shape(found["geometry"][1]):
        found["place_precision"] = [before, Precision.EXACT.value]


def _is_shape(value: Any) -> bool:
    return isinstance(value, dict) and "coordinates" in value
