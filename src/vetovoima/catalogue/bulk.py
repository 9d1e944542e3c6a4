"""Thousands of records in one short transaction, for imports: all of them or none.

What costs time (checking, comparing, judging) happens in `prepare`, outside any transaction and in pieces; `store_many`
then only writes. One fact is recorded for each record, and nobody is sent a mail for each: the import tells of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from vetovoima.accounts.models import Organisation, User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import field_changes, record_many
from vetovoima.common.geo import Box
from vetovoima.common.inserting import insert_many
from vetovoima.reference.models import Municipality

from . import rules
from .documents import snapshot
from .enums import EDITABLE, SiteState
from .models import Site
from .services import CannotChange, ChangedMeanwhile, missing_to_submit, next_codes
from .services.steps import end_schedule, judge
from .services.values import RELATED, apply_values

WRITTEN = [one.name for one in Site._meta.concrete_fields if one.name not in {"id", "code", "created_at"}]


@dataclass(frozen=True)
class Change:
    """What is wanted: a new record (`site` None) of a kind in a municipality, or new values of a record."""

    site: Site | None
    municipality: Municipality
    kind: str
    values: Mapping[str, Any]
    external_key: str = ""


@dataclass
class Prepared:
    """A record as it will be, not stored yet: what differs, and what it still leaves unanswered."""

    site: Site
    changes: dict[str, list[Any]]
    before: dict[str, Any]
    missing: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the record is not there yet."""
        return self.site.pk is None


@dataclass(frozen=True)
class Stored:
    """What was written: codes of new and of changed records, of those sent to review, and of those left as drafts."""

    created: list[str]
    changed: list[str]
    submitted: list[str]
    unanswered: dict[str, list[str]]


def prepare(change: Change, *, by: User | None, now: datetime, box: Box) -> Prepared:
    """This will check the values and return the record as it would be; nothing is stored.

    Load records with `Site.objects.complete()`: then no query is made here. Raises PermissionDenied, CannotChange under
    review, and ValidationError by field.
    """
    site = change.site
    if site is None:
        if by is not None and not rules.can_create_in(by, change.municipality.pk):
            raise PermissionDenied
        site = Site(
            kind=change.kind, municipality=change.municipality, external_key=change.external_key, created_at=now,
            updated_at=now,
        )  # fmt: skip
        before: dict[str, Any] = {}
    else:
        _require_editable(site, by)
        before = snapshot(site)
    site.given = {name: list(change.values[name]) for name in RELATED if name in change.values}
    apply_values(site, change.values, box)
    judge(site)
    changes = field_changes(before, snapshot(site)) if before else {}
    return Prepared(site, changes, before, missing_to_submit(site))


def _require_editable(site: Site, by: User | None) -> None:
    if by is None or rules.can_edit(by, site):
        return
    if site.state not in EDITABLE and rules.can_view(by, site):
        raise CannotChange
    raise PermissionDenied


@transaction.atomic
def store_many(
    prepared: Sequence[Prepared],
    *,
    by: User | None,
    now: datetime,
    submit: bool = False,
    data: Mapping[str, Any] | None = None,
) -> Stored:
    """This will write all prepared records, or none. Those without a difference are left alone.

    With `submit`, records that leave nothing mandatory unanswered go to review. Raises ChangedMeanwhile when somebody
    saved one of them since it was prepared.
    """
    new = [one for one in prepared if one.is_new]
    old = [one for one in prepared if not one.is_new and one.changes]
    _require_unchanged(old)
    _give_codes(new)
    ready = [one for one in (*new, *old) if submit and not one.missing]
    for one in (*new, *old):
        one.site.state = SiteState.DRAFT
        end_schedule(one.site)
        one.site.updated_at = now
        one.site.revision += 0 if one.is_new else 1
    for one in ready:
        one.site.state = SiteState.SUBMITTED
        one.site.submitted_at = now
        one.site.review_comment = ""
    created = [one.site.code for one in new]
    insert_many([one.site for one in new])
    # An upsert writes a row in one go on both databases; an update of eighty columns by CASE takes minutes.
    insert_many([one.site for one in old], or_update=WRITTEN)
    _store_relations([one.site for one in (*new, *old)])
    _record(new, old, created, by, now, data)
    return Stored(
        created,
        [one.site.code for one in old],
        [one.site.code for one in ready],
        {one.site.code: one.missing for one in (*new, *old) if submit and one.missing},
    )


def _require_unchanged(old: Sequence[Prepared]) -> None:
    known = {one.site.pk: one.site.revision for one in old}
    keys = list(known)
    for start in range(0, len(keys), 900):
        rows = Site.objects.select_for_update().filter(pk__in=keys[start : start + 900])
        for pk, revision in rows.values_list("pk", "revision"):
            if known.pop(pk) != revision:
                raise ChangedMeanwhile
    if known:
        raise ChangedMeanwhile


def _give_codes(new: Iterable[Prepared]) -> None:
    by_municipality: dict[int, list[Prepared]] = defaultdict(list)
    for one in new:
        by_municipality[one.site.municipality_id].append(one)
    for found in by_municipality.values():
        codes = next_codes(found[0].site.municipality, len(found))
        for one, code in zip(found, codes, strict=True):
            one.site.code = code


def _store_relations(sites: Sequence[Site]) -> None:
    """The related things that were given, in one statement for each relation."""
    for name in RELATED:
        touched = [site for site in sites if name in site.given]
        through: Any = getattr(Site, name).through
        rows = [
            through(**_ends(name, site.pk, other.pk))
            for site in touched
            for other in dict.fromkeys(site.given[name])
        ]
        keys = [site.pk for site in touched]
        for start in range(0, len(keys), 900):
            through.objects.filter(**{f"{_near(name)}__in": keys[start : start + 900]}).delete()
        insert_many(rows)
    for site in sites:
        site.given = {}


def _near(name: str) -> str:
    return "from_site_id" if name == "related_sites" else "site_id"


def _ends(name: str, near: int, far: int) -> dict[str, int]:
    ends = {"sectors": "sector_id", "themes": "theme_id", "related_sites": "to_site_id"}
    return {_near(name): near, ends[name]: far}


def _record(
    new: Sequence[Prepared], old: Sequence[Prepared], created: Sequence[str], by: User | None, now: datetime,
    data: Mapping[str, Any] | None,
) -> None:  # fmt: skip
    owners: dict[int, Organisation | None] = {}
    for one in (*new, *old):
        key = one.site.municipality_id
        if key not in owners:
            owners[key] = municipality_organisation(key)
    first: list[tuple[str, dict[str, Any], Organisation | None]] = [
        (code, {}, owners[one.site.municipality_id]) for one, code in zip(new, created, strict=True)
    ]
    record_many(
        "catalogue.site.created", first, actor=by, kind="site", now=now, data={**(data or {}), "revision": 1}
    )
    # each fact names the revision that it led to; most records of an import are at one of a few
    again: dict[int, list[Prepared]] = defaultdict(list)
    for one in old:
        again[one.site.revision].append(one)
    for revision, found in again.items():
        entries = [(one.site.code, one.changes, owners[one.site.municipality_id]) for one in found]
        told = {**(data or {}), "revision": revision}
        record_many("catalogue.site.imported", entries, actor=by, kind="site", now=now, data=told)
