"""Figures in texts: what is one, what never is, and what backs it."""

from __future__ import annotations

import pytest

from vetovoima.catalogue.knowledge.numbers import Known, compare, find_figures

M, B = 1e6, 1e9
#: language, sentence, the figures in it: value in the base unit, and what it measures
FIGURES = [
    ("fi", "Tavoite on 1 200 milj. € investointeja.", [(1200 * M, "money")]),
    ("fi", "Tavoite on 1,2 md € vuoteen 2025 mennessä.", [(1.2 * B, "money")]),
    ("fi", "Vähintään 1,2 miljardin euron teolliset investoinnit.", [(1.2 * B, "money")]),
    ("fi", "Liikevaihto oli 508,5 M € vuonna 2021.", [(508.5 * M, "money")]),
    ("fi", "Alueella asuu 70 000 asukasta.", [(70_000, "persons")]),
    ("fi", "Kajaanissa asui 36\u00a0297 ihmistä vuoden 2022 lopussa.", [(36_297, "persons")]),
    ("fi", "Työttömyysaste oli 3,9 % elokuussa 2025.", [(3.9, "percent")]),
    ("fi", "Se laski 1,5 prosenttiyksikköä.", [(1.5, "points")]),
    ("fi", "Tontin hinta on 3,00 euroa neliömetriltä.", [(3, "money/area")]),
    ("fi", "Tuulipuistossa on 30 voimalaa ja 90 megawattia (2017).", [(30, "turbines"), (90, "power")]),
    ("fi", "Tehtaalle on varattu lähes 200 hehtaaria.", [(2 * M, "area")]),
    ("fi", "Maapinta-ala on 1 835 km² ja sisävesiä on 429 km².", [(1835 * M, "area"), (429 * M, "area")]),
    ("fi", "Hankkeelle on myönnetty 5 599 522 euroa tukea.", [(5_599_522, "money")]),
    ("fi", "Tuotanto kasvaa 400 000 kuutiometristä.", [(400_000, "volume")]),
    ("fi", "Kävijöitä on 1,2 miljoonaa vuodessa.", [(1.2 * M, "")]),
    ("fi", "Investointi on 15–20 milj. euroa.", [(15 * M, "money")]),
    ("en", "Investments of EUR 1.2 billion by 2025.", [(1.2 * B, "money")]),
    ("en", "A campus of €1 billion, and €27 million for land.", [(B, "money"), (27 * M, "money")]),
    ("en", "In 2022, 36,297 people lived in Kajaani.", [(36_297, "persons")]),
    ("en", "About 3,500 students in 2023.", [(3500, "persons")]),
    ("en", "Forest covers about 80% of the land.", [(80, "percent")]),
    ("en", "The rate was 5.3 per cent.", [(5.3, "percent")]),
    ("en", "The site has 193.4 hectares (478 acres).", [(1_934_000, "area")]),
    ("en", "The first data centre takes 22.5 MW.", [(22.5, "power")]),
    ("en", "It makes about 700 GWh a year.", [(700_000, "energy")]),
    ("en", "The price is EUR 3.00 per square metre.", [(3, "money/area")]),
    ("en", "More than 336,240 tonnes went through.", [(336_240, "mass")]),
    ("sv", "Målet är 1,2 miljarder euro före utgången av 2025.", [(1.2 * B, "money")]),
    ("sv", "Terrafame omsätter 544,5 mn €.", [(544.5 * M, "money")]),
    ("sv", "I Kajana bodde 36 297 invånare den 31 december 2022.", [(36_297, "persons")]),
    ("sv", "Arbetslösheten var 9,2 procent.", [(9.2, "percent")]),
    ("sv", "Tomten är på 27 hektar.", [(270_000, "area")]),
    ("sv", "Parken har 41 kraftverk och 211 MW.", [(41, "turbines"), (211, "power")]),
]
#: years, dates, telephone numbers, codes and laws are not figures
NONE = [
    ("fi", "Strategia koskee vuosia 2022–2025."),
    ("fi", "Rajanylityspaikka on ollut suljettuna 24.11.2023 alkaen klo 14.00."),
    ("fi", "Puh. 08 615 541 tai +358 40 123 4567."),
    ("fi", "Rakentamislaki (751/2023) ja sen 5 §, luku 4.2."),
    ("fi", "Tontti on tien 22 varrella, valtatie 5 (E63) on lähellä."),
    ("fi", "Liity 110 kV:n johtoon Vuolijoen 400/110 kV:n sähköasemalla."),
    ("fi", "Kohde KAI-KAJ-0001, hanke A78596, Y-tunnus 0214958-9."),
    ("fi", "Käyntiosoite on Kauppakatu 1, 87100 KAJAANI."),
    ("fi", "Väkiluku on {fact:population-kajaani} ja sähkö tulee verkosta."),
    ("fi", "Katso https://example.org/2024/120000-kavijaa ja kirjoita osoitteeseen a1000@example.org."),
    ("en", "On 12 October 2026 at 10:30 the board met; see section 6.3 and phase 2."),
    ("en", "Tier 3, ISO 50001 and WCAG 2.1 are met."),
    ("en", "The strategy of 2022-2025 was presented on 23 May 2022."),
    ("en", "It was founded in 1907 and has eight municipalities."),
    ("sv", "Den 12 oktober 2026 kl. 14.30 på väg 22, avsnitt 6.2."),
    ("sv", "Bygglagen 751/2023 gäller från 2025."),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), FIGURES)
