"""Mails about imports: that long work has ended, and that many records wait for review."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import people_with_role
from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.collection.models import Import
from vetovoima.messaging.services import queue_mail

from .asking import LONG
from .enums import ImportState

STATES_TOLD = (ImportState.READY, ImportState.COMMITTED, ImportState.UNDONE, ImportState.FAILED)


def _link(import_: Import) -> str:
    return f"{settings.VETOVOIMA_PUBLIC_URL}/desk/collection/imports/{import_.pk}/"


def tell_of_end(import_: Import, work: str, by: User | None, now: datetime) -> None:
    """This will tell whoever began long work, or left its page, that it has ended; nobody when it was short."""
    is_told = import_.tells_by_mail or import_.row_count > LONG
    if by is None or not is_told or import_.state not in STATES_TOLD:
        return
    context = {
        "file": import_.filename,
        "state": import_.state,
        "new": import_.counts.get("new", 0),
        "changed": import_.counts.get("changed", 0),
        "error": import_.counts.get("error", 0),
        "link": _link(import_),
    }
    queue_mail(
        key=f"import_ended:{import_.pk}:{import_.turn}:{import_.state}", to=by.email, language=by.language,
        template="import_ended", context=context, about_kind="import", about_code=str(import_.pk), now=now,
    )  # fmt: skip
    Import.objects.filter(pk=import_.pk).update(tells_by_mail=False)


@subscribe("collection.import.committed")
def ask_for_review(fact: Fact) -> None:
    """This will tell the coordinators in one mail how many records of an import wait for them."""
    import_ = Import.objects.select_related("municipality").filter(pk=int(fact.code)).first()
    count = import_.result.get("submitted", 0) if import_ else 0
    if import_ is None or not count:
        return
    for person in people_with_role(Role.COORDINATOR):
        if person.pk == fact.actor_id:
            continue
        place = import_.municipality
        context = {
            "count": count,
            "municipality": place.name.best(person.language)[0] if place else "",
            "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/sites/?state=submitted",
        }
        queue_mail(
            key=f"import_submitted:{fact.pk}:{person.pk}", to=person.email, language=person.language,
            template="import_submitted", context=context, about_kind="import", about_code=fact.code,
        )  # fmt: skip
