"""Atom (RFC 4287), with its licence (RFC 4946) and places (GeoRSS)."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from .shapes import Channel, Entry

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: what XML 1.0 cannot hold, however it is written
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Xml.register_namespace("", ATOM)
Xml.register_namespace("georss", GEORSS)


def write_atom(channel: Channel) -> bytes:
    """This will write a feed as Atom."""
    feed = Xml.Element(f"{{{ATOM}}}feed", {LANG: channel.language})
    _text(feed, "id", channel.identity)
    _text(feed, "title", channel.title)
    if channel.description:
        _text(feed, "subtitle", channel.description)
    _text(feed, "updated", channel.updated)
    _link(feed, "self", channel.address, "application/atom+xml")
    _link(feed, "alternate", channel.home, "text/html")
    if channel.next:
        _link(feed, "next", channel.next, "application/atom+xml")
    if channel.licence_url:
        _link(feed, "license", channel.licence_url)
    if channel.licence:
        _text(feed, "rights", channel.licence)
    _text(_under(feed, "author"), "name", channel.author)
    _text(feed, "generator", "Vetovoima")
    for one in channel.entries:
        _entry(feed, one, channel)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Xml.Element, one: Entry, channel: Channel) -> None:
    entry = _under(feed, "entry")
    _text(entry, "id", one.url)
    _text(entry, "title", one.title).set(LANG, one.title_language)
    _link(entry, "alternate", one.url, "text/html").set("hreflang", one.language)
    if one.image:
        _link(entry, "enclosure", one.image, "image/jpeg")
    _text(entry, "published", one.published)
    _text(entry, "updated", one.updated)
    for tag in one.tags:
        _under(entry, "category", term=tag.term, label=tag.label)
    if one.summary:
        _text(entry, "summary", one.summary)
    _text(entry, "content", one.text).set("type", "text")
    if channel.licence:
        _text(entry, "rights", channel.licence)
    if one.point:
        Xml.SubElement(entry, f"{{{GEORSS}}}point").text = f"{one.point[0]} {one.point[1]}"


def _under(parent: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    clean = {key: NO_XML.sub("", value) for key, value in attributes.items()}
    return Xml.SubElement(parent, f"{{{ATOM}}}{name}", clean)


def _text(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    made = _under(parent, name)
    made.text = NO_XML.sub("", text)
    return made


def _link(parent: Xml.Element, rel: str, href: str, media_type: str = "") -> Xml.Element:
    return _under(parent, "link", rel=rel, href=href, **({"type": media_type} if media_type else {}))
