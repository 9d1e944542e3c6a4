"""Questions about the offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.common.fields import LANGUAGES
from vetovoima.media.models import Photo
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

from .documents import Difference, compare, snapshot
from .enums import SiteState
from .models import Site, SiteVersion
from .registry import FieldSpec, fields_of

UNKNOWN: tuple[Any, ...] = (None, "", "unknown", {}, [])


class NoSuchSite(LookupError):
    """There is no such record, or not for this person: both look the same from outside."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person on their day: the record and why."""

    site: Site
    why: str


def sites_for(user: Any) -> QuerySet[Site]:
    """The records whose working copies a person may see, by code."""
    return Site.objects.visible_to(user).select_related("municipality").order_by("code")


def find_sites(
    user: Any, *, text: str = "", municipality: str = "", kind: str = "", state: str = ""
) -> QuerySet[Site]:
    """The records whose working copies a person may see and that fit: every word of `text` in code, name or place."""
    found = sites_for(user).select_related("municipality", "contact")
    exact = {"municipality__slug": municipality, "kind": kind, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    for word in text.split()[:8]:
        fits = Q(code__icontains=word)
        # SQLite compares only a–z without case: Äijälä is found as äijälä through its capital.
        for form in {word, word.capitalize()}:
            fits |= Q(locality__icontains=form) | Q(address__icontains=form)
            for language in LANGUAGES:
                fits |= Q(**{f"name__{language}__icontains": form})
        found = found.filter(fits)
    return found


def site_for(user: Any, code: str) -> Site:
    """One record for a person; raises NoSuchSite."""
    found = Site.objects.visible_to(user).complete().filter(code=code).first()
    if found is None:
        raise NoSuchSite(code)
    return found


def site(code: str) -> Site | None:
    """One record with all it needs, without a person: for the system's own work."""
    return Site.objects.complete().filter(code=code).first()


def published_sites() -> QuerySet[Site]:
    """Every public record, by code: for the system's own work."""
    return Site.objects.published().complete().order_by("code")


def published_site(code: str) -> Site | None:
    """One public record, or None."""
    return Site.objects.published().filter(code=code).first()


def creatable_municipalities(user: Any) -> QuerySet[Municipality]:
    """The municipalities to which a person may add records."""
    furthest = reach(user, Kind.SITE, Action.CREATE)
    if furthest == Reach.ALL:
        return municipalities()
    if furthest == Reach.OWN:
        return municipalities().filter(pk__in=municipality_ids(user, Kind.SITE, Action.CREATE))
    return municipalities().none()


def gaps(site: Site) -> list[FieldSpec]:
    """The expected fields that a record lacks; a missing position comes first."""
    return [spec for spec in fields_of(site.kind) if spec.expected and _lacks(site, spec)]


def _lacks(site: Site, spec: FieldSpec) -> bool:
    if spec.name == "price_eur_m2":
        return not any((site.price_eur_m2, site.price_eur, site.rent_eur_m2_month, site.price_note))
    return getattr(site, spec.name) in UNKNOWN


def last_version(site: Site) -> SiteVersion | None:
    """What was published last, whether it is still public or not."""
    return SiteVersion.objects.filter(site=site).order_by("-number").first()


def differences(site: Site) -> list[Difference]:
    """How the working copy differs from what was published last; every filled field when nothing ever was."""
    version = last_version(site)
    return compare(version.snapshot if version else {}, snapshot(site))


def has_unpublished_changes(site: Site) -> bool:
    """Whether a public record's working copy says something else than the public one."""
    return site.published_version > 0 and site.state != SiteState.PUBLISHED


def history(site: Site) -> QuerySet[Fact]:
    """What happened to a record, newest first, with field differences."""
    return history_of("site", site.code)


def photos(site: Site) -> list[Photo]:
    """The photographs of the working copy, in order."""
    return [entry.photo for entry in site.photos.select_related("photo")]


def photo_for(user: Any, name: str) -> Photo | None:
    """A photograph of a record that a person may see, or None."""
    return Photo.objects.filter(
        name=name, pk__in=Site.objects.visible_to(user).values("photos__photo")
    ).first()


def waiting_for(user: Any) -> list[Waiting]:
    """What waits for a person: reviews for the coordinator, returned records for their municipality."""
    found: list[Waiting] = []
    if reach(user, Kind.SITE, Action.PUBLISH) > Reach.NONE:
        submitted = sites_for(user).submitted().order_by("submitted_at", "pk")  # type: ignore[attr-defined]
        found.extend(Waiting(one, "review") for one in submitted)
    if reach(user, Kind.SITE, Action.SUBMIT) == Reach.OWN:
        drafts = sites_for(user).filter(state=SiteState.DRAFT)
        found.extend(Waiting(one, "returned" if one.review_comment else "draft") for one in drafts)
    return found
