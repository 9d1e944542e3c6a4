"""What happens elsewhere when something happens to a followed source."""

from __future__ import annotations

from django.conf import settings

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.messaging.services import queue_mail

from . import queries
from .enums import FollowReason


@subscribe("syndication.followed.stopped")
def tell_the_owner(fact: Fact) -> None:
    """This will write to whoever can mend it that a source is not followed any more, and why."""
    source = queries.all_sources().filter(key=fact.code).first()
    if source is None or source.reason == FollowReason.PERSON:
        return
    for person in queries.told(source):
        queue_mail(
            key=f"followed_stopped:{fact.pk}:{person.pk}", to=person.email, language=person.language,
            template="followed_stopped", about_kind=queries.KIND, about_code=source.key, now=fact.at,
            context={
                "title": source.title.best(person.language)[0], "host": source.host,
                "is_gone": source.reason == FollowReason.GONE,
                "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/neighbours/{source.key}/",
            },
        )  # fmt: skip
