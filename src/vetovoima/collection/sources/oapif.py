"""OGC API Features: the items of a collection, following its own links, on the same server only."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from vetovoima.collection.connectors.problems import SourceChanged, few
from vetovoima.common.http import Answer, CannotFetch, Deadline, Refused, TryLater, get

from .features import MOST_BYTES, Features, page_of, refuse_web_page

PAGE = 1_000
MOST_PAGES = 100
ACCEPT = {"Accept": "application/geo+json, application/json"}


def read_oapif(address: str, layer: str, deadline: Deadline) -> Features:
    """This will read every item of a collection; `address` is the service, the collection or its items.

    Raises SourceChanged and CannotFetch.
    """
    url = items_address(address, layer, deadline)
    found, seen = Features(), {url}
    for _page in range(MOST_PAGES):
        features, whole = page_of(_get(url, deadline))
        found.add(features)
        following = next_link(whole)
        if not following or not features:
            return found
        url = same_server(urljoin(url, following), address)
        if url in seen:
            raise SourceChanged("same_page")
        seen.add(url)
    raise SourceChanged("too_many_rows", limit=len(found.items))


def _get(url: str, deadline: Deadline) -> Answer:
    return get(url, headers=ACCEPT, deadline=deadline, max_bytes=MOST_BYTES)


def items_address(address: str, layer: str, deadline: Deadline) -> str:
    """This will return where the items of a collection are read; raises SourceChanged when it is not clear which."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path.endswith("/items"):
        if "/collections/" not in path:
            path = f"{path.removesuffix('/collections')}/collections/{_collection(address, layer, deadline)}"
        path += "/items"
    asked = dict(parse_qsl(parts.query))
    asked |= {"f": asked.get("f", "json"), "limit": str(PAGE)}
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(asked), ""))


def _collection(address: str, layer: str, deadline: Deadline) -> str:
    """The collection that is meant; when the service does not say which it has, the given one is believed."""
    names = layers_of(address, deadline)
    if not names and layer:
        return layer
    if layer in names:
        return layer
    alike = [one for one in names if one.casefold() == layer.casefold()]
    if len(alike) == 1 or (not layer and len(names) == 1):
        return (alike or names)[0]
    if not names:
        raise SourceChanged("not_a_service", what="OGC API Features")
    raise SourceChanged("no_layer" if layer else "which_layer", layer=layer, has=few(names, 30))


def layers_of(address: str, deadline: Deadline) -> list[str]:
    """This will return the names of the service's collections; none when it does not list them."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/").removesuffix("/collections") + "/collections"
    url = urlunsplit((parts.scheme, parts.netloc, path, "f=json", ""))
    try:
        answer = _get(url, deadline)
    except TryLater:
        raise
    except Refused:
        return []
    refuse_web_page(answer.body)
    try:
        data: Any = answer.json()
    except CannotFetch as error:
        raise SourceChanged("not_a_service", what="OGC API Features") from error
    listed = data.get("collections") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return []
    return [str(one["id"]) for one in listed if isinstance(one, dict) and one.get("id")]


def next_link(whole: dict[str, Any]) -> str:
    """The address of the next page as an answer's links have it, or ""."""
    links = whole.get("links")
    for one in links if isinstance(links, list) else []:
        if isinstance(one, dict) and one.get("rel") == "next" and isinstance(one.get("href"), str):
            return str(one["href"])
    return ""


def same_server(url: str, address: str) -> str:
    """A link may lead anywhere; it is followed on the server that the municipality named, nowhere else."""
    own, other = urlsplit(address), urlsplit(url)
    if (own.scheme, own.netloc) != (other.scheme, other.netloc):
        raise SourceChanged("other_host", host=other.netloc[:100], own=own.netloc)
    return url
