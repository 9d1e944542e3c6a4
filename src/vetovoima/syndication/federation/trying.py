"""Trying a source before it is followed: its first records, the licence that was found, what is missing. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.common.fields import Translated
from vetovoima.common.http import CannotFetch, Deadline, NotModified

from .choosing import is_chosen, missing_codes, notes_of
from .enums import Choice
from .problems import in_words
from .queries import joint_box
from .reading import Place, read_followed
from .shapes import Foreign, is_known_licence
from .validators import clean_followed

#: somebody is waiting in front of the screen
SECONDS = 12.0
SHOWN = 10
#: asked for, so that a choice finds something to show; a source without pages gives all anyway
ASKED = 50


@dataclass(frozen=True)
class Trial:
    """What a source gave, or `problem` with the reason. `total` is how many there are by its own word, else None."""

    problem: str = ""
    records: list[Foreign] = field(default_factory=list)
    title: Translated = field(default_factory=Translated)
    licence: str = ""
    #: whether the licence is the source's own word
    is_licence_said: bool = False
    is_licence_known: bool = False
    total: int | None = None
    looked_at: int = 0
    notes: list[str] = field(default_factory=list)


def try_followed(values: Mapping[str, Any]) -> Trial:
    """This will read the first page of a source that somebody describes. Raises ValidationError by field for a
    description that cannot be right; what the source itself does is told in the trial."""
    cleaned = clean_followed(values)
    place = Place(cleaned["kind"], cleaned["address"], cleaned["layer"], cleaned["language"], joint_box())
    try:
        reading = read_followed(place, Deadline(SECONDS), sample=ASKED)
    except (SourceChanged, CannotFetch) as error:
        return Trial(problem=str(error))
    except NotModified:  # never asked for here, so a server that answers so is broken
        return Trial(problem=in_words({"code": "not_a_feed"}))
    taken = [one for one in reading.records.values() if is_chosen(one, cleaned["choice"], cleaned["chosen"])]
    licence = reading.licence or next((one.licence for one in taken if one.licence), "")
    shown = licence or cleaned["licence"]
    is_all = reading.total is None or reading.total <= len(reading.records)
    missing = missing_codes(reading.records.values(), cleaned["choice"], cleaned["chosen"]) if is_all else []
    left_out = reading.left_out.copy()
    if cleaned["choice"] != Choice.ALL:
        left_out["not_chosen"] += len(reading.records) - len(taken)
    notes = notes_of(taken, +left_out, missing, has_licence=bool(shown))
    return Trial(
        records=taken[:SHOWN], title=reading.title, licence=shown, is_licence_said=bool(licence),
        is_licence_known=is_known_licence(shown), total=reading.total, looked_at=len(reading.records),
        notes=[in_words(one) for one in notes],
    )  # fmt: skip
