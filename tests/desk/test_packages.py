"""Offer packages at the desk: begun from the list, filled, judged, shown and handed out."""

from __future__ import annotations

import pytest

from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from tests.syndication.test_packages import full_package, make_contact, make_package
from vetovoima.accounts.enums import Role
from vetovoima.common import pdf
from vetovoima.syndication.models import OfferPackage
from vetovoima.syndication.packages import paper, services

pytestmark = pytest.mark.django_db


def test_an_officer_makes_a_package_from_chosen_sites(town):
    first, second = make_site(state="published"), make_site(state="published")
    draft = make_site()
    sent = {"action": "package", "codes": [second.code, first.code]}

    begun = town.post("/desk/sites/bulk/", sent)
    assert begun["Location"].startswith("/desk/packages/new/?sites=")
    page = town.get(begun["Location"])
    assert draft.code not in words(page)
    filled = form(page, "")
    assert sorted(filled.getlist("sites")) == [first.code, second.code]
    filled.update({"title_en": "Power in Kuhmo"})
    answer = town.post(begun["Location"], dict(filled.lists()), follow=True)

    package = OfferPackage.objects.get()
    assert sorted(package.sites) == [first.code, second.code]
    assert "Power in Kuhmo" in words(answer)
    assert "Choose a contact person" in words(answer)


def test_the_list_offers_the_way_to_the_packages(town, council):
    make_site()

    for browser in (town, council):
        page = browser.get("/desk/sites/")
        assert "Offer packages" in words(page)
        assert "Make an offer package" in words(page)


def test_the_council_chooses_a_municipality_first(council):
    make_site(state="published")
    make_site("paltamo", state="published")

    assert "Whose offer is packaged?" in words(council.get("/desk/packages/new/"))
    assert 'name="title_en"' in council.get("/desk/packages/new/?municipality=kuhmo").content.decode()


def test_records_of_two_municipalities_are_refused_in_words(council):
    codes = [make_site(state="published").code, make_site("paltamo", state="published").code]

    assert "records of one municipality" in words(council.get(f"/desk/packages/new/?sites={','.join(codes)}"))


def test_everything_written_comes_back_when_something_is_wrong(town):
    make_site(state="published")
    sent = form(town.get("/desk/packages/new/"), "")
    sent.update({"title_en": "Power", "argument_en": "It has {fact:nothing}.", "visit_host": "The mayor"})

    refused = town.post("/desk/packages/new/", sent)

    assert "no usable fact nothing" in words(refused)
    again = form(refused, "")
    assert (again["title_en"], again["argument_en"], again["visit_host"]) == (
        "Power",
        "It has {fact:nothing}.",
        "The mayor",
    )


def test_a_package_is_edited_marked_ready_copied_archived_and_opened_again(town):
    package = full_package()
    page = f"/desk/packages/{package.code}/"
    sent = form(town.get(f"{page}edit/"), "")
    assert sorted(sent.getlist("facts")) == ["area-kuhmo", "jobs-kuhmo", "population-kuhmo"]
    sent["visit_host"] = "The power company"
    assert "The power company" in words(town.post(f"{page}edit/", dict(sent.lists()), follow=True))
    states = []
    for action in ("ready", "reopen", "archive", "reopen"):
        town.post(f"{page}{action}/")
        states.append(OfferPackage.objects.get(code=package.code).state)
    answer = town.post(f"{page}copy/", follow=True)

    assert states == ["ready", "draft", "archived", "draft"]
    package.refresh_from_db()
    assert package.visit_host == "The power company"
    assert OfferPackage.objects.count() == 2
    assert "Copied" in words(answer)


def test_two_editors_lose_nothing(town):
    package = make_package()
    sent = form(town.get(f"/desk/packages/{package.code}/edit/"), "")
    services.edit_package(package=package, values={"visit_host": "Theirs"}, by=None, now=NOW)
    sent["visit_host"] = "Mine"

    answer = town.post(f"/desk/packages/{package.code}/edit/", sent)

    assert answer.status_code == 409
    again = form(answer, "")
    assert again["visit_host"] == "Mine"
    town.post(f"/desk/packages/{package.code}/edit/", again)
    package.refresh_from_db()
    assert package.visit_host == "Mine"


def test_the_preview_shows_what_the_investor_reads_in_each_language(town):
    package = full_package()

    english = words(town.get(f"/desk/packages/{package.code}/"))
    assert "7,755 inhabitants live here." in english
    swedish = words(town.get(f"/desk/packages/{package.code}/?lang=sv"))
    assert "Kraft och rum" in swedish
    assert "Not written in this language yet" in swedish


@pytest.mark.parametrize(
    ("ending", "kind", "start"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd", b"PK"),
        ("json", "application/json", b"{"),
    ],
)
def test_it_is_handed_out_to_those_who_may_and_to_nobody_else(town, council, ending, kind, start, client):
    package = full_package()
    address = f"/desk/packages/{package.code}/sv.{ending}"

    for browser in (town, council):
        answer = browser.get(address)
        assert (answer.status_code, answer.content[: len(start)]) == (200, start)
        assert answer["Content-Type"].startswith(kind)
        assert "no-store" in answer["Cache-Control"]
    client.force_login(make_person(Role.MUNICIPALITY_OFFICER, "paltamo"))
    assert client.get(address).status_code == 404
    assert town.get(f"/desk/packages/{package.code}/de.{ending}").status_code == 404


def test_a_pdf_that_fails_is_told_on_the_page(town, monkeypatch):
    package = full_package()

    def fail(*given, **more):
        raise pdf.CannotRender("time")

    monkeypatch.setattr(paper.pdf, "render", fail)

    answer = town.get(f"/desk/packages/{package.code}/en.pdf", follow=True)

    assert "took too long" in words(answer)


def test_the_list_counts_and_narrows(council):
    make_contact()
    make_fact()
    ready = services.mark_ready(package=full_package_without_fact(), by=None, now=NOW)
    draft = make_package("paltamo")

    assert {code in words(council.get("/desk/packages/")) for code in (ready.code, draft.code)} == {True}
    page = words(council.get("/desk/packages/?state=ready"))
    assert (ready.code in page, draft.code in page) == (True, False)
    page = words(council.get("/desk/packages/?municipality=paltamo"))
    assert (ready.code in page, draft.code in page) == (False, True)


def full_package_without_fact() -> OfferPackage:
    site = make_site(state="published")
    return make_package(sites=[site.code], contact=make_contact(), argument={"en": "Because."})
