"""Changes of offer packages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import field_changes, record
from vetovoima.common.fields import Translated, as_translated
from vetovoima.reference.models import Municipality

from . import rules, validators
from .enums import PackageState
from .models import OfferPackage
from .queries import KIND, offered_facts, offered_records
from .scoring import must_do

TEXTS = ("title", "argument", "visit")
PLAIN = ("sector", "segment", "language", "visit_length", "visit_host", "valid_until")
LISTS = ("sites", "facts")
FIELDS = (*TEXTS, *PLAIN, *LISTS, "contact")


class CannotChange(Exception):
    """The change is refused; the message is a sentence for whoever asked."""


class ChangedMeanwhile(CannotChange):
    """Somebody else saved since the person opened the form."""


@transaction.atomic
def create_package(
    *, municipality: Municipality, values: Mapping[str, Any], by: User | None, now: datetime
) -> OfferPackage:
    """This will begin a package of a municipality's offer. Raises CannotChange, ValidationError by field."""
    if by is not None and not rules.can_create_in(by, municipality.pk):
        raise CannotChange(
            _("You may package the offer of your own municipality; ask the council for the rest.")
        )
    town = Municipality.objects.select_for_update().get(pk=municipality.pk)
    number = OfferPackage.objects.filter(municipality=town).count() + 1
    package = OfferPackage(
        municipality=town, code=f"{town.site_code}-P{number:03d}", created_at=now, updated_at=now
    )
    _take(package, values)
    package.save(force_insert=True)
    _note(package, "created", by, now, {})
    return package


@transaction.atomic
def edit_package(
    *,
    package: OfferPackage,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> OfferPackage:
    """This will change a package; a ready one becomes a draft again, because it must be looked at anew.

    Raises CannotChange for an archived one or without the right, ChangedMeanwhile, ValidationError by field.
    """
    stored = _held(package, by)
    if stored.state == PackageState.ARCHIVED:
        raise CannotChange(_("The package is archived. Open it again, or copy it, to change it."))
    if revision is not None and stored.revision != revision:
        raise ChangedMeanwhile(_("Somebody else saved this while you edited it."))
    before = _snapshot(stored)
    _take(stored, values)
    changes = field_changes(before, _snapshot(stored))
    if not changes:
        return stored
    stored.state = PackageState.DRAFT
    return _store(stored, "edited", by, now, changes)


@transaction.atomic
def copy_package(*, package: OfferPackage, by: User | None, now: datetime) -> OfferPackage:
    """This will begin a new draft with everything of another package; its day of validity is to be set anew."""
    source = OfferPackage.objects.get(pk=package.pk)
    values = {name: getattr(source, name) for name in FIELDS if name != "valid_until"}
    offered = {one.code for one in offered_records(source.municipality, "en").only("code")}
    values["sites"] = [code for code in source.sites if code in offered]
    values["facts"] = _usable(source)
    return create_package(municipality=source.municipality, values=values, by=by, now=now)


@transaction.atomic
def mark_ready(*, package: OfferPackage, by: User | None, now: datetime) -> OfferPackage:
    """This will say that a package can be shown. Raises CannotChange while anything that it must have is missing."""
    stored = _held(package, by)
    if stored.state != PackageState.DRAFT:
        raise CannotChange(_("Only a draft can be marked ready."))
    todo = must_do(stored, localtime(now).date())
    if todo:
        raise CannotChange(_("The package is not ready. %(todo)s") % {"todo": " ".join(todo)})
    stored.state = PackageState.READY
    return _store(stored, "ready", by, now, {"state": [PackageState.DRAFT.value, PackageState.READY.value]})


@transaction.atomic
def archive_package(*, package: OfferPackage, by: User | None, now: datetime) -> OfferPackage:
    """This will put a package away; it is kept, and can be opened again."""
    return _move(package, PackageState.ARCHIVED, "archived", by, now)


@transaction.atomic
def reopen_package(*, package: OfferPackage, by: User | None, now: datetime) -> OfferPackage:
    """This will make a ready or archived package a draft again."""
    return _move(package, PackageState.DRAFT, "reopened", by, now)


def _move(package: OfferPackage, state: str, did: str, by: User | None, now: datetime) -> OfferPackage:
    stored = _held(package, by)
    if stored.state == state:
        raise CannotChange(_("The package is in that state already."))
    before, stored.state = stored.state, state
    return _store(stored, did, by, now, {"state": [before, str(state)]})


def _held(package: OfferPackage, by: User | None) -> OfferPackage:
    """The row, held until the transaction ends; refuses whoever may not change it."""
    stored = OfferPackage.objects.select_for_update().get(pk=package.pk)
    if by is not None and not rules.can_edit(by, stored):
        raise CannotChange(
            _("You may package the offer of your own municipality; ask the council for the rest.")
        )
    return stored


def _usable(package: OfferPackage) -> list[str]:
    """The numbers of a package that the bank still has."""
    known = set(offered_facts(package.municipality).values_list("code", flat=True))
    return [code for code in package.facts if code in known]


def _take(package: OfferPackage, values: Mapping[str, Any]) -> None:
    """This will set the values given; raises ValidationError by field."""
    kept = {name: list(getattr(package, name)) for name in LISTS}
    given = {name: value for name, value in values.items() if name in FIELDS}
    for name in TEXTS:
        if name in given:
            given[name] = as_translated(given[name])
    for name in LISTS:
        if name in given:
            given[name] = list(dict.fromkeys(given[name]))
    for name, value in given.items():
        setattr(package, name, value)
    _check(package, given, kept)


def _check(package: OfferPackage, given: Mapping[str, Any], kept: Mapping[str, list[str]]) -> None:
    town = package.municipality
    errors: dict[str, Any] = dict(validators.check_texts(dict(given)))
    if not package.title:
        errors["title"] = ValidationError(
            _("Give the package a title in at least one language."), code="required"
        )
    found = {
        "argument": validators.check_tokens(Translated(given.get("argument", {})).values(), town),
        "sites": validators.check_records(given.get("sites", []), town, kept["sites"]),
        "facts": validators.check_facts(given.get("facts", []), town, kept["facts"]),
        "sector": validators.check_sector(given.get("sector", "")),
        "contact": validators.check_contact(given.get("contact"), town),
    }
    for name, wrong in found.items():
        if wrong:
            errors.setdefault(name, wrong)
    if errors:
        raise ValidationError(errors)
    package.full_clean(exclude=["code"])


def _snapshot(package: OfferPackage) -> dict[str, Any]:
    """The values in JSON, for the log of facts."""
    found = {name: getattr(package, name) for name in (*PLAIN, *LISTS)}
    found["valid_until"] = package.valid_until.isoformat() if package.valid_until else None
    found["contact"] = package.contact.key if package.contact else None
    return {**found, **{name: dict(getattr(package, name)) for name in TEXTS}}


def _store(
    package: OfferPackage, did: str, by: User | None, now: datetime, changes: Mapping[str, Any]
) -> OfferPackage:
    package.revision, package.updated_at = package.revision + 1, now
    package.save()
    _note(package, did, by, now, changes)
    return package


def _note(
    package: OfferPackage, did: str, by: User | None, now: datetime, changes: Mapping[str, Any]
) -> None:
    owner = municipality_organisation(package.municipality_id)
    record(
        f"syndication.package.{did}", actor=by, kind=KIND, code=package.code, now=now, changes=changes,
        data={"revision": package.revision}, organisations=[owner] if owner else [],
    )  # fmt: skip
