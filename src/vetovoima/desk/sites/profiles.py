"""What a site is offered for: the ticks of the form, and what a change of them asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import ngettext

from vetovoima.catalogue.enums import Profile
from vetovoima.catalogue.registry import fields_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetovoima.catalogue.models import Site
    from vetovoima.catalogue.registry import FieldSpec
    from vetovoima.desk.requests import DeskRequest

    from .forms import Typed

#: so many fields are named; the form marks all of them
NAMED = 8


def changed_profiles(typed: Typed | None) -> list[str] | None:
    """The profiles that a person ticked, None when they left them as the page had them.

    The page sends what it showed, so that ticks of somebody else who saved meanwhile are not taken back.
    """
    if typed is None or "profiles_were" not in typed:
        return None
    chosen = [one for one in Profile.values if one in typed.many("profiles")]
    return chosen if set(chosen) != set(typed.text("profiles_were").split()) else None


def newly_required(site: Site, before: Sequence[str]) -> list[FieldSpec]:
    """The fields that must be answered since the profiles were `before`, and are not answered yet."""
    return [
        spec
        for spec in fields_of(site.kind, profiles=site.profiles)
        if spec.is_mandatory(site.kind, site.profiles)
        and not spec.is_mandatory(site.kind, before)
        and not site.is_answered(spec.name)
    ]


def tell_required(request: DeskRequest, site: Site, before: Sequence[str]) -> None:
    """This will say which fields a change of profiles has made required."""
    found = newly_required(site, before)
    if not found:
        return
    names = ", ".join(str(spec.label) for spec in found[:NAMED])
    words = ngettext(
        "This must now be answered before the review: %(names)s.",
        "These must now be answered before the review: %(names)s.",
        len(found),
    )
    messages.info(request, words % {"names": f"{names} …" if len(found) > NAMED else names})
