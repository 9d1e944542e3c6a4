"""Differences in words: between versions, in the history, and between two people's edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.documents import Difference, compare, snapshot
from vetovoima.catalogue.queries import history
from vetovoima.catalogue.registry import BY_NAME, GROUP_LABELS, GROUPS, TRANSLATED
from vetovoima.catalogue.validators import clean_value
from vetovoima.reference.queries import plausible_box

from .forms import SiteForm
from .values import Shown, Words, lacks

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact
    from vetovoima.catalogue.models import Site


@dataclass(frozen=True)
class Change:
    """One field that differs, in words. `name` is unique among the rows of a page."""

    name: str
    label: Any
    old: Shown
    new: Shown


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of one group of the standard."""

    label: Any
    rows: list[Change]


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a record, with its field differences."""

    fact: Fact
    changes: list[Change]


def _label(difference: Difference) -> Any:
    if difference["field"] == "source":
        return _("Source and check")
    if difference["field"] == "photos":
        return _("Photographs")
    return BY_NAME[difference["field"]].label


def _differing_texts(field: str, before: Any, after: Any) -> tuple[Any, Any]:
    """Of a translated text only the languages that differ are worth reading."""
    if field not in BY_NAME or BY_NAME[field].type != TRANSLATED:
        return before, after
    old, new = before or {}, after or {}
    kept = [language for language in {*old, *new} if old.get(language) != new.get(language)]
    return {key: old.get(key) for key in kept}, {key: new.get(key) for key in kept}


def change_of(difference: Difference, words: Words) -> Change:
    """This will put one difference into words."""
    before, after = _differing_texts(difference["field"], difference["before"], difference["after"])
    name = (
        f"{difference['field']}_{difference['group']}"
        if difference["field"] == "source"
        else difference["field"]
    )
    return Change(
        name,
        _label(difference),
        words.shown(difference["field"], before),
        words.shown(difference["field"], after),
    )


def _says_something(difference: Difference) -> bool:
    return not (lacks(difference["before"]) and lacks(difference["after"]))


def grouped(differences: Iterable[Difference], words: Words) -> list[ChangeGroup]:
    """This will put differences into words, group by group; what was and is empty falls away."""
    kept = [one for one in differences if _says_something(one)]
    groups = [(group.label, [one for one in kept if one["group"] == group.name]) for group in GROUPS]
    return [ChangeGroup(label, [change_of(one, words) for one in found]) for label, found in groups if found]


def history_lines(site: Site, words: Words, limit: int = 30) -> list[HistoryLine]:
    """This will return what happened to a record, newest first, with old and new values in words."""
    return [HistoryLine(fact, _changes(fact.changes, words)) for fact in history(site)[:limit]]


def _changes(changes: Mapping[str, Any], words: Words) -> list[Change]:
    before = {name: pair[0] for name, pair in changes.items()}
    after = {name: pair[1] for name, pair in changes.items()}
    found = []
    for difference in compare(before, after):
        change = change_of(difference, words)
        if difference["field"] == "source":
            label = _("%(group)s: source and check") % {"group": GROUP_LABELS[difference["group"]]}
            change = Change(change.name, label, change.old, change.new)
        found.append(change)
    return found


@dataclass(frozen=True)
class Conflict:
    """Who saved meanwhile, and each field in which their saved value and this person's differ.

    `old` of a row is the saved value, `new` the one just typed; `theirs_first` names those this person had not touched.
    """

    facts: list[Fact]
    rows: list[Change]
    untouched: frozenset[str]


def conflict_of(form: SiteForm, fresh: Site, opened: int, words: Words) -> Conflict:
    """This will set another's saved values beside those just typed.

    `opened` is the revision this person began with. Every change of a record raises its revision by one and records
    one fact, so the newest facts are what happened since.
    """
    facts = list(history(fresh)[: max(0, fresh.revision - opened)])
    saved = snapshot(fresh)
    typed = typed_snapshot(form, saved)
    rows = [change_of(one, words) for one in compare(saved, typed) if _is_theirs(one, facts)]
    untouched = {change.name for change in rows if _was_left_alone(change.name, facts, typed)}
    return Conflict(facts, rows, frozenset(untouched))


def typed_snapshot(form: SiteForm, saved: Mapping[str, Any]) -> dict[str, Any]:
    """This will give what was typed the shape of a snapshot; what the form does not hold is as saved."""
    typed = dict(saved)
    for name, value in form.values().items():
        typed[name] = _plain(name, value)
    return typed


def _plain(name: str, value: Any) -> Any:
    if name in {"sectors", "themes"}:
        return [one.slug for one in value]
    if name == "contact":
        return value.key if value else None
    if name == "sources":
        return {group: given for group, given in value.items() if given}
    try:
        value = clean_value(name, value, plausible_box())
    except ValidationError:
        pass  # what cannot be saved is shown as it was typed; saving says what is wrong with it
    return value.isoformat() if hasattr(value, "isoformat") else value


def _keys_of(difference: Difference) -> str:
    return "sources" if difference["field"] == "source" else difference["field"]


def _is_theirs(difference: Difference, facts: list[Fact]) -> bool:
    key = _keys_of(difference)
    for fact in facts:
        if key in fact.changes:
            before, after = fact.changes[key]
            group = difference["group"]
            if key != "sources" or (before or {}).get(group) != (after or {}).get(group):
                return True
    return False


def _was_left_alone(name: str, facts: list[Fact], typed: Mapping[str, Any]) -> bool:
    """Whether a typed value is still the one the person was shown: the oldest fact since then says what that was."""
    key, _bar, group = name.partition("_") if name.startswith("source_") else (name, "", "")
    for fact in reversed(facts):
        if key == "source" and "sources" in fact.changes:
            return (fact.changes["sources"][0] or {}).get(group) == typed.get("sources", {}).get(group)
        if key in fact.changes:
            return bool(fact.changes[key][0] == typed.get(key))
    return False
