"""Questions about offer packages, and about what they may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import facts
from vetovoima.catalogue.models import KnownFact
from vetovoima.directory.models import Contact
from vetovoima.directory.queries import contacts
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities, region
from vetovoima.syndication.models import PublishedDocument

from .models import OfferPackage, OfferPackageQuerySet

KIND = "package"


class NoSuchPackage(LookupError):
    """There is none, or the person may not see it: both look the same."""


def packages_for(user: Any, *, state: str = "", municipality: str = "") -> OfferPackageQuerySet:
    """The packages that a person may see, the last changed first."""
    found = OfferPackage.objects.visible_to(user).complete()
    if state:
        found = found.in_state(state)
    return found.filter(municipality__slug=municipality) if municipality else found


def package_for(user: Any, code: str) -> OfferPackage:
    """One package; raises NoSuchPackage."""
    found = packages_for(user).filter(code=code).first()
    if found is None:
        raise NoSuchPackage(code)
    return found


def creatable_municipalities(user: Any) -> QuerySet[Municipality]:
    """Whose offer a person may package."""
    furthest = reach(user, Kind.PACKAGE, Action.CREATE)
    if furthest == Reach.ALL:
        return municipalities()
    own = municipality_ids(user, Kind.PACKAGE, Action.CREATE) if furthest == Reach.OWN else set()
    return municipalities().filter(pk__in=own)


def offered_records(municipality: Municipality, language: str) -> QuerySet[PublishedDocument]:
    """The published records of a municipality, in a language, by name: what a package of it may hold."""
    rows = PublishedDocument.objects.in_language(language).filter(municipality_slug=municipality.slug)
    return rows.defer("body").order_by("sort_name", "code")


def records_in(codes: Iterable[str], language: str) -> list[PublishedDocument]:
    """The published records of some codes, in their order; what was withdrawn is left out."""
    wanted = list(codes)
    found = {one.code: one for one in PublishedDocument.objects.in_language(language).filter(code__in=wanted)}
    return [found[code] for code in wanted if code in found]


def municipality_of_records(user: Any, codes: Iterable[str]) -> Municipality | None:
    """The one municipality whose published records these are, if the person may package its offer."""
    rows = PublishedDocument.objects.in_language("en").filter(code__in=list(codes)).order_by()
    slugs = set(rows.values_list("municipality_slug", flat=True))
    return creatable_municipalities(user).filter(slug=slugs.pop()).first() if len(slugs) == 1 else None


def offered_contacts(municipality: Municipality) -> QuerySet[Contact]:
    """The published persons who may stand for a package: the municipality's, and the council's."""
    found = region()
    council = Q(organisation__slug=found.council_slug) if found and found.council_slug else Q(pk=None)
    return contacts().filter(Q(organisation__municipality=municipality) | council)


def offered_facts(municipality: Municipality) -> QuerySet[KnownFact]:
    """The facts that a package may show: the municipality's and the region's, with a value and in use."""
    rows = facts().exclude(state=FactState.RETIRED).exclude(number=None, text={})
    return rows.filter(Q(municipality=municipality) | Q(municipality=None))


def history(package: OfferPackage) -> QuerySet[Fact]:
    """What happened to a package, newest first."""
    return history_of(KIND, package.code)
