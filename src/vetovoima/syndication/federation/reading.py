"""Reading a followed source: its pages one after the other on its own server, within time, bytes and records.

Every call goes through `common.http`: addresses are resolved and checked where the connection is made, redirects are not
followed, a drip does not hold it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.collection.sources.features import refuse_web_page
from vetovoima.collection.sources.oapif import items_address, next_link, same_server
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.geo import Box
from vetovoima.common.http import Answer, CannotFetch, Deadline, get

from .atom import read_atom
from .cleaning import address_of, text_of
from .enums import FollowKind
from .problems import SourceUnfit
from .shapes import Foreign, Ground, licence_name, of_feature

#: a neighbour's offer has a few hundred records; a page of ours is some kilobytes for each
MOST_RECORDS, MOST_PAGES = 5_000, 40
PAGE_BYTES, MOST_BYTES = 10_000_000, 40_000_000
PAGE = 500
ACCEPT = {
    FollowKind.ATOM: "application/atom+xml, application/xml;q=0.5",
    FollowKind.JSON_FEED: "application/feed+json, application/json;q=0.5",
}
GEO = "application/geo+json, application/json;q=0.5"
_LINK = re.compile(r'<([^<>]{1,2000})>\s*;[^,]*?\brel="?([a-z]+)"?', re.I)


@dataclass(frozen=True)
class Place:
    """Where a source is, where its records may lie, and the marks of what was read last."""

    kind: str
    address: str
    layer: str = ""
    language: str = "en"
    box: Box = (-180.0, -90.0, 180.0, 90.0)
    etag: str = ""
    modified: str = ""


@dataclass
class Reading:
    """What came: records by identity, what the source says of itself, and what was left out by code of the reason."""

    records: dict[str, Foreign] = field(default_factory=dict)
    licence: str = ""
    title: Translated = field(default_factory=Translated)
    left_out: Counter[str] = field(default_factory=Counter)
    #: how many there are by the source's own word
    total: int | None = None
    #: whether what is not among the records is not at the source either
    is_whole: bool = True
    etag: str = ""
    modified: str = ""
    size: int = 0
    pages: int = 0


@dataclass
class _Page:
    """One answer, understood."""

    records: list[Foreign | None]
    following: str = ""
    licence: str = ""
    title: str = ""
    total: int | None = None


def read_followed(place: Place, deadline: Deadline, *, sample: int = 0) -> Reading:
    """This will read a source whole, or with `sample` its first page alone, asked for so many records.

    Raises NotModified when nothing has changed since `place.etag`, SourceChanged when it is not what it should be, and
    CannotFetch.
    """
    try:
        return _read(place, deadline, sample)
    except (ValueError, RecursionError) as error:
        # An address that cannot be taken apart, or written into a call: whatever they mean, it is no list of records.
        raise SourceUnfit("not_a_feed") from error


def _read(place: Place, deadline: Deadline, sample: int) -> Reading:
    if place.kind == FollowKind.VETOVOIMA:
        return _read_instance(place, deadline, sample)
    if place.kind == FollowKind.OAPIF:
        return _read_service(place, deadline, sample)
    understand = {
        FollowKind.GEOJSON: _features, FollowKind.JSON_FEED: _json_feed, FollowKind.ATOM: _atom,
    }[FollowKind(place.kind)]  # fmt: skip
    found = _read_pages(place, place.address, place.language, deadline, understand, sample)
    if found.pages > 1:
        # Only of the first page is known what its mark says: another page may change without it.
        found.etag = found.modified = ""
    return found


def _read_instance(place: Place, deadline: Deadline, sample: int) -> Reading:
    """Our own product elsewhere: one feed for each language. Its mark covers the whole public side (`api.caching`)."""
    found = Reading()
    base = base_of_instance(place.address)
    order = [place.language, *(one for one in LANGUAGES if one != place.language)]
    for language in order[:1] if sample else order:
        url = f"{base}/feeds/sites.geojson?{urlencode({'lang': language, 'limit': sample or PAGE, 'sort': 'code'})}"
        read = _read_pages(place, url, language, deadline, _features, sample, asks=language == place.language)
        if language == place.language:
            found = read
            continue
        found.size += read.size
        found.title = Translated({**read.title, **found.title})
        # Published between two of our calls: the next reading has it in every language.
        found.is_whole = found.is_whole and read.is_whole and set(read.records) == set(found.records)
        for key, one in read.records.items():
            if key in found.records:
                found.records[key] = found.records[key].with_language_of(one)
    return found


def base_of_instance(address: str) -> str:
    """The address of an instance without what people copy along: a page's path, a language, a question."""
    parts = urlsplit(address)
    path: str = re.split(r"/(?:fi|en|sv|feeds|api|ogc|export)(?:/|$)", parts.path + "/", maxsplit=1)[0]
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))


