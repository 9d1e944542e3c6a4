"""Changes of what stands around the fact bank: policies, expertise, reference companies, permit paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import record
from vetovoima.catalogue.models import (
    KnowledgeAsset,
    PermitPath,
    PermitStep,
    PolicyFact,
    ReferenceCompany,
)
from vetovoima.catalogue.models.knowledge import Kept

from .enums import ConsentUse, UseKind
from .keeping import CannotChange, create_thing, edit_thing, locked
from .queries import fact_codes
from .uses import note_uses
from .validators import clean_source

POLICY, ASSET, COMPANY, PATH = "policy_fact", "knowledge_asset", "reference_company", "permit_path"
_KEPT = ("municipality", "source", "as_of", "confidence", "owner", "owner_name", "next_review_on")
POLICY_FIELDS = (*_KEPT, "level", "topic", "title", "text", "number", "unit", "valid_from", "valid_until")
ASSET_FIELDS = (
    *_KEPT, "kind", "name", "summary", "services", "capacity", "website", "contact_name", "contact_email",
    "contact_phone", "facts", "is_flagship", "position",
)  # fmt: skip
COMPANY_FIELDS = (
    *_KEPT, "name", "sector", "since", "story", "quote", "website", "consent_by", "consent_on", "consent_until",
    "consent_for",
)  # fmt: skip
PATH_FIELDS = (*_KEPT, "name", "summary", "kinds", "profiles", "position")
STEP_FIELDS = (
    "name", "decides", "when", "months_from", "months_to", "cost", "legal_basis", "appeal", "source",
    "result", "documents", "time_note", "online", "online_url", "contact", "practice",
)  # fmt: skip


def _apply(thing: Kept, values: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        if name in values:
            value = clean_source(values[name]) if name == "source" else values[name]
            setattr(thing, name, value)


@transaction.atomic
def create_policy(*, code: str, values: Mapping[str, Any], by: User | None, now: datetime) -> PolicyFact:
    """This will add a policy; raises CannotChange without the right, ValidationError for a value that cannot be."""
    policy = PolicyFact(code=code)
    _apply(policy, {"source": {}, **values}, POLICY_FIELDS)
    return create_thing(policy, kind=POLICY, word="policy", by=by, now=now)


@transaction.atomic
def edit_policy(
    *,
    policy: PolicyFact,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> PolicyFact:
    """This will change a policy; raises CannotChange, ChangedMeanwhile, ValidationError."""
    policy = locked(policy)
    _apply(policy, values, POLICY_FIELDS)
    return edit_thing(policy, kind=POLICY, word="policy", by=by, now=now, revision=revision)


@transaction.atomic
def create_asset(*, code: str, values: Mapping[str, Any], by: User | None, now: datetime) -> KnowledgeAsset:
    """This will add a piece of knowledge infrastructure; raises as `create_policy` does."""
    asset = KnowledgeAsset(code=code)
    _apply(asset, {"source": {}, **values}, ASSET_FIELDS)
    _check_codes(asset)
    create_thing(asset, kind=ASSET, word="asset", by=by, now=now)
    _note_asset(asset)
    return asset


@transaction.atomic
def edit_asset(
    *,
    asset: KnowledgeAsset,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> KnowledgeAsset:
    """This will change a piece of knowledge infrastructure; raises as `edit_policy` does."""
    asset = locked(asset)
    _apply(asset, values, ASSET_FIELDS)
    _check_codes(asset)
    asset = edit_thing(asset, kind=ASSET, word="asset", by=by, now=now, revision=revision)
    _note_asset(asset)
    return asset


def _check_codes(asset: KnowledgeAsset) -> None:
    known = fact_codes()
    for code in asset.facts:
        if code not in known:
            raise ValidationError(
                {
                    "facts": ValidationError(
                        _("The fact bank has no fact %(code)s."), code="fact", params={"code": code}
                    )
                }
            )


def _note_asset(asset: KnowledgeAsset) -> None:
    title = asset.name.best("en")[0]
    note_uses(UseKind.ASSET, asset.code, asset.facts, title=title, address=f"/en/expertise/{asset.code}/")


@transaction.atomic
def create_company(
    *, code: str, values: Mapping[str, Any], by: User | None, now: datetime
) -> ReferenceCompany:
    """This will add a reference company; without a consent nothing of it is public. Raises as `create_policy` does."""
    company = ReferenceCompany(code=code)
    _apply(company, {"source": {}, **values}, COMPANY_FIELDS)
    _check_consent(company)
    return create_thing(company, kind=COMPANY, word="reference", by=by, now=now)


@transaction.atomic
def edit_company(
    *, company: ReferenceCompany, values: Mapping[str, Any], by: User | None, now: datetime,
    revision: int | None = None,
) -> ReferenceCompany:  # fmt: skip
    """This will change a reference company; a consent given anew ends a withdrawal. Raises as `edit_policy` does."""
    company = locked(company)
    before = (company.consent_by, company.consent_on)
    _apply(company, values, COMPANY_FIELDS)
    _check_consent(company)
    withdrawn = company.consent_withdrawn_on
    if withdrawn and before != (company.consent_by, company.consent_on) and company.consent_on:
        company.consent_withdrawn_on = withdrawn if company.consent_on < withdrawn else None
    return edit_thing(company, kind=COMPANY, word="reference", by=by, now=now, revision=revision)


def _check_consent(company: ReferenceCompany) -> None:
    """A consent is whole or absent: who, from which day, until which day, for what."""
    parts = {
        "consent_by": company.consent_by, "consent_on": company.consent_on,
        "consent_until": company.consent_until, "consent_for": company.consent_for,
    }  # fmt: skip
    if not any(parts.values()):
        return
    wrong: dict[str, Any] = {
        name: _("A consent says who gave it, from when, until when and for what.")
        for name, value in parts.items()
        if not value
    }
    unknown = [use for use in company.consent_for if use not in ConsentUse.values]
    if unknown:
        wrong["consent_for"] = _("There is no such use.")
    if company.consent_on and company.consent_until and company.consent_until < company.consent_on:
        wrong["consent_until"] = _("The consent ends before it begins.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def withdraw_consent(*, company: ReferenceCompany, by: User, now: datetime) -> ReferenceCompany:
    """This will take a company off every page at once; what was written stays for the desk."""
    company = locked(company)
    if not company.consent_by or company.consent_withdrawn_on:
        raise CannotChange(_("There is no consent in force that could be withdrawn."))
    company.consent_withdrawn_on = localtime(now).date()
    return edit_thing(company, kind=COMPANY, word="reference", by=by, now=now, did="consent_withdrawn")


@transaction.atomic
def create_path(
    *,
    code: str,
    values: Mapping[str, Any],
    steps: Iterable[Mapping[str, Any]],
    by: User | None,
    now: datetime,
) -> PermitPath:
    """This will add a permit path with its steps; raises as `create_policy` does."""
    path = PermitPath(code=code)
    _apply(path, {"source": {}, **values}, PATH_FIELDS)
    create_thing(path, kind=PATH, word="permit_path", by=by, now=now)
    store_steps(path, steps)
    return path


@transaction.atomic
def edit_path(
    *, path: PermitPath, values: Mapping[str, Any], steps: Iterable[Mapping[str, Any]], by: User | None,
    now: datetime, revision: int | None = None,
) -> PermitPath:  # fmt: skip
    """This will change a permit path and replace its steps; raises as `edit_policy` does."""
    path = locked(path)
    _apply(path, values, PATH_FIELDS)
    wanted = list(steps)
    moved = store_steps(path, wanted)
    return edit_thing(
        path, kind=PATH, word="permit_path", by=by, now=now, revision=revision,
        did="steps_edited" if moved else "edited",
    )  # fmt: skip


def step_values(step: PermitStep) -> dict[str, Any]:
    """This will return a step as plain values."""
    return {name: getattr(step, name) for name in STEP_FIELDS}


def store_steps(path: PermitPath, wanted: Iterable[Mapping[str, Any]]) -> bool:
    """This will make the steps of a path those wanted, in their order; False when they are so already."""
    given = [{name: one[name] for name in STEP_FIELDS if name in one} for one in wanted]
    new = [PermitStep(path=path, position=number, **one) for number, one in enumerate(given)]
    if [step_values(step) for step in path.steps.all()] == [step_values(step) for step in new]:
        return False
    for step in new:
        step.full_clean(exclude=["path"])
    path.steps.all().delete()
    PermitStep.objects.bulk_create(new)
    return True


def note_ended_consents(now: datetime) -> int:
    """This will record which consents ended yesterday or in the days that nobody worked; pages then leave them out."""
    today = localtime(now).date()
    ended = ReferenceCompany.objects.filter(consent_until__lt=today, consent_withdrawn_on=None)
    fresh = [one for one in ended if (today - one.consent_until).days <= 7]
    for one in fresh:
        record("catalogue.reference.consent_ended", actor=None, kind=COMPANY, code=one.code, now=now)
    return len(fresh)
