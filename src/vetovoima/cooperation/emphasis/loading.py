"""Storing a data pack's emphases.

`emphases.json` (real ones, with the body and the day of the approval) and `examples/emphases.json` (labelled examples):
a list of {municipality, vision, weights: [{sector or theme, weight}], approved: {body, date, document, url},
valid_until, gatherings: [{kind, held_on, asked_by, asked, summary}]}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from vetovoima.common.fields import as_translated
from vetovoima.cooperation.models import Emphasis
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality, Sector, Theme
from vetovoima.reference.pack import Pack

from . import services

EMPHASES = "emphases.json"
EXAMPLES = "examples/emphases.json"


def load_emphases(
    pack: Pack, report: LoadReport, municipalities: Mapping[str, Municipality], sectors: Mapping[str, Sector],
    themes: Mapping[str, Theme], now: datetime, *, file: str = EMPHASES, is_example: bool = False,
) -> list[Emphasis]:  # fmt: skip
    """This will store the emphasis of each municipality that has none of any kind yet; what people wrote stays.

    Raises BrokenPack with what is wrong, before anything is stored. Returns those that were added.
    """
    wanted = pack.document(file) or []
    spearheads: dict[str, Sector | Theme] = {**themes, **sectors}
    for place, given in enumerate(wanted, start=1):
        _check(pack, file, f"[{place - 1}]", given, municipalities, spearheads)
    pack.check()
    added = []
    for given in wanted:
        municipality = municipalities[given["municipality"]]
        if Emphasis.objects.filter(municipality=municipality).exists():
            report.note("emphasis", "same")
            continue
        added.append(_store(given, municipality, spearheads, now, is_example))
        report.note("emphasis", "added")
    return added


def _check(
    pack: Pack, file: str, place: str, given: Any, municipalities: Mapping[str, Municipality],
    spearheads: Mapping[str, Sector | Theme],
) -> None:  # fmt: skip
    if not isinstance(given, dict) or given.get("municipality") not in municipalities:
        pack.refuse(file, "names no municipality of the region", column=f"{place}.municipality")
        return
    try:
        as_translated(given.get("vision"))
    except ValidationError as error:
        pack.refuse(file, " ".join(error.messages), column=f"{place}.vision")
    weights = given.get("weights") or []
    for one in weights:
        if (one.get("sector") or one.get("theme")) not in spearheads:
            pack.refuse(file, f"{one!r} names no sector or theme", column=f"{place}.weights")
    if sum(int(one.get("weight") or 0) for one in weights) != services.WHOLE:
        pack.refuse(file, "the weights do not add up to 100", column=f"{place}.weights")
    approved = given.get("approved") or {}
    if not approved.get("body") or not (approved.get("document") or approved.get("url")):
        pack.refuse(file, "an emphasis needs its body and its document", column=f"{place}.approved")
    days = [approved.get("date"), *(one.get("held_on") for one in given.get("gatherings", []))]
    for day in [*days, *([given["valid_until"]] if given.get("valid_until") else [])]:
        try:
            date.fromisoformat(str(day))
        except ValueError:
            pack.refuse(file, f"{day!r} is not a day like 2026-10-12", column=place)


def _store(
    given: Mapping[str, Any], municipality: Municipality, spearheads: Mapping[str, Sector | Theme], now: datetime,
    is_example: bool,
) -> Emphasis:  # fmt: skip
    valid_until = given.get("valid_until")
    emphasis = services.save_emphasis(
        municipality=municipality,
        vision=as_translated(given.get("vision")),
        weights=[(spearheads[one.get("sector") or one["theme"]], int(one["weight"])) for one in given["weights"]],
        valid_until=date.fromisoformat(valid_until) if valid_until else None,
        by=None, now=now, is_example=is_example,
    )  # fmt: skip
    for one in given.get("gatherings", []):
        values = {**one, "held_on": date.fromisoformat(one["held_on"]), "emphasis": emphasis}
        services.add_gathering(
            municipality=municipality, values=values, by=None, now=now, is_example=is_example
        )
    approved = given["approved"]
    return services.approve_emphasis(
        emphasis=emphasis, body=approved["body"], day=date.fromisoformat(approved["date"]),
        document=approved.get("document", ""), document_url=approved.get("url", ""), by=None, now=now,
    )  # fmt: skip
