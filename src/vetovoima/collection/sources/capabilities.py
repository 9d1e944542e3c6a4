"""What a WFS says of itself, read once from end to end: its version, its layers and the formats that it offers.

The text is somebody else's. It is bounded, read by a parser that keeps no tree and takes time in proportion to the
text, and refused when it declares a document type: so no entity is ever declared, expanded or fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from vetovoima.collection.connectors.problems import SourceChanged

#: a service with some hundreds of layers describes itself in about one million bytes
MOST_BYTES = 2_000_000
#: as GeoJSON is called where it is offered, the best name first
FORMATS = ("application/json", "application/geo+json", "application/json; subtype=geojson", "geojson", "json")
LONGEST_NAME, LONGEST_FORMAT = 300, 60


@dataclass
class Description:
    """What was found; `root` is the name of the outermost element, without its prefix."""

    root: str = ""
    version: str = ""
    layers: list[str] = field(default_factory=list)
    #: the formats in FORMATS as the service writes them
    formats: dict[str, str] = field(default_factory=dict)

    @property
    def json_format(self) -> str:
        """The best of the formats that are GeoJSON, or ""."""
        return next((self.formats[one] for one in FORMATS if one in self.formats), "")


class _Reader:
    """Goes through the elements and keeps what is looked for."""

    def __init__(self) -> None:
        self.found = Description()
        self._text: list[str] = []
        self._is_in_layer = self._has_name = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = _bare(name)
        if not self.found.root:
            self.found.root, self.found.version = tag, attributes.get("version", "")
        if tag == "FeatureType":
            self._is_in_layer, self._has_name = True, False
        self._text.clear()

    def end(self, name: str) -> None:
        """An element ends: what stood in it last is its text, when it holds no other element."""
        tag, text = _bare(name), "".join(self._text).strip()
        self._text.clear()
        if tag == "FeatureType":
            self._is_in_layer = False
        elif tag == "Name" and self._is_in_layer and not self._has_name and 0 < len(text) <= LONGEST_NAME:
            self._has_name = True
            self.found.layers.append(text)
        elif len(text) <= LONGEST_FORMAT and text.lower() in FORMATS:
            self.found.formats[text.lower()] = text

    def text(self, part: str) -> None:
        """Text, in as many parts as it comes in."""
        self._text.append(part)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _doctype(*_given: Any) -> NoReturn:
    raise SourceChanged("doctype")


def read_capabilities(body: bytes) -> Description:
    """This will read the description; raises SourceChanged for what is no XML, or declares a document type."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _doctype
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as error:  # broken, or in an encoding that nobody knows
        raise SourceChanged("not_a_service", what="WFS") from error
    return reader.found
