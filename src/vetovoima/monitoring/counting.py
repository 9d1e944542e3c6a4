"""The arithmetic of the target meter: which rows of the register count, with how much, and why the others do not.

Nothing here reads the database. The rules, each of which is a test in `tests/monitoring/test_counting.py`:

1.  Only a row whose amount in euros is known counts. Of a range the lower end counts, and the whole range is shown.
    A public grant is not an amount of an investment.
2.  Secured = decided + construction + completed; realised = completed, a part of secured; pipeline = idea, prestudy,
    planning, permitted. Secured and pipeline are never added together. Paused and cancelled rows count in neither.
3.  A secured row counts by the day of its decision, which must lie in the counting period. A completed row whose
    decision is not dated counts by its completion; a row that is not completed never does, because there a date of
    completion is only a plan. A row without the date needed, or with one too rough to tell (a year of which only a
    part belongs to the period), does not count, and says so. A plant that ran and was closed later stays where its
    decision put it.
4.  A pipeline row has no decision yet: it is shown by stage, whatever its dates.
5.  A row that lies in another row (`part_of`) never adds to it: when the whole counts, the part does not. When the
    whole does not count, for whatever reason, the part stands for itself, so that no euro is lost either. When the
    part is decided while the whole is still in the pipeline, the part counts as secured and is taken off the whole.
6.  A row whose amount covers another region too does not count: this region's share is not known.
7.  A reading is a scope, or all scopes. The target's own scope is the narrow reading. Intangible (RDI) investments
    count only in their own reading.
8.  A row that the keeper of the register left out with a reason does not count. Examples never count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .enums import ALL_SCOPES, PATH, SECURED, STAGES_OF, Group, Reason, Scope, Stage
from .models import Investment, Target
from .validators import span


@dataclass(frozen=True)
class Rule:
    """What a sum asks of a row: the scope it reads (a Scope, or `all`) and the period of the decision."""

    reading: str = ALL_SCOPES
    counted_from: date | None = None
    counted_to: date | None = None


@dataclass(frozen=True)
class Verdict:
    """One row of the register, judged. Without reasons it counts, with `low` to `high` euros.

    `taken_off` names secured parts whose money was taken off this row, `inside` the row that holds this row's money.
    """

    investment: Investment
    reasons: tuple[Reason, ...] = ()
    low: int = 0
    high: int = 0
    inside: str = ""
    taken_off: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the row is in a sum."""
        return not self.reasons

    @property
    def reason(self) -> Reason | None:
        """The reason that settles it, or None when the row counts."""
        return self.reasons[0] if self.reasons else None

    @property
    def group(self) -> Group | None:
        """Secured or pipeline, or None when the row does not count."""
        if self.reasons:
            return None
        return Group.SECURED if self.investment.stage in SECURED else Group.PIPELINE


def amount_range(investment: Investment) -> tuple[int, int] | None:
    """This will return the lowest and the highest amount that the register knows, or None when it knows none."""
    known = investment.amount_eur
    if known is not None:
        return known, known
    low, high = investment.amount_min_eur, investment.amount_max_eur
    if low is None and high is None:
        return None
    low = low or 0
    return low, low if high is None else high


def date_that_counts(investment: Investment) -> str:
    """This will return the date by which a secured row counts (rule 3), as the source has it, or an empty text."""
    if investment.decided or investment.stage != Stage.COMPLETED:
        return investment.decided
    return investment.completed


def judge(investments: Sequence[Investment], rule: Rule) -> list[Verdict]:
    """This will judge every row, in the given order. Wholes must be among the rows for their parts to be seen."""
    own = {one.pk: _own_reasons(one, rule) for one in investments}
    by_key = {one.pk: one for one in investments}
    verdicts: dict[int, Verdict] = {}
    decided_parts: list[tuple[int, int]] = []
    for one in investments:
        standing = [whole for whole in _wholes(one, by_key) if not own[whole.pk]]
        holder = next((whole for whole in standing if _holds(whole, one)), None)
        reasons = own[one.pk]
        if holder is not None:
            reasons = _in_order((*reasons, Reason.CONTAINED))
        elif standing and not reasons:
            decided_parts.append((one.pk, standing[-1].pk))
        low, high = amount_range(one) or (0, 0)
        verdicts[one.pk] = Verdict(one, reasons, low, high, inside=holder.code if holder else "")
    for part, whole in decided_parts:
        verdicts[whole] = _less(verdicts[whole], verdicts[part])
    return [verdicts[one.pk] for one in investments]


