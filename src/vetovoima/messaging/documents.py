"""The text of a mail, from its template, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template import Context, Engine
from django.utils import timezone, translation

from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import promised_working_days, region

from .registry import TEMPLATES
from .validators import head_line

FOLDER = Path(__file__).parent / "templates/messaging/mail"
SUBJECT = "Subject:"


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER)])


def write_mail(template: str, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """This will return (subject, text) of a mail; an unknown language is English.

    Raises KeyError for an unknown template, and for a missing part of its context.
    """
    needed = TEMPLATES[template].needs
    if missing := [name for name in needed if name not in context]:
        raise KeyError(f"{template} needs {', '.join(missing)}")
    spoken = language if language in LANGUAGES else "en"
    place = region()
    whole = {
        **context,
        "service": place.site_name.best(spoken)[0] if place else "Vetovoima",
        "promise_days": promised_working_days(),
    }
    with (
        translation.override(spoken),
        timezone.override(ZoneInfo(place.time_zone if place else "Europe/Helsinki")),
    ):
        # Plain text: an apostrophe stays an apostrophe.
        text = _engine().get_template(f"{template}.{spoken}.txt").render(Context(whole, autoescape=False))
    head, _separator, body = text.partition("\n")
    if not head.startswith(SUBJECT):
        raise ValueError(f"{template}.{spoken}.txt must begin with '{SUBJECT}'")
    return head_line(head.removeprefix(SUBJECT)), body.strip() + "\n"
