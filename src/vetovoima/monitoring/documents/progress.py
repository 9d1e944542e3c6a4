"""How far a target is, for page and machine; its meters are in `meters`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypedDict

from django.utils.translation import gettext, gettext_noop, ngettext, override

from vetovoima.common.money import million_euros
from vetovoima.monitoring.counting import Progress, Sum, Totals, Verdict, amount_range
from vetovoima.monitoring.enums import Group, Scope, Stage
from vetovoima.monitoring.filters import InvestmentFilter

from .words import (
    Label,
    Text,
    amount_of,
    amount_text,
    day_text,
    detail_of,
    label_of,
    per_cent,
    reading_label,
    text_of,
)

#: how the meter counts, as sentences for the page; the reasons stand in `counting`
RULES = (
    gettext_noop(
        "Only investments whose amount in euros is known are counted. Where a source gives a range, its lower end "
        "counts and the whole range is shown. A public grant is not an amount of an investment."
    ),
    gettext_noop(
        "Secured means decided, under construction or completed. Realised means completed. Ideas, studies, plans and "
        "permitted projects could come: they are shown apart and never added to what is secured."
    ),
    gettext_noop(
        "A secured investment counts when its decision falls between %(from)s and %(to)s. Where the decision is not "
        "dated, a completed investment counts by its completion. Without the date that is needed it does not count."
    ),
    gettext_noop(
        "An investment that lies in another row is not added to it. When the whole is not counted, the part counts "
        "by itself. When a part has been decided before the whole, it is taken off the whole."
    ),
    gettext_noop(
        "An amount that covers another region too is not counted, because this region's share is not known."
    ),
    gettext_noop(
        "Paused and cancelled projects are not counted. What was completed and closed later stays counted where its "
        "decision put it, and the closing is shown."
    ),
    gettext_noop(
        "Two readings are shown side by side: investments of the target's own scope alone, and investments of every "
        "scope, because the target does not say where its scope ends. Intangible investments in research and "
        "development are kept apart from both."
    ),
    gettext_noop("Examples are never counted."),
)


class SumDocument(TypedDict):
    """A sum: sure euros, the range, its share of the goal and the rows behind it."""

    key: Label
    amount_eur: int
    low_eur: int
    high_eur: int
    display: str
    share_per_cent: float
    share_display: str
    rows: int
    rows_display: str
    codes: list[str]
    query: str


class ScopeSumDocument(TypedDict):
    """What one scope brings."""

    scope: Label
    secured: SumDocument
    pipeline: SumDocument


class TotalsDocument(TypedDict):
    """The sums of a reading; `stages` from completed to idea."""

    secured: SumDocument
    realised: SumDocument
    pipeline: SumDocument
    stages: list[SumDocument]
    scopes: list[ScopeSumDocument]


class LargestDocument(TypedDict):
    """The largest project that counts."""

    code: str
    company: str
    project: Text
    stage: Label
    amount_eur: int
    display: str
    share_display: str


class UncountedDocument(TypedDict):
    """A row that does not count, and why."""

    code: str
    company: str
    project: Text
    stage: Label
    scope: Label
    low_eur: int | None
    high_eur: int | None
    display: str
    reason: Label
    reasons: list[Label]
    detail: str
    stated: Text
    is_example: bool
    source: dict[str, Any]


class ProgressDocument(TypedDict):
    """How far a target is in one reading (vetovoima.target-progress/1)."""

    schema: str
    code: str
    name: Text
    reading: Label
    is_narrow: bool
    as_of: str
    goal_eur: int
    goal: str
    counted_from: str
    counted_to: str
    counted_from_reason: Text
    deadline: str
    deadline_display: str
    days_left: int
    days_passed: int
    time_display: str
    finding: str
    totals: TotalsDocument
    without_largest: TotalsDocument
    leaves_largest_out: bool
    largest: LargestDocument | None
    uncounted: list[UncountedDocument]
    rules: list[str]
    source: dict[str, Any]


def counting_rules(progress: Progress, language: str) -> list[str]:
    """This will say in the language how the meter counts, with the target's own period."""
    with override(language):
        period = {"from": day_text(progress.target.counted_from), "to": day_text(progress.target.counted_to)}
        # %(from)s and %(to)s stand in one of the rules only, and no rule has another per cent sign
        return [gettext(rule) % period for rule in RULES]


def _sum(found: Sum, label: Label, asked: InvestmentFilter, language: str) -> SumDocument:
    rows = ngettext("%(count)d project", "%(count)d projects", found.rows) % {"count": found.rows}
    return {
        "key": label,
        "amount_eur": found.amount,
        "low_eur": found.low,
        "high_eur": found.high,
        "display": amount_text(found.low, found.high, language),
        "share_per_cent": float(found.share),
        "share_display": per_cent(found.share, language),
        "rows": found.rows,
        "rows_display": rows,
        "codes": list(found.codes),
        "query": asked.query(),
    }


