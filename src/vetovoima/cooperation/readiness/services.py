"""Changes of a municipality's self-assessment and of its development plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.accounts.models import User
from vetovoima.cooperation.keeping import CannotChange, check_editor, held, note, store
from vetovoima.cooperation.models import Assessment, PlanAction
from vetovoima.reference.models import Municipality

from .checklist import ITEMS, LEVELS
from .enums import LIVE, ActionState

KIND = "assessment"
ACTION = "plan_action"
ACTION_FIELDS = ("item", "action", "responsible", "due_on", "state", "reason")
LONGEST_EVIDENCE = 2000


def _checked(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The answers as they are stored; raises ValidationError for an item, a level or an evidence that cannot be."""
    found: dict[str, dict[str, Any]] = {}
    for code, answer in answers.items():
        level, evidence = answer.get("level"), str(answer.get("evidence") or "").strip()
        if code not in ITEMS:
            raise ValidationError(_("The checklist has no item %(code)s.") % {"code": code})
        if level is not None and level not in LEVELS:
            raise ValidationError(_("A level is 0, 1, 2 or 3."))
        if len(evidence) > LONGEST_EVIDENCE:
            raise ValidationError(_("The grounds are too long: at most 2,000 characters."))
        if level is not None or evidence:
            found[code] = {"level": level, "evidence": evidence}
    return found


@transaction.atomic
def save_assessment(
    *, municipality: Municipality, year: int, answers: Mapping[str, Mapping[str, Any]], by: User | None, now: datetime,
    revision: int | None = None, is_example: bool = False,
) -> Assessment:  # fmt: skip
    """This will write the assessment of a year, as far as it is answered.

    Raises CannotChange without the right, for a year that has not come, and for one that is finished;
    ChangedMeanwhile; ValidationError.
    """
    check_editor(by, municipality)
    if year > localdate(now).year:
        raise CannotChange(_("That year has not come yet."))
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    found = Assessment.objects.filter(municipality=municipality, year=year).first()
    if found is None:
        found = Assessment(municipality=municipality, year=year, is_example=is_example)
    else:
        found = held(found, revision=revision)
    if found.finished_on:
        raise CannotChange(_("The assessment of this year is finished. Reopen it to change it."))
    before = found.answers
    store(found, {"answers": _checked(answers)}, now=now)
    changed = [code for code in ITEMS if before.get(code) != found.answers.get(code)]
    note("cooperation.assessment.saved", found, kind=KIND, by=by, now=now, fields=changed)
    return found


@transaction.atomic
def finish_assessment(*, assessment: Assessment, by: User | None, now: datetime) -> Assessment:
    """This will close the assessment of a year: each item has a level. Raises CannotChange when some have none."""
    check_editor(by, assessment.municipality)
    assessment = held(assessment)
    missing = sum(assessment.level(code) is None for code in ITEMS)
    if missing:
        raise CannotChange(
            ngettext("%(count)s item has no level yet.", "%(count)s items have no level yet.", missing)
            % {"count": missing}
        )
    if assessment.finished_on is None:
        store(assessment, {"finished_on": localdate(now), "finished_by": str(by or "")[:120]}, now=now)
        note("cooperation.assessment.finished", assessment, kind=KIND, by=by, now=now)
    return assessment


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, by: User, now: datetime) -> Assessment:
    """This will let the assessment of the running year be changed again; those of earlier years stay as they are."""
    check_editor(by, assessment.municipality)
    assessment = held(assessment)
    if assessment.year != localdate(now).year:
        raise CannotChange(_("The assessment of an earlier year stays as it was."))
    store(assessment, {"finished_on": None, "finished_by": ""}, now=now)
    note("cooperation.assessment.reopened", assessment, kind=KIND, by=by, now=now)
    return assessment


# ------------------------------------------------------------------------------------------------ development plan


@transaction.atomic
def add_action(
    *,
    municipality: Municipality,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
) -> PlanAction:
    """This will add an action to the plan. Raises CannotChange, ValidationError."""
    check_editor(by, municipality)
    action = PlanAction(municipality=municipality, is_example=is_example)
    _store_action(action, values, now)
    note("cooperation.action.added", action, kind=ACTION, by=by, now=now, item=action.item)
    return action


@transaction.atomic
def edit_action(
    *, action: PlanAction, values: Mapping[str, Any], by: User, now: datetime, revision: int | None = None
) -> PlanAction:
    """This will change an action: done and dropped note their day. Raises CannotChange, ChangedMeanwhile, ValidationError."""
    check_editor(by, action.municipality)
    action = held(action, revision=revision)
    fields = _store_action(action, values, now)
    note(
        "cooperation.action.edited",
        action,
        kind=ACTION,
        by=by,
        now=now,
        fields=fields,
        state=str(action.state),
    )
    return action


def _store_action(action: PlanAction, values: Mapping[str, Any], now: datetime) -> list[str]:
    given = {name: values[name] for name in ACTION_FIELDS if name in values}
    if given.get("item", action.item) not in ITEMS:
        raise ValidationError({"item": _("Choose the item that the action improves.")})
    state = given.get("state", action.state)
    reason = str(given.get("reason", action.reason)).strip()
    if state == ActionState.DROPPED and not reason:
        raise ValidationError({"reason": _("Say why it is dropped.")})
    given["reason"] = reason if state == ActionState.DROPPED else ""
    if state in LIVE:
        given["closed_on"] = None
    elif action.closed_on is None:
        given["closed_on"] = localdate(now)
    return store(action, given, now=now)
