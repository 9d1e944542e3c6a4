"""Letters about rounds: it opened, half of its time has passed, it ends soon, it ended without an answer.

Each step goes out once for each municipality, and anew when a round gets another end or is opened again (its turn). It
goes to whoever is in charge on that day: the steward, or the deputy when the
steward is away, and then the letter says so. About examples nobody gets mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import people_with_role
from vetovoima.collection.models.rounds import Round, RoundNotice, RoundTask, Stewardship
from vetovoima.messaging.services import queue_mail

from . import rules
from .days import share_passed
from .enums import WRITABLE, NoticeStep, RoundKind, RoundState, TaskState
from .queries import InCharge, in_charge, stewardships
from .services import move_rounds_on
from .validators import is_blank

if TYPE_CHECKING:
    from vetovoima.accounts.models import User

HALF, LAST = 0.5, 0.9


def run_reminders(now: datetime) -> int:
    """This will open and close the rounds whose day has come and send what is due; returns how many letters went out."""
    move_rounds_on(now=now)
    posts = {one.municipality_id: one for one in stewardships()}
    sent = 0
    for round in Round.objects.real().filter(state=RoundState.OPEN):
        sent += tell_opened(round, now)
        passed = share_passed(round, now)
        step = NoticeStep.LAST if passed >= LAST else NoticeStep.HALF if passed >= HALF else None
        if step is not None:
            sent += sum(_remind(task, step, posts, now) for task in _unanswered(round))
    for round in Round.objects.real().filter(state=RoundState.CLOSED):
        sent += escalate(round, now)
    return sent


def tell_opened(round: Round, now: datetime) -> int:
    """This will tell whoever is in charge of each municipality asked that a round is open; returns how many."""
    if round.is_example or round.state != RoundState.OPEN:
        return 0
    posts = {one.municipality_id: one for one in stewardships()}
    tasks = round.tasks.select_related("municipality", "round").exclude(notices__step=NoticeStep.OPENED)
    return sum(
        _notice(
            task,
            NoticeStep.OPENED,
            in_charge(posts.get(task.municipality_id), localdate(now)),
            "round_opened",
            now,
        )
        for task in tasks
    )


def _unanswered(round: Round) -> Iterable[RoundTask]:
    tasks = round.tasks.filter(state__in=WRITABLE).select_related("municipality", "round")
    return tasks.prefetch_related("round__questions").order_by("municipality__slug")


def _remind(task: RoundTask, step: str, posts: dict[int, Stewardship], now: datetime) -> bool:
    """One reminder; when the near end comes before half time was told, half time is not told any more."""
    later = [NoticeStep.LAST] if step == NoticeStep.HALF else []
    if task.notices.filter(turn=task.round.turn, step__in=[step, *later]).exists():
        return False
    person = in_charge(posts.get(task.municipality_id), localdate(now))
    return _notice(task, step, person, "round_reminder", now)


@transaction.atomic
def _notice(task: RoundTask, step: str, asked: InCharge | None, template: str, now: datetime) -> bool:
    """Write the row and the letter together: neither is there without the other, and each step is there once."""
    if asked is None:
        return False
    person = asked.person
    _row, is_new = RoundNotice.objects.get_or_create(
        task=task, step=step, turn=task.round.turn,
        defaults={"to": person, "to_name": str(person), "at": now},
    )  # fmt: skip
    if not is_new:
        return False
    queue_mail(
        key=f"{template}:{task.round.code}:{task.municipality.slug}:{step}{_turn(task.round)}",
        to=person.email,
        language=person.language,
        template=template,
        context={**_about(task, person, now), **_covering(asked)},
        about_kind="round_task",
        about_code=f"{task.round.code}/{task.municipality.slug}"[:60],
        now=now,
    )
    return True


def _turn(round: Round) -> str:
    """What a letter's key gets from the second end of a round on, so that it is another letter."""
    return f":{round.turn}" if round.turn > 1 else ""


def _about(task: RoundTask, person: User, now: datetime) -> dict[str, Any]:
    with override(person.language):
        lacking = "\n".join(f"- {line}" for line in what_lacks(task))
    return {
        "title": task.round.title.best(person.language)[0],
        "municipality": task.municipality.name.best(person.language)[0],
        "closes_on": task.round.closes_on,
        "lacking": lacking,
        "link": task_link(task),
        "steward": "",
        "until": None,
    }


def _covering(asked: InCharge) -> dict[str, Any]:
    """For whom the reader stands in, and until when if that is known."""
    return {"steward": str(asked.covers_for) if asked.covers_for else "", "until": asked.until}


