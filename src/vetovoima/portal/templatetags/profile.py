"""What a municipality's body has approved about where the municipality wants to go."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.timezone import localdate

from vetovoima.cooperation.emphasis.presenters import grounds_in_words
from vetovoima.cooperation.emphasis.queries import public_emphasis

register = template.Library()


@register.inclusion_tag("portal/municipal_emphasis.html")
def municipal_emphasis(slug: str) -> dict[str, Any]:
    """This will show the approved emphasis of a municipality with its source, or say plainly that there is none."""
    found = public_emphasis(slug)
    if found is None:
        return {"emphasis": None}
    return {
        "emphasis": found.emphasis,
        "weights": found.weights,
        "grounds": grounds_in_words(found.grounds),
        "has_ended": found.emphasis.has_ended(localdate()),
    }
