"""Public events as features: where they are, as far as that is known, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.utils.timezone import make_aware

from vetovoima.reference.queries import municipalities
from vetovoima.syndication.happenings import EventDocument, events

from .asking import Mark
from .made import MadeFeature, Times

#: what a feature tells of an event beside its name and its place: under the names of the public document
TOLD = (
    "code", "lead", "text", "starts_at", "ends_at", "over_at", "is_whole_day", "is_cancelled", "place", "online_url",
    "organiser", "registration_url", "municipalities", "sectors", "sources", "language", "languages", "updated_at", "licence", "url",
)  # fmt: skip


def event_features(language: str) -> Iterable[MadeFeature]:
    """The public events of a language, those that are over too, in the order of their beginning.

    An event is told with the name of its place, never with a position: it stands at the centre of its municipality, at a
    point of each where it is about several, and nowhere where it is about none.
    """
    found = events(language)
    centres = {one.slug: [one.longitude, one.latitude] for one in municipalities()} if found else {}
    return [_feature(one, centres) for one in found]


def _feature(one: EventDocument, centres: Mapping[str, list[float]]) -> MadeFeature:
    told: Mapping[str, Any] = one
    points = [centres[slug] for slug in one["municipalities"] if slug in centres]
    properties = {
        "name": one["title"],
        **{name: told[name] for name in TOLD},
        "place_precision": "municipality" if points else None,
    }
    times = Times(_moment(one["starts_at"]), _moment(one["over_at"]))
    return MadeFeature(
        Mark(max(int(times.start.timestamp()), 0), _key(one["code"])), one["code"], properties, _shape(points),
        municipalities=tuple(one["municipalities"]), sectors=tuple(one["sectors"]), times=times,
    )  # fmt: skip


def _shape(points: list[list[float]]) -> dict[str, Any] | None:
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None


def _moment(text: str) -> datetime:
    """A moment as the document has it; of a whole day, which it names without an hour, the beginning."""
    found = datetime.fromisoformat(text)
    return make_aware(datetime.combine(found, time.min)) if found.tzinfo is None else found


def _key(code: str) -> int:
    """A number of an event that is always the same: among those that begin at one moment it decides which is first."""
    return int(hashlib.sha256(code.encode()).hexdigest()[:15], 16)
