"""Who publishes, whom to ask, and which area it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vetovoima.accounts.queries import organisation
from vetovoima.directory.queries import contacts
from vetovoima.reference import queries as reference

from . import words
from .graph import Graph, Iri, Literal

NUTS = "http://data.europa.eu/nuts/code"


@dataclass(frozen=True)
class Region:
    """A region as a catalogue names it; `mail` is that of a real person or none."""

    base: str
    code: str
    name: Mapping[str, str]
    site_name: Mapping[str, str]
    licence: str
    nuts: str
    box: tuple[float, ...]
    publisher_name: Mapping[str, str]
    publisher_page: str
    mail: str
    phone: str

    def publisher(self, graph: Graph) -> Iri:
        """This will name who publishes."""
        made = graph.a(f"{self.base}/dcat/catalog#publisher", "foaf:Agent", "foaf:Organization")
        graph.add(made, "foaf:name", words.told(self.publisher_name or self.site_name, "Vetovoima"))
        if self.publisher_page:
            graph.add(made, "foaf:homepage", graph.a(self.publisher_page, "foaf:Document"))
        return made

    def contact(self, graph: Graph) -> Iri:
        """This will name whom to ask: the publisher by its form, and its mail and telephone where they are real."""
        made = graph.a(f"{self.base}/dcat/catalog#contact", "vcard:Organization")
        graph.add(made, "vcard:fn", words.told(self.publisher_name or self.site_name, "Vetovoima"))
        graph.add(made, "vcard:hasURL", Iri(f"{self.base}/en/enquiry/"))
        if self.mail:
            graph.add(made, "vcard:hasEmail", Iri(f"mailto:{self.mail}"))
        if self.phone:
            graph.add(made, "vcard:hasTelephone", Iri(f"tel:{self.phone.replace(' ', '')}"))
        return made

    def place(self, graph: Graph) -> Iri:
        """This will name the area: by its code among the regions of the EU, with the box around it."""
        made = graph.a(
            f"{NUTS}/{self.nuts}" if self.nuts else f"{self.base}/dcat/catalog#area", "dct:Location"
        )
        graph.add(made, "skos:prefLabel", words.told(self.name, self.code))
        if len(self.box) == 4:
            west, south, east, north = self.box
            corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
            ring = ", ".join(f"{x:g} {y:g}" for x, y in corners)
            graph.add(made, "dcat:bbox", Literal(f"POLYGON(({ring}))", type="gsp:wktLiteral"))
        return made


def region_of(base: str) -> Region | None:
    """This will gather it; None before a region is loaded."""
    found = reference.region()
    if found is None:
        return None
    contact = contacts().filter(organisation__slug=found.council_slug).first() if found.council_slug else None
    council = contact.organisation if contact else organisation(found.council_slug)
    # a made-up contact of the demonstration would be taken for real by programs
    known = contact if contact is not None and not contact.is_example else None
    return Region(
        base=base,
        code=found.code,
        name=found.name,
        site_name=found.site_name,
        licence=found.licence,
        nuts=found.nuts3,
        box=tuple(found.map_bounds),
        publisher_name=council.name if council else {},
        publisher_page=council.website if council else "",
        mail=known.email if known else "",
        phone=known.phone if known else "",
    )