def _read_service(place: Place, deadline: Deadline, sample: int) -> Reading:
    """OGC API Features: the collection says its licence, its items come page by page."""
    url = items_address(place.address, place.layer, deadline)
    parts = urlsplit(url)
    asked = {**dict(parse_qsl(parts.query)), "limit": str(sample or PAGE)}
    about = _about_collection(
        urlunsplit((*parts[:2], parts.path.removesuffix("/items"), "f=json", "")), deadline
    )
    first = urlunsplit((*parts[:3], urlencode(asked), ""))
    found = _read_pages(place, first, place.language, deadline, _features, sample, asks=False)
    found.etag = found.modified = ""
    found.licence = found.licence or _licence_in(about)
    if title := text_of(about.get("title"), 120):
        found.title = Translated({place.language: title})
    return found


def _about_collection(url: str, deadline: Deadline) -> dict[str, Any]:
    """What a collection says of itself; nothing when it says nothing that can be read."""
    try:
        read = get(url, headers={"Accept": "application/json"}, deadline=deadline, max_bytes=2_000_000).json()
    except CannotFetch as error:
        if error.code == "too_long":
            raise
        return {}
    return read if isinstance(read, dict) else {}


def _read_pages(
    place: Place, url: str, language: str, deadline: Deadline, understand: Callable[..., _Page], sample: int,
    *, asks: bool = True,
) -> Reading:  # fmt: skip
    """All pages from an address on. `asks`: the first one only when it has changed since the marks of the place."""
    found, seen, following, given = Reading(), {url}, url, 0
    while following:
        is_first = found.pages == 0
        marks = (place.etag, place.modified) if is_first and asks and not sample else ("", "")
        answer = _get(following, place.kind, deadline, *marks)
        found.pages += 1
        found.size += len(answer.body)
        refuse_web_page(answer.body)
        page = understand(answer, Ground(following, language, place.box))
        if is_first:
            found.etag, found.modified = answer.etag[:300], answer.modified[:60]
            found.licence = page.licence or _link_of(answer, "license")
            found.title = Translated({language: page.title} if page.title else {})
            found.total = page.total
        elif page.total is not None and page.total != found.total:
            found.is_whole = False  # it changed while it was being read
        given += len(page.records)
        _take(found, page.records)
        next_one = page.following or _link_of(answer, "next")
        if sample or not next_one or not page.records:
            break
        if found.pages >= MOST_PAGES or found.size >= MOST_BYTES:
            raise SourceChanged("too_many_rows", limit=given)
        following = same_server(urljoin(following, next_one), url)
        if following in seen:
            raise SourceChanged("same_page")
        seen.add(following)
    if not sample and found.total is not None and found.total != given:
        found.is_whole = False
    return found


def _get(url: str, kind: str, deadline: Deadline, etag: str = "", modified: str = "") -> Answer:
    accept = ACCEPT.get(FollowKind(kind), GEO)
    return get(
        url, headers={"Accept": accept}, etag=etag, modified=modified, deadline=deadline, max_bytes=PAGE_BYTES
    )


def _take(found: Reading, records: Iterable[Foreign | None]) -> None:
    for one in records:
        if one is None:
            found.left_out["no_name"] += 1
        elif one.identifier in found.records:
            found.left_out["twice"] += 1
        elif len(found.records) >= MOST_RECORDS:
            raise SourceChanged("too_many_rows", limit=MOST_RECORDS)
        else:
            found.records[one.identifier] = one


def _refuse_many(listed: list[Any]) -> None:
    """Before any of them is looked at."""
    if len(listed) > MOST_RECORDS:
        raise SourceChanged("too_many_rows", limit=MOST_RECORDS)


def _whole_of(answer: Answer, member: str, code: str) -> tuple[dict[str, Any], list[Any]]:
    """The answer as JSON and its list; raises SourceChanged for anything else."""
    try:
        whole = answer.json()
    except CannotFetch as error:
        raise SourceUnfit(code) from error
    listed = whole.get(member) if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise SourceUnfit(code)
    _refuse_many(listed)
    return whole, listed