def test_a_figure_is_read_with_its_unit(language, sentence, expected):
    found = [(round(one.values[0], 6), one.measures) for one in find_figures(sentence, language)]
    assert found == [(pytest.approx(value), measures) for value, measures in expected]


@pytest.mark.parametrize(("language", "sentence"), NONE)
def test_what_states_no_amount_is_no_figure(language, sentence):
    assert [one.written for one in find_figures(sentence, language)] == []


def test_a_range_has_both_ends():
    (figure,) = find_figures("EUR 250-300 million expected", "en")
    assert figure.values == (250 * M, 300 * M)


def test_rich_text_is_read_without_its_marks():
    (figure,) = find_figures("<p>Asukkaita on <b>36&nbsp;297</b> henkilöä.</p><p>2022</p>", "fi")
    assert (figure.written, figure.sentence) == ("36\u00a0297 henkilöä", "Asukkaita on 36\u00a0297 henkilöä.")


BANK = [
    Known("population-kajaani", "Väkiluku Population", 36_297, "persons"),
    Known("population", "Väkiluku Population", 70_521, "persons"),
    Known("target", "Teollisten investointien tavoite Target for industrial investments", 1.2 * B, "money"),
    Known("rate", "Työttömyysaste Unemployment rate", 9.2, "percent"),
    Known("old", "Kaivannaisklusterin liikevaihto", 508.5 * M, "money", is_stale=True),
    Known("population-paltamo", "Väkiluku Population", 3100, "persons", area="Paltamo"),
    Known("gone", "Vanha väkiluku", 73_600, "persons", is_retired=True),
]


def verdicts(text: str, language: str = "fi", own: tuple[Known, ...] = ()) -> list[tuple[str, str]]:
    found = compare(find_figures(text, language), BANK, own)
    return [(one.state, one.known.code if one.known else "") for one in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kajaanissa asui 36 297 ihmistä.", "fi", ("backed", "population-kajaani")),
        ("Kajaanissa asui 36 300 ihmistä.", "fi", ("backed", "population-kajaani")),
        ("Kajaanissa asui 36 200 ihmistä.", "fi", ("unbacked", "")),
        ("Väkiluku on 70 000 henkilöä.", "fi", ("backed", "population")),
        ("Väkiluku on 80 000 henkilöä.", "fi", ("unbacked", "")),
        ("Tavoitteena ovat 1,2 miljardin euron teolliset investoinnit.", "fi", ("backed", "target")),
        ("Rakennuksen hinta on 1,2 miljardia euroa.", "fi", ("unbacked", "")),
        ("The unemployment rate was 9.2 per cent.", "en", ("backed", "rate")),
        ("Lainan korko on 9,2 %.", "fi", ("unbacked", "")),
        ("Liikevaihto oli 508,5 milj. €.", "fi", ("stale", "old")),
        ("Asukkaita on 73 600 henkilöä.", "fi", ("stale", "gone")),
        ("Alueella on 36 297 yritystä.", "fi", ("unbacked", "")),
        ("Paltamossa asui 3 100 ihmistä.", "fi", ("backed", "population-paltamo")),
        ("Jossakin asui 3 100 ihmistä.", "fi", ("unbacked", "")),
        ("Odotetaan 1,2–1,3 mrd euron investointeja.", "fi", ("unbacked", "")),
    ],
)
def test_the_bank_backs_what_is_written_within_its_rounding(text, language, expected):
    assert verdicts(text, language) == [expected]


def test_the_records_own_value_backs_its_text():
    own = (Known("", "Pinta-ala", 500_000, "area"),)
    assert verdicts("Tontilla on 50 hehtaaria ja 60 hehtaaria metsää.", own=own) == [
        ("backed", ""),
        ("unbacked", ""),
    ]
