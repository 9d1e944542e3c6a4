"""Tags of the desk: the rail, states with their marks, times in words, facts in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.activity.registry import in_words
from vetovoima.common import money
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.areas import Area, areas_for
from vetovoima.media.enums import licence_in_words
from vetovoima.media.validators import type_label

register = template.Library()
#: a state is a word with a mark; which mark says how urgent it is
MARKS = {
    "draft": "quiet", "submitted": "wait", "published": "good", "withdrawn": "warn",
    "held": "warn", "new": "wait", "screening": "wait", "assigned": "wait", "answered": "good", "closed": "quiet",
    "rejected": "quiet",
    "uploaded": "wait", "mapped": "wait", "checking": "wait", "ready": "wait", "committing": "wait", "committed": "good",
    "undoing": "wait", "undone": "quiet", "changed": "wait", "same": "quiet", "error": "bad", "skipped": "quiet",
    "waiting": "wait", "leased": "wait", "sent": "good", "done": "good", "failed": "bad",
    "planned": "quiet", "open": "wait", "not_started": "quiet", "started": "wait", "accepted": "good", "returned": "warn",
    "kept": "good", "soon": "warn", "overdue": "bad", "nothing": "quiet",
    "ok": "good", "nothing_new": "good", "partly": "warn", "running": "wait", "too_long": "bad",
    "idea": "quiet", "prestudy": "quiet", "planning": "wait", "permitted": "wait", "decided": "good",
    "active": "good", "stopped": "bad", "delivered": "good",
    "construction": "good", "completed": "good", "paused": "warn", "cancelled": "bad",
}  # fmt: skip


@register.simple_tag(takes_context=True)
def desk_areas(context: template.Context) -> list[Area]:
    """The areas of work that this person may enter."""
    return areas_for(context["request"].user)


@register.inclusion_tag("desk/components/state.html")
def state(value: str, label: Any) -> dict[str, Any]:
    """This will write a state as a word with its mark."""
    return {"mark": MARKS.get(str(value), "quiet"), "label": label}


@register.filter
def moment(value: datetime | None) -> str:
    """This will write a day with its time of day, as the page's language does."""
    if value is None:
        return ""
    local = localtime(value)
    return f"{date_format(local, 'SHORT_DAY')} {local:%H:%M}"


@register.filter
def until(value: datetime | None) -> str:
    """This will say how far a deadline is: in 3 h, tomorrow at 16:00, late since 12 Oct 2026 16:00."""
    if value is None:
        return ""
    left = value - now()
    if left <= timedelta():
        return _("late since %(moment)s") % {"moment": moment(value)}
    minutes = int(left.total_seconds() // 60)
    if minutes < 60:
        return ngettext("in %(count)s min", "in %(count)s min", minutes) % {"count": minutes}
    days = (localtime(value).date() - localtime(now()).date()).days
    if days == 0 or minutes < 12 * 60:
        hours = minutes // 60
        return ngettext("in %(count)s h", "in %(count)s h", hours) % {"count": hours}
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": f"{localtime(value):%H:%M}"}
    if days < 7:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    return _("by %(moment)s") % {"moment": moment(value)}


@register.filter
def is_past(value: datetime | None) -> bool:
    """Whether a moment is over."""
    return value is not None and value < now()


@register.filter
def fact_in_words(fact: Any) -> str:
    """What happened, as a sentence."""
    return in_words(fact)


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """The value of a key, or nothing: templates cannot look up by a variable themselves."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def sees_neighbours(context: template.Context) -> bool:
    """Whether the person may see what is followed of other regions: a tab of collecting that few have."""
    return may(context["request"].user, Kind.NEIGHBOUR, Action.VIEW)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, **changed: Any) -> str:
    """The address of this list with some parameters changed; an empty one falls away."""
    parameters = context["request"].GET.copy()
    for name, value in changed.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = value
    return "?" + parameters.urlencode()


@register.filter
def file_size(size: int) -> str:
    """This will write how large a file is, as the page's language does."""
    return money.file_size(size, (get_language() or "fi")[:2])


@register.filter
def media_label(media_type: str) -> str:
    """This will name a media type as people do."""
    return type_label(media_type)


@register.filter
def licence(kept: str) -> str:
    """This will write a licence in the page's language."""
    return licence_in_words(kept)


@register.filter
def missing_languages(text: Translated) -> list[str]:
    """The languages in which there is no text."""
    return [language for language in LANGUAGES if not text.text(language)]
