"""What the pages of the fact bank show: plain shapes, made from queries and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge import queries, rules
from vetovoima.catalogue.knowledge.enums import ConsentUse, FactState, Topic
from vetovoima.catalogue.knowledge.writing import written, written_number
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import here
from vetovoima.reference.queries import municipalities

from .nouns import NOUNS, Noun

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact
    from vetovoima.catalogue.models import KnownFact

TABS = ("facts", *NOUNS)
#: a state with the mark of its urgency
MARKS = {FactState.CURRENT: "good", FactState.STALE: "warn", FactState.RETIRED: "quiet"}


@dataclass(frozen=True)
class Row:
    """A fact in the list."""

    fact: KnownFact
    value: str
    mark: str
    uses: int
    may_edit: bool


@dataclass(frozen=True)
class Change:
    """One field that differs: what it is called, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One thing that happened, with its differences."""

    fact: Fact
    changes: list[Change]


def frame(tab: str) -> dict[str, Any]:
    """What every page of the area has: the rail's entry and the tabs."""
    labels: list[tuple[str, str, Any]] = [("facts", "desk:facts", _("Facts"))]
    labels += [(one.name, f"desk:facts-{one.name}", one.label) for one in NOUNS.values()]
    labels.append(("sectors", "desk:sectors", _("Sectors")))
    return {"area_name": "collection", "tab": "facts", "fact_tab": tab, "fact_tabs": labels}


def list_page(user: Any, page: Any, asked: dict[str, str]) -> dict[str, Any]:
    """The list of facts with its filters."""
    uses = queries.use_counts([one.code for one in page])
    rows = [
        Row(
            one,
            written(one, here()),
            MARKS[FactState(one.state)],
            uses.get(one.code, 0),
            rules.can_edit(user, one),
        )
        for one in page
    ]
    return {
        **frame("facts"),
        "page": page,
        "rows": rows,
        "asked": asked,
        "is_filtered": any(asked.values()),
        "topics": Topic.choices,
        "states": FactState.choices,
        "counts": queries.state_counts(user),
        "towns": municipalities(),
        "may_create": may_create(user),
    }


def may_create(user: Any) -> bool:
    """Whether a person may add knowledge anywhere."""
    return rules.can_create_in(user, None) or queries.creatable_municipalities(user).exists()


def fact_page(user: Any, fact: KnownFact, retire: Any) -> dict[str, Any]:
    """One fact: its value in each language, where it is used, what happened."""
    return {
        **frame("facts"),
        "fact": fact,
        "mark": MARKS[FactState(fact.state)],
        "values": [(language, written(fact, language)) for language in LANGUAGES],
        "uses": queries.uses_of(fact.code),
        "replaces": queries.facts().filter(replaced_by=fact),
        "history": history_lines("known_fact", fact),
        "may_edit": rules.can_edit(user, fact) and fact.state != FactState.RETIRED,
        "retire": retire,
    }


def history_lines(kind: str, thing: Any, limit: int = 30) -> list[Line]:
    """This will return what happened to a thing, newest first, with the differences in words."""
    return [Line(one, changes_of(one.changes, thing)) for one in queries.history(kind, thing.code)[:limit]]


def changes_of(changes: dict[str, Any], thing: Any) -> list[Change]:
    """This will put the differences of a fact of the log into words."""
    return [
        Change(_label(thing, name), in_words(before), in_words(after))
        for name, (before, after) in changes.items()
    ]


def _label(thing: Any, name: str) -> str:
    names = {field.name: field.verbose_name for field in thing._meta.concrete_fields}
    return str(names.get(name, name)).capitalize()


def in_words(value: Any) -> str:
    """A stored value as a person reads it; empty is a dash."""
    if value in (None, "", {}, []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " · ".join(f"{key}: {inner}" for key, inner in value.items() if inner)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def noun_rows(noun: Noun, user: Any) -> list[dict[str, Any]]:
    """The rows of a noun's list: what it is called, whose, in what state, whether it may be edited."""
    today = localdate()
    return [
        {"thing": one, "may_edit": rules.can_edit(user, one), **_row_of(noun.name, one, today)}
        for one in noun.all().visible_to(user)
    ]


def _row_of(name: str, one: Any, today: date) -> dict[str, Any]:
    if name == "references":
        return {
            "title": one.name,
            "about": one.sector.name.best(here())[0] if one.sector else "",
            **consent_of(one, today),
        }
    if name == "policies":
        value = "" if one.number is None else written_number(one.number, one.unit, here())
        in_force = one.is_in_force(today)
        return {
            "title": one.title,
            "about": one.get_topic_display(),
            "value": value,
            "mark": "good" if in_force else "quiet",
            "state": _("in force") if in_force else _("not in force"),
        }
    if name == "permits":
        count = len(one.steps.all())
        timed = sum(1 for step in one.steps.all() if step.months_to is not None)
        return {
            "title": one.name,
            "about": _("%(count)s steps, %(timed)s with a time") % {"count": count, "timed": timed},
        }
    return {"title": one.name, "about": one.get_kind_display()}


def consent_of(company: Any, today: date) -> dict[str, str]:
    """The state of a consent: given and for what, withdrawn, ended, not yet in force, or not asked."""
    if company.is_public(today):
        return {"mark": "good", "state": _("consent in force: shown on the portal")}
    if company.consent_withdrawn_on:
        return {"mark": "bad", "state": _("consent withdrawn: not shown")}
    if not company.consent_by:
        return {"mark": "bad", "state": _("no consent: not shown")}
    if company.consent_until and company.consent_until < today:
        return {"mark": "bad", "state": _("consent ended: not shown")}
    if company.consent_on and company.consent_on > today:
        return {"mark": "wait", "state": _("consent not yet in force: not shown")}
    if ConsentUse.PORTAL not in company.consent_for:
        return {"mark": "warn", "state": _("consent does not name the portal: not shown")}
    return {"mark": "warn", "state": _("consent is not complete: not shown")}


def conflict_of(kind: str, thing: Any, opened: int) -> list[Line]:
    """What others saved since a person opened the form: the newest facts, one for each revision."""
    return history_lines(kind, thing, limit=max(0, thing.revision - opened))
