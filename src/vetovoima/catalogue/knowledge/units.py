"""Units of the fact bank: how each language writes a number in them, and what they measure.

Patterns stand here for the three languages at once, because a fact is written in the language of its text, which need
not be that of the person who reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from vetovoima.common.money import figure


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures, how much of the base unit one of it is, and its pattern in each language."""

    code: str
    measures: str
    factor: float
    fi: str
    en: str
    sv: str
    decimals: int = 2

    def write(self, number: float, language: str) -> str:
        """This will write a number with the unit: 508,5 milj. € in Finnish, €508.5 million in English."""
        pattern: str = {"fi": self.fi, "sv": self.sv}.get(language, self.en)
        return pattern.format(n=figure(number, language, self.decimals))

    def label(self, language: str) -> str:
        """This will write the unit alone, for a form or a table's head."""
        pattern: str = {"fi": self.fi, "sv": self.sv}.get(language, self.en)
        return pattern.format(n="").strip()


_ALL = (
    Unit("number", "count", 1, "{n}", "{n}", "{n}"),
    Unit("rank", "rank", 1, "{n}.", "no. {n}", "nr {n}", 0),
    Unit("persons", "persons", 1, "{n} henkilöä", "{n} people", "{n} personer", 0),
    Unit("inhabitants", "persons", 1, "{n} asukasta", "{n} inhabitants", "{n} invånare", 0),
    Unit("jobs", "persons", 1, "{n} työpaikkaa", "{n} jobs", "{n} arbetsplatser", 0),
    Unit("students", "persons", 1, "{n} opiskelijaa", "{n} students", "{n} studerande", 0),
    Unit("visitors", "persons", 1, "{n} kävijää", "{n} visitors", "{n} besökare", 0),
    Unit("companies", "companies", 1, "{n} yritystä", "{n} companies", "{n} företag", 0),
    Unit("turbines", "turbines", 1, "{n} voimalaa", "{n} turbines", "{n} kraftverk", 0),
    Unit("persons_per_km2", "density", 1, "{n} henkilöä/km²", "{n} people per km²", "{n} personer/km²"),
    Unit("percent", "percent", 1, "{n} %", "{n}%", "{n} %"),
    Unit("EUR", "money", 1, "{n} €", "€{n}", "{n} €"),
    Unit("EUR_million", "money", 1e6, "{n} milj. €", "€{n} million", "{n} mn €"),
    Unit("EUR_billion", "money", 1e9, "{n} mrd €", "€{n} billion", "{n} md €"),
    Unit("EUR_per_m2", "money/area", 1, "{n} €/m²", "€{n} per m²", "{n} €/m²"),
    Unit("EUR_per_MWh", "money/energy", 1, "{n} €/MWh", "€{n} per MWh", "{n} €/MWh"),
    Unit("km", "length", 1000, "{n} km", "{n} km", "{n} km"),
    Unit("m", "length", 1, "{n} m", "{n} m", "{n} m"),
    Unit("m2", "area", 1, "{n} m²", "{n} m²", "{n} m²"),
    Unit("ha", "area", 10_000, "{n} ha", "{n} ha", "{n} ha"),
    Unit("km2", "area", 1_000_000, "{n} km²", "{n} km²", "{n} km²"),
    Unit("m3", "volume", 1, "{n} m³", "{n} m³", "{n} m³"),
    Unit("m3_million", "volume", 1e6, "{n} milj. m³", "{n} million m³", "{n} mn m³"),
    Unit("t", "mass", 1, "{n} t", "{n} t", "{n} t"),
    Unit("kV", "voltage", 1, "{n} kV", "{n} kV", "{n} kV"),
    Unit("MW", "power", 1, "{n} MW", "{n} MW", "{n} MW"),
    Unit("GWh", "energy", 1000, "{n} GWh", "{n} GWh", "{n} GWh"),
    Unit("days", "time", 1, "{n} päivää", "{n} days", "{n} dagar", 0),
    Unit("hours", "hours", 1, "{n} tuntia", "{n} hours", "{n} timmar", 1),
)
UNITS = {one.code: one for one in _ALL}
