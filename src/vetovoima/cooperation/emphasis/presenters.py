"""What happened to an emphasis and to what it rests on, in words."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter
from vetovoima.cooperation.emphasis.enums import GatheringKind
from vetovoima.cooperation.emphasis.queries import Grounds


def _number(fact: Fact) -> str:
    return fact.code.rpartition(":")[2]


@presenter("cooperation.emphasis.saved")
def saved(fact: Fact) -> str:
    """The draft was written."""
    return _("Draft of version %(number)s saved") % {"number": _number(fact)}


@presenter("cooperation.emphasis.dropped")
def dropped(fact: Fact) -> str:
    """The draft was thrown away."""
    return _("Draft of version %(number)s thrown away") % {"number": _number(fact)}


@presenter("cooperation.emphasis.approved")
def approved(fact: Fact) -> str:
    """A body has approved it."""
    said = {"number": _number(fact), "body": fact.data.get("body", "")}
    return _("Version %(number)s approved by %(body)s") % said


@presenter("cooperation.gathering.added")
def gathering_added(fact: Fact) -> str:
    """An interview or the like was noted."""
    return _("Gathering of information noted")


@presenter("cooperation.gathering.edited")
def gathering_edited(fact: Fact) -> str:
    """It was changed."""
    return _("Gathering of information changed")


@presenter("cooperation.gathering.removed")
def gathering_removed(fact: Fact) -> str:
    """It was removed."""
    return _("Gathering of information removed")


def _counted(kind: str, count: int) -> str:
    words: dict[str, Callable[[], str]] = {
        GatheringKind.INTERVIEW: lambda: ngettext("%(count)s interview", "%(count)s interviews", count),
        GatheringKind.SURVEY: lambda: ngettext("%(count)s survey", "%(count)s surveys", count),
        GatheringKind.WORKSHOP: lambda: ngettext("%(count)s workshop", "%(count)s workshops", count),
        GatheringKind.DOCUMENT: lambda: ngettext("%(count)s document", "%(count)s documents", count),
    }
    return words[kind]() % {"count": count}


def grounds_in_words(grounds: Grounds | None) -> str:
    """This will say what an emphasis rests on: 3 interviews, 1 workshop (2022)."""
    if grounds is None:
        return ""
    counted = ", ".join(_counted(kind, count) for kind, count in grounds.counts)
    first, last = grounds.first_year, grounds.last_year
    years = str(last) if first == last else f"{first}–{last}"
    return f"{counted} ({years})"
