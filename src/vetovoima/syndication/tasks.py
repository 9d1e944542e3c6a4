"""What the worker does for the public side: by night, and after a publication that others lean on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import services

LEANING = "syndication.leaning"


@handler(LEANING)
def render_leaning(payload: dict[str, Any]) -> None:
    """This will have the records that lean on a published one call it as it is called now; done twice it is the same."""
    services.render_leaning_on(payload["code"], localdate())


@chore("syndication.refresh_aged", hour=1)
def refresh_aged(now: datetime) -> None:
    """This will turn grey, or hide, what has grown old by rule since it was rendered."""
    today = localtime(now).date()
    while services.refresh_aged(today):
        pass
