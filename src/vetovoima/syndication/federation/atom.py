"""Reading Atom (RFC 4287) of others: from end to end without a tree, no document type, bounded in depth and text.

Also what stands beside it: places (GeoRSS), the licence (RFC 4946), and entries that are gone (RFC 6721).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from vetovoima.collection.connectors.problems import SourceChanged

from .problems import SourceUnfit

ATOM = "http://www.w3.org/2005/Atom"
GEORSS = "http://www.georss.org/georss"
TOMBS = "http://purl.org/atompub/tombstones/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
MOST_DEPTH, MOST_TEXT = 60, 4_000
TEXTS = ("id", "title", "updated", "summary", "content", "rights")


@dataclass
class Feed:
    """A feed as far as it is looked at: its own words, and each entry's, by the names of Atom."""

    about: dict[str, Any] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class _Reader:
    """Goes through the elements. A text is kept where it stands directly in the feed or in an entry."""

    def __init__(self, most_entries: int) -> None:
        self.feed, self._most = Feed(), most_entries
        self._path: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._size = 0
        self.base = self.feed.about

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        space, _bar, tag = name.rpartition("|")
        self._path.append((space, tag))
        if len(self._path) > MOST_DEPTH:
            raise SourceUnfit("not_a_feed")
        if len(self._path) == 1 and (space, tag) != (ATOM, "feed"):
            raise SourceUnfit("not_a_feed")
        depth = len(self._path)
        if (space, tag) == (ATOM, "entry") and depth == 2:
            if len(self.feed.entries) >= self._most:
                raise SourceChanged("too_many_rows", limit=self._most)
            self.base = {}
            self.feed.entries.append(self.base)
        if (space, tag) == (TOMBS, "deleted-entry") and depth == 2:
            self.feed.gone.append(given.get("ref", "")[:300])
        if depth == self._own or depth == self._own - 1:
            self._attributes(space, tag, given)
        if depth <= self._own:
            self._text.clear()
            self._size = 0

    @property
    def _own(self) -> int:
        """The depth at which the elements of what is being read stand."""
        return 2 if self.base is self.feed.about else 3

    def _attributes(self, space: str, tag: str, given: dict[str, str]) -> None:
        if language := given.get(f"{XML}|lang"):
            self.base.setdefault("language", language[:5])
        if (space, tag) == (ATOM, "link"):
            self.base.setdefault("links", []).append((given.get("rel", "alternate"), given.get("href", "")))
        if (space, tag) == (ATOM, "category"):
            self.base.setdefault("terms", []).append(given.get("term", "")[:60])

    def end(self, name: str) -> None:
        """An element ends: what stood in it is its text."""
        space, _bar, tag = name.rpartition("|")
        depth = len(self._path)
        self._path.pop()
        if depth == self._own and ((space == ATOM and tag in TEXTS) or (space, tag) == (GEORSS, "point")):
            self.base.setdefault(tag, "".join(self._text).strip())
        if (space, tag) == (ATOM, "entry") and depth == 2:
            self.base = self.feed.about

    def text(self, part: str) -> None:
        """Text, in as many parts as it comes in; only its beginning is kept."""
        if self._size < MOST_TEXT:
            self._text.append(part[: MOST_TEXT - self._size])
            self._size += len(part)


def _doctype(*_given: Any) -> NoReturn:
    raise SourceChanged("doctype")


def read_atom(body: bytes, most_entries: int) -> Feed:
    """This will read one page of a feed; raises SourceChanged for what is no Atom, declares a document type or has more
    entries than are taken."""
    reader = _Reader(most_entries)
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _doctype
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise SourceUnfit("not_a_feed") from error
    return reader.feed
