"""The way of a record to the public side and off it: submit, return, publish, at a time, withdraw."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.catalogue import rules
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SUBMITTABLE, SiteState
from vetovoima.catalogue.models import Site, SiteVersion
from vetovoima.catalogue.queries import redirect_targets
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.catalogue.validators import disordered
from vetovoima.media import services as media
from vetovoima.media.files import close_files, open_files

from .steps import SCHEDULE, CannotChange, NotConfirmed, end_schedule, locked, log
from .values import missing_to_submit, without_at_publishing


@transaction.atomic
def submit_site(
    *, site: Site, by: User | None, now: datetime, confirmed: Collection[str] | None = None
) -> Site:
    """This will send a draft to the coordinator.

    `confirmed` names what the person has said that the record is published without (`without_at_publishing`); None
    takes all of it as said: one act for many records, an import, a program. The fact names it for the reviewer. Raises
    PermissionDenied, and CannotChange when it is no draft, leaves a required field unanswered, has a range that ends
    before it begins, or lacks something that was not confirmed.
    """
    fresh = locked(site)
    if by is not None and not rules.can_submit(by, fresh):
        if rules.can_view(by, fresh) and fresh.state not in SUBMITTABLE:
            raise CannotChange(_("Only a draft can be submitted."))
        raise PermissionDenied
    if missing := missing_to_submit(fresh):
        labels = ", ".join(str(BY_NAME[name].label) for name in missing)
        raise CannotChange(_("Fill in first, or say that it is not known: %(fields)s.") % {"fields": labels})
    _require_order(fresh)
    without = without_at_publishing(fresh)
    if confirmed is not None and not set(without) <= set(confirmed):
        raise NotConfirmed(_("See what the record would be published without, and confirm it."))
    fresh.state = SiteState.SUBMITTED
    fresh.submitted_at = now
    fresh.review_comment = ""
    end_schedule(fresh)
    fresh.revision += 1
    fresh.save(update_fields=["state", "submitted_at", "review_comment", "revision", *SCHEDULE])
    log(fresh, "submitted", by=by, now=now, data={"without": without} if without else {})
    return fresh


def _require_order(site: Site) -> None:
    wrong = disordered(site.kind, site.value, BY_NAME)
    if wrong:
        said = (f"{BY_NAME[name].label}: {error.messages[0]}" for name, error in wrong.items())
        raise CannotChange(" ".join(said))


@transaction.atomic
def return_site(*, site: Site, comment: str, by: User, now: datetime) -> Site:
    """This will give a submitted record back with a comment. Raises PermissionDenied, and CannotChange without a
    comment or when the record is not under review."""
    fresh = locked(site)
    _require_review(fresh, by)
    if not comment.strip():
        raise CannotChange(_("Write what should be changed."))
    fresh.state = SiteState.DRAFT
    fresh.review_comment = comment.strip()[:5000]
    end_schedule(fresh)
    fresh.revision += 1
    fresh.save(update_fields=["state", "review_comment", "revision", *SCHEDULE])
    log(fresh, "returned", by=by, now=now, data={"comment": fresh.review_comment})
    return fresh


def _require_review(site: Site, by: User) -> None:
    if rules.can_publish(by, site):
        return
    if rules.can_view(by, site) and site.state != SiteState.SUBMITTED:
        raise CannotChange(_("The record is not waiting for review any more. Somebody may have handled it."))
    raise PermissionDenied


@transaction.atomic
def publish_site(*, site: Site, by: User | None, now: datetime) -> Site:
    """This will make the submitted content public: a new version, its photographs and files, and the fact that tells
    syndication to render the public documents in the same transaction.

    `by` None is the load of a data pack. Raises PermissionDenied and CannotChange.
    """
    fresh = locked(site)
    if by is not None:
        _require_review(fresh, by)
    fresh.latest_version += 1
    fresh.published_version = fresh.latest_version
    fresh.state = SiteState.PUBLISHED
    fresh.review_comment = ""
    fresh.redirect_code = ""
    end_schedule(fresh)
    fresh.revision += 1
    fresh.save(
        update_fields=["latest_version", "published_version", "state", "review_comment", "revision",
                       "redirect_code", *SCHEDULE]
    )  # fmt: skip
    SiteVersion.objects.create(
        site=fresh,
        number=fresh.published_version,
        snapshot=snapshot(fresh),
        published_at=now,
        published_by=by,
    )
    media.make_public([entry.photo for entry in fresh.photos.select_related("photo")])
    open_files([entry.file for entry in fresh.files.select_related("file")])
    log(fresh, "published", by=by, now=now, data={"version": fresh.published_version})
    return fresh


@transaction.atomic
def schedule_publishing(*, site: Site, at: datetime, by: User, now: datetime) -> Site:
    """This will have a submitted record published at a later moment, by the worker and in this person's name.

    What is published then is what it says now: any change of it, and any step out of review, ends the schedule.
    Raises PermissionDenied, and CannotChange for a moment that is not ahead or a record that is not under review.
    """
    fresh = locked(site)
    _require_review(fresh, by)
    if at <= now:
        raise CannotChange(_("Choose a moment that is still ahead, or publish now."))
    fresh.publish_at, fresh.publish_by = at, by
    fresh.revision += 1
    fresh.publish_revision = fresh.revision
    fresh.save(update_fields=["revision", *SCHEDULE])
    log(fresh, "scheduled", by=by, now=now, data={"at": at.isoformat()})
    return fresh


@transaction.atomic
def cancel_scheduled(*, site: Site, by: User, now: datetime) -> Site:
    """This will take a later publishing back; the record waits for review as before. Raises PermissionDenied."""
    fresh = locked(site)
    _require_review(fresh, by)
    if end_schedule(fresh):
        fresh.revision += 1
        fresh.save(update_fields=["revision", *SCHEDULE])
        log(fresh, "unscheduled", by=by, now=now)
    return fresh


@transaction.atomic
def withdraw_site(*, site: Site, by: User, now: datetime, redirect_code: str = "") -> Site:
    """This will take a record off the public side at once; its code stays its own for ever.

    `redirect_code` names a public record to which its address leads from now on: of the same municipality, or any for
    whoever withdraws for all of them. Raises PermissionDenied, and CannotChange for any other redirect.
    """
    fresh = locked(site)
    if not rules.can_withdraw(by, fresh):
        raise PermissionDenied
    if redirect_code and not redirect_targets(fresh, by).filter(code=redirect_code).exists():
        raise CannotChange(_("There is no public record %(code)s to lead to.") % {"code": redirect_code[:40]})
    fresh.published_version = 0
    fresh.state = SiteState.WITHDRAWN
    fresh.redirect_code = redirect_code
    end_schedule(fresh)
    fresh.revision += 1
    fresh.save(update_fields=["published_version", "state", "revision", "redirect_code", *SCHEDULE])
    media.make_private([entry.photo for entry in fresh.photos.select_related("photo")])
    close_files([entry.file for entry in fresh.files.select_related("file")])
    log(fresh, "withdrawn", by=by, now=now, data={"redirect": redirect_code} if redirect_code else {})
    return fresh
