"""What happened to the origins of embeds, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("syndication.origin.allowed")
def allowed(fact: Fact) -> str:
    """A website was allowed."""
    return _("Allowed to show the frame: %(origin)s") % {"origin": fact.data.get("origin", "")}


@presenter("syndication.origin.removed")
def removed(fact: Fact) -> str:
    """A website is allowed no more."""
    return _("No longer allowed to show the frame: %(origin)s") % {"origin": fact.data.get("origin", "")}
