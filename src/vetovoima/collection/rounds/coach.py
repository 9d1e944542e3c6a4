"""The weekly coach: the three gaps of a municipality's records that are worth most, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.catalogue import quality
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site
from vetovoima.common.money import figure
from vetovoima.messaging.services import queue_mail

from .queries import in_charge, stewardships

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.catalogue.registry import FieldSpec
    from vetovoima.collection.models.rounds import Stewardship

BEST = 3
#: a field that alone stands between a record and its next step is worth this many points more
STEP_POINTS = 10.0


@dataclass(frozen=True)
class Gap:
    """One missing field of one record: what it adds, and the step of readiness it would unlock, if any."""

    site: Site
    spec: FieldSpec
    points: float
    is_mandatory: bool
    why: str
    #: (level, name) of the next step, when this field is all that is missing for it
    unlocks: tuple[int, str] | None = None
    #: (level, name) of the next step, when this field is one of several that are missing
    needed_for: tuple[int, str] | None = None

    @property
    def worth(self) -> float:
        """By what gaps are put in order."""
        return self.points + (STEP_POINTS if self.unlocks else 0)

    @property
    def link(self) -> str:
        """Where the field is filled in."""
        return f"{settings.VETOVOIMA_PUBLIC_URL}/desk/sites/{self.site.code}/edit/#{self.spec.group}"

    def reasons(self, language: str) -> list[str]:
        """Why it is worth filling, in sentences of the active language."""
        found = [
            _("Adds %(points)s points to completeness.") % {"points": figure(self.points, language, 1)},
            self.why,
        ]
        if self.unlocks:
            found.append(
                _("It is all that is missing for readiness %(level)s, %(name)s.")
                % {"level": self.unlocks[0], "name": self.unlocks[1]}
            )
        elif self.needed_for:
            found.append(
                _("It is needed for readiness %(level)s, %(name)s.")
                % {"level": self.needed_for[0], "name": self.needed_for[1]}
            )
        return found


def best_gaps(sites: Iterable[Site], today: date, limit: int = BEST) -> list[Gap]:
    """This will find the most valuable gaps over some records, at most one for a field of a record, the dearest first.

    Worth is points of completeness, and more where the field alone unlocks the next step of readiness. A public record
    goes before a draft that would gain as much: investors see it now.
    """
    found = [gap for site in sites for gap in _gaps(site, today)]
    found.sort(key=lambda gap: (-gap.worth, not gap.site.published_version, gap.site.code, gap.spec.name))
    return found[:limit]


def _gaps(site: Site, today: date) -> list[Gap]:
    step = next((one for one in quality.readiness(site, today).steps if not one.is_met), None)
    found = []
    for missing in quality.completeness(site).missing:
        is_needed = step is not None and missing.spec.name in step.lacks
        named = (step.level, step.label) if step is not None and is_needed else None
        is_all = is_needed and step is not None and len(step.missing) == 1
        found.append(
            Gap(
                site, missing.spec, missing.points, missing.is_mandatory, missing.why,
                unlocks=named if is_all else None,
                needed_for=None if is_all else named,
            )
        )  # fmt: skip
    return found


def coached_sites(stewardship: Stewardship) -> Iterable[Site]:
    """The records that a coach speaks of: neither withdrawn ones nor examples."""
    found = Site.objects.complete().filter(municipality=stewardship.municipality, is_example=False)
    return found.exclude(state=SiteState.WITHDRAWN).order_by("code")


def send_coach_mails(now: datetime) -> int:
    """This will write to each steward who has something to gain and wants it, once in a week; returns how many.

    While the steward is away the deputy reads it. It goes to people of the municipality alone.
    """
    today, sent = localdate(now), 0
    for post in stewardships().filter(wants_coach_mail=True):
        asked = in_charge(post, today)
        if asked is None or asked.person.pk not in (post.steward_id, post.deputy_id):
            continue
        person = asked.person
        with override(person.language):
            gaps = best_gaps(coached_sites(post), today)
            text = coach_text(gaps, person)
        if not gaps:
            continue
        year, week, _weekday = today.isocalendar()
        queue_mail(
            key=f"coach:{post.municipality.slug}:{year}-{week:02d}",
            to=person.email,
            language=person.language,
            template="coach",
            context={
                "municipality": post.municipality.name.best(person.language)[0],
                "gaps": text,
                "count": len(gaps),
                "steward": str(asked.covers_for) if asked.covers_for else "",
                "settings_link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/collection/towns/{post.municipality.slug}/",
            },
            about_kind="municipality",
            about_code=post.municipality.slug,
            now=now,
        )
        sent += 1
    return sent


def coach_text(gaps: list[Gap], person: User) -> str:
    """This will write the gaps as the mail shows them, in the active language."""
    parts = []
    for number, gap in enumerate(gaps, start=1):
        name = gap.site.name.best(person.language)[0]
        reasons = " ".join(gap.reasons(person.language))
        parts.append(f"{number}. {gap.spec.label}: {name} ({gap.site.code})\n{reasons}\n{gap.link}")
    return "\n\n".join(parts)
