"""Editing a record: whose it is, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import json

import pytest
from django.http import QueryDict
from django.test import Client

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_municipality, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site

AREA = {
    "type": "Polygon",
    "coordinates": [[[28.1, 64.1], [28.11, 64.1], [28.11, 64.11], [28.1, 64.11], [28.1, 64.1]]],
}


def send(client: Client, site: Site, **changed: str) -> object:
    """This will open the form, change some inputs, and send it as a browser does."""
    address = f"/desk/sites/{site.code}/edit/"
    sent = form(client.get(address), "")
    for name, value in changed.items():
        sent[name] = value
    return client.post(address, sent.urlencode(), content_type="application/x-www-form-urlencoded")


def test_a_municipality_lists_its_own_records_only(town: Client) -> None:
    own, foreign = make_site("kuhmo"), make_site("sotkamo")
    page = words(town.get("/desk/sites/"))
    assert own.code in page
    assert foreign.code not in page


@pytest.mark.parametrize("way", ["", "edit/", "submit/", "withdraw/", "photos/"])
def test_a_foreign_record_is_not_there(town: Client, way: str) -> None:
    foreign = make_site("sotkamo")
    assert town.get(f"/desk/sites/{foreign.code}/{way}").status_code == 404
    assert town.post(f"/desk/sites/{foreign.code}/{way}").status_code == 404


def test_a_new_draft_needs_a_name_in_one_language(town: Client) -> None:
    refused = town.post("/desk/sites/new/", {"municipality": "kuhmo", "kind": "plot"})
    assert "Give a name in at least one language." in words(refused)
    made = town.post("/desk/sites/new/", {"municipality": "kuhmo", "kind": "plot", "name_sv": "Tomten"})
    site = Site.objects.get()
    assert made.headers["Location"] == f"/desk/sites/{site.code}/edit/"
    assert dict(site.name) == {"sv": "Tomten"}


def test_nobody_makes_a_draft_for_another_municipality(town: Client) -> None:
    make_municipality("sotkamo")
    refused = town.post("/desk/sites/new/", {"municipality": "sotkamo", "kind": "plot", "name_fi": "Tontti"})
    assert refused.status_code == 200
    assert Site.objects.count() == 0


def test_opening_and_sending_without_a_change_changes_nothing(town: Client) -> None:
    site = make_site(
        area_m2=1934000.5, geometry=AREA, place_precision="exact", summary={"fi": "Kaksi\nriviä"}, is_divisible=False,
        available_from=NOW.date(), property_ids=["290-401-12-5", "290-401-12-6"],
        sources={"size": {"title": "Kaupunki", "url": "https://kuhmo.example/a?b=1", "dated": "2026-02"}},
    )  # fmt: skip
    response = send(town, site)
    assert response.status_code == 302
    site.refresh_from_db()
    assert site.revision == 1


def test_numbers_with_comma_and_spaces_are_saved(town: Client) -> None:
    site = make_site()
    send(town, site, area_m2="12 345,5", free_capacity_mw="4.5")
    site.refresh_from_db()
    assert (site.area_m2, site.free_capacity_mw) == (12345.5, 4.5)


def test_a_wrong_number_keeps_everything_typed(town: Client) -> None:
    site = make_site()
    page = send(
        town, site, area_m2="lots", plot_count="1,5", description_fi="<script>x</script> ja pitkä teksti"
    )
    assert "Total area: “lots” is not a number. Write for example 1,234.5." in words(page)
    assert "Number of plots: Give a whole number." in words(page)
    kept = form(page, "")
    assert (kept["area_m2"], kept["plot_count"]) == ("lots", "1,5")
    assert kept["description_fi"] == "<script>x</script> ja pitkä teksti"
    assert b"<script>x" not in page.content
    site.refresh_from_db()
    assert site.revision == 1


def test_a_megabyte_of_text_is_refused_in_words_and_kept(town: Client) -> None:
    site = make_site()
    page = send(town, site, description_fi="a" * 1_000_000)
    assert "The text is too long: at most 20,000 characters." in words(page)
    assert len(form(page, "")["description_fi"]) == 1_000_000


@pytest.mark.parametrize(
    ("latitude", "longitude", "sentence"),
    [
        ("27.7", "64.2", "seem to be swapped"),
        ("NaN", "27.7", "Coordinates must be numbers"),
        ("inf", "27.7", "Coordinates must be numbers"),
        ("48.8", "2.3", "The place is outside the area"),
        ("64.2", "", "Give both latitude and longitude, or neither."),
    ],
)
def test_a_wrong_position_is_refused_in_words(
    town: Client, latitude: str, longitude: str, sentence: str
) -> None:
    site = make_site()
    page = send(town, site, latitude=latitude, longitude=longitude)
    assert sentence in words(page)
    assert form(page, "")["latitude"] == latitude


def test_coordinates_make_a_point(town: Client) -> None:
    site = make_site()
    send(town, site, latitude="64,2238", longitude="27.7332", place_precision="exact")
    site.refresh_from_db()
    assert site.geometry == {"type": "Point", "coordinates": [27.7332, 64.2238]}


def test_a_drawn_area_wins_over_the_point_inside_it(town: Client) -> None:
    site = make_site(geometry={"type": "Point", "coordinates": [28.0, 64.0]}, place_precision="exact")
    send(town, site, geometry=json.dumps(AREA), latitude="64.105", longitude="28.105")
    site.refresh_from_db()
    assert site.geometry["type"] == "Polygon"


def test_new_coordinates_replace_an_area(town: Client) -> None:
    site = make_site(geometry=AREA, place_precision="exact")
    send(town, site, latitude="64.5", longitude="28.5")
    site.refresh_from_db()
    assert site.geometry == {"type": "Point", "coordinates": [28.5, 64.5]}


def test_checked_today_by_me_saves_and_says_so(town: Client, officer: User) -> None:
    site = make_site()
    sent = form(town.get(f"/desk/sites/{site.code}/edit/"), "")
    sent["checked"], sent["free_capacity_mw"] = "electricity", "7"
    response = town.post(f"/desk/sites/{site.code}/edit/electricity/", sent)
    assert response.headers["Location"].endswith("#electricity")
    site.refresh_from_db()
    assert site.sources["electricity"]["verified_by"] == "Olli Officer"
    assert "size" not in site.sources


def test_a_source_that_is_no_web_address_is_refused(town: Client) -> None:
    site = make_site()
    page = send(town, site, source_size_url="javascript:alert(1)", source_size_dated="soon")
    assert page.status_code == 200
    assert "Address of the source: Give a web address" in words(page)
    assert "Date of the source: Give a year, a month or a day" in words(page)


def test_two_people_at_once_see_each_others_values_and_choose(town: Client, council: Client) -> None:
    site = make_site(price_eur_m2=5, locality="Kantola")
    address = f"/desk/sites/{site.code}/edit/"
    opened = form(town.get(address), "")
    send(council, site, price_eur_m2="7", locality="Keskusta")

    opened["price_eur_m2"] = "9"
    page = town.post(address, opened.urlencode(), content_type="application/x-www-form-urlencoded")
    assert page.status_code == 409
    assert "Kaisa Coordinator" in words(page)
    assert "Keep the saved value: Price per square metre 7 €/m² Yours: 9 €/m²" in words(page)

    # What this person had not touched is given up by itself; their own price stays.
    again = form(page, "")
    assert again.getlist("theirs") == ["locality"]
    assert again["price_eur_m2"] == "9"
    town.post(address, again.urlencode(), content_type="application/x-www-form-urlencoded")
    site.refresh_from_db()
    assert (site.price_eur_m2, site.locality) == (9.0, "Keskusta")


def test_a_saved_value_can_be_kept_instead_of_ones_own(town: Client, council: Client) -> None:
    site = make_site(price_eur_m2=5)
    address = f"/desk/sites/{site.code}/edit/"
    opened = form(town.get(address), "")
    send(council, site, price_eur_m2="7")
    opened["price_eur_m2"] = "9"
    again = form(town.post(address, opened.urlencode(), content_type="application/x-www-form-urlencoded"), "")
    again.appendlist("theirs", "price_eur_m2")
    town.post(address, again.urlencode(), content_type="application/x-www-form-urlencoded")
    site.refresh_from_db()
    assert site.price_eur_m2 == 7.0


def test_a_record_under_review_rests(town: Client, coordinator: User) -> None:
    site = make_site()
    opened = form(town.get(f"/desk/sites/{site.code}/edit/"), "")
    services.submit_site(site=site, by=coordinator, now=NOW)
    opened["locality"] = "Kantola"
    page = town.post(f"/desk/sites/{site.code}/edit/", QueryDict(opened.urlencode()).dict())
    assert page.status_code == 409
    assert form(page, "")["locality"] == "Kantola"
    assert town.get(f"/desk/sites/{site.code}/edit/").headers["Location"] == f"/desk/sites/{site.code}/"


def test_a_partner_edits_nothing(db: None) -> None:
    site = make_site()
    partner = signed_in(make_person(Role.CLUSTER_LEAD))
    assert partner.get(f"/desk/sites/{site.code}/edit/").status_code == 403
