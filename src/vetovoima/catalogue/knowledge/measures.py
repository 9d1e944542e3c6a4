"""The words by which texts in Finnish, English and Swedish measure: units, multipliers, and what never is a figure."""

from __future__ import annotations

import re

#: multipliers after a number, longest first where one begins another
MULTIPLIERS: dict[str, tuple[tuple[str, float], ...]] = {
    "fi": (
        (r"miljard\w*|mrd\.?|md\.?", 1e9),
        (r"miljoon\w*|milj\.?|mn\.?", 1e6),
        (r"tuhat(?:ta)?|tuhan\w+", 1e3),
    ),
    "en": ((r"billion|bn\.?", 1e9), (r"million|mn\.?|mln\.?", 1e6), (r"thousand", 1e3)),
    "sv": ((r"miljard\w*|mdr?\.?|mrd\.?", 1e9), (r"miljon\w*|mn\.?|mnkr", 1e6), (r"tusen", 1e3)),
}
#: units of every language; (pattern, what it measures, how much of the base unit)
SYMBOLS: tuple[tuple[str, str, float], ...] = (
    (r"(?:€|eur|euroa?)\s?/\s?(?:m2|m²)(?:\s?/\s?(?:kk|mo|mån))?", "money/area", 1),
    (r"(?:€|eur|euroa?)\s?/\s?MWh", "money/energy", 1),
    (r"(?:Meur|M€|M\s€|MEUR|milj\.?\s?€)", "money", 1e6),
    (r"(?:t€|k€|keur|TEUR)", "money", 1e3),
    (r"€|EUR\b", "money", 1),
    (r"%-yksik\w+", "points", 1),
    (r"%", "percent", 1),
    (r"m3\b|m³|k-m3\b|k-m³", "volume", 1),
    (r"km2\b|km²", "area", 1e6),
    (r"m2\b|m²|k-m2\b|k-m²", "area", 1),
    (r"ha\b", "area", 1e4),
    (r"km\b", "length", 1000),
    (r"TWh\b", "energy", 1e6),
    (r"GWh\b", "energy", 1e3),
    (r"MWh\b", "energy", 1),
    (r"GW\b", "power", 1e3),
    (r"MW\b", "power", 1),
    (r"kW\b", "power", 1e-3),
)
WORDS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "fi": (
        (r"euroa?\s+neliömetri\w*|euron\s+neliöhin\w*", "money/area", 1),
        (r"euro\w*", "money", 1),
        (r"prosenttiyksik\w*", "points", 1),
        (r"prosent\w*", "percent", 1),
        (r"hehtaari\w*", "area", 1e4),
        (r"neliökilometri\w*", "area", 1e6),
        (r"neliömetri\w*|kerrosneliö\w*", "area", 1),
        (r"kuutiometri\w*|kuutio\w*", "volume", 1),
        (r"kilometri\w*", "length", 1000),
        (r"megawattitun\w*", "energy", 1),
        (r"gigawattitun\w*", "energy", 1e3),
        (r"megawat\w*", "power", 1),
        (r"gigawat\w*", "power", 1e3),
        (r"tonni\w*", "mass", 1),
        (r"as(?:ukas|ukka)\w*|ihmi(?:s|n)\w*|henkilö\w*|henke\w*|hengen", "persons", 1),
        (r"työnteki\w*|työpai\w*|työntekij\w*|työllis\w*|työttömi?\w*|työnhakij\w*", "persons", 1),
        (r"opiskelij\w*|kävijä\w*|matkailij\w*|vierailij\w*|osaaja\w*", "persons", 1),
        (r"yrity(?:s|k)\w*", "companies", 1),
        (r"(?:tuuli)?voimala\w*", "turbines", 1),
    ),
    "en": (
        (r"(?:euros?\s+)?per\s+(?:square\s+met\w+|m2|m²)", "money/area", 1),
        (r"euros?", "money", 1),
        (r"percentage\s+points?", "points", 1),
        (r"per\s?cent", "percent", 1),
        (r"hectares?", "area", 1e4),
        (r"square\s+kilomet\w+", "area", 1e6),
        (r"square\s+met\w+", "area", 1),
        (r"cubic\s+met\w+", "volume", 1),
        (r"kilomet\w+", "length", 1000),
        (r"megawatt[\s-]hours?", "energy", 1),
        (r"gigawatt[\s-]hours?", "energy", 1e3),
        (r"megawatts?", "power", 1),
        (r"gigawatts?", "power", 1e3),
        (r"tonnes?|tons?", "mass", 1),
        (r"inhabitants?|people|persons?|residents?", "persons", 1),
        (r"employees?|workers?|jobs?|jobseekers?", "persons", 1),
        (r"students?|visitors?|guests?|tourists?", "persons", 1),
        (r"companies", "companies", 1),
        (r"(?:wind\s+)?turbines?", "turbines", 1),
    ),
    "sv": (
        (r"(?:euro\s+)?per\s+(?:kvadratmeter|m2|m²)", "money/area", 1),
        (r"euro", "money", 1),
        (r"procentenhet\w*", "points", 1),
        (r"procent", "percent", 1),
        (r"hektar", "area", 1e4),
        (r"kvadratkilometer", "area", 1e6),
        (r"kvadratmeter", "area", 1),
        (r"kubikmeter", "volume", 1),
        (r"kilometer", "length", 1000),
        (r"megawattimm\w*", "energy", 1),
        (r"gigawattimm\w*", "energy", 1e3),
        (r"megawatt", "power", 1),
        (r"gigawatt", "power", 1e3),
        (r"ton", "mass", 1),
        (r"invånare\w*|personer|person|människor|mänskor", "persons", 1),
        (r"anställda|arbetstagare|arbetsplatser|jobb|arbetssökande|arbetslösa", "persons", 1),
        (r"studerande|studenter|besökare|turister|gäster", "persons", 1),
        (r"företag", "companies", 1),
        (r"(?:vind)?kraftverk", "turbines", 1),
    ),
}
_MONTHS = (
    r"tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|"
    r"jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|okt|oct|nov|dec"
)
#: what looks like a number and states nothing: it is blanked before figures are looked for
NOT_FIGURES = re.compile(
    r"""
      \{\s*fact:[^}]*\}                                    # drawn from the bank already
    | https?://\S+ | www\.\S+ | \S+@\S+
    | \b\d{4}-\d{2}(?:-\d{2})?\b                           # 2026-10-12
    | \b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?:\s?[–-]\s?\d{1,2}\.\d{1,2}\.(?:\d{2,4})?)?   # 31.12.2022, 1.2.
    | \b\d{1,2}/\d{1,2}/\d{2,4}\b
    | \b\d{1,2}\.?\s(?:päivänä\s)?(?:MONTHS)\w*\.?(?:\s\d{4})?\b          # 12. lokakuuta 2026, 12 October 2026
    | \b(?:MONTHS)[a-zåäö]*\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?\b      # October 12, 2026
    | \b(?:klo|kl\.?|at)\s?\d{1,2}(?:[.:]\d{2})?(?:\s?[–-]\s?\d{1,2}(?:[.:]\d{2})?)?\b
    | \b\d{1,2}:\d{2}\b
    | (?:\+\d{1,3}[\s-]?|\b0\d{1,3}[\s-])\(?\d[\d\s()-]{4,}\d               # telephone numbers
    | \b(?:puh|tel|gsm|p)\.?:?\s?\d[\d\s-]{4,}\d
    | \bFI\d{2}[\s\d]{10,}                                 # account numbers
    | \b\d{7}-\d\b                                          # business identity codes
    | \b\d{5}\s(?=[A-ZÅÄÖ]{2})                              # postal codes
    | \b\d{1,4}/(?:19|20)\d{2}\b                           # laws: 751/2023
    | \b(?:19|20)\d{2}\s?[–/-]\s?(?:(?:19|20)\d{2}|\d{2})\b  # spans of years
    | \b(?:EN|ISO|SFS|IEC|TIER|Tier|TOL|NACE|EPSG|E|VT|KT|ETRS|WCAG|CC\sBY|IP|B2B|5G|4G|CO2|H2)[\s:-]?\d[\d.:-]*\b
    | \b(?:luku|luvun|luvussa|kohta|kohdan|sivu|sivulla|vaihe|vaiheen|artikla|momentti|tie|tien|valtatie\w*|kantatie\w*|numero|nro
        |section|chapter|page|phase|article|step|road|highway|route|version|no\.|number
        |avsnitt|kapitel|sida|fas|artikel|väg|riksväg|nr)\s\d+(?:\.\d+)*\b
    | §\s?\d+ | \b\d+\s?§
    | \b\d+(?:/\d+)+\s?kV\b | \b\d+\s?kV(?::\w+)?\b         # a voltage names a line, it counts nothing
    | \b[A-ZÅÄÖa-zåäö]+[-/]?\d[\w-]*\b                        # A78596, KAI-KAJ-0001, tier3
    | \b\d+[-–]?[A-ZÅÄÖ]+\d[\w-]*\b
    """.replace("MONTHS", _MONTHS),
    re.VERBOSE,
)
