"""WFS 2.0 and 1.1: what the service says it has, then the layer page by page, as GeoJSON where it is offered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from vetovoima.collection.connectors.problems import SourceChanged, few
from vetovoima.common.http import Answer, Deadline, get

from . import capabilities
from .features import MOST_BYTES, MOST_FEATURES, Features, page_of, refuse_exception, refuse_web_page

PAGE = 5_000
#: what people paste together with the address; said by us
OURS = {
    "service", "request", "version", "typename", "typenames", "outputformat", "srsname", "count", "maxfeatures",
    "startindex", "bbox", "cql_filter", "resulttype",
}  # fmt: skip


@dataclass(frozen=True)
class Service:
    """What a service says of itself."""

    version: str
    layers: tuple[str, ...]
    json_format: str


def address_with(address: str, parameters: Mapping[str, str]) -> str:
    """This will put our parameters into an address; its own further ones (a map's name, say) stay."""
    parts = urlsplit(address)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key.lower() not in OURS]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*kept, *parameters.items()]), ""))


def ask_service(address: str, deadline: Deadline) -> Service:
    """This will read a service's own description; raises SourceChanged when it is none."""
    url = address_with(address, {"service": "WFS", "request": "GetCapabilities"})
    body = get(url, deadline=deadline, max_bytes=capabilities.MOST_BYTES).body
    refuse_web_page(body)
    refuse_exception(body)
    said = capabilities.read_capabilities(body)
    if said.root != "WFS_Capabilities":
        raise SourceChanged("not_a_service", what="WFS")
    version = "2.0.0" if said.version.startswith("2") else "1.1.0"
    return Service(version, tuple(said.layers), said.json_format)


def choose_layer(service: Service, wanted: str) -> str:
    """This will find the layer that somebody meant: as written, or without its prefix or capitals.

    Raises SourceChanged with the layers that there are.
    """
    if not wanted and len(service.layers) == 1:
        return service.layers[0]
    if wanted in service.layers:
        return wanted
    alike = [one for one in service.layers if wanted and _short(one) == _short(wanted)]
    if len(alike) == 1:
        return alike[0]
    code = "no_layer" if wanted else "which_layer"
    raise SourceChanged(code, layer=wanted, has=few(service.layers, 30))


def _short(name: str) -> str:
    return name.rpartition(":")[2].casefold()


def read_wfs(address: str, layer: str, deadline: Deadline) -> Features:
    """This will read every feature of a layer.

    Raises SourceChanged, CannotRead for broken GML, and CannotFetch.
    """
    service = ask_service(address, deadline)
    name = choose_layer(service, layer)
    found = Features()
    seen: set[str] = set()
    while True:
        answer = _page(address, service, name, len(found.items), deadline)
        features, whole = page_of(answer)
        found.crs = found.crs or whole.get("crs")
        if features and not _is_new(features, seen):
            raise SourceChanged("same_page")
        found.add(features)
        if len(features) < PAGE or service.version != "2.0.0":
            return found


def _is_new(features: list[dict[str, object]], seen: set[str]) -> bool:
    """A service that ignores where a page begins gives the first one for ever."""
    digest = hashlib.sha256(repr(features).encode()).hexdigest()
    is_new = digest not in seen
    seen.add(digest)
    return is_new


def _page(address: str, service: Service, name: str, start: int, deadline: Deadline) -> Answer:
    asked = {"service": "WFS", "version": service.version, "request": "GetFeature", "srsName": "EPSG:4326"}
    if service.json_format:
        asked["outputFormat"] = service.json_format
    if service.version == "2.0.0":
        asked |= {"typeNames": name, "count": str(PAGE)}
    else:
        asked |= {"typeName": name, "maxFeatures": str(MOST_FEATURES + 1)}
    if start:  # never said for the first page: layers without a key cannot be paged at all
        asked["startIndex"] = str(start)
    return get(address_with(address, asked), deadline=deadline, max_bytes=MOST_BYTES)
