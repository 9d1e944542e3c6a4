"""Differences in words: between versions, in the history, and between two people's edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.documents import Difference, compare, snapshot
from vetovoima.catalogue.previews import UNDOABLE
from vetovoima.catalogue.queries import history
from vetovoima.catalogue.registry import BY_NAME, GROUP_LABELS, GROUPS, TRANSLATED

from .forms import SiteForm
from .values import EMPTY, Shown, Words, lacks

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

    @property
    def is_undoable(self) -> bool:
        """Whether its changes can be taken back one by one."""
        return self.fact.type in UNDOABLE and bool(self.changes)

    @property
    def version(self) -> int:
        """The number of the version that it published; 0 for anything else."""
        is_publishing = self.fact.type == "catalogue.site.published"
        return int(self.fact.data.get("version") or 0) if is_publishing else 0


OTHER_LABELS = {
    "source": _("Source and check"),
    "photos": _("Photographs"),
    "photo_texts": _("What is said of photographs"),
    "files": _("Documents"),
    "profiles": _("Profiles"),
}


def _label(difference: Difference) -> Any:
    name = difference["field"]
    return BY_NAME[name].label if name in BY_NAME else OTHER_LABELS.get(name, name)


def _differing_texts(field: str, before: Any, after: Any) -> tuple[Any, Any]:
    """Of a translated text only the languages that differ are worth reading."""
    if field not in BY_NAME or BY_NAME[field].type != TRANSLATED:
        return before, after
    old, new = before or {}, after or {}
    if "absent" in old or "absent" in new:
        return before, after
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
    return [line_of(fact, words) for fact in history(site)[:limit]]


def line_of(fact: Fact, words: Words) -> HistoryLine:
    """This will put one thing that happened into words."""
    return HistoryLine(fact, _changes(fact.changes, words))


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

    @property
    def is_real(self) -> bool:
        """Whether both changed the same field: otherwise nobody has to choose anything."""
        return any(row.name not in self.untouched for row in self.rows)


def conflict_of(form: SiteForm, fresh: Site, opened: int, words: Words) -> Conflict:
    """This will set another's saved values beside those just typed.

    `opened` is the revision this person began with.
    """
    facts = _facts_since(fresh, opened)
    saved = snapshot(fresh)
    typed = form.on(fresh).typed_snapshot(saved)
    found = [one for one in compare(saved, typed) if _is_theirs(one, facts)]
    rows = [change_of(one, words) for one in found]
    alone = {row.name for row, one in zip(rows, found, strict=True) if _was_left_alone(one, facts)}
    return Conflict(facts, rows, frozenset(alone))


def _facts_since(site: Site, opened: int) -> list[Fact]:
    """What happened to a record after a revision, newest first.

    A fact names the revision that it led to. One that names none changed nothing in the record (a file of thousands sent
    to review) or is older than the naming; it is read along, because nobody's change may be overlooked.
    """
    return list(
        takewhile(lambda fact: fact.data.get("revision", opened + 1) > opened, history(site).iterator())
    )


def _then(fact: Fact, difference: Difference, side: int) -> Any:
    """What a fact says of a field before (0) or after (1) it: a value, or {"absent": why}; ... when it says nothing."""
    changes, name = fact.changes, difference["field"]
    if name == "source":
        group = difference["group"]
        return (changes["sources"][side] or {}).get(group) if "sources" in changes else ...
    why = (changes["absent"][side] or {}).get(name) if "absent" in changes else None
    if why:
        return {"absent": why}
    if name in changes:
        return None if changes[name][side] in EMPTY else changes[name][side]
    return None if why is None and _absence_moved(fact, name) else ...


def _absence_moved(fact: Fact, name: str) -> bool:
    before, after = fact.changes.get("absent", ({}, {}))
    return (before or {}).get(name) != (after or {}).get(name)


def _is_theirs(difference: Difference, facts: list[Fact]) -> bool:
    return any(_then(fact, difference, 0) != _then(fact, difference, 1) for fact in facts)


def _was_left_alone(difference: Difference, facts: list[Fact]) -> bool:
    """Whether a typed value is still the one the person was shown: the oldest fact since then says what that was."""
    for fact in reversed(facts):
        if _then(fact, difference, 0) != _then(fact, difference, 1):
            return bool(_then(fact, difference, 0) == difference["after"])
    return False
