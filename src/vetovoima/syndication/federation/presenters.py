"""What happened to a followed source, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import plain_presenters, presenter

from .enums import FollowReason

_WORDS = {
    "added": gettext_lazy("A neighbour's source is followed"),
    "changed": gettext_lazy("What is followed was changed"),
    "paused": gettext_lazy("Following was paused"),
    "resumed": gettext_lazy("The source is followed again"),
    "removed": gettext_lazy("It is not followed any more; its records were removed"),
    "asked": gettext_lazy("A reading was asked for"),
    "failed": gettext_lazy("The source could not be read"),
}

plain_presenters("syndication.followed", _WORDS)


@presenter("syndication.followed.read")
def read(fact: Fact) -> str:
    """What a reading brought."""
    counts = fact.data.get("counts", {})
    return _("Read: %(new)s new, %(changed)s changed, %(withdrawn)s withdrawn") % {
        name: counts.get(name, 0) for name in ("new", "changed", "withdrawn")
    }


@presenter("syndication.followed.stopped")
def stopped(fact: Fact) -> str:
    """We ended it, and why."""
    reason = fact.data.get("reason", "")
    why = str(FollowReason(reason).label) if reason in FollowReason.values else ""
    return f"{_('Following was stopped by the service')}. {why}".strip()


@presenter("syndication.followed.hidden")
def hidden(fact: Fact) -> str:
    """Records grew too old to be shown."""
    return _("Records not seen at their source for seven days are shown no more: %(count)s") % {
        "count": fact.data.get("count", 0)
    }
