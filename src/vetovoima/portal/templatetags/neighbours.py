"""Tags of the joint map: the server of an address, a moment in words."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def host_of(address: str) -> str:
    """The server's name of an address that was checked."""
    return urlsplit(address).hostname or ""


@register.filter
def day_and_time(value: datetime | None) -> str:
    """This will write a day with its time of day, as the page's language does."""
    if value is None:
        return ""
    local = localtime(value)
    return f"{date_format(local, 'SHORT_DAY')} {local:%H:%M}"
