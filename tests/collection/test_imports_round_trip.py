"""What was exported and is sent back unchanged changes nothing, whatever the record holds and in every language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, make_municipality, make_organisation, make_region
from vetovoima.accounts.enums import OrganisationKind
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import Absence, Method, Profile, SiteKind
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FLAG,
    LINK,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    SHAPE,
    SITES,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
    fields_of,
)
from vetovoima.catalogue.validators import PAIRS
from vetovoima.collection.imports import services
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.models import Import
from vetovoima.collection.standard.export import export_csv, export_workbook
from vetovoima.directory.models import Contact
from vetovoima.reference.models import Sector, Theme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LETTERS = st.characters(whitelist_categories=("Ll", "Lu", "Nd"), whitelist_characters=" ,.-/()'€åäöÅÄÖ")
WORDS = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(str.strip)
    .filter(lambda text: any(c.isalpha() for c in text))
)
#: items of a list may hold whatever divides the items of a cell
ITEMS = st.one_of(
    WORDS,
    st.tuples(WORDS, st.sampled_from(("; ", ", ", "|", ' "', '"; "', ";")), WORDS).map("".join),
    st.sampled_from(("290-401-12-5; osa", '12" putki', '"lainattu"', "a, b; c")),
)
POINT = {"type": "Point", "coordinates": [28.1234, 64.1]}
RING = [[28.1, 64.1], [28.11, 64.1], [28.11, 64.112345], [28.1, 64.11], [28.1, 64.1]]
SHAPES = st.sampled_from([POINT, {"type": "Polygon", "coordinates": [RING]}])


def figures(spec: FieldSpec) -> st.SearchStrategy[Any]:
    low, high = spec.low if spec.low is not None else -1000, spec.high if spec.high is not None else 1e6
    if spec.type == WHOLE:
        return st.integers(int(low), int(min(high, 1e9)))
    return st.floats(low, min(high, 1e9), allow_nan=False).map(lambda number: round(number, 4))


def values_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """What a field may hold, by its type."""
    if spec.type in (NUMBER, MONEY, WHOLE):
        return figures(spec)
    return {
        TEXT: WORDS.map(lambda text: text[: spec.limit].strip() or "x"),
        TRANSLATED: st.dictionaries(st.sampled_from(("fi", "en", "sv")), WORDS, min_size=1),
        FLAG: st.booleans(),
        DAY: st.dates(date(1950, 1, 1), date(2020, 12, 31) if spec.is_past else date(2090, 12, 31)),
        CHOICE: st.sampled_from(spec.choices.values) if spec.choices else st.nothing(),
        CHOICES: st.lists(st.sampled_from(spec.choices.values), min_size=1, unique=True) if spec.choices else st.nothing(),
        LIST: st.lists(ITEMS, min_size=1, max_size=3, unique=True),
        LINK: st.sampled_from(["https://www.example.org/plan?a=1&b=2", "http://example.org/x"]),
        SHAPE: SHAPES,
        YEARS: st.dictionaries(st.integers(2024, 2040).map(str), st.floats(0, 500).map(lambda n: round(n, 2)), min_size=1),
    }[spec.type]  # fmt: skip


@st.composite
def records(draw: Any, kind: str) -> dict[str, Any]:
    """Values of a whole record, absences and sources among them."""
    specs = [spec for spec in fields_of(kind) if spec.type not in (MANY, ONE, SITES)]
    chosen = draw(st.lists(st.sampled_from(specs), max_size=25, unique_by=lambda spec: spec.name))
    values: dict[str, Any] = {spec.name: draw(values_of(spec)) for spec in chosen}
    values["name"] = draw(values_of(BY_NAME["name"]))
    for low, high in PAIRS:
        if low in values and high in values and values[low] > values[high]:
            del values[high]
    values["availability"] = "available"
    values["place_precision"] = "exact" if "geometry" in values else "municipality"
    others = [spec.name for spec in specs if spec.name not in values and not spec.required]
    values["absent"] = draw(
        st.dictionaries(st.sampled_from(others), st.sampled_from(Absence.values), max_size=5)
    )
    values["profiles"] = draw(st.lists(st.sampled_from(Profile.values), max_size=2, unique=True))
    values["sources"] = {
        "size": {
            "title": draw(WORDS),
            "dated": "2026-02-03",
            "method": draw(st.sampled_from(Method.values)),
            "confidence": "high",
        }
    }
    return values


def send_back(content: bytes, filename: str, kind: str) -> Import:
    started = services.start_import(
        content=content,
        filename=filename,
        kind=kind,
        municipality=make_municipality("kuhmo"),
        by=None,
        now=NOW,
    )
    return services.check_import(started, now=NOW)


def differences(found: Import) -> list[Any]:
    return [
        (row.state, row.changes, [said_in(one, "en") for one in row.messages])
        for row in found.rows.exclude(state="same")
    ]


def make_related() -> dict[str, Any]:
    """One of each thing that a record may refer to."""
    sector, _new = Sector.objects.get_or_create(
        slug="wood", defaults={"name": {"fi": "Puu", "en": "Wood; and paper"}}
    )
    theme, _new = Theme.objects.get_or_create(slug="green", defaults={"name": {"fi": "Vihreä"}, "kind": "x"})
    organisation = make_organisation("kuhmo", OrganisationKind.MUNICIPALITY)
    contact, _new = Contact.objects.get_or_create(
        key="maija", defaults={"name": "Maija Malli", "organisation": organisation}
    )
    return {"sectors": [sector], "themes": [theme], "contact": contact}


@pytest.mark.parametrize("kind", SiteKind.values)
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_an_unchanged_file_changes_nothing(db: Any, kind: str, data: Any) -> None:
    make_region()
    language = data.draw(st.sampled_from(("fi", "en", "sv")))
    related = {name: value for name, value in make_related().items() if kind in BY_NAME[name].kinds}
    made = [
        catalogue.create_site(
            municipality=make_municipality("kuhmo"), kind=kind, values={**values, **related}, by=None, now=NOW
        ).pk
        for values in data.draw(st.lists(records(kind), min_size=5, max_size=8))
    ]
    sites = list(Site.objects.complete().filter(pk__in=made))
    before = [snapshot(site) for site in sites]

    workbook = send_back(export_workbook(sites, language), "back.xlsx", kind)
    assert differences(workbook) == []
    assert workbook.counts["same"] == len(sites)
    table = send_back(export_csv(sites, language).encode(), "back.csv", kind)
    assert differences(table) == []
    assert table.counts["same"] == len(sites)
    assert [snapshot(site) for site in Site.objects.complete().filter(pk__in=made)] == before


def test_one_changed_cell_of_an_exported_file_is_one_changed_field(db: Any) -> None:
    make_region()
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"),
        kind="plot",
        values={"name": {"fi": "A"}, "locality": "Vanha"},
        by=None,
        now=NOW,
    )
    text = export_csv([Site.objects.complete().get(pk=site.pk)], "fi").replace("Vanha", "Uusi")
    row = send_back(text.encode(), "back.csv", "plot").rows.get()
    assert (row.state, row.changes) == ("changed", {"locality": ["Vanha", "Uusi"]})
