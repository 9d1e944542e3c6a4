"""Many records at once, copying from one to another, and the list that they are chosen from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests.desk.reading import form, words
from tests.desk.test_form import edit
from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME


def sent(*sites: Site, **more: str) -> QueryDict:
    """This will make what the list or the page of the change sends."""
    data = QueryDict(mutable=True)
    data.setlist("codes", [site.code for site in sites])
    data.update(more)
    return data


def post(client: Client, tail: str, data: QueryDict) -> Any:
    return client.post(
        f"/desk/sites/{tail}", data.urlencode(), content_type="application/x-www-form-urlencoded"
    )


def facts(site: Site) -> list[str]:
    return list(Fact.objects.filter(code=site.code).order_by("pk").values_list("type", flat=True))


# --- one change to many ----------------------------------------------------------------------------------------------


def test_one_field_of_many_is_looked_at_set_and_taken_back(town: Client) -> None:
    first, second = make_site(availability="reserved"), make_site(availability="available")
    asked = post(town, "bulk/", sent(first, second, action="set"))
    assert '<option value="availability"' in asked.content.decode()
    seen = post(town, "bulk/", sent(first, second, action="set", field="availability", availability="taken"))
    assert f"{first.code} Kantola plot Reserved Taken" in words(seen)
    assert Site.objects.filter(availability="taken").count() == 0

    done = post(town, "bulk/apply/", form(seen, "bulk/apply/"))
    assert "2 records were changed." in words(done)
    assert {one.availability for one in Site.objects.all()} == {"taken"}
    assert facts(first)[-1] == "catalogue.site.edited"

    post(town, "bulk/undo/", form(done, "bulk/undo/"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.availability, second.availability) == ("reserved", "available")


def test_a_record_without_the_field_is_left_as_it_is(town: Client) -> None:
    plot, opportunity = make_site(), make_site(kind="opportunity")
    seen = post(town, "bulk/", sent(plot, opportunity, action="set", field="owner_name", owner_name="Kunta"))
    assert "Records of this kind do not have the field." in words(seen)
    done = post(town, "bulk/apply/", form(seen, "bulk/apply/"))
    assert "1 record was changed." in words(done)


def test_a_wrong_value_is_said_and_nothing_is_changed(town: Client) -> None:
    site = make_site()
    data = sent(site, action="set", field="area_m2", area_m2="-5")
    assert "Give a number between" in words(post(town, "bulk/", data))
    assert "Give a number between" in words(post(town, "bulk/apply/", data))
    site.refresh_from_db()
    assert site.revision == 1


def test_checked_today_is_said_of_many(town: Client) -> None:
    first, second = make_site(sources={"size": {"title": "Kunta"}}), make_site()
    post(town, "bulk/apply/", sent(first, second, action="check", checked_group="size"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.sources["size"]["title"] == "Kunta"
    assert {one.sources["size"]["verified_by"] for one in (first, second)} == {"Olli Officer"}


def test_many_are_sent_for_review_and_published_with_one_fact_each(town: Client, council: Client) -> None:
    first, second = make_site(), make_site()
    post(town, "bulk/apply/", sent(first, second, action="submit"))
    assert facts(first)[-1] == "catalogue.site.submitted"
    done = post(council, "bulk/apply/", sent(first, second, action="publish"))
    assert "2 records were changed." in words(done)
    assert Site.objects.filter(published_version=1).count() == 2


def test_what_may_not_be_done_is_said_for_each_record(town: Client, council: Client) -> None:
    submitted, draft = make_site(state="submitted"), make_site()
    seen = post(council, "bulk/", sent(submitted, draft, action="publish"))
    assert "Not possible as the record is now." in words(seen)
    done = post(council, "bulk/apply/", sent(submitted, draft, action="publish"))
    assert "1 record was changed." in words(done)
    assert f"Not changed {draft.code}" in words(done)


def test_records_of_others_and_rights_of_others_are_out_of_reach(town: Client) -> None:
    own, foreign = make_site(), make_site("sotkamo")
    done = post(town, "bulk/apply/", sent(own, foreign, action="set", field="owner_name", owner_name="Kunta"))
    assert "1 record was changed." in words(done)
    foreign.refresh_from_db()
    assert foreign.owner_name == ""
    assert post(town, "bulk/", sent(own, action="publish")).status_code == 403
    assert post(town, "bulk/undo/", QueryDict("undo=x&undo=TUU-1:abc")).status_code == 302


def test_without_a_record_the_list_says_what_to_do(town: Client) -> None:
    answer = town.post("/desk/sites/bulk/", {"action": "set"}, follow=True)
    assert "Choose at least one record in the list first." in words(answer)


# --- copying ---------------------------------------------------------------------------------------------------------


def test_a_group_is_copied_into_the_form_with_its_source_marked(town: Client) -> None:
    site = make_site(grid_company="")
    source = {
        "title": "Verkkoyhtiö",
        "method": "measured",
        "verified_by": "Aila",
        "verified_on": "2026-01-01",
    }
    other = make_site(grid_company="Verkko", voltage_kv=110, sources={"electricity": source})
    address = f"/desk/sites/{site.code}/copy/"
    assert other.code in words(town.get(address))
    offered = town.get(f"{address}?from={other.code}")
    assert "Electricity" in words(offered)
    answer = town.post(address, {"from": other.code, "groups": ["electricity"]})
    shown = form(town.get(answer.headers["Location"]), "")
    assert (shown["grid_company"], shown["voltage_kv"]) == ("Verkko", "110")
    assert shown["source_electricity_title"] == f"Copied from {other.code}: Verkkoyhtiö"
    assert (shown["source_electricity_method"], shown["source_electricity_verified_by"]) == ("measured", "")
    site.refresh_from_db()
    assert site.grid_company == ""


def test_name_place_and_identifiers_are_never_copied(town: Client) -> None:
    site = make_site()
    make_site(name={"fi": "Toinen"}, property_ids=["290-1-1-1"])
    other = Site.objects.get(name__fi="Toinen")
    page = town.get(f"/desk/sites/{site.code}/copy/?from={other.code}")
    assert "290-1-1-1" not in page.content.decode()


def test_nothing_is_copied_from_a_record_out_of_reach(town: Client) -> None:
    site, foreign = make_site(), make_site("sotkamo")
    assert town.get(f"/desk/sites/{site.code}/copy/?from={foreign.code}").status_code == 404
    assert foreign.code not in words(town.get(f"/desk/sites/{site.code}/copy/"))
    assert town.post(f"/desk/sites/{foreign.code}/copy/", {"from": site.code}).status_code == 404


# --- the list --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacks", "left"), [("position", "second"), ("checked", "second"), ("contact", "both"), ("public", "both")]
)  # fmt: skip
def test_the_list_shows_what_lacks_something(town: Client, lacks: str, left: str) -> None:
    first = make_site(
        geometry={"type": "Point", "coordinates": [28.0, 64.0]}, place_precision="exact",
        sources={"size": {"verified_on": NOW.date().isoformat(), "verified_by": "Olli"}},
    )  # fmt: skip
    second = make_site()
    Site.objects.filter(pk=first.pk).update(checked_on="2099-01-01")
    page = words(town.get(f"/desk/sites/?lacks={lacks}"))
    assert second.code in page
    assert (first.code in page) == (left == "both")


def test_the_list_is_ordered_by_how_complete_records_are(town: Client) -> None:
    first, second = make_site(), make_site()
    Site.objects.filter(pk=second.pk).update(completeness=90)
    page = words(town.get("/desk/sites/?order=-completeness"))
    assert page.index(second.code) < page.index(first.code)
    assert 'aria-sort="descending"' in town.get("/desk/sites/?order=-completeness").content.decode()
    assert town.get("/desk/sites/?order=nonsense&lacks=nonsense").status_code == 200


def test_fifty_records_are_listed_without_a_question_for_each(
    town: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        make_site()
    town.get("/desk/sites/")
    with django_assert_max_num_queries(16):
        town.get("/desk/sites/")


def test_a_record_under_review_is_neither_copied_into_nor_set(town: Client, coordinator: User) -> None:
    site, other = make_site(), make_site(grid_company="Verkko")
    services.submit_site(site=site, by=coordinator, now=NOW)
    assert town.get(f"/desk/sites/{site.code}/copy/?from={other.code}").status_code == 403
    seen = post(town, "bulk/", sent(site, action="set", field="grid_company", grid_company="Verkko"))
    assert "It cannot be edited now." in words(seen)
    assert town.get(edit(site)).status_code == 302


FILLED: dict[str, Any] = {
    "owner_name": "Kunta", "area_m2": 900.0, "plan_state": "master", "summary": {"fi": "Hyvä", "en": "Good"},
    "railway_siding": True, "available_from": date(2026, 10, 1), "capacity_by_year": {"2028": 4.0},
}  # fmt: skip


@pytest.mark.parametrize("name", [one for one in FILLED if one in BY_NAME and "plot" in BY_NAME[one].kinds])
def test_a_field_is_emptied_in_many_after_the_same_preview(town: Client, name: str) -> None:
    site, other = make_site(**{name: FILLED[name]}), make_site(absent={name: "not_studied"})
    asked = post(town, "bulk/", sent(site, other, action="set", field=name))
    assert "Empty the field instead" in words(asked)
    seen = post(town, "bulk/", sent(site, other, action="set", field=name, clear="yes"))
    assert "Change the records" in words(seen)
    assert b"<del>" in seen.content
    site.refresh_from_db()
    assert site.is_known(name), "the preview changes nothing"
    done = post(town, "bulk/apply/", form(seen, "bulk/apply/"))
    site.refresh_from_db()
    other.refresh_from_db()
    assert not site.is_known(name)
    assert name not in site.absent
    assert name not in other.absent
    post(town, "bulk/undo/", form(done, "bulk/undo/"))
    site.refresh_from_db()
    other.refresh_from_db()
    assert site.is_known(name)
    assert other.absent[name] == "not_studied"


def test_why_there_is_no_value_is_said_in_many(town: Client) -> None:
    site = make_site(owner_name="Kunta")
    seen = post(town, "bulk/", sent(site, action="set", field="owner_name", absent_owner_name="not_studied"))
    assert f"{site.code} Kantola plot Kunta not studied" in words(seen)
    post(town, "bulk/apply/", form(seen, "bulk/apply/"))
    site.refresh_from_db()
    assert (site.owner_name, site.absent["owner_name"]) == ("", "not_studied")


def test_a_value_and_emptying_at_once_is_refused_and_what_must_be_there_is_not_emptied(town: Client) -> None:
    site = make_site(owner_name="Kunta")
    both = sent(site, action="set", field="owner_name", owner_name="Muu", clear="yes")
    assert "Choose one of the two" in words(post(town, "bulk/", both))
    assert "Choose one of the two" in words(post(town, "bulk/apply/", both))
    needed = sent(site, action="set", field="availability", clear="yes")
    assert "Empty the field instead" not in words(post(town, "bulk/", needed))
    post(town, "bulk/apply/", needed)
    site.refresh_from_db()
    assert site.owner_name == "Kunta"
