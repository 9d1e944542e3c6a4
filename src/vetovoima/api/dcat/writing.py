"""A catalogue written down: Turtle, JSON-LD, RDF/XML. The same statements in each."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as Xml

from vetovoima.api.feeds.atom import LANG, NO_XML

from .graph import PREFIXES, Graph, Iri, Value, full, short

TURTLE, JSON_LD, RDF_XML = "text/turtle; charset=utf-8", "application/ld+json", "application/rdf+xml"
#: what may not stand between < and > in Turtle, nor in an address at all
NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def clean_iri(address: str) -> str:
    """This will write an address so that every reader takes it: what it may not hold is written in per cent."""
    return NO_IRI.sub(lambda found: f"%{ord(found[0]):02X}", address)


def write_turtle(graph: Graph) -> bytes:
    """This will write the statements as Turtle."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for address, said in graph:
        parts = [
            f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(map(_in_turtle, values))}"
            for predicate, values in said.items()
            if values
        ]
        lines += ["", f"<{clean_iri(address)}> " + " ;\n    ".join(parts) + " ."]
    return ("\n".join(lines) + "\n").encode()


def _in_turtle(value: Value) -> str:
    if isinstance(value, Iri):
        name = short(value.address)
        return name if name != value.address else f"<{clean_iri(value.address)}>"
    # JSON's strings are Turtle's, but for the letters beyond the first plane, which JSON would write in two halves
    text = json.dumps(NO_XML.sub("", value.text), ensure_ascii=False)
    return f"{text}@{value.language}" if value.language else f"{text}^^{value.type}" if value.type else text


def write_json_ld(graph: Graph) -> bytes:
    """This will write the statements as JSON-LD 1.1, with a context of prefixes alone."""
    things = [_thing(address, said) for address, said in graph]
    body = {"@context": PREFIXES, "@graph": things}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _thing(address: str, said: dict[str, list[Value]]) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": clean_iri(address)}
    for predicate, values in said.items():
        if predicate == "rdf:type":
            found["@type"] = [short(one.address) for one in values if isinstance(one, Iri)]
        elif values:
            found[predicate] = [_in_json_ld(one) for one in values]
    return found


def _in_json_ld(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": clean_iri(value.address)}
    marks = {"@language": value.language} if value.language else {"@type": value.type} if value.type else {}
    return {"@value": NO_XML.sub("", value.text), **marks}


def write_rdf_xml(graph: Graph) -> bytes:
    """This will write the statements as RDF/XML."""
    for prefix, address in PREFIXES.items():
        Xml.register_namespace(prefix, address)
    root = Xml.Element(_tag("rdf:RDF"))
    for address, said in graph:
        thing = Xml.SubElement(root, _tag("rdf:Description"), {_tag("rdf:about"): clean_iri(address)})
        for predicate, values in said.items():
            for value in values:
                _in_xml(thing, predicate, value)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _in_xml(thing: Xml.Element, predicate: str, value: Value) -> None:
    made = Xml.SubElement(thing, _tag(predicate))
    if isinstance(value, Iri):
        made.set(_tag("rdf:resource"), clean_iri(value.address))
        return
    made.text = NO_XML.sub("", value.text)
    if value.language:
        made.set(LANG, value.language)
    elif value.type:
        made.set(_tag("rdf:datatype"), full(value.type))


def _tag(name: str) -> str:
    prefix, _colon, rest = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{rest}"
