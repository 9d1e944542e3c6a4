"""An import that began at a round's task answers the round: taken in, the answer is handed in, and the result says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.collection.models import Import, RoundTask
from vetovoima.collection.rounds import rules as round_rules
from vetovoima.collection.rounds.answers import CannotAnswer, Writer, answer
from vetovoima.collection.rounds.enums import RoundKind
from vetovoima.reference.models import Municipality

from .messages import in_languages


def require_task(by: User | None, task: RoundTask | None, municipality: Municipality | None) -> None:
    """This will refuse a task that such an import cannot answer: PermissionDenied for somebody else's, ValidationError
    for one of another municipality or a round that does not ask for the records."""
    if task is None:
        return
    if by is not None and not round_rules.can_answer(by, task):
        raise PermissionDenied
    if task.round.kind != RoundKind.SITE_UPDATE:
        raise ValidationError({"task": _("This round does not ask for records. Answer it on its own page.")})
    if municipality is None or municipality.pk != task.municipality_id:
        raise ValidationError(
            {"task": _("The round asks %(municipality)s. Choose that municipality, or begin from the list of imports.")
             % {"municipality": task.municipality}}
        )  # fmt: skip


def hand_in(import_: Import, *, by: User | None, now: datetime) -> dict[str, Any]:
    """This will hand the round's answer in; what keeps it from that is kept as {"handed_in", "why"} in every language.

    A refusal leaves the import as it is: the records are taken in either way.
    """
    task = import_.round_task
    if task is None:
        return {}
    language = by.language if by is not None else "fi"
    try:
        answer(task=task, writer=Writer(by), now=now, language=language)
    except ValidationError:
        why = ValidationError(_("The round has questions besides. Answer them on its page, then hand in."))
    except CannotAnswer as error:
        why = ValidationError(str(error))
    except PermissionDenied:
        why = ValidationError(_("You may not answer this round any more. Ask the council."))
    else:
        return {"handed_in": True}
    return {"handed_in": False, "why": in_languages(why)}
