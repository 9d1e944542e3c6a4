"""The way of a record to the public side and off it: submit, return, publish, at a time, withdraw."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.catalogue import rules
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SUBMITTABLE, SiteState
from vetovoima.catalogue.models import Site, SiteVersion
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.media import services as media
from vetovoima.media.files import close_files, open_files

from .steps import CannotChange, locked, log
from .values import missing_to_submit


@transaction.atomic
def submit_site(*, site: Site, by: User | None, now: datetime) -> Site:
    """This will send a draft to the coordinator. Raises PermissionDenied, and CannotChange when it is no draft or
    leaves a required field unanswered."""
    fresh = locked(site)
    if by is not None and not rules.can_submit(by, fresh):
        if rules.can_view(by, fresh) and fresh.state not in SUBMITTABLE:
            raise CannotChange(_("Only a draft can be submitted."))
        raise PermissionDenied
    if missing := missing_to_submit(fresh):
        labels = ", ".join(str(BY_NAME[name].label) for name in missing)
        raise CannotChange(_("Fill in first, or say that it is not known: %(fields)s.") % {"fields": labels})
    fresh.state = SiteState.SUBMITTED
    fresh.submitted_at = now
    fresh.review_comment = ""
    fresh.revision += 1
    fresh.save(update_fields=["state", "submitted_at", "review_comment", "revision"])
    log(fresh, "submitted", by=by, now=now)
    return fresh


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
    fresh.publish_at = fresh.publish_by = None
    fresh.revision += 1
    fresh.save(update_fields=["state", "review_comment", "revision", "publish_at", "publish_by"])
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
    fresh.publish_at = fresh.publish_by = None
    fresh.revision += 1
    fresh.save(
        update_fields=["latest_version", "published_version", "state", "review_comment", "revision",
                       "redirect_code", "publish_at", "publish_by"]
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

    Raises PermissionDenied, and CannotChange for a moment that is not ahead or a record that is not under review.
    """
    fresh = locked(site)
    _require_review(fresh, by)
    if at <= now:
        raise CannotChange(_("Choose a moment that is still ahead, or publish now."))
    fresh.publish_at, fresh.publish_by = at, by
    fresh.revision += 1
    fresh.save(update_fields=["publish_at", "publish_by", "revision"])
    log(fresh, "scheduled", by=by, now=now, data={"at": at.isoformat()})
    return fresh


@transaction.atomic
def cancel_scheduled(*, site: Site, by: User, now: datetime) -> Site:
    """This will take a later publishing back; the record waits for review as before. Raises PermissionDenied."""
    fresh = locked(site)
    _require_review(fresh, by)
    if fresh.publish_at is not None:
        fresh.publish_at = fresh.publish_by = None
        fresh.revision += 1
        fresh.save(update_fields=["publish_at", "publish_by", "revision"])
        log(fresh, "unscheduled", by=by, now=now)
    return fresh


@transaction.atomic
def withdraw_site(*, site: Site, by: User, now: datetime, redirect_code: str = "") -> Site:
    """This will take a record off the public side at once; its code stays its own for ever.

    `redirect_code` names a public record to which its address leads from now on. Raises PermissionDenied, and
    CannotChange for a redirect to nothing public or to itself.
    """
    fresh = locked(site)
    if not rules.can_withdraw(by, fresh):
        raise PermissionDenied
    if (
        redirect_code
        and not Site.objects.published().filter(code=redirect_code).exclude(pk=fresh.pk).exists()
    ):
        raise CannotChange(_("There is no public record %(code)s to lead to.") % {"code": redirect_code[:40]})
    fresh.published_version = 0
    fresh.state = SiteState.WITHDRAWN
    fresh.redirect_code = redirect_code
    fresh.revision += 1
    fresh.save(update_fields=["published_version", "state", "revision", "redirect_code"])
    media.make_private([entry.photo for entry in fresh.photos.select_related("photo")])
    close_files([entry.file for entry in fresh.files.select_related("file")])
    log(fresh, "withdrawn", by=by, now=now, data={"redirect": redirect_code} if redirect_code else {})
    return fresh