def _totals(totals: Totals, reading: str, without_largest: bool, language: str) -> TotalsDocument:
    def asked(**more: Any) -> InvestmentFilter:
        return InvestmentFilter(reading=reading, counted=True, without_largest=without_largest, **more)

    def group(found: Sum, key: Group, **more: Any) -> SumDocument:
        return _sum(found, label_of(key), asked(group=key.value, **more), language)

    return {
        "secured": group(totals.secured, Group.SECURED),
        "realised": group(totals.realised, Group.REALISED),
        "pipeline": group(totals.pipeline, Group.PIPELINE),
        "stages": [
            _sum(one, label_of(Stage(one.key)), asked(stages=(one.key,)), language) for one in totals.stages
        ],
        "scopes": [
            {
                "scope": label_of(Scope(one.scope)),
                "secured": group(one.secured, Group.SECURED, scopes=(one.scope,)),
                "pipeline": group(one.pipeline, Group.PIPELINE, scopes=(one.scope,)),
            }
            for one in totals.scopes
        ],
    }


def _largest(found: Verdict | None, progress: Progress, language: str) -> LargestDocument | None:
    if found is None:
        return None
    share = Decimal(found.low) * 100 / progress.goal_eur
    return {
        "code": found.investment.code,
        "company": found.investment.company,
        "project": text_of(found.investment.project, language),
        "stage": label_of(Stage(found.investment.stage)),
        "amount_eur": found.low,
        "display": amount_text(found.low, found.high, language),
        "share_display": per_cent(share, language),
    }


def _uncounted(verdict: Verdict, language: str) -> UncountedDocument:
    row = verdict.investment
    known = amount_range(row)
    reasons = [label_of(reason) for reason in verdict.reasons]
    return {
        "code": row.code,
        "company": row.company,
        "project": text_of(row.project, language),
        "stage": label_of(Stage(row.stage)),
        "scope": label_of(Scope(row.scope)),
        "low_eur": known[0] if known else None,
        "high_eur": known[1] if known else None,
        "display": amount_of(row, language),
        "reason": reasons[0],
        "reasons": reasons,
        "detail": detail_of(verdict),
        "stated": text_of(row.uncounted_reason, language),
        "is_example": row.is_example,
        "source": row.source,
    }


def _time(progress: Progress) -> str:
    if progress.days_passed:
        count = progress.days_passed
        return ngettext(
            "The deadline passed %(count)d day ago.", "The deadline passed %(count)d days ago.", count
        ) % {"count": count}
    count = progress.days_left
    return ngettext("%(count)d day to the deadline.", "%(count)d days to the deadline.", count) % {
        "count": count
    }


def finding(progress: Progress, language: str) -> str:
    """This will say in one sentence how far the target is: the title of its chart."""
    secured = progress.totals.secured
    words = {
        "amount": million_euros(secured.amount, language),
        "goal": million_euros(progress.goal_eur, language),
        "share": per_cent(secured.share, language),
    }
    with override(language):
        return gettext("%(amount)s of the goal of %(goal)s is secured: %(share)s") % words


def progress_document(progress: Progress, language: str) -> ProgressDocument:
    """This will make the public shape of a target's progress."""
    target, reading = progress.target, progress.reading
    with override(language):
        return {
            "schema": "vetovoima.target-progress/1",
            "code": target.code,
            "name": text_of(target.name, language),
            "reading": reading_label(reading, language),
            "is_narrow": progress.is_narrow,
            "as_of": progress.today.isoformat(),
            "goal_eur": progress.goal_eur,
            "goal": million_euros(progress.goal_eur, language),
            "counted_from": target.counted_from.isoformat(),
            "counted_to": target.counted_to.isoformat(),
            "counted_from_reason": text_of(target.counted_from_reason, language),
            "deadline": progress.deadline.isoformat(),
            "deadline_display": day_text(progress.deadline),
            "days_left": progress.days_left,
            "days_passed": progress.days_passed,
            "time_display": _time(progress),
            "finding": finding(progress, language),
            "totals": totals_document(progress, language),
            "without_largest": _totals(progress.without_largest, reading, True, language),
            "leaves_largest_out": progress.leaves_largest_out,
            "largest": _largest(progress.largest, progress, language),
            "uncounted": [_uncounted(one, language) for one in progress.uncounted],
            "rules": counting_rules(progress, language),
            "source": target.source,
        }


def totals_document(progress: Progress, language: str) -> TotalsDocument:
    """This will make the public shape of the sums that were asked for."""
    with override(language):
        return _totals(progress.totals, progress.reading, progress.leaves_largest_out, language)
