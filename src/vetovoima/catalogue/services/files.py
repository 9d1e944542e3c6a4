"""Documents of a record: they belong to the working copy and are opened when it is next published; closing is at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue.models import Site, SiteFile
from vetovoima.catalogue.registry import GROUP_LABELS
from vetovoima.media import files as media
from vetovoima.media.enums import FileKind
from vetovoima.media.models import StoredFile

from .editing import require_editable
from .steps import CannotChange, locked, log, touch

MAX_FILES = 30
#: where a document belongs when nobody says it
USUAL_GROUPS: dict[str, str] = {
    FileKind.PLAN: "planning",
    FileKind.FLOOR_PLAN: "buildings",
    FileKind.GROUND: "ground",
    FileKind.ENVIRONMENT: "permits",
    FileKind.GRID: "electricity",
}


@transaction.atomic
def add_file(
    *,
    site: Site,
    content: bytes,
    filename: str,
    group: str,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
) -> StoredFile:
    """This will add a document to the working copy; it is open to whom it is meant for when the record is next published.

    `values`: what is said of it (`media.files.DESCRIBED`). Raises PermissionDenied, ValidationError by field, and
    CannotChange under review or when there are thirty already.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    group = _group(group, values)
    if fresh.files.count() >= MAX_FILES:
        raise CannotChange(_("A record has at most 30 documents. Remove one first."))
    file = media.store_file(content=content, filename=filename, values=values, by=by, now=now)
    if fresh.files.filter(file__sha256=file.sha256).exists():
        raise ValidationError({"file": _("This document is on the record already.")})
    SiteFile.objects.create(site=fresh, file=file, group=group, position=fresh.files.count())
    touch(fresh, now)
    log(fresh, "file_added", by=by, now=now, data={"file": file.name})
    return file


def _group(group: str, values: Mapping[str, Any]) -> str:
    """The group that is given, or the one that a document of its kind belongs to."""
    chosen = group or USUAL_GROUPS.get(str(values.get("kind")), "media")
    if chosen not in GROUP_LABELS:
        raise ValidationError({"group": _("Choose one of the list.")})
    return chosen


@transaction.atomic
def describe_file(
    *, site: Site, name: str, group: str, values: Mapping[str, Any], by: User | None, now: datetime
) -> StoredFile:
    """This will change what is said of a document, and to whom it is meant to be open.

    Nobody is let in further before the record is published next; who is shut out is shut out at once. Raises
    PermissionDenied, CannotChange, and ValidationError by field.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    entry = _entry(fresh, name)
    entry.group = _group(group, values)
    entry.save(update_fields=["group"])
    was_open_to = entry.file.open_to
    file = media.describe_file(file=entry.file, values=values)
    touch(fresh, now)
    verb = "file_described" if file.open_to == was_open_to else "file_closed"
    log(fresh, verb, by=by, now=now, data={"file": name})
    return file


@transaction.atomic
def remove_file(*, site: Site, name: str, by: User | None, now: datetime) -> None:
    """This will take a document off the record, and off the public side at once. Raises PermissionDenied and CannotChange."""
    fresh = locked(site)
    require_editable(fresh, by)
    media.delete_file(_entry(fresh, name).file)
    touch(fresh, now)
    log(fresh, "file_removed", by=by, now=now, data={"file": name})


@transaction.atomic
def rescan_file(*, site: Site, name: str, by: User | None, now: datetime) -> None:
    """This will have a document that could not be scanned scanned once more. Raises PermissionDenied and CannotChange."""
    fresh = locked(site)
    require_editable(fresh, by)
    if not media.scan_again(file=_entry(fresh, name).file, now=now):
        raise CannotChange(_("There is nothing to scan again."))
    _note(fresh, "file_rescanned", name, by=by, now=now)


@transaction.atomic
def note_scanned(*, site: Site, name: str, verdict: str, now: datetime) -> Fact:
    """This will write into a record's history what the virus scanner said of its document."""
    return _note(locked(site), f"file_{verdict}", name, by=None, now=now)


def _note(site: Site, verb: str, name: str, *, by: User | None, now: datetime) -> Fact:
    """A fact that changes no word of the record raises its revision too: facts and revisions are counted together."""
    site.revision += 1
    if site.publish_revision:  # what was reviewed is what it still says: a later publishing stays
        site.publish_revision += 1
    site.save(update_fields=["revision", "publish_revision"])
    return log(site, verb, by=by, now=now, data={"file": name})


def _entry(site: Site, name: str) -> SiteFile:
    found = site.files.select_related("file").filter(file__name=name).first()
    if found is None:
        raise CannotChange(_("The document is not there any more."))
    return found
