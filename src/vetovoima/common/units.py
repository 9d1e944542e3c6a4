"""Units of the collection standard, and of the tables that come in: area, length, power, flow, money, mass, voltage.

Every unit has many names; `unit_of` finds the one meant, `convert` changes a number from one to another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: exact by definition: international foot and acre, statute mile
FOOT, ACRE, MILE = 0.3048, 4046.8564224, 1609.344
#: dimension → unit as we write it → (how many of the dimension's base unit it is, its other names)
UNITS: dict[str, dict[str, tuple[float, str]]] = {
    "area": {
        "m²": (1, "m2|m^2|sqm|sq m|sq.m.|sq. m|square metre|square metres|square meter|square meters|neliömetri|neliömetriä|neliö|neliötä|kvm|kvadratmeter|k-m²|k-m2|kem²|kem2|kerros-m²|kerros-m2|krs-m2|krs-m²|htm²|htm2|vy-m²|vy-m2"),
        "a": (100, "aari|aaria|ar|are|ares"),
        "ha": (10_000, "hehtaari|hehtaaria|hehtaarit|hektar|hectare|hectares"),
        "km²": (1_000_000, "km2|km^2|sq km|square kilometre|square kilometres|square kilometer|square kilometers|neliökilometri|neliökilometriä|kvadratkilometer"),
        "acre": (ACRE, "acres|ac|eekkeri|eekkeriä"),
        "sq ft": (FOOT**2, "sqft|sq.ft.|sq. ft|sq. ft.|ft²|ft2|ft^2|square foot|square feet|neliöjalka|neliöjalkaa|kvadratfot|sf"),
        "sq mi": (MILE**2, "mi²|mi2|square mile|square miles"),
    },
    "length": {
        "mm": (0.001, "millimetri|millimetriä|millimeter"),
        "cm": (0.01, "senttimetri|senttiä|centimeter|centimetre"),
        "m": (1, "metri|metriä|meter|metre|metres|meters|mtr"),
        "km": (1000, "kilometri|kilometriä|kilometer|kilometre|kilometres|kilometers|kms"),
        "mil": (10_000, "svensk mil|svenska mil|nymil"),
        "mile": (MILE, "miles|mi|maili|mailia|engelska mil"),
        "ft": (FOOT, "foot|feet|jalka|jalkaa|fot"),
    },
    "power": {
        "W": (1e-6, "watti|wattia|watt|watts"),
        "kW": (0.001, "kilowatti|kilowattia|kilowatt|kilowatts"),
        "MW": (1, "megawatti|megawattia|megawatt|megawatts"),
        "GW": (1000, "gigawatti|gigawattia|gigawatt|gigawatts"),
    },
    "apparent power": {"kVA": (0.001, ""), "MVA": (1, ""), "GVA": (1000, "")},
    "energy": {"kWh": (1e-6, ""), "MWh": (0.001, ""), "GWh": (1, ""), "TWh": (1000, "")},
    "energy a year": {
        "MWh/a": (0.001, "mwh/v|mwh/vuosi|mwh/year|mwh/år"),
        "GWh/a": (1, "gwh/v|gwh/vuosi|gwh/year|gwh/år|gwh per year"),
        "TWh/a": (1000, "twh/v|twh/vuosi|twh/year|twh/år"),
    },
    "voltage": {"V": (0.001, "voltti|volttia|volt|volts"), "kV": (1, "kilovoltti|kilovolttia|kilovolt")},
    "flow": {
        "m³/d": (1, "m3/d|m³/vrk|m3/vrk|m³/day|m3/day|m³/dygn|m3/dygn|cubic metres per day|cubic meters per day|kuutiota vuorokaudessa"),
        "m³/h": (24, "m3/h|m³/t|m3/t|m³/hour|m3/hour|cubic metres per hour"),
        "m³/a": (1 / 365, "m3/a|m³/v|m3/v|m³/vuosi|m3/vuosi|m³/year|m3/year|m³/år|m3/år"),
        "l/s": (86.4, "litraa/s|liter/s|litre/s|litres per second"),
        "m³/s": (86_400, "m3/s"),
        "l/min": (1.44, "litraa/min|liter/min|litre/min"),
    },
    "volume": {"m³": (1, "m3|m^3|kuutio|kuutiota|kuutiometri|kuutiometriä|kubikmeter|cubic metre|cubic metres|cubic meters"), "l": (0.001, "litra|litraa|liter|litre|litres")},
    "money": {
        "€": (1, "eur|euro|euroa|euros|e"),
        "k€": (1000, "keur|t€|teur|tuhatta euroa|1000 €|tusen euro|thousand euros|thousand €"),
        "M€": (1_000_000, "meur|milj. €|milj.€|milj €|miljoonaa euroa|miljoona euroa|mn €|mn euro|miljoner euro|million €|million euros|million eur|mio €|mio eur|me"),
    },
    "money for area": {
        "€/m²": (1, "eur/m²|eur/m2|€/m2|e/m2|e/m²|euroa/m2|euroa/m²|€/kvm|eur/kvm|€ per m²|eur/sqm|€/sqm|€/k-m²|€/k-m2|€/kem²|€/kem2"),
        "€/a": (0.01, "eur/aari|€/aari"),
        "€/ha": (1 / 10_000, "eur/ha|e/ha|euroa/ha|euroa/hehtaari|€/hehtaari|€/hektar|€/hectare"),
        "€/acre": (1 / ACRE, "eur/acre|€/ac|€/eekkeri"),
        "€/sq ft": (1 / FOOT**2, "eur/sq ft|€/sqft|eur/sqft|€/ft²|€/ft2|eur/ft2"),
    },
    "rent for area": {
        "€/m²/month": (1, "€/m2/month|eur/m2/month|€/m²/kk|€/m2/kk|eur/m2/kk|eur/m²/kk|e/m2/kk|e/m²/kk|€/m²/mån|€/m2/mån|€/kvm/mån|€/m²/mo|€/sqm/month"),
        "€/m²/year": (1 / 12, "€/m2/year|eur/m2/year|€/m²/v|€/m2/v|€/m²/a|€/m2/a|€/m²/vuosi|€/m2/vuosi|€/m²/år|€/m2/år|€/kvm/år"),
        "€/sq ft/year": (1 / FOOT**2 / 12, "€/sqft/year|€/sq ft/yr"),
    },
    "money for energy": {"€/MWh": (1, "eur/mwh|e/mwh"), "c/kWh": (10, "snt/kwh|sentti/kwh|cent/kwh|cents/kwh|ct/kwh"), "€/kWh": (1000, "eur/kwh")},
    "mass": {
        "kg": (0.001, "kilo|kiloa|kilogram|kilograms"),
        "t": (1, "tn|tonni|tonnia|ton|tonne|tonnes|tons"),
        "kt": (1000, "tuhatta tonnia|kiloton|kilotonne"),
        "Mt": (1_000_000, "miljoonaa tonnia|megaton|milj. t"),
    },
    "mass a year": {
        "t/a": (1, "t/v|tn/v|tn/a|t/vuosi|tonnia/v|tonnia/vuosi|t/year|t/yr|t/år|ton/år|tonnes per year|tonnia vuodessa"),
        "kt/a": (1000, "kt/v|kt/year|kt/år"),
        "Mt/a": (1_000_000, "mt/v|mt/year"),
    },
    "time": {"h": (1, "tunti|tuntia|timme|timmar|hour|hours"), "min": (1 / 60, "minuutti|minuuttia|minut|minuter|minute|minutes|mins")},
    "months": {
        "months": (1, "month|kk|kuukausi|kuukautta|mån|månad|månader|mo"),
        "weeks": (12 / 52.1775, "week|vk|viikko|viikkoa|vecka|veckor"),
        "years": (12, "year|v|vuosi|vuotta|år|yr|yrs"),
    },
    "share": {"%": (1, "pros|prosentti|prosenttia|procent|percent|per cent|pct"), "‰": (0.1, "promille")},
    "temperature": {"°C": (1, "c|celsius|astetta")},
    "pressure": {
        "kPa": (1, "kilopascal"), "kN/m²": (1, "kn/m2"), "MPa": (1000, "megapascal"), "bar": (100, "baari|baaria|bars"),
        "kg/m²": (0.00980665, "kg/m2"), "t/m²": (9.80665, "t/m2|tn/m2|tn/m²"),
    },
    "speed": {"m/s": (1, ""), "km/h": (1 / 3.6, "km/t")},
    "current": {"A": (1, "amp|ampeeri|ampeeria|ampere|amperes")},
    "delay": {"ms": (1, "millisekuntia|millisecond|milliseconds|millisekund")},
    "hours a year": {"h/year": (1, "h/v|h/a|h/vuosi|h/år")},
    "mass an hour": {"t/h": (1, "tn/h|tonnia/h|ton/h|tonnes/h"), "kg/h": (0.001, "")},
    "money for volume": {"€/m³": (1, "eur/m3|eur/m³|e/m3"), "c/m³": (0.01, "snt/m3|snt/m³")},
    "emissions": {"g/kWh": (1, "gco2/kwh|g co2/kwh|kg/mwh")},
    "radioactivity": {"Bq/m³": (1, "bq/m3")},
    "data": {"Mbit/s": (1, "mbps|mb/s|mbit"), "Gbit/s": (1000, "gbps|gb/s|gbit")},
    "count": {"pcs": (1, "kpl|st|pieces|no.|items"), "people": (1, "person|persons|henkilöä|hlö|henkilö|personer|inhabitants|asukasta")},
}  # fmt: skip


def _names() -> dict[str, tuple[str, str, float]]:
    found: dict[str, tuple[str, str, float]] = {}
    for dimension, units in UNITS.items():
        for unit, (size, names) in units.items():
            for name in (unit, *filter(None, names.split("|"))):
                found.setdefault(_key(name), (dimension, unit, size))
    return found


def _key(name: str) -> str:
    """A name without what people write differently: case, spaces, full stops at the end, ways to write powers."""
    text = name.strip().lower().replace("\u00a0", " ").replace("\u202f", " ").rstrip(".")
    text = text.replace("^", "").replace("²", "2").replace("³", "3").replace("kk.", "kk").replace("€", "eur")
    text = text.replace("euroa", "eur").replace("euros", "eur").replace("euro", "eur")
    return text.replace(" ", "")


NAMES = _names()
#: longer texts are no units, and not worth remembering
LONGEST_NAME = 40
SPLIT = re.compile(
    r"^(?P<number>.*?\d[\d.,'\s\u00a0\u202f]*|.*?[+-]?[.,]\d+)(?P<unit>[^\d\s].*)?$", re.DOTALL
)


def unit_of(name: str) -> str:
    """This will return a unit as we write it ("hehtaaria" → "ha"), or "" when it is not known."""
    return _unit_of(name) if 0 < len(name) <= LONGEST_NAME else ""


@lru_cache(maxsize=4096)
def _unit_of(name: str) -> str:
    found = NAMES.get(_key(name))
    return found[1] if found else ""


def dimension_of(name: str) -> str:
    """This will return what a unit measures ("area", "power" …), or ""."""
    found = NAMES.get(_key(name)) if name else None
    return found[0] if found else ""


def convert(number: float, unit_from: str, unit_to: str) -> float:
    """This will change a number from one unit to another of the same kind; raises ValidationError otherwise.

    Rounded to twelve significant digits, so that what goes there and back is the same.
    """
    source, target = NAMES.get(_key(unit_from)), NAMES.get(_key(unit_to))
    if source is not None and target is not None and source[1] == target[1]:
        return number
    if source is None or target is None or source[0] != target[0]:
        raise ValidationError(
            _("The unit %(given)s cannot be changed to %(wanted)s. Give the figure in %(wanted)s."),
            code="unit",
            params={"given": unit_from[:30], "wanted": unit_to},
        )
    return float(f"{number * source[2] / target[2]:.12g}")


def split_unit(text: str) -> tuple[str, str]:
    """This will split "12,5 ha" into ("12,5", "ha"); the unit is "" when there is none, as it was written otherwise."""
    stripped = text.strip()
    for mark in ("€", "EUR ", "eur "):
        if stripped.startswith(mark):
            number, rest = split_unit(stripped[len(mark) :])
            return number, "€" + rest.lstrip("€")
    match = SPLIT.match(stripped)
    if match is None or match["unit"] is None:
        return stripped, ""
    return match["number"].strip(), match["unit"].strip()


def unit_in_label(label: str) -> str:
    """This will find the unit in a column's header: "Pinta-ala (ha)", "Area, acres", "Etäisyys km" → "ha" …; or ""."""
    for inside in re.findall(r"[(\[]([^()\[\]]{1,25})[)\]]", label):
        if found := unit_of(inside):
            return found
    words = re.split(r"[,;:\s]+", label.strip())
    for length in (3, 2, 1):
        if len(words) > length and (found := unit_of(" ".join(words[-length:]))):
            return found
    return ""
