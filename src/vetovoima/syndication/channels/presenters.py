"""What happened to a registered page, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vetovoima.activity.registry import plain_presenters

_WORDS = {
    "created": gettext_lazy("Page registered"),
    "changed": gettext_lazy("Page changed"),
    "removed": gettext_lazy("Page taken off the board"),
    "visit_asked": gettext_lazy("Visit asked for"),
    "broken": gettext_lazy("Page broken: its contact was told"),
    "mended": gettext_lazy("Page is up to date again: its contact was told"),
}

plain_presenters("syndication.channel", _WORDS)
