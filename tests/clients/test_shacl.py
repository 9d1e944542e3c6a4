"""pyshacl checks the catalogue of open data by the shapes of avoindata.fi, from a live server; rdflib reads its three forms."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.clients.conftest import Service

pytestmark = pytest.mark.django_db(transaction=True)
SHAPES = Path(__file__).resolve().parents[3] / "shared/data/open-data/avoindata-fi"
FORMS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


def graph_of(service: Service, accepted: str):
    """The catalogue as rdflib reads it, asked for by its own name and the form's."""
    import rdflib

    with urlopen(Request(f"{service.url}/dcat/catalog", headers={"Accept": accepted})) as answer:
        assert answer.headers["Content-Type"].split(";")[0] == accepted
        content = answer.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about its own reader of JSON-LD
        return rdflib.Graph().parse(data=content, format=FORMS[accepted])


def test_the_three_forms_are_one_graph(service: Service) -> None:
    from rdflib.compare import isomorphic

    turtle, json_ld, xml = (graph_of(service, accepted) for accepted in FORMS)
    assert len(turtle) > 100
    assert isomorphic(turtle, json_ld) and isomorphic(turtle, xml)


@pytest.mark.skipif(
    not SHAPES.exists(),
    reason="the shapes of avoindata.fi are not in shared/data/open-data/avoindata-fi beside the project; "
    "docs/integrations/avoindata-fi.md says which files they are and where they come from",
)
def test_the_shapes_find_nothing_wrong(service: Service) -> None:
    import pyshacl
    import rdflib

    def shape(name: str):
        text = (SHAPES / name).read_text(encoding="utf-8")
        return rdflib.Graph().parse(data=re.sub(r"owl:imports\s+<[^>]+>\s*[;.]", "", text), format="turtle")

    def complaints(graph):
        _ok, report, _text = pyshacl.validate(graph, shacl_graph=shape("avoindata_dcat-ap_shacl.ttl"), ont_graph=shape("FOAF.ttl"), inference="rdfs")  # fmt: skip
        return sorted(str(one) for one in report.objects(None, rdflib.SH.resultMessage))

    found = graph_of(service, "text/turtle")
    assert complaints(found) == []
    # the same check sees what is missing
    found.remove((None, rdflib.DCTERMS.title, None))
    assert complaints(found) != []
