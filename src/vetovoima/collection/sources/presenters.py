"""What happened to a source, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("collection.source.added")
def _added(fact: Fact) -> str:
    return _("The source was added.")


@presenter("collection.source.changed")
def _changed(fact: Fact) -> str:
    return _("The source was changed.")


@presenter("collection.source.paused")
def _paused(fact: Fact) -> str:
    return _("The source was paused.")


@presenter("collection.source.resumed")
def _resumed(fact: Fact) -> str:
    return _("The source is read on schedule again.")


@presenter("collection.source.removed")
def _removed(fact: Fact) -> str:
    return _("The source %(title)s was removed.") % {"title": fact.data.get("title", "")}


@presenter("collection.source.read")
def _read(fact: Fact) -> str:
    return _("The source was read.")


@presenter("collection.source.failed")
def _failed(fact: Fact) -> str:
    return _("The source could not be read.")


@presenter("collection.source.record_forgotten")
def _forgotten(fact: Fact) -> str:
    return _("It was decided what becomes of %(record)s, which the source no longer has.") % {
        "record": fact.data.get("record", "")
    }


@presenter("collection.source.accepted")
def _accepted(fact: Fact) -> str:
    return _("The source was found to be right as it is now, and is read anew.")


@presenter("collection.source.value_taken")
def _value_taken(fact: Fact) -> str:
    return _("What the source says was taken over for %(record)s.") % {"record": fact.data.get("record", "")}


@presenter("collection.source.value_kept")
def _value_kept(fact: Fact) -> str:
    return _("What a person wrote for %(record)s is kept; the source says something else.") % {
        "record": fact.data.get("record", "")
    }