def task_link(task: RoundTask) -> str:
    """Where the workspace shows a municipality's part of a round."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}/desk/collection/rounds/{task.round.code}/towns/{task.municipality.slug}/"


def what_lacks(task: RoundTask) -> list[str]:
    """What is missing of an answer, in the active language; never what was answered."""
    if task.state == TaskState.RETURNED:
        return [_("The council has returned the answer for completion.")]
    if task.state == TaskState.NOT_STARTED:
        return [_("Nothing has been written yet.")]
    typed = task.draft.get("answers") or {}
    questions = list(task.round.questions.all())
    open_ = [one for one in questions if typed.get(one.code) in (None, "")]
    lines = []
    if open_:
        lines.append(
            ngettext(
                "%(count)s question of %(all)s is not answered.",
                "%(count)s questions of %(all)s are not answered.",
                len(open_),
            )
            % {"count": len(open_), "all": len(questions)}
        )
    has_rows = any(not is_blank(row) for row in task.draft.get("rows") or [])
    if task.round.kind == RoundKind.OUTLOOK and not has_rows and not task.draft.get("no_plans"):
        lines.append(_("No planned investment is given yet, nor that there are none."))
    return [*lines, _("The answer has not been handed in.")]


def escalate(round: Round, now: datetime) -> int:
    """This will tell the coordinators, once for each end of a round, and the deputy of each municipality, once, what is
    missing."""
    if round.is_example:
        return 0
    missing = [
        task
        for task in _unanswered(round)
        if not _was_returned_since(task)
        and not task.notices.filter(step=NoticeStep.CLOSED, turn=round.turn).exists()
    ]
    posts = {one.municipality_id: one for one in stewardships()}
    sent = _tell_coordinators(round, missing, posts, now) if missing else 0
    for task in missing:
        post = posts.get(task.municipality_id)
        sent += _tell_deputy(task, post, now)
    return sent


def _was_returned_since(task: RoundTask) -> bool:
    """Whether the coordinator returned the answer after the end: they know that it is missing."""
    closed_at = task.round.closed_at
    return bool(
        task.state == TaskState.RETURNED and closed_at and task.returned_at and task.returned_at >= closed_at
    )


def _tell_deputy(task: RoundTask, post: Stewardship | None, now: datetime) -> bool:
    """The deputy hears of it; where the deputy is of the council, the coordinators' letter has told them already."""
    coordinators = {one.pk for one in people_with_role(Role.COORDINATOR)}
    if (
        post is None
        or post.deputy_id in coordinators
        or not rules.may_still_answer(post.deputy, task.municipality_id)
    ):
        # The step is over all the same: it is not tried again every hour.
        RoundNotice.objects.get_or_create(
            task=task, step=NoticeStep.CLOSED, turn=task.round.turn,
            defaults={"to": None, "to_name": "", "at": now},
        )  # fmt: skip
        return False
    asked = InCharge(post.deputy, post.steward)
    return _notice(task, NoticeStep.CLOSED, asked, "round_missing", now)


def _tell_coordinators(
    round: Round, missing: list[RoundTask], posts: dict[int, Stewardship], now: datetime
) -> int:
    count = 0
    for person in people_with_role(Role.COORDINATOR):
        with override(person.language):
            lines = "\n".join(
                _line(task, posts.get(task.municipality_id), person.language) for task in missing
            )
        queue_mail(
            key=f"round_closed:{round.code}:{person.pk}{_turn(round)}",
            to=person.email,
            language=person.language,
            template="round_closed",
            context={
                "title": round.title.best(person.language)[0],
                "missing": lines,
                "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/collection/rounds/{round.code}/",
            },
            about_kind="round",
            about_code=round.code,
            now=now,
        )
        count += 1
    return count


def _line(task: RoundTask, post: Stewardship | None, language: str) -> str:
    name = task.municipality.name.best(language)[0]
    who = _("steward %(name)s") % {"name": post.steward} if post else _("no steward")
    return f"- {name} ({who}): " + " ".join(what_lacks(task))


def tell_returned(task: RoundTask, now: datetime) -> bool:
    """This will tell whoever is in charge, and whoever answered if they still may, what the coordinator asks to complete."""
    if task.round.is_example:
        return False
    post = stewardships().filter(municipality=task.municipality).first()
    asked = in_charge(post, localdate(now))
    people = {asked.person.pk: asked.person} if asked else {}
    if task.answered_by and rules.may_still_answer(task.answered_by, task.municipality_id):
        people[task.answered_by.pk] = task.answered_by
    for person in people.values():
        queue_mail(
            key=f"round_returned:{task.round.code}:{task.municipality.slug}:{task.revision}:{person.pk}",
            to=person.email,
            language=person.language,
            template="round_returned",
            context={**_about(task, person, now), "comment": task.comment},
            about_kind="round_task",
            about_code=f"{task.round.code}/{task.municipality.slug}"[:60],
            now=now,
        )
    return bool(people)
