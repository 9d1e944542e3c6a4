"""Questions about embeds: whose pages may frame the offer, and the mark of what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities
from vetovoima.syndication.channels.versions import shown_version
from vetovoima.syndication.models import AllowedOrigin, PublishedDocument

from . import rules
from .validators import origin_of_website

KIND = "origins"
#: stands for the region where a municipality has its slug
REGION = "region"


def allowed_origins(slug: str) -> tuple[str, ...]:
    """The websites that may show the frame of a municipality, or with "" the region's, sorted; nothing else may.

    A municipality's: its own website of the region's data, and what is set for it. The region's: those of every
    municipality, and what is set for the region.
    """
    towns = municipalities().filter(slug=slug) if slug else municipalities()
    own = {origin_of_website(website) for website in towns.values_list("website", flat=True)} - {""}
    rows = AllowedOrigin.objects.filter(Q(municipality__slug=slug) if slug else Q())
    return tuple(sorted(own | set(rows.values_list("origin", flat=True))))


@dataclass(frozen=True)
class PlaceOrigins:
    """The websites of one place: `municipality` None is the region; `own` is there by itself, `rows` were added."""

    municipality: Municipality | None
    own: str
    rows: list[AllowedOrigin]
    may_edit: bool

    @property
    def slug(self) -> str:
        """What the place is called in forms."""
        return self.municipality.slug if self.municipality else REGION


def origins_for(user: Any) -> list[PlaceOrigins]:
    """Every place whose embeds a person may build, with the websites that may show them; the region first."""
    rows: dict[int | None, list[AllowedOrigin]] = {}
    for row in AllowedOrigin.objects.visible_to(user).order_by("origin", "pk"):
        rows.setdefault(row.municipality_id, []).append(row)
    return [
        PlaceOrigins(
            one,
            origin_of_website(one.website) if one else "",
            rows.get(one.pk if one else None, []),
            rules.can_edit(user, one.pk if one else None),
        )
        for one in buildable_places(user)
    ]


def buildable_places(user: Any) -> list[Municipality | None]:
    """For whom a person may build embeds: municipalities, and None for the region."""
    places: list[Municipality | None] = [None, *municipalities()]
    return [one for one in places if rules.can_view(user, one.pk if one else None)]


def origin_history(municipality: Municipality | None) -> QuerySet[Fact]:
    """What was allowed and ended for a place, the newest first."""
    return history_of(KIND, municipality.slug if municipality else REGION)


def mark_of(documents: Iterable[PublishedDocument]) -> str:
    """The mark of the records that an embed shows, in their order: the same in every way and language."""
    return shown_version((one.code, one.version) for one in documents)
