"""Changes of the fact bank: each checks its values, writes them, and records one fact of the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import record
from vetovoima.catalogue.models import KnownFact

from .enums import FactState
from .keeping import CannotChange, create_thing, edit_thing, locked
from .queries import due_for_review
from .validators import clean_source, review_day, validate_as_of, validate_review_months

KIND = "known_fact"
#: what a person may set; state, replacement and review have services of their own
FIELDS = (
    "municipality", "topic", "label", "statement", "number", "text", "unit", "exactness", "as_of", "source", "method",
    "confidence", "owner", "owner_name", "licence", "indicator", "review_months", "next_review_on",
)  # fmt: skip
#: what an indicator gives in a person's stead
FOLLOWED = ("number", "text", "exactness", "as_of", "source")


def state_on(fact: KnownFact, today: date) -> str:
    """This will say in which state a fact is on a day: retired stays, past its review it is stale."""
    if fact.state == FactState.RETIRED:
        return FactState.RETIRED
    return FactState.STALE if fact.needs_review(today) else FactState.CURRENT


def prepared(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will tidy what a person gave; raises ValidationError for a source without title or with a bad address, and by
    field for a date or a time between reviews from which no day of review can be counted."""
    found = {name: value for name, value in values.items() if name in FIELDS}
    _refuse_uncountable(found)
    if "source" in found:
        found["source"] = clean_source(found["source"])
    return found


def _refuse_uncountable(values: Mapping[str, Any]) -> None:
    problems: dict[str, ValidationError] = {}
    for name, check in (("as_of", validate_as_of), ("review_months", validate_review_months)):
        if values.get(name) is not None:
            try:
                check(values[name])
            except ValidationError as error:
                problems[name] = error
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def create_fact(*, code: str, values: Mapping[str, Any], by: User | None, now: datetime) -> KnownFact:
    """This will add a fact. Raises CannotChange without the right, ValidationError for a value that cannot be.

    Its first review falls `review_months` after the date of its value, unless a day is given.
    """
    given = prepared({"source": {}, **values})
    fact = KnownFact(code=code, **given)
    if fact.next_review_on is None:
        fact.next_review_on = review_day(fact.as_of, fact.review_months)
    fact.state = state_on(fact, localtime(now).date())
    return create_thing(fact, kind=KIND, word="fact", by=by, now=now)


@transaction.atomic
def edit_fact(
    *, fact: KnownFact, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None = None
) -> KnownFact:
    """This will change fields of a fact. A new value or date moves its next review, unless a day is given too.

    Raises CannotChange, ChangedMeanwhile when somebody saved since `revision`, ValidationError.
    """
    given = prepared(values)
    fact = locked(fact)
    if fact.state == FactState.RETIRED:
        raise CannotChange(_("The fact is retired. Add a new one, or name the one that replaces it."))
    if fact.indicator and given.get("indicator", fact.indicator) == fact.indicator:
        given = {name: value for name, value in given.items() if name not in FOLLOWED}
    before = (fact.number, dict(fact.text), fact.as_of)
    for name, value in given.items():
        setattr(fact, name, value)
    moved = before != (fact.number, dict(fact.text), fact.as_of)
    if moved and values.get("next_review_on") is None:
        fact.next_review_on = review_day(fact.as_of, fact.review_months)
    fact.state = state_on(fact, localtime(now).date())
    return edit_thing(fact, kind=KIND, word="fact", by=by, now=now, revision=revision)


@transaction.atomic
def confirm_fact(*, fact: KnownFact, by: User, now: datetime) -> KnownFact:
    """This will note that a person checked the fact today and found it still true; the next review moves on."""
    fact = locked(fact)
    if fact.state == FactState.RETIRED:
        raise CannotChange(_("The fact is retired: there is nothing to confirm."))
    today = localtime(now).date()
    fact.checked_on, fact.checked_by = today, str(by)
    fact.next_review_on = review_day(today.isoformat(), fact.review_months)
    fact.state = FactState.CURRENT
    return edit_thing(fact, kind=KIND, word="fact", by=by, now=now, did="confirmed")


@transaction.atomic
def retire_fact(
    *, fact: KnownFact, reason: str, by: User, now: datetime, replaced_by: KnownFact | None = None
) -> KnownFact:
    """This will take a fact out of use. What names it shows the replacement, or says that it is no longer kept.

    Raises CannotChange without a reason, for a fact that replaces itself through others, and for a retired one.
    """
    fact = locked(fact)
    if fact.state == FactState.RETIRED:
        raise CannotChange(_("The fact is retired already."))
    if not reason.strip():
        raise CannotChange(_("Say why the fact is retired: readers of its pages may ask."))
    if replaced_by is not None and replaced_by.state == FactState.RETIRED:
        raise CannotChange(_("The replacement is retired itself. Choose one that is in use."))
    if replaced_by is not None and replaced_by.pk == fact.pk:
        raise CannotChange(_("A fact cannot replace itself."))
    fact.state, fact.replaced_by = FactState.RETIRED, replaced_by
    fact.retired_on, fact.retired_reason = localtime(now).date(), reason.strip()[:300]
    return edit_thing(fact, kind=KIND, word="fact", by=by, now=now, did="retired")


@transaction.atomic
def take_indicator_value(
    *, fact: KnownFact, number: float, exactness: str, as_of: str, source: Mapping[str, Any], now: datetime
) -> bool:
    """This will copy an indicator's latest figure into the fact that follows it; False when nothing changed.

    An unchanged figure keeps its review day: a person's confirmation stands until a newer figure comes.
    """
    fact = locked(fact)
    wanted = {
        "number": number,
        "exactness": exactness,
        "as_of": as_of,
        "source": {key: str(source[key]) for key in ("title", "url", "dated") if source.get(key)},
    }
    if source.get("confidence"):
        wanted["confidence"] = str(source["confidence"])
    if fact.state == FactState.RETIRED or all(getattr(fact, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(fact, name, value)
    fact.next_review_on = review_day(as_of, fact.review_months)
    fact.state = state_on(fact, localtime(now).date())
    edit_thing(fact, kind=KIND, word="fact", by=None, now=now, did="followed")
    return True


@transaction.atomic
def age_facts(now: datetime) -> list[str]:
    """This will mark as to be reviewed what has passed its review day; returns the codes."""
    aged = []
    for fact in due_for_review(localtime(now).date()):
        fact.state = FactState.STALE
        fact.save(update_fields=["state"])
        aged.append(fact.code)
        record("catalogue.fact.aged", actor=None, kind=KIND, code=fact.code, now=now)
    return aged