def _own_reasons(one: Investment, rule: Rule) -> tuple[Reason, ...]:
    """Why the row would not count even if it stood alone."""
    found = []
    if one.is_example:
        found.append(Reason.EXAMPLE)
    if one.stage in (Stage.CANCELLED, Stage.PAUSED):
        found.append(Reason.CANCELLED if one.stage == Stage.CANCELLED else Reason.PAUSED)
    if rule.reading == ALL_SCOPES and one.scope == Scope.RDI:
        found.append(Reason.INTANGIBLE)
    elif rule.reading not in (ALL_SCOPES, one.scope):
        found.append(Reason.OTHER_SCOPE)
    if one.shared_with_other_region:
        found.append(Reason.SHARED_REGION)
    if amount_range(one) is None:
        found.append(Reason.GRANT_ONLY if one.public_support_eur else Reason.AMOUNT_UNKNOWN)
    if one.stage in SECURED:
        found.extend(_reasons_of_date(date_that_counts(one), rule))
    if one.uncounted_reason and not found:
        found.append(Reason.STATED)
    return _in_order(found)


def _reasons_of_date(text: str, rule: Rule) -> list[Reason]:
    days = span(text)
    if days is None:
        return [Reason.NO_DATE]
    if days.within(rule.counted_from, rule.counted_to):
        return []
    return [
        Reason.DATE_TOO_ROUGH if days.overlaps(rule.counted_from, rule.counted_to) else Reason.OUTSIDE_PERIOD
    ]


def _in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    order = list(Reason)
    return tuple(sorted(reasons, key=order.index))


def _wholes(one: Investment, by_key: dict[int, Investment]) -> list[Investment]:
    """The rows around a row, the nearest first; a ring, which loading refuses, ends where it closes."""
    found: list[Investment] = []
    seen = {one.pk}
    key = one.part_of_id
    while key is not None and key in by_key and key not in seen:
        seen.add(key)
        found.append(by_key[key])
        key = by_key[key].part_of_id
    return found


def _holds(whole: Investment, part: Investment) -> bool:
    """Whether the money of the part is counted with the whole: always, but for a decided part of an undecided whole."""
    return whole.stage in SECURED or part.stage not in SECURED


def _less(whole: Verdict, part: Verdict) -> Verdict:
    return replace(
        whole,
        low=max(0, whole.low - part.high),
        high=max(0, whole.high - part.low),
        taken_off=(*whole.taken_off, part.investment.code),
    )


@dataclass(frozen=True)
class Sum:
    """Counted rows added up: `key` is a stage, a group or a scope; `share` is per cent of the goal and may pass 100."""

    key: str
    low: int
    high: int
    codes: tuple[str, ...]
    share: Decimal

    @property
    def amount(self) -> int:
        """The euros that are sure: ranges by their lower end."""
        return self.low

    @property
    def is_range(self) -> bool:
        """Whether some row is known only as a range."""
        return self.high > self.low

    @property
    def rows(self) -> int:
        """How many rows are in it."""
        return len(self.codes)


@dataclass(frozen=True)
class ScopeSum:
    """What one scope brings to the reading."""

    scope: str
    secured: Sum
    pipeline: Sum


@dataclass(frozen=True)
class Totals:
    """Every sum of one reading. `stages` follow the path from completed to idea, empty ones included."""

    secured: Sum
    realised: Sum
    pipeline: Sum
    stages: tuple[Sum, ...]
    scopes: tuple[ScopeSum, ...]

    def stage(self, stage: str) -> Sum:
        """The sum of one stage of the path; raises KeyError for a stage that is not on it."""
        for found in self.stages:
            if found.key == stage:
                return found
        raise KeyError(stage)


