"""Questions about the fact bank and the knowledge around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue.models import (
    FactUse,
    KnowledgeAsset,
    KnownFact,
    PermitPath,
    PolicyFact,
    ReferenceCompany,
)
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

from .enums import FactState, Topic

#: how many replacements are followed: more than a person makes, less than a ring
MOST_REPLACEMENTS = 5


def facts() -> QuerySet[KnownFact]:
    """Every fact, by topic and code."""
    return KnownFact.objects.select_related("municipality", "owner", "replaced_by").order_by("topic", "code")


def fact(code: str) -> KnownFact | None:
    """One fact, or None."""
    return facts().filter(code=code).first()


def fact_codes() -> set[str]:
    """The codes that a text may name."""
    return set(KnownFact.objects.values_list("code", flat=True))


def find_facts(
    user: Any, *, text: str = "", topic: str = "", state: str = "", area: str = ""
) -> QuerySet[KnownFact]:
    """The facts that a person may see, narrowed; `area` is a municipality's slug, or `region` for what is of no one."""
    found: QuerySet[KnownFact] = facts().visible_to(user)  # type: ignore[attr-defined]
    for word in text.split()[:8]:
        found = found.filter(_has_word(word))
    if topic:
        found = found.filter(topic=topic)
    if state:
        found = found.filter(state=state)
    if area:
        found = found.filter(municipality=None) if area == "region" else found.filter(municipality__slug=area)
    return found


def _has_word(word: str) -> Q:
    """A word in the code, the source or the name; SQLite compares only a–z without case, so both cases are tried."""
    fits = Q(code__icontains=word)
    for form in {word, word.capitalize()}:
        fits |= Q(source__title__icontains=form)
        for language in LANGUAGES:
            fits |= Q(**{f"label__{language}__icontains": form}) | Q(**{f"text__{language}__icontains": form})
    return fits


def state_counts(user: Any) -> dict[str, int]:
    """How many facts that a person sees are in each state."""
    rows = KnownFact.objects.visible_to(user).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return {state: counts.get(state, 0) for state in FactState.values}


def uses_of(code: str) -> QuerySet[FactUse]:
    """The pages and records that name a fact."""
    return FactUse.objects.filter(fact_code=code).order_by("kind", "title", "language", "pk")


def use_counts(codes: Iterable[str]) -> dict[str, int]:
    """How often each fact is named."""
    rows = FactUse.objects.filter(fact_code__in=list(codes)).order_by().values_list("fact_code")
    return dict(rows.annotate(Count("pk")))


def creatable_municipalities(user: Any) -> QuerySet[Municipality]:
    """Where a person may add or edit knowledge."""
    furthest = reach(user, Kind.FACTS, Action.CREATE)
    if furthest == Reach.ALL:
        return municipalities()
    if furthest == Reach.OWN:
        return municipalities().filter(pk__in=municipality_ids(user, Kind.FACTS, Action.CREATE))
    return municipalities().none()


def history(kind: str, code: str) -> QuerySet[Fact]:
    """What happened to one thing of the knowledge, newest first."""
    return history_of(kind, code)


def drawn(codes: Iterable[str]) -> dict[str, KnownFact]:
    """The fact to show for each code: itself, or what has replaced it; a code that the bank does not have is absent.

    One query for the codes, and one for each further step of replacement that occurs.
    """
    asked = {one.code: one for one in facts().filter(code__in=set(codes))}
    shown = dict(asked)
    for _step in range(MOST_REPLACEMENTS):
        onward = {code: one.replaced_by_id for code, one in shown.items() if one.replaced_by_id}
        if not onward:
            break
        found = facts().in_bulk(list(set(onward.values())))
        shown.update({code: found[pk] for code, pk in onward.items() if pk in found})
    return shown


def records_using(code: str) -> list[str]:
    """The codes of the records whose published texts name a fact."""
    return sorted(set(FactUse.objects.filter(kind="site", fact_code=code).values_list("key", flat=True)))


@dataclass(frozen=True)
class TopicFacts:
    """The facts of one topic."""

    topic: str
    label: Any
    facts: list[KnownFact]


def public_facts(area: str = "") -> list[TopicFacts]:
    """What the region says about itself, topic by topic: facts with a value that are not retired; the region's first."""
    found = facts().exclude(state=FactState.RETIRED).exclude(number=None, text={})
    if area:
        found = found.filter(Q(municipality__slug=area))
    by_topic: dict[str, list[KnownFact]] = {}
    for one in sorted(found, key=lambda one: (one.municipality_id is not None, one.code)):
        by_topic.setdefault(one.topic, []).append(one)
    return [TopicFacts(topic, Topic(topic).label, by_topic[topic]) for topic in Topic if topic in by_topic]


def retired_facts() -> QuerySet[KnownFact]:
    """Facts that pages may still name and that are no longer kept."""
    return facts().filter(state=FactState.RETIRED)


def policies() -> QuerySet[PolicyFact]:
    """Every policy, by topic."""
    return PolicyFact.objects.select_related("municipality", "owner").order_by("topic", "code")


def policies_in_force(today: date, *, topic: str = "") -> list[PolicyFact]:
    """The policies of today, or of one topic."""
    found = policies().filter(topic=topic) if topic else policies()
    return [one for one in found if one.is_in_force(today)]


def assets() -> QuerySet[KnowledgeAsset]:
    """Every piece of knowledge infrastructure, the strategy's flagships first."""
    return KnowledgeAsset.objects.select_related("municipality", "owner").order_by(
        "-is_flagship", "position", "code"
    )


def references() -> QuerySet[ReferenceCompany]:
    """Every reference company, with and without consent: for the desk alone."""
    return ReferenceCompany.objects.select_related("municipality", "owner", "sector").order_by("name", "code")


def public_references(today: date) -> list[ReferenceCompany]:
    """The reference companies whose consent for the portal is in force today."""
    return [one for one in references() if one.is_public(today)]


def permit_paths() -> QuerySet[PermitPath]:
    """Every permit path with its steps in order."""
    return (
        PermitPath.objects.select_related("municipality", "owner")
        .prefetch_related("steps")
        .order_by("position", "code")
    )


def due_for_review(today: date) -> Iterator[KnownFact]:
    """Current facts whose review day has passed or was never set."""
    for one in facts().filter(state=FactState.CURRENT):
        if one.needs_review(today):
            yield one
