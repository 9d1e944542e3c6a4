"""One change to many records: each has its own transaction and its own fact, so that each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User

from . import services
from .models import Site
from .queries import history
from .registry import BY_NAME, GROUP_LABELS

MOST = 200


@dataclass
class Outcome:
    """What became of each record: `changed` holds (code, fact) of the changes, `refused` the reason by code."""

    changed: list[tuple[str, int]] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def edit_many(
    *, sites: Iterable[Site], values: Mapping[str, Any], by: User, now: datetime, checked: str = ""
) -> Outcome:
    """This will set the same fields of many records, or say why they have no value (`absent`, as `edit_site` takes it);
    `checked` is a group that the person checked today.

    A field that a kind of record does not have leaves that record as it is. Nothing is raised: see `refused`.
    """

    def edit(site: Site) -> None:
        given = {name: value for name, value in values.items() if _has(site, name)}
        if "absent" in values:
            given["absent"] = {name: why for name, why in values["absent"].items() if _has(site, name)}
        if checked:
            given["sources"] = _checked(site, checked, by, now)
        services.edit_site(site=site, values=given, by=by, now=now, revision=None)

    return _each(sites, edit)


def submit_many(*, sites: Iterable[Site], by: User, now: datetime) -> Outcome:
    """This will send many drafts to review."""
    return _each(sites, lambda site: services.submit_site(site=site, by=by, now=now))


def publish_many(*, sites: Iterable[Site], by: User, now: datetime) -> Outcome:
    """This will publish many submitted records."""
    return _each(sites, lambda site: services.publish_site(site=site, by=by, now=now))


def withdraw_many(*, sites: Iterable[Site], by: User, now: datetime) -> Outcome:
    """This will take many records off the public side."""
    return _each(sites, lambda site: services.withdraw_site(site=site, by=by, now=now))


def undo_many(*, facts: Mapping[str, int], sites: Iterable[Site], by: User, now: datetime) -> Outcome:
    """This will take back one edit of each record; `facts` names the edit by the record's code."""
    chosen = [site for site in sites if site.code in facts]
    return _each(chosen, lambda site: services.undo_edit(site=site, fact_id=facts[site.code], by=by, now=now))


def empty_like(site: Site, profiles: list[str]) -> Site:
    """This will make a record of the same kind and municipality that says nothing; it is never saved."""
    return Site(kind=site.kind, municipality=site.municipality, profiles=profiles)


def _has(site: Site, name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].belongs_to(site.kind, None)


def _checked(site: Site, group: str, by: User, now: datetime) -> dict[str, Any]:
    if group not in GROUP_LABELS:
        return dict(site.sources)
    given = {**site.sources.get(group, {}), "verified_by": str(by), "verified_on": now.date().isoformat()}
    return {**site.sources, group: given}


def _each(sites: Iterable[Site], work: Callable[[Site], Any]) -> Outcome:
    outcome = Outcome()
    for site in list(sites)[:MOST]:
        try:
            before = site.revision
            work(site)
        except PermissionDenied:
            outcome.refused[site.code] = str(_("You may not do this to the record as it is now."))
        except ValidationError as error:
            outcome.refused[site.code] = " ".join(_in_words(error))
        except services.CannotChange as error:
            outcome.refused[site.code] = str(error)
        else:
            _note(outcome, site, before)
    return outcome


def _note(outcome: Outcome, site: Site, before: int) -> None:
    """Whether anything changed is told by the revision; the newest fact is the change."""
    site.refresh_from_db(fields=["revision"])
    fact = history(site).first() if site.revision != before else None
    if fact is None:
        outcome.same.append(site.code)
    else:
        outcome.changed.append((site.code, fact.pk))


def _in_words(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return [str(message) for message in error.messages]
    return [
        f"{BY_NAME[name].label if name in BY_NAME else name}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]
