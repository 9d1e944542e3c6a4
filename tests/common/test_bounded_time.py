"""What others send is read in time that grows with its length, never with its square: 200 kB of the worst at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from vetovoima.collection.connectors import boundaries, company_register, pxweb
from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.collection.sources.capabilities import read_capabilities
from vetovoima.collection.sources.features import refuse_exception, refuse_web_page
from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.digits import whole_number
from vetovoima.common.http.calls import wait_of
from vetovoima.common.identifiers import clean_business_id
from vetovoima.common.notation import read_day, read_number
from vetovoima.common.text import words
from vetovoima.common.units import split_unit, unit_in_label

LENGTH, SECONDS = 200_000, 0.5
#: what makes a careless pattern try again and again
SEEDS = (
    " ", "1", "a", "1 ", "a ", "1.", "_", "-", "LAT", "'", "(", "(a", "/", "a/", "~", "1°", "°", "20", "A_20", "\n", "a-",
    "FI", "1'", ",1", "\t",
)  # fmt: skip
READERS: dict[str, Callable[[str], object]] = {
    "coordinates": parse_coordinates,
    "business id": clean_business_id,
    "number": lambda text: read_number(text, "fi"),
    "day": read_day,
    "unit": split_unit,
    "label": unit_in_label,
    "words": words,
    "count": whole_number,
    "wait": wait_of,
    "area": pxweb.AREA.fullmatch,
    "time": pxweb.TIME.fullmatch,
    "old table": pxweb.OLD_TABLE.fullmatch,
    "vintage": pxweb.VINTAGE.search,
    "layer": boundaries.LAYER.search,
    "day of the register": company_register.DAY.fullmatch,
}


@pytest.mark.parametrize("name", READERS)
def test_nonsense_is_read_or_refused_at_once(name: str) -> None:
    for seed in SEEDS:
        for text in (seed * (LENGTH // len(seed)), "1" + seed * (LENGTH // len(seed)) + "!"):
            began = time.perf_counter()
            try:
                READERS[name](text)
            except (ValidationError, ValueError):
                pass  # refused: that is as good
            taken = time.perf_counter() - began
            assert taken < SECONDS, f"{name} took {taken:.1f} s for {seed!r}"


HEAD = b"<WFS_Capabilities version='2.0.0'>"
HOSTILE = {
    "spaces": HEAD + b">" + b" " * LENGTH,
    "layers that never end": HEAD + b"<FeatureType>" * (LENGTH // 13),
    "a name of spaces": HEAD + b"<FeatureType><Name>" + b" " * LENGTH,
    "many short texts": HEAD + b"<a>xyz</a>" * (LENGTH // 10),
    "attributes": HEAD + b"<a " + b'b="c" ' * (LENGTH // 6),
    "no XML": b"<" * LENGTH,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_description_of_a_service_is_refused_at_once(name: str) -> None:
    began = time.perf_counter()
    with pytest.raises(SourceChanged):
        refuse_web_page(HOSTILE[name])
        refuse_exception(HOSTILE[name])
        read_capabilities(HOSTILE[name])
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;&b;">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE a [<!ENTITY % b SYSTEM "https://example.org/b">%b;]>',
    ],
)
def test_a_description_that_declares_a_document_type_is_refused(declared: bytes) -> None:
    with pytest.raises(SourceChanged, match="document type"):
        read_capabilities(declared + HEAD + b"&d;</WFS_Capabilities>")


def test_a_description_is_read_with_prefixes_entities_and_other_names_around() -> None:
    found = read_capabilities(
        b"<?xml version='1.0'?><wfs:WFS_Capabilities version='2.0.0'><ows:Name>Service</ows:Name>"
        b"<ows:Value> application/json </ows:Value><ows:Value>GeoJSON</ows:Value><FeatureTypeList>"
        b"<wfs:FeatureType><wfs:Name>a:tontit &amp; hallit</wfs:Name><x><Name>inner</Name></x></wfs:FeatureType>"
        b"<FeatureType><Name/></FeatureType></FeatureTypeList></wfs:WFS_Capabilities>"
    )
    assert (found.root, found.version, found.layers) == ("WFS_Capabilities", "2.0.0", ["a:tontit & hallit"])
    assert found.json_format == "application/json"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 7 ", 7),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("1.0", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_whole_number_is_plain_digits(text: str, number: int | None) -> None:
    assert whole_number(text) == number
