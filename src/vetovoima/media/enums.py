"""Kinds and states of files, and the licences that are offered."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.accounts.enums import Sharing


class FileKind(TextChoices):
    """What a document is (records and terms 5.4, groups 7, 8, 10 and 21)."""

    PLAN = "plan", _("Plan extract")
    SITE_PLAN = "site_plan", _("Site plan")
    FLOOR_PLAN = "floor_plan", _("Floor plan")
    GROUND = "ground", _("Geotechnical report")
    ENVIRONMENT = "environment", _("Environmental study")
    GRID = "grid", _("Letter of the grid company")
    BROCHURE = "brochure", _("Brochure")
    OTHER = "other", pgettext_lazy("kind of document", "Other")


#: drawings say nothing to those who cannot see them, unless somebody puts them into words
DRAWN = (FileKind.PLAN, FileKind.SITE_PLAN, FileKind.FLOOR_PLAN)


class Scan(TextChoices):
    """What the virus scanner said."""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    WAITING = "waiting", _("Being scanned for viruses")
    CLEAN = "clean", _("Scanned: no virus found")
    INFECTED = "infected", _("Removed: a virus was found")
    FAILED = "failed", _("Could not be scanned for viruses")


#: states in which a file is given out: without a scanner nothing is scanned, with one it must have passed
GIVEN_OUT = (Scan.NOT_SCANNED, Scan.CLEAN)

#: sharing levels from the narrowest to the widest
FROM_NARROW_TO_WIDE = (Sharing.SEALED, Sharing.OWNER, Sharing.PARTIES, Sharing.NETWORK, Sharing.PUBLIC)
#: levels that let in others than the owner and the council. Those named on a record (PARTIES) and named persons
#: (SEALED) cannot be named yet: until they can, both mean the owner and the council alone.
BEYOND_THE_OWNER = (Sharing.NETWORK, Sharing.PUBLIC)


class Licence(TextChoices):
    """Under what terms a picture or a document may be used; any other text may stand instead of one of these."""

    CC_BY = "CC BY 4.0", "CC BY 4.0"
    CC0 = "CC0 1.0", "CC0 1.0"
    RESERVED = "reserved", _("All rights reserved, shown with permission")


def licence_in_words(licence: str) -> str:
    """This will write a licence in the active language; a text of somebody's own stays as it is."""
    return str(Licence(licence).label) if licence in Licence.values else licence


def narrower(one: str, other: str) -> str:
    """This will return the level of the two that lets in fewer."""
    return min(one, other, key=lambda level: FROM_NARROW_TO_WIDE.index(Sharing(level)))
