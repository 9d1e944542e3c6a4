"""What stands in a page's HTML: the embeds in it, found in a time that grows with its length alone.

The page is somebody else's and may be hostile. So it is no tree that is built of it: tags are read one after the other,
each of a bounded length, and what is no markup (comments, scripts, texts of fields) is stepped over. All that is looked
for is plain ASCII: whatever encoding the page says it has, those letters are the same, save in UTF-16.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: tags that are read: more than any page for people has
MOST_TAGS = 150_000
#: of one attribute's value, once it is read
LONGEST_VALUE = 2_000
_TAG = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9-]{0,60})((?:[^\"'<>]{1,1000}+|\"[^\"]{0,2000}+\"|'[^']{0,2000}+'){0,200}+)>"
)
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:@][\w:.@-]{0,60})\s{0,20}+=\s{0,20}+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++))|([a-zA-Z_:@][\w:.@-]{0,60})"
)
#: elements whose content is text, whatever it looks like; what stands in a template is not shown
_TEXT = frozenset(
    {"script", "style", "textarea", "title", "template", "noscript", "xmp", "iframe", "noembed", "noframes"}
)


class TooTangled(Exception):
    """The page has more tags than are read."""


@dataclass(frozen=True)
class Tag:
    """One tag: its name in small letters, its attributes with entities read."""

    name: str
    attributes: dict[str, str]

    def get(self, name: str) -> str:
        """An attribute's value, or ""."""
        return self.attributes.get(name, "")


def text_of(body: bytes) -> str:
    """This will read bytes as text, as far as it is needed here: by the mark of UTF-16 or 32, else as UTF-8."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if body.startswith(mark):
            return body.decode(name, "replace")
    return body.decode("utf-8", "replace")


def embeds_in(text: str) -> Iterator[Tag]:
    """This will yield the tags that may be embeds: ours by name, scripts, frames, and whatever carries our mark.

    Raises TooTangled.
    """
    at, count = 0, 0
    while (at := text.find("<", at)) != -1:
        count += 1
        if count > MOST_TAGS:
            raise TooTangled
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            at = len(text) if end == -1 else end + 3
            continue
        found = _TAG.match(text, at)
        if found is None:
            at += 1
            continue
        name = found[1].lower()
        if _is_of_interest(name, found[2]):
            yield Tag(name, _attributes(found[2]))
        at = _after(text, name, found.end())


def _is_of_interest(name: str, inside: str) -> bool:
    return (
        name in ("script", "iframe")
        or name.startswith("vetovoima-")
        or "data-vetovoima-version" in inside.lower()
    )


def _attributes(inside: str) -> dict[str, str]:
    """The first of each name counts, as in browsers."""
    read: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(inside):
        name = (found[1] or found[5]).lower()
        value = found[2] or found[3] or found[4] or ""
        read.setdefault(name, html.unescape(value[:LONGEST_VALUE]).strip())
    return read


def _after(text: str, name: str, at: int) -> int:
    """Where to go on: behind the end of an element whose content is text."""
    if name not in _TEXT:
        return at
    closing = re.compile(rf"</{name}", re.IGNORECASE).search(text, at)
    # One that is never closed: what follows is text to the end, for a browser too.
    return closing.end() if closing else len(text)
