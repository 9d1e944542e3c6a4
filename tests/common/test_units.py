"""Units as people write them, and from one to another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from vetovoima.catalogue.registry import FIELDS, FIGURES
from vetovoima.common.units import UNITS, convert, dimension_of, split_unit, unit_in_label, unit_of


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("ha", "ha"), ("Hehtaaria", "ha"), ("hectares", "ha"), ("m2", "m²"), ("M²", "m²"), ("k-m²", "m²"), ("kem2", "m²"),
        ("neliötä", "m²"), ("kvm", "m²"), ("sq m", "m²"), ("sq. ft.", "sq ft"), ("sqft", "sq ft"), ("acres", "acre"),
        ("eekkeriä", "acre"), ("aaria", "a"), ("km^2", "km²"), ("mile", "mile"), ("mailia", "mile"), ("MW", "MW"), ("kw", "kW"),
        ("m3/vrk", "m³/d"), ("l/s", "l/s"), ("€/m2", "€/m²"), ("eur/m2", "€/m²"), ("e/m2", "€/m²"), ("EUR/ha", "€/ha"),
        ("k€", "k€"), ("tuhatta euroa", "k€"), ("milj. €", "M€"), ("MEUR", "M€"), ("€/sqft", "€/sq ft"), ("t/v", "t/a"),
        ("tonnia/vuosi", "t/a"), ("kV", "kV"), ("volts", "V"), ("kk", "months"), ("€/m2/kk", "€/m²/month"), ("kpl", "pcs"),
        ("", ""), ("höpö", ""),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_its_many_names(written: str, unit: str) -> None:
    assert unit_of(written) == unit


@pytest.mark.parametrize(
    ("number", "source", "target", "result"),
    [
        (12.5, "ha", "m²", 125_000), (1, "acre", "m²", 4046.8564224), (12.5, "acres", "ha", 5.058570528), (3, "a", "m²", 300),
        (1000, "sq ft", "m²", 92.90304), (2, "km²", "ha", 200), (1500, "m", "km", 1.5), (1, "mile", "km", 1.609344),
        (500, "kW", "MW", 0.5), (1, "GW", "MW", 1000), (1, "m³/h", "m³/d", 24), (1, "l/s", "m³/d", 86.4),
        (2, "k€", "€", 2000), (1.2, "M€", "€", 1_200_000), (10_000, "€/ha", "€/m²", 1), (1, "€/sq ft", "€/m²", 10.7639104167),
        (2, "kt/a", "t/a", 2000), (110_000, "V", "kV", 110), (120, "€/m²/year", "€/m²/month", 10), (1, "years", "months", 12),
        (1, "kN/m²", "kPa", 1), (5, "c/kWh", "€/MWh", 50),
    ],
)  # fmt: skip
def test_units_are_changed(number: float, source: str, target: str, result: float) -> None:
    assert convert(number, source, target) == pytest.approx(result, rel=1e-11)


def test_the_same_unit_by_another_name_changes_nothing() -> None:
    assert convert(0.1 + 0.2, "m2", "m²") == 0.1 + 0.2


def test_there_and_back_is_the_same() -> None:
    for dimension, units in UNITS.items():
        base, *others = units
        for unit in others:
            there = convert(12.5, base, unit)
            assert convert(there, unit, base) == pytest.approx(12.5, rel=1e-11), (dimension, unit)


@pytest.mark.parametrize(
    ("source", "target"), [("ha", "km"), ("MW", "MVA"), ("foo", "m²"), ("", "m²"), ("€", "€/m²"), ("V", "A")]
)
def test_what_cannot_be_changed_is_refused_in_words(source: str, target: str) -> None:
    with pytest.raises(ValidationError, match="Give the figure in"):
        convert(1, source, target)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("12,5 ha", ("12,5", "ha")), ("12,5ha", ("12,5", "ha")), ("5 000 m²", ("5 000", "m²")), ("5\u00a0000 m2", ("5\u00a0000", "m2")),
        ("n. 5 ha", ("n. 5", "ha")), ("€1,200", ("1,200", "€")), ("€12/m²", ("12", "€/m²")), ("1,2 M€", ("1,2", "M€")), ("12 %", ("12", "%")),
        ("5", ("5", "")), ("paja", ("paja", "")), ("", ("", "")), ("1'234 sq ft", ("1'234", "sq ft")), ("-5 °C", ("-5", "°C")),
    ],
)  # fmt: skip
def test_a_figure_is_split_from_its_unit(written: str, parts: tuple[str, str]) -> None:
    assert split_unit(written) == parts


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Pinta-ala (ha)", "ha"), ("Pinta-ala [m2]", "m²"), ("Area, acres", "acre"), ("Area sq ft", "sq ft"), ("Etäisyys km", "km"),
        ("Hinta €/m2", "€/m²"), ("Hinta (€/m²)", "€/m²"), ("Nimi", ""), ("Vapaa teho MW", "MW"), ("ha", ""), ("Ala (arvio)", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_header_names_its_unit(label: str, unit: str) -> None:
    assert unit_in_label(label) == unit


def test_every_unit_of_the_standard_that_a_figure_has_is_known() -> None:
    units = {spec.unit for spec in FIELDS if spec.type in FIGURES and spec.unit}
    assert {unit for unit in units if not dimension_of(unit)} == set()
