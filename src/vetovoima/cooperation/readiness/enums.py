"""States of the actions of a development plan."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ActionState(TextChoices):
    """Where an action stands."""

    OPEN = "open", pgettext_lazy("an action of a plan", "Open")
    UNDER_WAY = "under_way", pgettext_lazy("an action of a plan", "Under way")
    DONE = "done", pgettext_lazy("an action of a plan", "Done")
    DROPPED = "dropped", pgettext_lazy("an action of a plan", "Dropped")


#: what still has to be done
LIVE = (ActionState.OPEN, ActionState.UNDER_WAY)
