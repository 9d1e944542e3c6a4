"""Changes of stewards: naming and handing over, absence, the weekly mail. A municipality is never left without one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.queries import members_of, municipality_organisation, organisations, people_with_role
from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.activity.services import record
from vetovoima.collection.models.rounds import Stewardship
from vetovoima.reference.queries import municipalities

from . import rules

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.reference.models import Municipality


class CannotNameSteward(Exception):
    """These persons cannot be named; the text says why and what to do."""


class CannotSetAbsence(Exception):
    """The absence cannot be noted so."""


class StewardsChangedMeanwhile(CannotNameSteward):
    """Somebody else named other persons after this person opened the page."""


def own_people(municipality: Municipality) -> list[User]:
    """The active people of a municipality's organisation who may answer for it, by name."""
    organisation = municipality_organisation(municipality.pk)
    if organisation is None:
        return []
    answering = [role for role in Role if reach_of_role(role, Kind.COLLECTION, Action.ANSWER) >= Reach.OWN]
    return list(members_of({organisation.pk}).filter(memberships__role__in=answering).distinct())


def possible_deputies(municipality: Municipality) -> list[User]:
    """Who may stand in: the municipality's own people first, then the coordinators of the council.

    A municipality with one person has nobody of its own; somebody of the council is then the deputy of last resort,
    which is better than a name that exists on paper only. The council sees the municipality's data anyway.
    """
    own = own_people(municipality)
    seats = {one.pk for one in organisations().filter(kind=OrganisationKind.COUNCIL)}
    council = (
        [one for one in people_with_role(Role.COORDINATOR) if one in set(members_of(seats))] if seats else []
    )
    return [*own, *(one for one in council if one not in own)]


@transaction.atomic
def name_steward(
    *,
    municipality: Municipality,
    steward: User | None,
    deputy: User | None,
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> Stewardship:
    """This will name a municipality's steward and deputy, or hand the post over; an absence of another person ends.

    `by` None is the system. Raises PermissionDenied, StewardsChangedMeanwhile, and CannotNameSteward: nobody given, a
    steward from elsewhere, the same person twice, or a deputy who is neither of the municipality nor of the council.
    """
    if by is not None and not rules.can_name_steward(by, municipality.pk):
        raise PermissionDenied
    steward, deputy = _fit(municipality, steward, deputy)
    found = Stewardship.objects.select_for_update().filter(municipality=municipality).first()
    if found and revision is not None and found.revision != revision:
        raise StewardsChangedMeanwhile(
            _(
                "Somebody else changed the steward while you had the page open. Look at it again, then repeat your change."
            )
        )
    before = (found.steward_id, found.deputy_id) if found else (None, None)
    found = found or Stewardship(municipality=municipality, revision=0)
    if found.steward_id != steward.pk:
        found.away_from = found.away_until = None
        found.wants_coach_mail = True
    found.steward, found.deputy, found.named_by, found.named_at = steward, deputy, by, now
    found.revision += 1
    found.save()
    changes = {"steward": [before[0], steward.pk], "deputy": [before[1], deputy.pk]}
    _record(found, "named", by=by, now=now, changes=changes)
    return found


def _fit(municipality: Municipality, steward: User | None, deputy: User | None) -> tuple[User, User]:
    """The two, when they may be named."""
    if steward is None or deputy is None:
        raise CannotNameSteward(
            _(
                "A municipality always has a steward and a deputy. Name a successor before somebody leaves the post."
            )
        )
    if steward.pk == deputy.pk:
        raise CannotNameSteward(
            _("Choose another person as deputy: the steward cannot stand in for themselves.")
        )
    if steward.pk not in {one.pk for one in own_people(municipality)}:
        raise CannotNameSteward(
            _(
                "%(name)s is not a business officer of this municipality. Invite them first, or choose somebody else."
            )
            % {"name": steward}
        )
    if deputy.pk not in {one.pk for one in possible_deputies(municipality)}:
        raise CannotNameSteward(
            _("%(name)s is neither of this municipality nor a coordinator of the council.") % {"name": deputy}
        )
    return steward, deputy


@transaction.atomic
def set_absence(
    *,
    stewardship: Stewardship,
    away_from: date | None,
    away_until: date | None,
    by: User | None,
    now: datetime,
) -> Stewardship:
    """This will note from when until when the steward is away, so that the deputy is asked; two empty days end it.

    Raises PermissionDenied and CannotSetAbsence.
    """
    fresh = _opened(stewardship, by)
    if (away_from is None) != (away_until is None):
        raise CannotSetAbsence(_("Give both the first and the last day of the absence, or neither."))
    if away_from and away_until and away_until < away_from:
        raise CannotSetAbsence(_("The last day of the absence is before its first."))
    changes = {
        "away_from": [_iso(fresh.away_from), _iso(away_from)],
        "away_until": [_iso(fresh.away_until), _iso(away_until)],
    }
    fresh.away_from, fresh.away_until = away_from, away_until
    fresh.revision += 1
    fresh.save(update_fields=["away_from", "away_until", "revision"])
    _record(fresh, "away" if away_from else "back", by=by, now=now, changes=changes)
    return fresh


@transaction.atomic
def set_coach_mail(*, stewardship: Stewardship, is_wanted: bool, by: User, now: datetime) -> Stewardship:
    """This will switch the weekly mail on the most valuable gaps on or off; raises PermissionDenied."""
    fresh = _opened(stewardship, by)
    if fresh.wants_coach_mail != is_wanted:
        fresh.wants_coach_mail = is_wanted
        fresh.save(update_fields=["wants_coach_mail"])
        _record(fresh, "coach_mail_on" if is_wanted else "coach_mail_off", by=by, now=now, changes={})
    return fresh


def fill_empty_posts(now: datetime) -> list[Stewardship]:
    """This will give every municipality that has people but no steward its first officer; returns what was filled.

    Somebody is always asked: the municipality or the council can name others at any time.
    """
    kept = set(Stewardship.objects.values_list("municipality_id", flat=True))
    filled = []
    for municipality in municipalities():
        own = [] if municipality.pk in kept else sorted(own_people(municipality), key=lambda one: one.pk)
        others = (
            [one for one in possible_deputies(municipality) if own and one.pk != own[0].pk] if own else []
        )
        if own and others:
            filled.append(
                name_steward(municipality=municipality, steward=own[0], deputy=others[0], by=None, now=now)
            )
    return filled


def _opened(stewardship: Stewardship, by: User | None) -> Stewardship:
    if by is not None and not rules.can_name_steward(by, stewardship.municipality_id):
        raise PermissionDenied
    return Stewardship.objects.select_for_update().select_related("municipality").get(pk=stewardship.pk)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _record(
    stewardship: Stewardship, event: str, *, by: User | None, now: datetime, changes: dict[str, Any]
) -> None:
    organisation = municipality_organisation(stewardship.municipality_id)
    record(
        f"collection.steward.{event}",
        actor=by,
        kind="municipality",
        code=stewardship.municipality.slug,
        now=now,
        changes=changes,
        organisations=[organisation] if organisation else [],
    )
