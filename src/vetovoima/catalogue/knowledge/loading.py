"""Storing the knowledge of a data pack: facts, policies, expertise, reference companies, permit paths.

And the tokens by which the pack's own texts name facts: a code that the bank does not have refuses the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from vetovoima.accounts.models import Organisation
from vetovoima.activity.services import record
from vetovoima.catalogue.enums import Method, Profile, SiteKind
from vetovoima.catalogue.models import (
    KnowledgeAsset,
    KnownFact,
    PermitPath,
    PolicyFact,
    ReferenceCompany,
)
from vetovoima.catalogue.models.knowledge import Kept
from vetovoima.common.fields import Translated, as_translated
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.models import Municipality, Sector
from vetovoima.reference.pack import Pack, Row

from .around import STEP_FIELDS, step_values, store_steps
from .enums import (
    AssetKind,
    Confidence,
    ConsentUse,
    Exactness,
    PolicyLevel,
    PolicyTopic,
    Topic,
    UseKind,
)
from .services import FOLLOWED, state_on
from .tokens import codes_in, slips_in
from .units import UNITS
from .uses import note_uses
from .validators import review_day, validate_as_of

Thing = TypeVar("Thing", bound=Kept)


@dataclass(frozen=True)
class Known:
    """What the rows may name."""

    municipalities: Mapping[str, Municipality]
    organisations: Mapping[str, Organisation]
    sectors: Mapping[str, Sector]


def load_knowledge(pack: Pack, report: LoadReport, known: Known, now: datetime) -> None:
    """This will store every table of the knowledge; raises BrokenPack, and nothing is stored then."""
    load_facts(pack, report, known, now)
    load_policies(pack, report, known, now)
    load_assets(pack, report, known, now)
    load_companies(pack, report, known, now)
    load_permit_paths(pack, report, now)
    check_tokens(pack)


def _stored(
    model: type[Thing],
    report: LoadReport,
    kind: str,
    word: str,
    code: str,
    values: dict[str, Any],
    now: datetime,
) -> Thing:
    """Merge one row, and record that it came or changed, so that pages that show it follow."""
    before = dict(report.counts.get(kind, {}))
    thing = merge_row(model, report, kind=kind, code=code, key={"code": code}, values=values)
    after = report.counts[kind]
    if any(after.get(outcome, 0) != before.get(outcome, 0) for outcome in ("added", "changed")):
        record(f"catalogue.{word}.loaded", actor=None, kind=kind.replace(" ", "_"), code=code, now=now)
    return thing


def _kept(row: Row, known: Known) -> dict[str, Any]:
    """The columns that every table has."""
    source = row.source()
    return {
        "municipality": known.municipalities.get(row.known("municipality", known.municipalities)),
        "source": {key: source[key] for key in ("title", "url", "dated") if key in source},
        "as_of": _as_of(row, "as_of"),
        "confidence": row.choice("confidence", Confidence.values, Confidence.MEDIUM),
        "owner": known.organisations.get(row.known("owner", known.organisations)),
    }


def _as_of(row: Row, column: str) -> str:
    value = row.text(column)
    try:
        validate_as_of(value)
    except ValidationError as error:
        row.refuse(column, " ".join(error.messages))
    return value


def _unit(row: Row) -> str:
    return row.known("unit", UNITS)


def _sourced(row: Row) -> None:
    row.text("source", required=True)


def load_facts(pack: Pack, report: LoadReport, known: Known, now: datetime) -> None:
    """This will store `facts.csv`. A fact that names an indicator takes its value from there, not from the row."""
    rows = pack.table("facts.csv", ("code", "topic"), key=("code",))
    parsed = [(row.text("code"), _fact(row, known)) for row in rows]
    pack.check()
    for code, values in parsed:
        fact = _stored(KnownFact, report, "known fact", "fact", code, values, now)
        _place_in_time(fact)


def _fact(row: Row, known: Known) -> dict[str, Any]:
    values = {
        **_kept(row, known),
        "topic": row.choice("topic", Topic.values),
        "label": row.translated("label", required=True),
        "statement": row.translated("statement"),
        "number": row.number_or_none("number"),
        "text": row.translated("text"),
        "unit": _unit(row),
        "exactness": row.choice("exactness", Exactness.values, Exactness.EXACT),
        "method": row.choice("method", Method.values, Method.DECLARED),
        "licence": row.text("licence"),
        "indicator": row.text("indicator"),
        "review_months": row.whole_or_none("review_months") or 12,
    }
    if values["indicator"]:
        if values["number"] is not None or values["text"]:
            row.refuse("indicator", "the value comes from the indicator: leave number and text empty")
        return {name: value for name, value in values.items() if name not in (*FOLLOWED, "confidence")}
    _sourced(row)
    if values["number"] is None and not values["text"]:
        row.refuse("number", "the fact has neither a number nor a text")
    return values


def _place_in_time(fact: KnownFact) -> None:
    """Set the first review of a new fact and its state today; a review that a person set stays."""
    if fact.next_review_on is None:
        fact.next_review_on = review_day(fact.as_of, fact.review_months)
    fact.state = state_on(fact, timezone.localdate())
    fact.save(update_fields=["next_review_on", "state"])


def load_policies(pack: Pack, report: LoadReport, known: Known, now: datetime) -> None:
    """This will store `policies.csv`."""
    rows = pack.table("policies.csv", ("code", "level", "topic"), key=("code",))
    parsed = [(row.text("code"), _policy(row, known)) for row in rows]
    pack.check()
    for code, values in parsed:
        _stored(PolicyFact, report, "policy fact", "policy", code, values, now)


def _policy(row: Row, known: Known) -> dict[str, Any]:
    _sourced(row)
    values = {
        **_kept(row, known),
        "level": row.choice("level", PolicyLevel.values),
        "topic": row.choice("topic", PolicyTopic.values),
        "title": row.translated("title", required=True),
        "text": row.translated("text", required=True),
        "number": row.number_or_none("number"),
        "unit": _unit(row),
        "valid_from": row.day_or_none("valid_from"),
        "valid_until": row.day_or_none("valid_until"),
    }
    if (values["level"] == PolicyLevel.MUNICIPALITY) != (values["municipality"] is not None):
        row.refuse("municipality", "is named for a municipality's policy, and for that alone")
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        row.refuse("valid_until", "the policy ends before it begins")
    return values


def load_assets(pack: Pack, report: LoadReport, known: Known, now: datetime) -> None:
    """This will store `knowledge_assets.csv`; the facts that a row names must be in the bank."""
    rows = pack.table("knowledge_assets.csv", ("code", "kind"), key=("code",))
    codes = set(KnownFact.objects.values_list("code", flat=True))
    parsed = [(row.text("code"), _asset(row, known, codes)) for row in rows]
    pack.check()
    for code, values in parsed:
        asset = _stored(KnowledgeAsset, report, "knowledge asset", "asset", code, values, now)
        note_uses(
            UseKind.ASSET, code, asset.facts, title=asset.name.best("en")[0], address=f"/en/expertise/{code}/"
        )


def _asset(row: Row, known: Known, codes: set[str]) -> dict[str, Any]:
    _sourced(row)
    for code in row.items("facts"):
        if code not in codes:
            row.refuse("facts", f"the fact bank has no fact {code!r}")
    return {
        **_kept(row, known),
        "kind": row.choice("kind", AssetKind.values),
        **{name: row.translated(name) for name in ("summary", "services", "capacity")},
        "name": row.translated("name", required=True),
        "website": row.text("website"),
        "contact_name": row.text("contact_name"),
        "contact_email": row.text("contact_email"),
        "contact_phone": row.text("contact_phone"),
        "facts": row.items("facts"),
        "is_flagship": bool(row.flag("is_flagship", False)),
        "position": row.whole_or_none("position") or 0,
    }


def load_companies(
    pack: Pack, report: LoadReport, known: Known, now: datetime, *, file: str = "reference_companies.csv",
    is_example: bool = False,
) -> None:  # fmt: skip
    """This will store a table of reference companies; a consent is whole (by, on, until, for) or absent."""
    rows = pack.table(file, ("code", "name"), key=("code",))
    parsed = [(row.text("code"), {**_company(row, known), "is_example": is_example}) for row in rows]
    pack.check()
    for code, values in parsed:
        _stored(ReferenceCompany, report, "reference company", "reference", code, values, now)


def _company(row: Row, known: Known) -> dict[str, Any]:
    uses = row.items("consent_for")
    consent = {
        "consent_by": row.text("consent_by"),
        "consent_on": row.day_or_none("consent_on"),
        "consent_until": row.day_or_none("consent_until"),
        "consent_for": uses,
    }
    for use in uses:
        if use not in ConsentUse.values:
            row.refuse("consent_for", f"{use!r} is not one of {', '.join(ConsentUse.values)}")
    if any(consent.values()):
        for column, value in consent.items():
            if not value:
                row.refuse(column, "a consent says who gave it, from when, until when and for what")
    return {
        **_kept(row, known),
        **consent,
        "name": row.text("name", required=True),
        "sector": known.sectors.get(row.known("sector", known.sectors)),
        "since": _as_of(row, "since"),
        "story": row.translated("story"),
        "quote": row.translated("quote"),
        "website": row.text("website"),
    }


def load_permit_paths(pack: Pack, report: LoadReport, now: datetime) -> None:
    """This will store `permit_paths.json`: a list of paths, each with its steps in order."""
    name = "permit_paths.json"
    given = pack.document(name) or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        pack.refuse(name, "must be a list of paths")
    pack.check()
    parsed = [_path(pack, name, number, one) for number, one in enumerate(given, start=1)]
    pack.check()
    for position, (code, values, steps) in enumerate(parsed, start=1):
        values["position"] = position
        path = _stored(PermitPath, report, "permit path", "permit_path", code, values, now)
        _merge_steps(path, steps, report, now)


def _merge_steps(path: PermitPath, steps: list[dict[str, Any]], report: LoadReport, now: datetime) -> None:
    """Steps are one thing with their path: a person who edited the path keeps their steps."""
    stored = [step_values(step) for step in path.steps.all()]
    if stored and (stored == steps or path.revision > 1):
        return
    if store_steps(path, steps) and stored:
        report.note("permit path", "changed")
        record("catalogue.permit_path.loaded", actor=None, kind="permit_path", code=path.code, now=now)


def _path(
    pack: Pack, file: str, number: int, given: Mapping[str, Any]
) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    def refuse(column: str, reason: str) -> None:
        pack.refuse(file, reason, row=number, column=column)

    def text(source: Mapping[str, Any], column: str) -> Translated:
        try:
            return as_translated(source.get(column))
        except ValidationError as error:
            refuse(column, " ".join(error.messages))
            return Translated()

    code = str(given.get("code") or "")
    if not code or not text(given, "name"):
        refuse("code", "a path needs a code and a name")
    for column, choices in (("kinds", SiteKind.values), ("profiles", Profile.values)):
        for one in given.get(column) or []:
            if one not in choices:
                refuse(column, f"{one!r} is not one of {', '.join(choices)}")
    if not (given.get("source") or {}).get("title"):
        refuse("source", "is missing")
    values = {
        "name": text(given, "name"),
        "summary": text(given, "summary"),
        "kinds": list(given.get("kinds") or []),
        "profiles": list(given.get("profiles") or []),
        "source": dict(given.get("source") or {}),
        "as_of": str(given.get("as_of") or ""),
    }
    return code, values, [_step(one, text, refuse) for one in given.get("steps") or []]


def _step(
    given: Mapping[str, Any],
    text: Callable[[Mapping[str, Any], str], Translated],
    refuse: Callable[[str, str], None],
) -> dict[str, Any]:
    months = {name: given.get(name) for name in ("months_from", "months_to")}
    for name, value in months.items():
        if value is not None and not (isinstance(value, (int, float)) and value >= 0):
            refuse(name, f"{value!r} is not a number of months")
    found: dict[str, Any] = {
        **months,
        **{name: dict(given.get(name) or {}) for name in ("source", "practice")},
    }
    found["online_url"] = str(given.get("online_url") or "")
    if found["online_url"] and not found["online_url"].startswith("https://"):
        refuse("online_url", f"{found['online_url']!r} must begin with https://")
    for name in STEP_FIELDS:
        if name not in found:
            found[name] = text(given, name)
    if not found["name"] or not found["legal_basis"]:
        refuse("steps", "every step needs a name and a legal basis")
    return {name: found[name] for name in STEP_FIELDS}


def check_tokens(pack: Pack) -> None:
    """This will refuse a pack whose texts name a fact that the bank does not have, with file, row and column."""
    codes = set(KnownFact.objects.values_list("code", flat=True))
    for path in sorted(pack.folder.rglob("*.csv")):
        for row in pack.table(str(path.relative_to(pack.folder))):
            for column, text in row.cells.items():
                for reason in _wrong_tokens(text or "", codes):
                    row.refuse(column, reason)
    for path in sorted(pack.folder.rglob("*.json")):
        name = str(path.relative_to(pack.folder))
        for column, text in _texts(pack.document(name), ""):
            for reason in _wrong_tokens(text, codes):
                pack.refuse(name, reason, column=column)
    pack.check()


def _wrong_tokens(text: str, codes: set[str]) -> list[str]:
    unknown = [f"the fact bank has no fact {code!r}" for code in codes_in(text) if code not in codes]
    return [*unknown, *(f"{slip!r} names no fact: write {{fact:code}}" for slip in slips_in(text))]


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _texts(inner, f"{place}[{number}]")
