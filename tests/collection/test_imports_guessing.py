"""What a column means, from headers as they stand in municipalities' own spreadsheets."""

from __future__ import annotations

import pytest

from vetovoima.collection.imports.guessing import guess, guess_columns, take_apart

#: header → (field, unit): plots
PLOTS = {
    "pinta-ala (ha)": ("area_m2", "ha"), "Pinta-ala ha": ("area_m2", "ha"), "PINTA-ALA, HA": ("area_m2", "ha"),
    "Pinta-ala": ("area_m2", ""), "tontin koko": ("area_m2", ""), "Area (acres)": ("area_m2", "acre"), "ha": ("area_m2", "ha"),
    "tomtens areal": ("area_m2", ""), "Tomtareal m2": ("area_m2", "m²"), "kaavamerkintä": ("plan_use_code", ""),
    "rak.oikeus": ("building_right_m2", ""), "Rakennusoikeus k-m2": ("building_right_m2", "m²"), "hinta €/m2": ("price_eur_m2", "€/m²"),
    "Hinta (e/m2)": ("price_eur_m2", "€/m²"), "Hinta": ("price_eur", ""), "Asking price": ("price_eur", ""), "Hinta €": ("price_eur", "€"),
    "Asking price EUR": ("price_eur", "€"), "sijainti": ("locality", ""), "lat": ("latitude", ""), "N": ("north", ""), "Y": ("north", ""),
    "E (ETRS-TM35FIN)": ("east", ""), "Koordinaatit": ("coordinates", ""), "yhteyshenkilö": ("contact", ""),
    "Sähköteho MW": ("free_capacity_mw", "MW"), "Sähkö (kW)": ("free_capacity_mw", "kW"), "Kiint.tunnus": ("property_ids", ""),
    "Kiinteistötunnus": ("property_ids", ""), "Tontin nimi": ("name", ""), "Kohde": ("name", ""), "Name (en)": ("name@en", ""),
    "Kuvaus englanniksi": ("description@en", ""), "Namn på svenska": ("name@sv", ""), "Kunta": ("municipality", ""),
    "Etäisyys päätielle (km)": ("road_distance_km", "km"), "area_m2": ("area_m2", ""), "summary@sv": ("summary@sv", ""),
    "Kaavatilane": ("plan_state", ""), "Tietolähde": ("source.*.title", ""), "Postinumero": ("postal_code", ""),
    "Koodi": ("code", ""), "FID": ("external_key", ""), "Omat höpinät": ("", ""), "": ("", ""),
    "Perustiedot – Pinta-ala (ha)": ("area_m2", "ha"),
}  # fmt: skip
PREMISES = {
    "Pinta-ala": ("floor_area_m2", ""), "Koko m2": ("floor_area_m2", "m²"), "Vuokra €/m2/kk": ("rent_eur_m2_month", "€/m²/month"),
    "Vapaa korkeus": ("clear_height_m", ""), "Floor area (sq ft)": ("floor_area_m2", "sq ft"), "Huoneistoala": ("floor_area_m2", ""),
}  # fmt: skip


@pytest.mark.parametrize("header", PLOTS)
def test_headers_of_plots(header: str) -> None:
    found = guess(header, "plot")
    assert (found.field, found.unit) == PLOTS[header]


@pytest.mark.parametrize("header", PREMISES)
def test_headers_of_premises(header: str) -> None:
    found = guess(header, "premises")
    assert (found.field, found.unit) == PREMISES[header]


def test_the_values_decide_between_two_meanings() -> None:
    assert guess("Omistaja", "plot", cells=["kunta", "Valtio", "ei tiedossa"]).field == "owner_kind"
    assert guess("Omistaja", "plot", cells=["Esimerkki Oy", "Malli Oy"]).field == "owner_name"
    assert guess("Hinta", "plot", cell_unit="€/m²").field == "price_eur_m2"


def test_what_an_organisation_confirmed_comes_first_and_what_it_left_out_stays_out() -> None:
    memory = {"hinta": ("price_eur_m2", "€/m²", "fill"), "huom": ("", "", "")}
    assert guess("Hinta", "plot", memory).field == "price_eur_m2"
    assert guess("Hinta", "plot", memory).rule == "fill"
    assert guess("Huom.", "plot", memory).field == ""


def test_two_columns_never_go_to_one_field_and_the_surer_one_keeps_it() -> None:
    fields = [one.field for one in guess_columns(["Tontti", "name", "Pinta-ala", "Koko"], "plot")]
    assert fields == ["", "name", "area_m2", ""]


def test_a_header_is_taken_apart() -> None:
    parts = take_apart("Rent, asking (€/m²/month)")
    assert (parts.words, parts.unit) == ("rent asking", "€/m²/month")
