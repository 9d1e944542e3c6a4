"""Storing a data pack so that it can be loaded again: what a person edited stays theirs.

`merge_row` is the one way in which any app stores a row of the pack.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from vetovoima.common.digits import is_number
from vetovoima.common.fields import Translated, as_translated

from .enums import PlaceKind, PullKind
from .models import Claim, LoadedRow, Municipality, Place, Region, S3Priority, Sector, Theme
from .pack import Pack, Row, parents_first

Thing = TypeVar("Thing", bound=models.Model)


@dataclass
class LoadReport:
    """What a load did, by kind: added, changed, same, and left alone because a person had edited it."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)

    def note(self, kind: str, outcome: str, what: str = "") -> None:
        """This will count one row; `what` names a row that was left alone."""
        self.counts.setdefault(kind, Counter())[outcome] += 1
        if outcome == "left alone":
            self.left_alone.append(f"{kind} {what}")

    def total(self, outcome: str) -> int:
        """How many rows had that outcome, over all kinds."""
        return sum(counter[outcome] for counter in self.counts.values())


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them, so that what was loaded and what is stored can be compared."""
    loaded: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder, default=_key))
    return loaded


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else str(value)


def current(thing: models.Model, names: Any) -> dict[str, Any]:
    """The stored values of the named fields, as JSON has them; a related thing is its key."""
    return plain({name: getattr(thing, name) for name in names})


def stale_fields(
    kind: str, code: str, stored: Mapping[str, Any], wanted: Mapping[str, Any]
) -> tuple[list[str], bool]:
    """This will say which fields a load may change, and whether a person's edit was left alone.

    A field may be changed when it still holds what was loaded last; everything is in JSON values. What no load has
    ever given is a person's own and stays as it is.
    """
    row = LoadedRow.objects.filter(kind=kind, code=code).first()
    differing = [name for name, value in wanted.items() if stored.get(name) != value]
    if row is None:
        return [], bool(differing)
    before = row.values
    edited = [name for name in differing if name in before and stored.get(name) != before[name]]
    return [name for name in differing if name not in edited], bool(edited)


def code_of(*parts: str) -> str:
    """This will name a row by its parts; a long name ends in a hash, so that no two become the same when cut."""
    name = ":".join(parts)
    return name if len(name) <= 160 else f"{name[:143]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def remember(kind: str, code: str, values: Mapping[str, Any]) -> None:
    """This will keep what the pack gave, for the next load."""
    # One statement: asking first and holding the row meanwhile took four, a thousand times in every load.
    LoadedRow.objects.bulk_create(
        [LoadedRow(kind=kind, code=code, values=dict(values))],
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=["values"],
    )


@transaction.atomic
def merge_row(
    model: type[Thing],
    report: LoadReport,
    *,
    kind: str,
    code: str,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Thing:
    """This will add a row of the pack, change what the pack has changed since, and leave a person's edits alone.

    `key` finds the row, `values` are its fields; `code` names it in the report and in what is remembered.
    """
    wanted = plain(values)
    thing = model._default_manager.filter(**key).first()
    if thing is None:
        thing = model._default_manager.create(**key, **values)
        report.note(kind, "added")
    else:
        change, edited = stale_fields(kind, code, current(thing, values), wanted)
        for name in change:
            setattr(thing, name, values[name])
        if change:
            thing.save(update_fields=change)
        report.note(kind, "left alone" if edited else "changed" if change else "same", code)
    remember(kind, code, wanted)
    return thing


def load_region(pack: Pack, report: LoadReport) -> Region | None:
    """This will store the region itself (`region.json`, `brand/tokens.json`)."""
    data = pack.document("region.json") or {}
    pack.check()
    if not isinstance(data, dict):
        pack.refuse("region.json", "must be an object")
        pack.check()
    for name in ("code", "code_prefix", "name", "latitude", "longitude"):
        if not data.get(name):
            pack.refuse("region.json", "is missing", column=name)
    values = {
        name: data.get(name, default)
        for name, default in {
            "code_prefix": "", "country": "FI", "nuts3": "", "time_zone": "Europe/Helsinki", "latitude": 0,
            "longitude": 0, "map_bounds": [], "plausible_bounds": [], "neighbours": [], "service_promise": {},
            "pull_facts": {}, "boundaries_url": "", "licence": "CC BY 4.0",
        }.items()
    }  # fmt: skip
    for name in ("name", "site_name", "tagline"):
        values[name] = _translated(pack, data, name)
    for name in ("latitude", "longitude"):
        if not is_number(values[name]):
            pack.refuse("region.json", f"{values[name]!r} is not a number", column=name)
    for name in ("map_bounds", "plausible_bounds"):
        box = values[name]
        if box and not (isinstance(box, list) and len(box) == 4 and all(map(is_number, box))):
            pack.refuse("region.json", "must be four numbers: west, south, east, north", column=name)
    if not _is_pull(values["pull_facts"]):
        pack.refuse(
            "region.json", f"must name facts by one of {', '.join(PullKind.values)}", column="pull_facts"
        )
    values["council_slug"] = data.get("council_organisation", "")
    source = data.get("source") or {}
    values["source"] = source if isinstance(source, dict) else {"title": str(source)}
    values["tokens"] = pack.document("brand/tokens.json") or {}
    if "joint_area" in data:
        values["tokens"] = {**values["tokens"], "joint_area": _joint_area(pack, data["joint_area"])}
    pack.check()
    return merge_row(
        Region, report, kind="region", code=data["code"], key={"code": data["code"]}, values=values
    )


def _joint_area(pack: Pack, said: Any) -> dict[str, Any]:
    """The area that the region shows together with its neighbours: its name by language, and its box in degrees."""
    title = said.get("title") if isinstance(said, dict) else None
    if not isinstance(title, dict) or not title or not all(isinstance(one, str) for one in title.values()):
        pack.refuse("region.json", "must have a title by language", column="joint_area")
        return {}
    box = said.get("bounds")
    if box is not None and not (isinstance(box, list) and len(box) == 4 and all(map(is_number, box))):
        pack.refuse(
            "region.json", "must be four numbers: west, south, east, north", column="joint_area.bounds"
        )
    return {"title": title, **({"bounds": box} if box else {})}


def _is_pull(value: Any) -> bool:
    return isinstance(value, dict) and all(
        kind in PullKind.values and isinstance(codes, list) and all(isinstance(one, str) for one in codes)
        for kind, codes in value.items()
    )


def _translated(pack: Pack, data: Mapping[str, Any], name: str) -> Translated:
    try:
        return as_translated(data.get(name))
    except ValidationError as error:
        pack.refuse("region.json", " ".join(error.messages), column=name)
        return Translated()


def load_municipalities(pack: Pack, report: LoadReport) -> dict[str, Municipality]:
    """This will store `municipalities.csv`; returns them by slug."""
    rows = pack.table(
        "municipalities.csv", ("slug", "lau_code", "site_code", "latitude", "longitude"), key=("slug",)
    )
    parsed = [(row.text("slug"), _municipality(row)) for row in rows]
    pack.check()
    return {
        slug: merge_row(
            Municipality, report, kind="municipality", code=slug, key={"slug": slug}, values=values
        )
        for slug, values in parsed
    }


def _municipality(row: Row) -> dict[str, Any]:
    for column in ("latitude", "longitude"):
        row.text(column, required=True)
    return {
        "lau_code": row.text("lau_code", required=True),
        "site_code": row.text("site_code", required=True),
        "name": row.translated("name", required=True),
        "status": row.text("status"),
        "latitude": row.number_or_none("latitude"),
        "longitude": row.number_or_none("longitude"),
        "land_area_km2": row.number_or_none("land_area_km2"),
        "freshwater_area_km2": row.number_or_none("freshwater_area_km2"),
        "total_area_km2": row.number_or_none("total_area_km2"),
        "website": row.text("website"),
        "source": row.source(),
    }


def load_sectors(pack: Pack, report: LoadReport) -> dict[str, Sector]:
    """This will store `sectors.csv`, parents first; returns them by slug."""
    rows = pack.table("sectors.csv", ("slug", "parent"), key=("slug",))
    slugs = {row.text("slug") for row in rows}
    stored: dict[str, Sector] = {}
    parsed = [
        (row.text("slug"), row.known("parent", slugs), _sector(row))
        for row in parents_first(rows, "slug", "parent")
    ]
    pack.check()
    for slug, parent, values in parsed:
        values["parent"] = stored[parent] if parent else None
        stored[slug] = merge_row(Sector, report, kind="sector", code=slug, key={"slug": slug}, values=values)
    return stored


def _sector(row: Row) -> dict[str, Any]:
    return {
        "name": row.translated("name", required=True),
        "summary": row.translated("summary"),
        "across_all_municipalities": bool(row.flag("across_all_municipalities", False)),
        "nace_version": row.text("nace_version"),
        "nace_codes": row.items("nace_codes"),
        "translated": row.items("translated"),
        "position": row.whole_or_none("position") or 0,
        "source": row.source(),
    }


def load_themes(pack: Pack, report: LoadReport) -> dict[str, Theme]:
    """This will store `themes.csv`; returns them by slug."""
    rows = pack.table("themes.csv", ("slug", "kind"), key=("slug",))
    parsed = [
        (
            row.text("slug"),
            {
                "kind": row.choice("kind", ("cross_cutting", "s3")),
                "name": row.translated("name", required=True),
                "position": row.whole_or_none("position") or 0,
                "source": row.source(),
            },
        )
        for row in rows
    ]
    pack.check()
    return {
        slug: merge_row(Theme, report, kind="theme", code=slug, key={"slug": slug}, values=values)
        for slug, values in parsed
    }


def load_s3_priorities(pack: Pack, report: LoadReport, sectors: Mapping[str, Sector]) -> None:
    """This will store `s3_priorities.csv` with the sectors that each serves."""
    rows = pack.table("s3_priorities.csv", ("code", "period"), key=("code",))
    for row in rows:
        for slug in row.items("sectors"):
            if slug not in sectors:
                row.refuse("sectors", f"{slug!r} is not known")
    pack.check()
    for row in rows:
        values = {
            "period": row.text("period"),
            "name": row.translated("name"),
            "translated": row.items("translated"),
            "position": row.whole_or_none("position") or 0,
            "source": row.source(),
        }
        code = row.text("code")
        thing = merge_row(
            S3Priority, report, kind="s3 priority", code=code, key={"code": code}, values=values
        )
        thing.sectors.set(sectors[slug] for slug in row.items("sectors"))


def load_places(pack: Pack, report: LoadReport, municipalities: Mapping[str, Municipality]) -> None:
    """This will store `places.csv`."""
    rows = pack.table("places.csv", ("slug", "kind"), key=("slug",))
    parsed = []
    for row in rows:
        slug = row.known("municipality", municipalities)
        parsed.append(
            (
                row.text("slug"),
                {
                    "kind": row.choice("kind", PlaceKind.values),
                    "code": row.text("code"),
                    "name": row.translated("name", required=True),
                    "municipality": municipalities.get(slug),
                    "in_region": row.flag("in_region", True) is not False,
                    "status": row.translated("status"),
                    "latitude": row.number_or_none("latitude"),
                    "longitude": row.number_or_none("longitude"),
                    "precision": row.text("precision"),
                    "note": row.translated("note"),
                    "source": row.source(),
                },
            )
        )
    pack.check()
    for slug, values in parsed:
        merge_row(Place, report, kind="place", code=slug, key={"slug": slug}, values=values)


def load_claims(pack: Pack, report: LoadReport) -> None:
    """This will store `claims.csv`: for each subject and field exactly one claim must be the canonical one.

    A claim is named by its subject, field, source and value, so a value that the pack corrects is another claim: what
    an older pack had and this one has not is removed, unless a person touched it.
    """
    rows = pack.table("claims.csv", ("subject", "field", "value", "is_canonical"))
    parsed = [_claim(row) for row in rows]
    canonical = Counter((one["subject"], one["field"]) for one in parsed if one["is_canonical"])
    seen: set[str] = set()
    for row, values in zip(rows, parsed, strict=True):
        if canonical[values["subject"], values["field"]] != 1:
            row.refuse("is_canonical", "exactly one claim on a field must be the canonical one")
        if _claim_code(values) in seen:
            row.refuse("value", "this source's claim stands already on an earlier row")
        seen.add(_claim_code(values))
    pack.check()
    _remove_claims_but(seen, report)
    # What is not canonical goes first, so that the pack may change its choice.
    for values in sorted(parsed, key=lambda one: bool(one["is_canonical"])):
        _store_claim(values, report)


def _claim(row: Row) -> dict[str, Any]:
    return {
        "subject": row.text("subject", required=True),
        "field": row.text("field", required=True),
        "value": row.text("value", required=True),
        "unit": row.text("unit"),
        "is_canonical": bool(row.flag("is_canonical", False)),
        "reason": row.translated("reason"),
        "source": row.source(),
    }


def _claim_code(values: Mapping[str, Any]) -> str:
    return code_of(values["subject"], values["field"], values["value"], values["source"].get("title", ""))


def _stored_claim(claim: Claim) -> dict[str, Any]:
    return current(claim, ("subject", "field", "value", "unit", "is_canonical", "reason", "source"))


def _remove_claims_but(codes: set[str], report: LoadReport) -> None:
    for claim in Claim.objects.all():
        stored = _stored_claim(claim)
        loaded = LoadedRow.objects.filter(kind="claim", code=_claim_code(stored)).first()
        if loaded is None or loaded.code in codes:
            continue
        if loaded.values == stored:
            claim.delete()
            loaded.delete()
            report.note("claim", "removed")
        else:
            report.note("claim", "left alone", loaded.code)


def _store_claim(values: dict[str, Any], report: LoadReport) -> None:
    same = Claim.objects.filter(subject=values["subject"], field=values["field"])
    found = next((one for one in same if _claim_code(_stored_claim(one)) == _claim_code(values)), None)
    rivals = same.filter(is_canonical=True)
    rivals = rivals.exclude(pk=found.pk) if found else rivals
    if values["is_canonical"] and rivals.exists():
        values = {**values, "is_canonical": False}  # a person's choice stands
    key = {"pk": found.pk if found else None}
    merge_row(Claim, report, kind="claim", code=_claim_code(values), key=key, values=values)