@dataclass(frozen=True)
class Progress:
    """How far a target is in one reading on one day.

    `totals` is what was asked for (with or without the largest project); the other two are both there always.
    """

    target: Target
    reading: str
    is_narrow: bool
    today: date
    leaves_largest_out: bool
    totals: Totals
    with_largest: Totals
    without_largest: Totals
    largest: Verdict | None
    uncounted: tuple[Verdict, ...]

    @property
    def goal_eur(self) -> int:
        """The amount to reach."""
        return self.target.amount_eur

    @property
    def deadline(self) -> date:
        """The last day of the counting period."""
        return self.target.counted_to

    @property
    def days_left(self) -> int:
        """Days until the deadline; 0 on it and after it."""
        return max(0, (self.deadline - self.today).days)

    @property
    def days_passed(self) -> int:
        """Days since the deadline; 0 until it."""
        return max(0, (self.today - self.deadline).days)


def share_of(amount: int, goal: int) -> Decimal:
    """This will return an amount as per cent of the goal with one decimal; 0 when there is no goal."""
    if goal <= 0:
        return Decimal(0)
    return (Decimal(amount) * 100 / goal).quantize(Decimal("0.1"), ROUND_HALF_UP)


def add_up(key: str, counted: Iterable[Verdict], goal: int) -> Sum:
    """This will add up rows that count."""
    rows = list(counted)
    low = sum(one.low for one in rows)
    return Sum(
        key,
        low,
        sum(one.high for one in rows),
        tuple(one.investment.code for one in rows),
        share_of(low, goal),
    )


def totals_of(verdicts: Iterable[Verdict], goal: int) -> Totals:
    """This will make every sum of a reading from its judged rows."""
    counted = [one for one in verdicts if one.counts]

    def of(key: str, stages: Iterable[str], scope: str = "") -> Sum:
        wanted = set(stages)
        rows = [
            one for one in counted if one.investment.stage in wanted and scope in ("", one.investment.scope)
        ]
        return add_up(key, rows, goal)

    scopes = [scope.value for scope in Scope if any(one.investment.scope == scope for one in counted)]
    return Totals(
        secured=of(Group.SECURED, STAGES_OF[Group.SECURED]),
        realised=of(Group.REALISED, STAGES_OF[Group.REALISED]),
        pipeline=of(Group.PIPELINE, STAGES_OF[Group.PIPELINE]),
        stages=tuple(of(stage, (stage,)) for stage in PATH),
        scopes=tuple(
            ScopeSum(
                scope,
                of(Group.SECURED, STAGES_OF[Group.SECURED], scope),
                of(Group.PIPELINE, STAGES_OF[Group.PIPELINE], scope),
            )
            for scope in scopes
        ),
    )


def by_amount(verdict: Verdict) -> tuple[int, int, str]:
    """A sorting key: the largest row first, unknown amounts last, equals by their code."""
    return -verdict.low, -verdict.high, verdict.investment.code


def largest_of(verdicts: Iterable[Verdict]) -> Verdict | None:
    """This will return the largest row that counts, secured or not; of equals the first by code."""
    return min((one for one in verdicts if one.counts), key=by_amount, default=None)


def progress_of(
    target: Target, verdicts: Sequence[Verdict], *, reading: str, today: date, leave_largest_out: bool
) -> Progress:
    """This will make the progress of a target from its judged rows."""
    goal = target.amount_eur
    largest = largest_of(verdicts)
    complete = totals_of(verdicts, goal)
    lessened = totals_of([one for one in verdicts if one is not largest], goal)
    return Progress(
        target=target,
        reading=reading,
        is_narrow=reading == target.scope,
        today=today,
        leaves_largest_out=leave_largest_out,
        totals=lessened if leave_largest_out else complete,
        with_largest=complete,
        without_largest=lessened,
        largest=largest,
        uncounted=tuple(sorted((one for one in verdicts if not one.counts), key=by_amount)),
    )
