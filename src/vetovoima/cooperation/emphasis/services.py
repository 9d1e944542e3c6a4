"""Changes of a municipality's emphasis and of what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.cooperation.keeping import CannotChange, check_editor, held, note, store
from vetovoima.cooperation.models import Emphasis, EmphasisWeight, Gathering
from vetovoima.cooperation.rules import can_approve
from vetovoima.reference.models import Municipality, Sector, Theme

from .enums import EmphasisState

KIND = "emphasis"
GATHERING = "gathering"
GATHERING_FIELDS = ("emphasis", "kind", "held_on", "asked_by", "asked", "summary")
WHOLE = 100
Spearhead = Sector | Theme


def check_weights(weights: Sequence[tuple[Spearhead, int]]) -> None:
    """This will refuse a weight that is no share, and a spearhead named twice. That they add up is asked at approval."""
    if any(not 1 <= weight <= WHOLE for _spearhead, weight in weights):
        raise ValidationError({"weights": _("A weight is a whole number from 1 to 100.")})
    named = {(type(spearhead), spearhead.pk) for spearhead, _weight in weights}
    if len(named) != len(weights):
        raise ValidationError({"weights": _("A spearhead is named twice.")})


@transaction.atomic
def save_emphasis(
    *, municipality: Municipality, vision: Mapping[str, str], weights: Sequence[tuple[Spearhead, int]],
    valid_until: date | None, by: User | None, now: datetime, revision: int | None = None, is_example: bool = False,
) -> Emphasis:  # fmt: skip
    """This will write the municipality's draft: the one there is, or a new version. The approved one stays as it is.

    `revision` is that of the draft the person began with, 0 for none. Raises CannotChange, ChangedMeanwhile,
    ValidationError.
    """
    check_editor(by, municipality)
    check_weights(weights)
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    draft = Emphasis.objects.filter(municipality=municipality, state=EmphasisState.DRAFT).first()
    if draft is None:
        last = Emphasis.objects.filter(municipality=municipality).order_by("-number").first()
        draft = Emphasis(municipality=municipality, number=(last.number if last else 0) + 1)
        draft.is_example = is_example
    else:
        draft = held(draft, revision=revision)
    fields = store(draft, {"vision": vision, "valid_until": valid_until}, now=now)
    if _set_weights(draft, weights):
        fields.append("weights")
    note("cooperation.emphasis.saved", draft, kind=KIND, by=by, now=now, fields=fields)
    return draft


def _set_weights(draft: Emphasis, weights: Sequence[tuple[Spearhead, int]]) -> bool:
    """Replace the spearheads; whether any of them differs."""
    wanted = {(type(one).__name__, one.pk): (one, weight) for one, weight in weights}
    before = {(type(one.spearhead).__name__, one.spearhead.pk): one.weight for one in draft.weights.all()}
    if before == {key: weight for key, (_one, weight) in wanted.items()}:
        return False
    draft.weights.all().delete()
    for spearhead, weight in wanted.values():
        name = "sector" if isinstance(spearhead, Sector) else "theme"
        EmphasisWeight.objects.create(emphasis=draft, weight=weight, **{name: spearhead})
    return True


@transaction.atomic
def drop_emphasis(*, emphasis: Emphasis, by: User, now: datetime) -> None:
    """This will throw a draft away; what it rested on stays, without it. What was approved once is never removed."""
    check_editor(by, emphasis.municipality)
    emphasis = held(emphasis)
    if emphasis.state != EmphasisState.DRAFT:
        raise CannotChange(_("It has been approved and stays readable. A new version can replace it."))
    emphasis.gatherings.update(emphasis=None)
    note("cooperation.emphasis.dropped", emphasis, kind=KIND, by=by, now=now)
    emphasis.delete()


@transaction.atomic
def approve_emphasis(
    *,
    emphasis: Emphasis,
    body: str,
    day: date,
    document: str,
    document_url: str,
    by: User | None,
    now: datetime,
) -> Emphasis:
    """This will note that a body has approved the draft: it replaces the one before, and the portal shows it.

    Raises CannotChange without the right or for what is no draft, ValidationError for what is missing.
    """
    if by is not None and not can_approve(by, emphasis.municipality_id):
        raise CannotChange(_("Only the municipality itself and the coordinator may note an approval."))
    emphasis = held(emphasis)
    if emphasis.state != EmphasisState.DRAFT:
        raise CannotChange(_("Only a draft can be approved."))
    _check_whole(emphasis, body, day, document, document_url, now)
    before = Emphasis.objects.filter(municipality=emphasis.municipality, state=EmphasisState.APPROVED)
    before.update(state=EmphasisState.REPLACED, updated_at=now)
    values = {
        "approved_by": body.strip(), "approved_on": day, "document": document.strip(), "document_url": document_url,
        "state": EmphasisState.APPROVED,
    }  # fmt: skip
    store(emphasis, values, now=now)
    note(
        "cooperation.emphasis.approved",
        emphasis,
        kind=KIND,
        by=by,
        now=now,
        body=body.strip(),
        day=day.isoformat(),
    )
    return emphasis


def _check_whole(
    emphasis: Emphasis, body: str, day: date, document: str, document_url: str, now: datetime
) -> None:
    """Nothing half-done is approved: a vision, weights that add up to 100, a body, its day and its document."""
    wrong: dict[str, str] = {}
    if not emphasis.vision:
        wrong["vision"] = _("Write the vision first, in at least one language.")
    total = sum(one.weight for one in emphasis.weights.all())
    if total != WHOLE:
        wrong["weights"] = _("The weights of the spearheads add up to %(total)s per cent, not to 100.") % {
            "total": total
        }
    if not body.strip():
        wrong["body"] = _("Name the body that has approved it.")
    if day > localdate(now):
        wrong["day"] = _("The day of the approval has not come yet.")
    if not document.strip() and not document_url:
        wrong["document"] = _("Name the document, or give its address: it is the source.")
    if wrong:
        raise ValidationError(wrong)


# ------------------------------------------------------------------------------------------------ what it rests on


@transaction.atomic
def add_gathering(
    *,
    municipality: Municipality,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
) -> Gathering:
    """This will note an interview, a survey, a workshop or a document. Raises CannotChange, ValidationError."""
    check_editor(by, municipality)
    gathering = Gathering(municipality=municipality, is_example=is_example)
    _store_gathering(gathering, values, now)
    note("cooperation.gathering.added", gathering, kind=GATHERING, by=by, now=now)
    return gathering


@transaction.atomic
def edit_gathering(
    *, gathering: Gathering, values: Mapping[str, Any], by: User, now: datetime, revision: int | None = None
) -> Gathering:
    """This will change such a record. Raises CannotChange, ChangedMeanwhile, ValidationError."""
    check_editor(by, gathering.municipality)
    gathering = held(gathering, revision=revision)
    fields = _store_gathering(gathering, values, now)
    note("cooperation.gathering.edited", gathering, kind=GATHERING, by=by, now=now, fields=fields)
    return gathering


def _store_gathering(gathering: Gathering, values: Mapping[str, Any], now: datetime) -> list[str]:
    given = {name: values[name] for name in GATHERING_FIELDS if name in values}
    supported = given.get("emphasis")
    if supported is not None and supported.municipality_id != gathering.municipality_id:
        raise ValidationError({"emphasis": _("Choose a version of the same municipality.")})
    if given.get("held_on") and given["held_on"] > localdate(now):
        raise ValidationError({"held_on": _("Note what has been held: this day has not come yet.")})
    return store(gathering, given, now=now)


@transaction.atomic
def remove_gathering(*, gathering: Gathering, by: User, now: datetime) -> None:
    """This will remove such a record, for one that was noted by mistake."""
    check_editor(by, gathering.municipality)
    gathering = held(gathering)
    note("cooperation.gathering.removed", gathering, kind=GATHERING, by=by, now=now)
    gathering.delete()