def _features(answer: Answer, ground: Ground) -> _Page:
    whole, listed = _whole_of(answer, "features", "not_features")
    following = whole.get("next") if isinstance(whole.get("next"), str) else ""
    total = next((whole[name] for name in ("numberMatched", "total") if type(whole.get(name)) is int), None)
    return _Page(
        [of_feature(one, ground) for one in listed], str(following or next_link(whole)), _licence_in(whole),
        text_of(whole.get("title") or whole.get("name"), 120), total,
    )  # fmt: skip


def _licence_in(whole: Mapping[str, Any]) -> str:
    """The licence that an answer names: as a member, or as a link with its title or its address."""
    for name in ("licence", "license"):
        if found := licence_name(whole.get(name)):
            return found
    links = whole.get("links")
    for one in links if isinstance(links, list) else []:
        if isinstance(one, dict) and one.get("rel") == "license":
            by_address = licence_name(one.get("href"))
            by_title = licence_name(one.get("title"))
            return by_title if by_address.startswith("http") and by_title else by_address
    return ""


def _link_of(answer: Answer, rel: str) -> str:
    """A link of the `Link` header; the licence by its name."""
    found = next(
        (one[0] for one in _LINK.findall(answer.headers.get("link", "")[:8_000]) if one[1] == rel), ""
    )
    return licence_name(found) if rel == "license" else found


def _json_feed(answer: Answer, ground: Ground) -> _Page:
    whole, listed = _whole_of(answer, "items", "not_a_feed")
    if "jsonfeed.org" not in str(whole.get("version", ""))[:100]:
        raise SourceUnfit("not_a_feed")
    said = text_of(whole.get("language"), 5)[:2]
    place = Ground(ground.base, said if said in LANGUAGES else ground.language, ground.box)
    own = whole.get("_vetovoima")
    licence = _licence_in(own) if isinstance(own, dict) else ""
    following = whole.get("next_url")
    return _Page(
        [_of_item(one, place) for one in listed], following if isinstance(following, str) else "",
        licence or _licence_in(whole), text_of(whole.get("title"), 120),
    )  # fmt: skip


def _of_item(item: Any, ground: Ground) -> Foreign | None:
    """An item of a JSON Feed; one of our own has our card beside it, with place and figures."""
    if not isinstance(item, dict):
        return None
    card = item.get("_vetovoima")
    if isinstance(card, dict) and isinstance(card.get("place"), dict):
        point = [card["place"].get("longitude"), card["place"].get("latitude")]
        geometry = {"type": "Point", "coordinates": point}
        return of_feature({"id": card.get("code"), "properties": card, "geometry": geometry}, ground)
    return of_feature({"id": item.get("id"), "properties": item}, ground)


def _atom(answer: Answer, ground: Ground) -> _Page:
    feed = read_atom(answer.body, MOST_RECORDS)
    said = str(feed.about.get("language", ""))[:2]
    language = said if said in LANGUAGES else ground.language
    gone = set(feed.gone)
    records = [
        _of_entry(one, ground.base, language, ground.box) for one in feed.entries if one.get("id") not in gone
    ]
    licence = licence_name(_rel(feed.about, "license"))
    if not licence or licence.startswith("http"):
        licence = licence_name(feed.about.get("rights")) or licence
    return _Page(records, _rel(feed.about, "next"), licence, text_of(feed.about.get("title"), 120))


def _of_entry(entry: dict[str, Any], base: str, language: str, box: Box) -> Foreign | None:
    said = str(entry.get("language", ""))[:2]
    ground = Ground(base, said if said in LANGUAGES else language, box)
    link = address_of(_rel(entry, "alternate"), base)
    given = {
        "id": entry.get("id"), "name": entry.get("title"), "url": link, "updated": entry.get("updated"),
        "summary": entry.get("summary") or entry.get("content"), "licence": _rel(entry, "license") or None,
        "kind": next(iter(entry.get("terms", ())), ""),
    }  # fmt: skip
    return of_feature(
        {"properties": given, "id": given["id"], "geometry": _georss(entry.get("point"))}, ground
    )


def _georss(text: Any) -> dict[str, Any] | None:
    """A point of GeoRSS, latitude first."""
    parts = str(text or "").replace(",", " ").split()
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _rel(given: Mapping[str, Any], rel: str) -> str:
    return next((href for name, href in given.get("links", ()) if name == rel and href), "")
