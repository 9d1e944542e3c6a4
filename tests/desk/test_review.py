"""From draft to public and back: what each side sees."""

from __future__ import annotations

from django.test import Client

from tests.desk.reading import form, words
from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.accounts.models import User
from vetovoima.activity.schedule import chores
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
    assert page.split(" Gaps ")[1].split("+")[0].endswith("Position on the map ")
    assert "Position on the map" in words(town.get("/desk/sites/"))


def test_a_record_is_published_later_and_the_plan_can_be_cancelled(council: Client, town: Client) -> None:
    site = make_site(state="submitted")
    opened = form(council.get(f"/desk/sites/{site.code}/review/"), "/schedule/")
    opened["at"] = "2099-10-12T14:30"
    page = words(council.post(f"/desk/sites/{site.code}/schedule/", opened, follow=True))
    assert "Published by itself on 12 Oct 2099 14:30, chosen by Kaisa Coordinator." in page
    assert "is published by itself on 12 Oct 2099 14:30" in words(town.get(f"/desk/sites/{site.code}/"))
    site.refresh_from_db()
    assert site.publish_at is not None and site.publish_at.isoformat() == "2099-10-12T11:30:00+00:00"
    page = words(council.post(f"/desk/sites/{site.code}/unschedule/", follow=True))
    assert "Cancelled. The record waits for review as before." in page and "Publish later" in page


def test_the_worker_looks_for_records_whose_time_has_come() -> None:
    assert "catalogue.publish_scheduled" in {one.name for one in chores()}


def test_a_time_that_is_no_time_or_past_is_refused_beside_its_field(council: Client) -> None:
    site = make_site(state="submitted")
    address = f"/desk/sites/{site.code}/schedule/"
    for at, sentence in (
        ("", "Publish later, at: Give a day and a time"),
        ("soon", "Publish later, at: Give a day and a time"),
        ("2020-01-01T10:00", "Publish later, at: Choose a moment that is still ahead"),
    ):
        assert sentence in words(council.post(address, {"at": at, "revision": site.revision}))
    site.refresh_from_db()
    assert site.publish_at is None


def test_a_review_shows_quality_and_figures_that_nothing_backs(council: Client) -> None:
    site = make_site(
        state="submitted", area_m2=320_000, summary={"en": "A plot of 32 hectares with 75 MW of power."}
    )
    page = words(council.get(f"/desk/sites/{site.code}/review/"))
    assert "% complete · readiness" in page
    assert "Figures to check" in page and "75 MW In one sentence, en" in page
    assert "32 hectares In one sentence" not in page


def test_a_withdrawn_records_address_leads_to_the_one_that_took_its_place(town: Client) -> None:
    site, other = make_site(state="published"), make_site(state="published")
    foreign = make_site("sotkamo", state="published")
    page = town.get(f"/desk/sites/{site.code}/withdraw/").content.decode()
    assert other.code in page and foreign.code not in page
    town.post(f"/desk/sites/{site.code}/withdraw/", {"instead": other.code})
    answer = Client().get(f"/en/sites/{site.code}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/en/sites/{other.code}/")
    assert f"Its public address leads to {other.code}" in words(town.get(f"/desk/sites/{site.code}/"))


def test_a_code_may_be_typed_and_a_wrong_one_is_refused(town: Client) -> None:
    site, foreign = make_site(state="published"), make_site("sotkamo", state="published")
    own = make_site(state="published")
    address = f"/desk/sites/{site.code}/withdraw/"
    page = town.post(address, {"code": "TUU-999-0001"})
    assert "There is no public record TUU-999-0001 to lead to." in words(page)
    assert "There is no public record" in words(town.post(address, {"code": site.code}))
    town.post(address, {"code": foreign.code})
    assert Client().get(f"/fi/sites/{site.code}/").status_code == 200, "led to another municipality's record"
    town.post(address, {"code": own.code.lower()})
    assert Client().get(f"/fi/sites/{site.code}/").headers["Location"] == f"/fi/sites/{own.code}/"


def test_a_withdrawn_record_without_a_successor_is_gone_with_ways_on(town: Client) -> None:
    site = make_site(state="published", name={"en": "Kantola plot"})
    town.post(f"/desk/sites/{site.code}/withdraw/")
    answer = Client().get(f"/en/sites/{site.code.lower()}/")
    assert answer.status_code == 410
    assert "This record was withdrawn" in words(answer) and "Sites in Kuhmo" in words(answer)
    assert "Kantola plot" not in words(answer)
    assert Client().get(f"/en/sites/{make_site().code}/").status_code == 404
    site.refresh_from_db()
    services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)
    assert Client().get(f"/en/sites/{site.code}/").status_code == 200
