"""The position of a record: pasted, from a file, chosen, mended. Nothing is saved before a person saves it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.reading import form, words
from tests.desk.test_form import AREA, edit, save
from tests.factories.sites import make_site
from vetovoima.catalogue.models import Site
from vetovoima.common.geo import to_etrs_tm35fin
from vetovoima.reference.models import Municipality

TIE = [[28.0, 64.0], [28.002, 64.001], [28.002, 64.0], [28.0, 64.001], [28.0, 64.0]]


def place(client: Client, site: Site, **sent: Any) -> Any:
    """This will press the button of the position, and follow it to the form."""
    return client.post(edit(site, "place/"), sent, follow=True)


def collection(*rings: Any) -> SimpleUploadedFile:
    features = [
        {"type": "Feature", "properties": {"nimi": f"Tontti {number}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for number, ring in enumerate(rings, start=1)
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return SimpleUploadedFile("tontit.geojson", content)


@pytest.mark.parametrize(
    "text", ["64,2245 27,7315", "N 7122240 E 535490", "64° 13' 28.2\" N 27° 43' 53.4\" E"]
)
def test_pasted_coordinates_go_into_the_form_unsaved(town: Client, text: str) -> None:
    site = make_site()
    shown = form(place(town, site, paste=text), "")
    east, north = to_etrs_tm35fin(float(shown["longitude"]), float(shown["latitude"]))
    assert (round(east, -1), round(north, -1)) == (535_490, 7_122_240)
    site.refresh_from_db()
    assert site.geometry is None


def test_a_pasted_area_is_saved_with_the_part(town: Client) -> None:
    site = make_site()
    shown = form(place(town, site, paste="64.1 28.1\n64.1 28.11\n64.11 28.11\n64.11 28.1"), "")
    save(town, site, "location", geometry=shown["geometry"], place_precision="exact")
    site.refresh_from_db()
    assert site.geometry == AREA


def test_what_cannot_be_read_is_said_with_its_line(town: Client) -> None:
    site = make_site()
    assert 'Line 2 cannot be read: "Kantola"' in words(place(town, site, paste="64.1 28.1\nKantola"))


def test_one_shape_of_a_file_goes_straight_into_the_form(town: Client) -> None:
    site = make_site()
    page = place(town, site, shape_file=collection(AREA["coordinates"][0]))
    assert json.loads(form(page, "")["geometry"]) == AREA


def test_of_several_shapes_one_is_chosen(town: Client) -> None:
    site = make_site()
    other = [[28.2, 64.1], [28.21, 64.1], [28.21, 64.11], [28.2, 64.1]]
    page = town.post(edit(site, "place/"), {"shape_file": collection(AREA["coordinates"][0], other)})
    assert "Tontti 1" in words(page)
    assert "Tontti 2" in words(page)
    assert "54.3 ha" in words(page)
    chosen = form(page, "place/")
    assert json.loads(form(place(town, site, shape=chosen["shape"]), "")["geometry"]) == AREA


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"nothing", "This kind of file cannot be read here"), (b'{"type":"FeatureCollection","features":[]}', "no shapes")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_said_in_words(town: Client, content: bytes, sentence: str) -> None:
    site = make_site()
    page = place(town, site, shape_file=SimpleUploadedFile("a.geojson", content))
    assert sentence in words(page)


def test_a_shape_that_somebody_made_up_is_refused_in_words(town: Client) -> None:
    site = make_site()
    for text in ("no json", "[]", '{"type": "Point", "coordinates": ["x", {}]}'):
        assert "The shape cannot be read." in words(place(town, site, shape=text))


def test_swapped_coordinates_are_turned_round_with_one_button(town: Client) -> None:
    site = make_site()
    page = place(town, site, paste="27.7315, 64.2245")
    assert "Latitude and longitude are swapped." in words(page)
    sent = form(page, "")
    shown = form(
        place(
            town, site, latitude=sent["latitude"], longitude=sent["longitude"], geometry="", mend="swapped"
        ),
        "",
    )
    assert (shown["latitude"], shown["longitude"]) == ("64.2245", "27.7315")


def test_a_border_that_crosses_itself_is_repaired_with_one_button(town: Client) -> None:
    site = make_site()
    crossing = json.dumps({"type": "Polygon", "coordinates": [TIE]})
    answer = save(town, site, "location", geometry=crossing, place_precision="exact")
    assert "The border of the area crosses itself." in words(answer)
    assert 'value="self_crossing"' in answer.content.decode()
    shown = form(place(town, site, geometry=crossing, latitude="", longitude="", mend="self_crossing"), "")
    save(town, site, "location", geometry=shown["geometry"], place_precision="exact")
    site.refresh_from_db()
    assert site.geometry is not None
    assert site.geometry["type"] == "MultiPolygon"


def test_a_place_outside_its_municipality_is_a_warning_that_can_be_saved(town: Client) -> None:
    site = make_site()
    Municipality.objects.update(boundary=AREA)
    answer = save(town, site, "location", latitude="64.5", longitude="28.5", place_precision="exact")
    assert "The place is outside the municipality." in words(answer)
    site.refresh_from_db()
    assert site.latitude == 64.5


def test_the_area_on_the_map_can_be_stated_instead(town: Client) -> None:
    site = make_site(geometry=AREA, place_precision="exact", area_m2=10_000)
    assert "they differ by" in words(town.get(edit(site)))
    shown = form(place(town, site, mend="area"), "")
    assert shown["area_m2"] == "543042"


def test_the_map_is_not_for_records_of_others(town: Client) -> None:
    foreign = make_site("sotkamo")
    assert town.post(edit(foreign, "place/"), {"paste": "64.1 28.1"}).status_code == 404
