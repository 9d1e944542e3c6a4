"""From draft to public and back: what each side sees."""

from __future__ import annotations

from django.test import Client

from tests.desk.reading import form, words
from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.accounts.models import User
from vetovoima.catalogue import services


def test_the_review_shows_old_and_new_of_what_differs_and_nothing_else(council: Client) -> None:
    site = make_site(state="published", area_m2=20000, summary={"fi": "Vanha", "en": "Same"})
    services.edit_site(
        site=site,
        values={"area_m2": 32000.0, "summary": {"fi": "Uusi", "en": "Same"}},
        by=None,
        now=NOW,
        revision=None,
    )
    services.submit_site(site=site, by=None, now=NOW)
    page = words(council.get(f"/desk/sites/{site.code}/review/"))
    assert "Total area Old: 20,000 m² New: 32,000 m²" in page
    assert "In one sentence Old: fi Vanha New: fi Uusi" in page
    assert "Same" not in page
    assert "Compared with version 1" in page


def test_a_first_review_shows_what_is_filled(council: Client) -> None:
    site = make_site(state="submitted", area_m2=20000)
    page = words(council.get(f"/desk/sites/{site.code}/review/"))
    assert "Never published before: every filled field is new" in page
    assert "Total area Old: empty New: 20,000 m²" in page
    assert "Free electric power Old" not in page


def test_a_return_needs_a_comment_and_reaches_the_municipality(council: Client, town: Client) -> None:
    site = make_site(state="submitted")
    address = f"/desk/sites/{site.code}/return/"
    assert "What should be changed: Write what should be changed." in words(
        council.post(address, {"comment": " "})
    )
    council.post(address, {"comment": "Lisää kaava."})
    assert "Returned with a comment: edit and submit again" in words(town.get("/desk/"))
    assert "Returned by the council Lisää kaava." in words(town.get(f"/desk/sites/{site.code}/edit/"))


def test_publishing_what_somebody_changed_meanwhile_is_refused(council: Client) -> None:
    site = make_site(state="submitted")
    opened = form(council.get(f"/desk/sites/{site.code}/review/"), "publish")
    services.publish_site(site=site, by=None, now=NOW)
    answer = council.post(f"/desk/sites/{site.code}/publish/", opened.dict(), follow=True)
    assert "changed after you opened the review" in words(answer)
    site.refresh_from_db()
    assert site.published_version == 1


def test_the_coordinator_publishes(council: Client) -> None:
    site = make_site(state="submitted")
    opened = form(council.get(f"/desk/sites/{site.code}/review/"), "publish")
    council.post(f"/desk/sites/{site.code}/publish/", opened.dict())
    site.refresh_from_db()
    assert site.published_version == 1


def test_a_municipality_does_not_review(town: Client) -> None:
    site = make_site(state="submitted")
    assert town.get(f"/desk/sites/{site.code}/review/").status_code == 403
    assert town.post(f"/desk/sites/{site.code}/publish/").status_code == 403


def test_unpublished_changes_are_shown_beside_what_is_public(town: Client) -> None:
    site = make_site(state="published", locality="Kantola")
    services.edit_site(site=site, values={"locality": "Keskusta"}, by=None, now=NOW, revision=None)
    page = words(town.get(f"/desk/sites/{site.code}/"))
    assert "Public now: version 1" in page
    assert "Not public yet" in page
    assert "Village or district Old: Kantola New: Keskusta" in page


def test_withdrawing_says_the_way_back(town: Client) -> None:
    site = make_site(state="published")
    page = words(town.post(f"/desk/sites/{site.code}/withdraw/", follow=True))
    assert "Withdrawn: the record is no longer public. Everything in it is kept." in page
    assert "submit" in page.split("Nothing was deleted", 1)[1][:200]


def test_submitting_a_second_time_says_what_is_the_matter(town: Client, officer: User) -> None:
    site = make_site(state="submitted")
    answer = town.post(f"/desk/sites/{site.code}/submit/", follow=True)
    assert "Only a draft can be submitted." in words(answer)


def test_the_history_tells_old_and_new_in_words(town: Client, officer: User) -> None:
    site = make_site(tenure="sale")
    services.edit_site(
        site=site, values={"tenure": "lease", "has_rail_siding": True}, by=officer, now=NOW, revision=None
    )
    page = words(town.get(f"/desk/sites/{site.code}/"))
    assert "Edited 2 fields, Olli Officer" in page
    assert "Offered Old: For sale New: For lease" in page
    assert "Rail siding Old: empty New: yes" in page


def test_the_missing_position_is_the_first_gap(town: Client) -> None:
    site = make_site()
    page = words(town.get(f"/desk/sites/{site.code}/"))
    assert "Gaps Position on the map" in page
    assert "Position on the map" in words(town.get("/desk/sites/"))
