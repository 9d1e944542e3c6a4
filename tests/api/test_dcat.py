"""The catalogue of open data: complete by the profile's own words, the same in its three forms, valid by its shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_organisation, make_region
from vetovoima.api.dcat.graph import Graph, Literal
from vetovoima.api.dcat.writing import write_json_ld, write_rdf_xml, write_turtle
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact
from vetovoima.monitoring.models import Indicator, Observation

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000/dcat/catalog"
SHAPES = Path(__file__).resolve().parents[3] / "shared/data/open-data/avoindata-fi"
DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@pytest.fixture
def published() -> None:
    make_region(nuts3="FI1D8", map_bounds=[26.3, 63.5, 30.3, 65.6])
    council = make_organisation("the-council", website="https://council.example/")
    Contact.objects.create(
        key="maija",
        name="Maija Made-up",
        email="maija@council.example",
        organisation=council,
        is_example=True,
    )
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"),
        kind="plot",
        by=None,
        now=NOW,
        values={"name": Translated(fi="T", en="P")},
    )
    catalogue.publish_site(site=site, by=None, now=NOW)
    indicator = Indicator.objects.create(
        code="population", name=Translated(fi="Väkiluku", en="Population"), unit="persons"
    )
    for period, licence in (("2023", "CC0 1.0"), ("2024", "CC0 1.0")):
        Observation.objects.create(
            indicator=indicator,
            area="windy-isle",
            period=period,
            value=100,
            origin=period,
            source={
                "title": 'The "office"',
                "dated": f"{period}-12-31",
                "licence": licence,
                "url": "https://office.example/",
            },
        )
    Indicator.objects.create(code="unheard", name=Translated(en="Nothing is known of this"), unit="number")


def read(client: Client) -> list[dict[str, Any]]:
    response = client.get("/dcat/catalog.jsonld")
    assert response.status_code == 200, response.content[:500]
    found: list[dict[str, Any]] = json.loads(response.content)["@graph"]
    return found


def of_kind(things: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in things if kind in one.get("@type", ())]


def test_what_the_profile_asks_for_is_there(published: None, client: Client) -> None:
    things = read(client)
    (found,) = of_kind(things, "dcat:Catalog")
    assert all(
        found[name]
        for name in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:modified")
    )
    sets = {one["@id"]: one for one in of_kind(things, "dcat:Dataset")}
    assert set(sets) == {one["@id"] for one in found["dcat:dataset"]}
    for one in sets.values():
        assert one["adfi:collectionType"] == [{"@value": "Open Data"}]
        assert all(one.get(name) for name in ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dct:spatial",
                                             "dcat:theme", "dcat:keyword", "dct:language", "dct:accrualPeriodicity", "dcat:distribution"))  # fmt: skip
    for one in of_kind(things, "dcat:Distribution"):
        assert all(
            one.get(name) for name in ("dcat:accessURL", "dct:license", "dcat:mediaType", "dct:format")
        ), one["@id"]


def test_every_file_that_is_named_is_there(published: None, client: Client) -> None:
    for one in of_kind(read(client), "dcat:Distribution"):
        address = one["dcat:accessURL"][0]["@id"].removeprefix("http://127.0.0.1:8000")
        # two figures are no drawing for a chart of one area with few points: it answers 404 with its reason
        assert client.get(address).status_code == 200 or address.endswith(".svg"), address


def test_a_statistic_has_its_own_licence_period_and_source(published: None, client: Client) -> None:
    things = {one["@id"]: one for one in read(client)}
    found = things[f"{HERE}#statistics-population"]
    assert {"@value": "Väkiluku", "@language": "fi"} in found["dct:title"]
    period = things[found["dct:temporal"][0]["@id"]]
    assert (period["dcat:startDate"][0]["@value"], period["dcat:endDate"][0]["@value"]) == (
        "2023-01-01",
        "2024-12-31",
    )
    licences = {things[one["@id"]]["dct:license"][0]["@id"] for one in found["dcat:distribution"]}
    assert licences == {"http://publications.europa.eu/resource/authority/licence/CC0"}
    assert things[found["dct:provenance"][0]["@id"]]["rdfs:label"][0]["@value"].startswith(
        'The "office", 2024-12-31'
    )
    assert found["dct:modified"] == [{"@value": "2024-12-31", "@type": "xsd:date"}]
    assert f"{HERE}#statistics-unheard" not in things


def test_nobody_made_up_is_named_for_programs(published: None, client: Client) -> None:
    for form in ("ttl", "jsonld", "rdf"):
        assert "maija@" not in client.get(f"/dcat/catalog.{form}").content.decode().lower()


def test_the_three_forms_say_the_same(published: None, client: Client) -> None:
    statements = sum(len(values) for one in read(client) for name, values in one.items() if name != "@id")
    in_xml = Xml.fromstring(client.get("/dcat/catalog.rdf").content)
    assert sum(len(thing) for thing in in_xml.findall(f"{RDF}Description")) == statements
    turtle = client.get("/dcat/catalog.ttl")
    assert turtle.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert turtle.content.decode().count("a dcat:Dataset") == len(of_kind(read(client), "dcat:Dataset"))


def test_texts_of_any_kind_stand_in_every_form() -> None:
    graph = Graph()
    said = 'quote " back \\ line\nend 😀 <b> & \x07'
    graph.add(graph.a("http://x.example/a b>c", "dcat:Dataset"), "dct:title", Literal(said, "en"))
    clean = said.replace("\x07", "")
    turtle = write_turtle(graph).decode()
    assert '"quote \\" back \\\\ line\\nend 😀 <b> & "@en' in turtle
    assert "<http://x.example/a%20b%3Ec>" in turtle
    assert json.loads(write_json_ld(graph))["@graph"][0]["dct:title"] == [
        {"@value": clean, "@language": "en"}
    ]
    assert Xml.fromstring(write_rdf_xml(graph)).findtext(f".//{{{DCT}}}title") == clean


@pytest.mark.parametrize("form", ["ttl", "jsonld", "rdf"])
def test_the_rules_of_every_machine_door(published: None, client: Client, form: str) -> None:
    first = client.get(f"/dcat/catalog.{form}")
    assert (first.headers["Access-Control-Allow-Origin"], first.headers["Cache-Control"]) == (
        "*",
        "public, max-age=60",
    )
    assert (
        client.get(f"/dcat/catalog.{form}", headers={"if-none-match": first.headers["ETag"]}).status_code
        == 304
    )
    assert client.get(f"/dcat/catalog.{form}?lang=en").status_code == 400
    assert client.post(f"/dcat/catalog.{form}").status_code == 405


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json;q=1", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("*/*", "ttl"),
    ],
)
def test_the_catalogues_own_name_leads_to_the_form_that_is_asked_for(
    published: None, client: Client, accepted: str, form: str
) -> None:
    response = client.get("/dcat/catalog", headers={"accept": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, f"/dcat/catalog.{form}")


def test_without_a_region_there_is_nothing_to_list(client: Client) -> None:
    assert client.get("/dcat/catalog.ttl").status_code == 404


@pytest.mark.skipif(
    not SHAPES.exists(),
    reason="the shapes of avoindata.fi are not in shared/data/open-data/avoindata-fi beside the project; "
    "docs/integrations/avoindata-fi.md says which files they are and where they come from",
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, about its own reader of JSON-LD
@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_the_shapes_of_avoindata_find_nothing_wrong(
    published: None, client: Client, form: str, name: str
) -> None:
    import pyshacl  # type: ignore[import-not-found, unused-ignore]
    import rdflib  # type: ignore[import-not-found, unused-ignore]

    shapes = re.sub(
        r"owl:imports\s+<[^>]+>\s*[;.]",
        "",
        (SHAPES / "avoindata_dcat-ap_shacl.ttl").read_text(encoding="utf-8"),
    )
    conforms, _graph, report = pyshacl.validate(
        rdflib.Graph().parse(data=client.get(f"/dcat/catalog.{form}").content, format=name),
        shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"),
        ont_graph=rdflib.Graph().parse(SHAPES / "FOAF.ttl", format="turtle"),
        inference="rdfs",
    )
    assert conforms, report
