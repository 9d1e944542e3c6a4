"""Changes of a sector's sheet: each asks its rule, writes, and records one fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.catalogue.knowledge.validators import clean_source, review_day
from vetovoima.catalogue.models import SectorHomework, SectorSheet, StrengthJudgement
from vetovoima.reference.models import Sector

from . import rules
from .enums import Score, SheetState
from .keeping import (
    REVIEWED,
    CannotChangeSheet,
    held,
    held_by_anybody,
    missing_for_review,
    put_rows,
    snapshot,
    stored,
    tell,
    without_review,
)
from .parts import PARTS, check_codes, check_text
from .readiness import rules as outreach_rules

#: the strength and the pull by their keys, then the score (None takes it away) and the reason
Scores = Mapping[tuple[int, int], tuple[int | None, str]]


@dataclass(frozen=True)
class Expert:
    """Who reviews a sheet: a person by name, role and organisation; `user` when they sign in here themselves."""

    name: str
    role: str = ""
    organisation: str = ""
    user: User | None = None


@transaction.atomic
def create_sheet(*, sector: Sector, by: User | None, now: datetime) -> SectorSheet:
    """This will begin the sheet of a sector, empty and a draft. Raises CannotChangeSheet."""
    if by is not None and not rules.can_create(by):
        raise CannotChangeSheet(_("The council writes the sheets of the sectors; ask its coordinator."))
    if SectorSheet.objects.filter(sector=sector).exists():
        raise CannotChangeSheet(_("The sector has a sheet already."))
    sheet = SectorSheet.objects.create(sector=sector, updated_at=now)
    tell(sheet, "created", by=by, now=now)
    return sheet


@transaction.atomic
def edit_sheet(
    *,
    sheet: SectorSheet,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> SectorSheet:
    """This will change the summary, the key figures, the source or the contact; a reviewed sheet is a draft again.

    The contact is not what an expert reviews: another name there leaves the review in force.
    Raises CannotChangeSheet, SheetChangedMeanwhile, ValidationError.
    """
    sheet = held(sheet, by=by, revision=revision)
    before = snapshot(sheet)
    if "summary" in values:
        sheet.summary = check_text(values["summary"])
    if "figures" in values:
        sheet.figures = check_codes(values["figures"])
    if "source" in values:
        sheet.source = clean_source(values["source"]) if any(values["source"].values()) else {}
    if "contact" in values:
        sheet.contact = values["contact"]
    after = snapshot(sheet)
    if after == before:
        return sheet
    if any(after[name] != before[name] for name in REVIEWED):
        without_review(sheet)
    return stored(sheet, before=before, did="edited", by=by, now=now)


@transaction.atomic
def edit_part(
    *,
    sheet: SectorSheet,
    part: str,
    rows: Sequence[Mapping[str, Any]],
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> SectorSheet:
    """This will store the rows of one part in their order; a reviewed sheet is a draft again, save for homework.

    Raises CannotChangeSheet, SheetChangedMeanwhile, ValidationError; nothing is stored then.
    """
    sheet = held(sheet, by=by, revision=revision)
    before = snapshot(sheet)
    put_rows(sheet, PARTS[part], rows)
    if snapshot(sheet) == before:
        return sheet
    if PARTS[part].is_reviewed:
        without_review(sheet)
    return stored(sheet, before=before, did="edited", by=by, now=now)


@transaction.atomic
def judge_strengths(*, sheet: SectorSheet, scores: Scores, by: User, now: datetime) -> SectorSheet:
    """This will keep how well strengths answer pulls, with who says so and when; an unchanged judgement stays theirs."""
    sheet = held(sheet, by=by)
    strengths = {one.pk for one in sheet.strengths.all()}
    pulls = {one.pk for one in sheet.pulls.all()}
    there = {
        (one.strength_id, one.pull_id): one for one in StrengthJudgement.objects.filter(strength__sheet=sheet)
    }
    changes: dict[str, list[Any]] = {}
    for (strength, pull), (score, reason) in scores.items():
        if strength not in strengths or pull not in pulls or score not in (None, *Score.values):
            raise CannotChangeSheet(_("The matrix has changed meanwhile. Look at it anew."))
        old = there.get((strength, pull))
        if (old.score if old else None, old.reason if old else "") == (score, reason if score else ""):
            continue
        changes[f"{strength} × {pull}"] = [old.score if old else None, score]
        _judge(old, strength, pull, score, reason, by, localtime(now).date())
    if changes:
        tell(sheet, "judged", by=by, now=now, changes=changes)
    return sheet


def _judge(
    old: StrengthJudgement | None,
    strength: int,
    pull: int,
    score: int | None,
    reason: str,
    by: User,
    today: date,
) -> None:
    if score is None:
        if old is not None:
            old.delete()
        return
    judgement = old or StrengthJudgement(strength_id=strength, pull_id=pull)
    judgement.score, judgement.reason = score, reason.strip()[:300]
    judgement.judged_by, judgement.judged_on = str(by), today
    judgement.save()


@transaction.atomic
def ask_review(*, sheet: SectorSheet, expert: Expert, by: User, now: datetime) -> SectorSheet:
    """This will send a sheet to an expert. Raises CannotChangeSheet without a name or with nothing to review."""
    sheet = held(sheet, by=by)
    before = snapshot(sheet)
    _name_expert(sheet, expert)
    for sentence in missing_for_review(sheet):
        raise CannotChangeSheet(sentence)
    without_review(sheet)
    sheet.state, sheet.comment = SheetState.IN_REVIEW, ""
    return stored(
        sheet, before=before, did="review_asked", by=by, now=now, data={"reviewer": sheet.reviewer_name}
    )


def _name_expert(sheet: SectorSheet, expert: Expert) -> None:
    name = expert.name.strip() or (str(expert.user) if expert.user else "")
    if not name or not expert.role.strip() or not expert.organisation.strip():
        raise CannotChangeSheet(
            _(
                "Name the expert, their role and their organisation: readers want to know who stands behind it."
            )
        )
    sheet.reviewer, sheet.reviewer_name = expert.user, name[:120]
    sheet.reviewer_role, sheet.reviewer_organisation = (
        expert.role.strip()[:160],
        expert.organisation.strip()[:160],
    )


@transaction.atomic
def return_sheet(*, sheet: SectorSheet, comment: str, by: User, now: datetime) -> SectorSheet:
    """This will give a sheet back to its writers with what the expert asks for."""
    sheet = _under_review(sheet, by)
    if not comment.strip():
        raise CannotChangeSheet(_("Say what should be changed: the writers cannot guess it."))
    before = snapshot(sheet)
    sheet.state, sheet.comment = SheetState.DRAFT, comment.strip()[:2000]
    return stored(sheet, before=before, did="returned", by=by, now=now)


@transaction.atomic
def review_sheet(
    *,
    sheet: SectorSheet,
    by: User | None,
    now: datetime,
    revision: int | None = None,
    is_example: bool = False,
) -> SectorSheet:
    """This will note that the named expert has reviewed the sheet today; it is public until its review expires.

    `revision` is the one that the expert read: nobody approves what somebody has just changed.
    """
    sheet = _under_review(sheet, by, revision)
    before = snapshot(sheet)
    today = localtime(now).date()
    sheet.state, sheet.comment, sheet.is_example_review = SheetState.REVIEWED, "", is_example
    sheet.reviewed_on = today
    sheet.expires_on = review_day(today.isoformat(), outreach_rules()["review_months"])
    data = {"reviewer": sheet.reviewer_name, "is_example": is_example}
    return stored(sheet, before=before, did="reviewed", by=by, now=now, data=data)


def _under_review(sheet: SectorSheet, by: User | None, revision: int | None = None) -> SectorSheet:
    sheet = held_by_anybody(sheet, revision=revision)
    if by is not None and not rules.can_review(by, sheet):
        raise CannotChangeSheet(
            _("Only the named expert or the council's coordinator says that it is reviewed.")
        )
    if sheet.state != SheetState.IN_REVIEW:
        raise CannotChangeSheet(_("The sheet is not with an expert. Send it for review first."))
    return sheet


@transaction.atomic
def mark_homework(
    *, item: SectorHomework, is_done: bool, by: User, now: datetime, proof: str = ""
) -> SectorHomework:
    """This will tick an item off with what shows that it is done, or open it again."""
    sheet = held(item.sheet, by=by)
    item = SectorHomework.objects.select_for_update().get(pk=item.pk)
    if is_done and not proof.strip():
        raise CannotChangeSheet(_("Say what shows that it is done: a document, a meeting, an address."))
    item.done_on = localtime(now).date() if is_done else None
    item.done_by, item.proof = (str(by), proof.strip()[:300]) if is_done else ("", "")
    item.save()
    what = item.what.best("en")[0]
    tell(sheet, "homework_marked", by=by, now=now, data={"is_done": is_done, "what": what})
    return item


@transaction.atomic
def expire_sheets(now: datetime) -> list[str]:
    """This will mark sheets whose review has ended; returns their sectors."""
    today = localtime(now).date()
    ended = SectorSheet.objects.select_for_update().filter(state=SheetState.REVIEWED, expires_on__lt=today)
    expired = []
    for sheet in ended.order_by("pk"):
        before = snapshot(sheet)
        sheet.state = SheetState.EXPIRED
        stored(sheet, before=before, did="expired", by=None, now=now)
        expired.append(sheet.code)
    return expired


@transaction.atomic
def load_sheet(
    *,
    sector: Sector,
    values: Mapping[str, Any],
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    now: datetime,
) -> SectorSheet:
    """This will store a sheet of a data pack, as a draft that no expert has reviewed. Raises ValidationError."""
    sheet, _made = SectorSheet.objects.get_or_create(sector=sector)
    sheet.summary, sheet.figures = check_text(values.get("summary")), check_codes(values.get("figures"))
    sheet.source = clean_source(values.get("source") or {})
    for name, part in PARTS.items():
        put_rows(sheet, part, parts.get(name, ()))
    without_review(sheet)
    sheet.updated_at = now
    sheet.save()
    tell(sheet, "loaded", by=None, now=now)
    return sheet


@transaction.atomic
def review_as_example(*, sheet: SectorSheet, expert: Expert, now: datetime) -> SectorSheet:
    """This will review a sheet for a demonstration, so that it can be seen what a reviewed one looks like."""
    sheet = held_by_anybody(sheet)
    before = snapshot(sheet)
    _name_expert(sheet, expert)
    sheet.state = SheetState.IN_REVIEW
    stored(sheet, before=before, did="review_asked", by=None, now=now, data={"reviewer": sheet.reviewer_name})
    return review_sheet(sheet=sheet, by=None, now=now, is_example=True)
