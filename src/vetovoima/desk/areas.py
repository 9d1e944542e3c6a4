"""The areas of work in the left rail, shown by rights: at most eight for anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may


@dataclass(frozen=True)
class Area:
    """One area: what it is called, where it begins, the right it asks for, and the letter after `g`."""

    name: str
    label: str | Promise
    address: str
    kind: Kind
    key: str
    action: Action = Action.VIEW

    @property
    def url(self) -> str:
        """Where the area begins."""
        return self.address if self.address.startswith("/") else reverse(self.address)


AREAS = (
    Area("day", _("My day"), "desk:day", Kind.DESK, "d"),
    Area("sites", _("Sites"), "desk:sites", Kind.SITE, "s"),
    Area("collection", pgettext_lazy("area of work", "Collection"), "desk:collection", Kind.COLLECTION, "t"),
    Area("enquiries", _("Enquiries"), "desk:enquiries", Kind.ENQUIRY, "e"),
    Area("progress", _("Investments"), "desk:progress", Kind.INVESTMENT, "i"),
    Area("model", _("Operating model"), "desk:model", Kind.MODEL, "o"),
    Area("people", _("People"), "desk:people", Kind.PEOPLE, "p"),
    Area("mail", _("Mail"), "desk:mail", Kind.MAIL, "m"),
    Area("pages", _("Pages of the portal"), "/desk/content/", Kind.PAGES, "c", Action.EDIT),
)


def areas_for(user: Any) -> list[Area]:
    """This will return the areas in which a person may do anything at all."""
    return [area for area in AREAS if may(user, area.kind, area.action)]
