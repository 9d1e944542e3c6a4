"""What the federation tests share: another region's feed in our own form, and makers of followed sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.common.loopback import Call, Reply, Server, as_json
from tests.factories import make_region
from vetovoima.syndication.federation import services
from vetovoima.syndication.federation.joint import JointPage, Wish, joint_page
from vetovoima.syndication.federation.running import read_source
from vetovoima.syndication.models import FollowedSource, FollowRun, ForeignRecord

VALUES = {
    "title": {"fi": "Saaristo", "en": "Archipelago", "sv": "Skärgården"}, "kind": "geojson", "choice": "all",
    "attribution": "Archipelago Council", "every": "quarter", "language": "en", "home": "https://archipelago.example/",
}  # fmt: skip


def make_followed(address: str, **values: Any) -> FollowedSource:
    """This will follow a source as the operator does; nothing is read yet."""
    make_region()
    return services.follow_source(
        values={**VALUES, "address": address, **values}, by=None, now=timezone.now()
    )


def read(source: FollowedSource) -> FollowRun:
    """This will read a source now, as it is described now."""
    return read_source(source=FollowedSource.objects.get(pk=source.pk), now=timezone.now())


def names(source: FollowedSource) -> list[str]:
    """The names of the records that are kept of a source."""
    return [str(one.name) for one in ForeignRecord.objects.filter(source=source).order_by("identifier")]


def listed(language: str = "en", **wish: str) -> JointPage:
    """The first page of the joint list now."""
    return joint_page(Wish(language, **wish), timezone.now())


def feature(code: str, name: str = "", point: Any = (28.0, 64.0), **properties: Any) -> dict[str, Any]:
    """A feature of a plain GeoJSON file."""
    return {
        "type": "Feature", "id": code, "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {"name": name or f"Site {code}", "kind": "plot", "url": f"https://archipelago.example/{code}", **properties},
    }  # fmt: skip


def collection(*features: dict[str, Any], licence: str = "CC BY 4.0", **more: Any) -> dict[str, Any]:
    """A plain GeoJSON file."""
    return {"type": "FeatureCollection", "licence": licence, "features": list(features), **more}


def card(code: str, language: str, name: str, **more: Any) -> dict[str, Any]:
    """A record as our own instances give it in `/feeds/sites.geojson`."""
    return {
        "type": "Feature", "id": code, "geometry": {"type": "Point", "coordinates": [28.2, 64.2]},
        "properties": {
            "code": code, "version": 3, "language": language, "url": f"https://other.example/{language}/sites/{code}/",
            "updated_at": "2026-11-20T10:00:00+02:00", "licence": "CC0 1.0", "is_example": False,
            "kind": {"value": "plot", "label": "x"}, "name": {"text": name, "language": language},
            "summary": {"text": f"{name}.", "language": language}, "municipality": {"slug": "x", "name": "Tuulikylä"},
            "sectors": [{"slug": "energy", "name": "Energy"}],
            "place": {"precision": "settlement", "latitude": 64.2, "longitude": 28.2},
            "key_facts": [
                {"field": "area_m2", "known": True, "value": 52000}, {"field": "free_capacity_mw", "known": True, "value": 40},
                {"field": "price_eur_m2", "known": False, "value": None},
            ],
            **more,
        },
    }  # fmt: skip


def instance(
    records: dict[str, dict[str, str]], mark: Callable[[], str] = lambda: ""
) -> Callable[[Call], Reply]:
    """Another instance of this service: records by code, each with its names by language."""

    def answer(call: Call) -> Reply:
        if call.path != "/feeds/sites.geojson":
            return Reply(status=404)
        etag = mark()
        if etag and call.headers.get("if-none-match") == etag:
            return Reply(status=304)
        language = call.query["lang"]
        features = [card(code, language, texts[language]) for code, texts in sorted(records.items())]
        whole = collection(
            *features, licence="CC0 1.0", title=f"Invest {language}", total=len(features), next=None
        )
        reply = as_json(whole)
        return Reply(reply.body, headers={**reply.headers, **({"ETag": etag} if etag else {})})

    return answer


def serve(server: Server, data: Any, **headers: str) -> None:
    """This will have a server answer everything with this JSON."""
    reply = as_json(data)
    server.answer = lambda call: Reply(reply.body, headers={**reply.headers, **headers})
