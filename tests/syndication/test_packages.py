"""Offer packages: what they may hold, who makes them, how they are judged and what leaves the house."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import openpyxl
import pikepdf
import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_municipality, make_organisation, make_person, make_region
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.activity.models import Fact
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact
from vetovoima.syndication.models import OfferPackage
from vetovoima.syndication.packages import paper, queries, services, workbook
from vetovoima.syndication.packages.documents import package_document
from vetovoima.syndication.packages.scoring import score_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
TITLE = Translated(fi="Sähköä ja tilaa", en="Power and room", sv="Kraft och rum")


def make_contact(municipality: str = "kuhmo", **values):
    organisation = make_organisation(municipality, OrganisationKind.MUNICIPALITY)
    given = {
        "name": "Olli Officer",
        "phone": "+358 1 234",
        "email": "olli@kuhmo.example",
        "languages": ["fi", "en"],
        **values,
    }
    return Contact.objects.create(
        key=f"contact-{Contact.objects.count()}", organisation=organisation, **given
    )


def make_package(municipality: str = "kuhmo", by=None, **values) -> OfferPackage:
    make_region()
    given = {"title": TITLE, **values}
    return services.create_package(municipality=make_municipality(municipality), values=given, by=by, now=NOW)


def full_package(**values) -> OfferPackage:
    site = make_site(state="published")
    for code in ("population-kuhmo", "area-kuhmo", "jobs-kuhmo"):
        make_fact(code, municipality="kuhmo")
    given = {
        "sites": [site.code], "segment": "foreign_company", "contact": make_contact(),
        "argument": Translated(en="{fact:population-kuhmo} live here.", fi="Täällä asuu {fact:population-kuhmo}."),
        "facts": ["population-kuhmo", "area-kuhmo", "jobs-kuhmo"], "visit": Translated(en="The plot and the substation."),
        "visit_length": "half_day", "visit_host": "The mayor", "valid_until": TODAY + timedelta(days=90), **values,
    }  # fmt: skip
    return make_package(**given)


def step(package: OfferPackage, name: str):
    return next(one for one in score_of(package, TODAY).steps if one.name == name)


# ---------------------------------------------------------------------------------------------- made and changed


def test_packages_are_numbered_by_municipality_and_recorded():
    first, second, other = make_package(), make_package(), make_package("paltamo")

    assert [first.code[-4:], second.code[-4:], other.code[-4:]] == ["P001", "P002", "P001"]
    fact = Fact.objects.get(type="syndication.package.created", code=second.code)
    assert (fact.kind, fact.sharing) == ("package", "owner")


def test_only_the_municipality_and_the_council_make_and_change_them():
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    neighbour = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    board = make_person(Role.BOARD_MEMBER)
    package = make_package(by=officer)

    for stranger in (neighbour, board):
        with pytest.raises(services.CannotChange):
            make_package(by=stranger)
        for change in (services.mark_ready, services.archive_package, services.copy_package):
            with pytest.raises(services.CannotChange):
                change(package=package, by=stranger, now=NOW)
        with pytest.raises(services.CannotChange):
            services.edit_package(package=package, values={"visit_host": "X"}, by=stranger, now=NOW)
    coordinator = make_person(Role.COORDINATOR)
    services.edit_package(package=package, values={"visit_host": "Council"}, by=coordinator, now=NOW)
    package.refresh_from_db()
    assert package.visit_host == "Council"
    seen = {
        one: OfferPackage.objects.visible_to(one).count() for one in (officer, neighbour, board, coordinator)
    }
    assert list(seen.values()) == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sites": ["TUU-001-9999"]}, "sites"),
        ({"facts": ["nothing"]}, "facts"),
        ({"argument": Translated(en="It has {fact:nothing} people.")}, "argument"),
        ({"argument": Translated(en="It has {fact: population} people.")}, "argument"),
        ({"argument": Translated(en="x" * 2001)}, "argument"),
        ({"title": Translated()}, "title"),
        ({"sector": "nothing"}, "sector"),
        ({"segment": "nothing"}, "segment"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(values, field):
    with pytest.raises(ValidationError) as refused:
        make_package(**values)

    assert list(refused.value.error_dict) == [field]
    assert OfferPackage.objects.count() == 0


def test_drafts_and_records_of_others_cannot_be_packaged():
    draft, other = make_site(), make_site("paltamo", state="published")

    for site in (draft, other):
        with pytest.raises(ValidationError):
            make_package(sites=[site.code])


def test_a_contact_is_of_the_municipality_or_the_council():
    with pytest.raises(ValidationError):
        make_package(contact=make_contact("paltamo"))
    make_organisation("the-council", OrganisationKind.COUNCIL)
    council = make_contact("the-council")

    assert make_package(contact=council).contact == council


def test_the_second_editor_is_told():
    package = make_package()
    services.edit_package(package=package, values={"visit_host": "A"}, by=None, now=NOW)

    with pytest.raises(services.ChangedMeanwhile):
        services.edit_package(package=package, values={"visit_host": "B"}, by=None, now=NOW, revision=1)


def test_a_copy_is_a_draft_of_its_own_without_what_is_gone():
    package = services.mark_ready(package=full_package(), by=None, now=NOW)
    catalogue.withdraw_site(site=catalogue_site(package.sites[0]), by=make_person(Role.COORDINATOR), now=NOW)

    copy = services.copy_package(package=package, by=None, now=NOW)

    assert (copy.state, copy.sites, copy.valid_until) == ("draft", [], None)
    assert (copy.title, copy.facts, copy.contact) == (package.title, package.facts, package.contact)
    assert copy.code != package.code


def catalogue_site(code: str):
    from vetovoima.catalogue.models import Site

    return Site.objects.get(code=code)


# ---------------------------------------------------------------------------------------------- judged


def test_an_empty_package_is_told_what_to_do_and_cannot_be_ready():
    package = make_package()

    assert score_of(package, TODAY).percent == 10
    assert {one.name for one in score_of(package, TODAY).steps if one.is_must and not one.is_met} == {
        "records",
        "argument",
        "contact",
    }
    with pytest.raises(services.CannotChange) as refused:
        services.mark_ready(package=package, by=None, now=NOW)
    assert "Choose a contact person" in str(refused.value)


def test_points_are_a_hundred_and_each_is_earned_by_its_own_evidence():
    package = full_package()

    assert sum(one.points for one in score_of(package, TODAY).steps) == 100
    assert {one.name for one in score_of(package, TODAY).steps if not one.is_met} == {"quality"}
    package.valid_until = TODAY - timedelta(days=1)
    assert not step(package, "valid").is_met
    package.contact.phone = package.contact.email = ""
    assert not step(package, "contact").is_met
    package.language = "sv"
    assert [step(package, name).is_met for name in ("title", "argument", "spoken", "visit")] == [
        True,
        False,
        False,
        False,
    ]


def test_ready_ends_when_the_package_is_changed_and_archived_ones_rest():
    package = services.mark_ready(package=full_package(), by=None, now=NOW)
    assert package.state == "ready"

    package = services.edit_package(package=package, values={"visit_host": "Somebody"}, by=None, now=NOW)
    assert package.state == "draft"
    package = services.archive_package(package=package, by=None, now=NOW)
    with pytest.raises(services.CannotChange):
        services.edit_package(package=package, values={"visit_host": "X"}, by=None, now=NOW)
    assert services.reopen_package(package=package, by=None, now=NOW).state == "draft"


# ---------------------------------------------------------------------------------------------- read


def test_the_document_holds_what_is_published_and_never_the_working_copy():
    package = full_package()
    site = catalogue_site(package.sites[0])
    values = {"internal_note": "canary-note", "name": Translated(en="canary-name")}
    catalogue.edit_site(site=site, values=values, by=None, now=NOW, revision=None)

    said = json.dumps(package_document(package, "en", TODAY))

    assert "canary" not in said
    assert "Kantola plot" in said
    assert "7,755 inhabitants live here." in said


def test_a_withdrawn_record_leaves_the_package_and_is_named():
    package = full_package()
    catalogue.withdraw_site(site=catalogue_site(package.sites[0]), by=make_person(Role.COORDINATOR), now=NOW)

    document = package_document(package, "en", TODAY)

    assert (document["records"], document["withdrawn"]) == ([], package.sites)
    assert not step(package, "records").is_met


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_paper_is_tagged_in_its_language_and_holds_its_pages(language):
    content = paper.package_pdf(package_document(full_package(), language, TODAY), "https://windy.example")

    with pikepdf.open(io.BytesIO(content)) as found:
        assert (str(found.Root.Lang), "/StructTreeRoot" in found.Root) == (language, True)
        assert str(found.docinfo["/Title"]) == TITLE[language]
        assert 2 <= len(found.pages) <= 4


def test_an_example_is_labelled(monkeypatch):
    site = make_site(state="published")
    from vetovoima.syndication.models import PublishedDocument

    for one in PublishedDocument.objects.all():
        one.body["is_example"] = one.is_example = True
        one.save()
    asked = {}
    monkeypatch.setattr(paper.pdf, "render", lambda template, data, **given: asked.update(given) or b"")

    paper.package_pdf(package_document(make_package(sites=[site.code]), "en", TODAY), "")

    assert asked["example"] == "EXAMPLE"


def test_the_front_of_the_fullest_package_stays_on_two_pages():
    """As many records, numbers and words as a package may have: 12 records begin on the third page at the latest."""
    sites = [make_site(state="published").code for _number in range(12)]
    facts = [f"fact-{number}" for number in range(12)]
    for code in facts:
        make_fact(
            code,
            municipality="kuhmo",
            label=Translated(en="Sähkönsiirtoverkon liityntäkapasiteetti kunnassa"),
        )
    package = make_package(
        sites=sites, facts=facts, contact=make_contact(), argument=Translated(en=("Word " * 400)[:2000]),
        visit=Translated(en=("Visit " * 116)[:690]), visit_length="day", visit_host="The mayor of the municipality",
    )  # fmt: skip

    content = paper.package_pdf(package_document(package, "en", TODAY), "")

    with pikepdf.open(io.BytesIO(content)) as found:
        assert 2 + 12 <= len(found.pages) <= 2 + 2 * 12


def test_the_workbook_never_becomes_a_formula():
    package = full_package(title=Translated(en="=1+1"))

    book = openpyxl.load_workbook(
        io.BytesIO(workbook.package_workbook(package_document(package, "en", TODAY)))
    )

    assert book.sheetnames == ["Package", "Records", "Facts", "Numbers"]
    assert (book["Package"]["B2"].value, book["Package"]["B2"].data_type) == ("=1+1", "s")
    assert [row[0].value for row in book["Records"].iter_rows(min_row=2)] == package.sites
    assert book["Numbers"].max_row == 4


def test_records_of_two_municipalities_make_no_package():
    own, other = make_site(state="published"), make_site("paltamo", state="published")
    coordinator = make_person(Role.COORDINATOR)

    assert queries.municipality_of_records(coordinator, [own.code]).slug == "kuhmo"
    assert queries.municipality_of_records(coordinator, [own.code, other.code]) is None
    neighbour = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    assert queries.municipality_of_records(neighbour, [own.code]) is None
