"""The form of a record part by part: saving, unsaved text, merging, absences, profiles, undoing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue import drafts, services
from vetovoima.catalogue.models import Site, SiteDraft
from vetovoima.catalogue.queries import history

AREA = {
    "type": "Polygon",
    "coordinates": [[[28.1, 64.1], [28.11, 64.1], [28.11, 64.11], [28.1, 64.11], [28.1, 64.1]]],
}


def edit(site: Site, tail: str = "") -> str:
    return f"/desk/sites/{site.code}/edit/{tail}"


def part(client: Client, site: Site, group: str, **typed: Any) -> QueryDict:
    """This will open the form and return what the script sends of one part, with some inputs changed."""
    whole = form(client.get(edit(site)), "")
    names = {spec for spec in whole if spec.startswith((f"source_{group}_", "revision", "csrf"))}
    sent = QueryDict(mutable=True)
    for name in names:
        sent.setlist(name, whole.getlist(name))
    for name, value in typed.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def post(client: Client, address: str, sent: QueryDict, *, is_script: bool = False) -> Any:
    headers = {"HX-Request": "true"} if is_script else {}
    return client.post(
        address, sent.urlencode(), content_type="application/x-www-form-urlencoded", headers=headers
    )


def save(client: Client, site: Site, group: str, **typed: Any) -> Any:
    return post(client, edit(site, f"{group}/"), part(client, site, group, **typed), is_script=True)


def undoing(site: Site) -> str:
    fact = history(site).first()
    assert fact is not None
    return f"/desk/sites/{site.code}/undo/{fact.pk}/"


# --- opening ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["plot", "opportunity"])
def test_opening_the_whole_form_takes_at_most_fifteen_questions(town: Client, kind: str) -> None:
    place: dict[str, Any] = {"geometry": AREA, "place_precision": "exact"} if kind == "plot" else {}
    site = make_site(kind=kind, profiles=["data_centre", "wind_energy"], **place)
    town.get(edit(site))
    with CaptureQueriesContext(connection) as asked:
        page = town.get(edit(site))
    assert len(asked) <= 15
    assert page.content.count(b'class="panel record-group') == {"plot": 20, "opportunity": 8}[kind]


def test_a_profile_adds_its_fields_and_keeps_what_was_typed(town: Client) -> None:
    site = make_site()
    sent = form(town.get(edit(site)), "")
    assert "pue_potential" not in sent
    sent["locality"] = "Kantola"
    sent.setlist("profiles", ["data_centre"])
    answer = post(town, edit(site, "profiles/"), sent)
    shown = form(town.get(answer.headers["Location"]), "")
    assert "pue_potential" in shown
    assert shown["locality"] == "Kantola"
    site.refresh_from_db()
    assert (site.profiles, site.locality) == (["data_centre"], "")


# --- saving a part ---------------------------------------------------------------------------------------------------


def test_a_part_is_saved_by_itself_and_only_what_was_changed(town: Client, officer: User) -> None:
    site = make_site(area_m2=50_000, originals={"area_m2": "12,36 acres"}, locality="Kantola")
    answer = save(town, site, "electricity", free_capacity_mw="4,5", capacity_by_year="2028: 40\n2030: 110,5")
    assert answer.status_code == 200
    site.refresh_from_db()
    assert site.free_capacity_mw == 4.5
    assert site.value("capacity_by_year") == {"2028": 40.0, "2030": 110.5}
    fact = history(site).first()
    assert fact is not None
    assert set(fact.changes) == {"free_capacity_mw", "capacity_by_year"}
    assert (site.locality, site.originals) == ("Kantola", {"area_m2": "12,36 acres"})
    assert f'id="id_revision" value="{site.revision}"' in answer.content.decode()


def test_without_script_a_saved_part_keeps_what_was_typed_into_the_others(town: Client) -> None:
    site = make_site()
    sent = form(town.get(edit(site)), "")
    sent["free_capacity_mw"], sent["locality"] = "7", "Kantola"
    answer = post(town, edit(site, "electricity/"), sent)
    assert answer.headers["Location"].endswith("continue=1#electricity")
    site.refresh_from_db()
    assert (site.free_capacity_mw, site.locality) == (7.0, "")
    page = town.get(answer.headers["Location"])
    assert form(page, "")["locality"] == "Kantola"
    assert "Your change is saved. Undo" in words(page)


def test_a_wrong_figure_comes_back_beside_its_field_with_everything_typed(town: Client) -> None:
    site = make_site()
    answer = save(town, site, "electricity", free_capacity_mw="lots", grid_company="Verkko")
    page = answer.content.decode()
    assert 'value="lots"' in page
    assert 'value="Verkko"' in page
    assert "“lots” is not a number. Write for example 1,234.5." in words(answer)
    assert Site.objects.get().revision == 1


def test_checks_that_are_all_taken_off_are_saved_as_none(town: Client) -> None:
    site = make_site(uses=["logistics", "data"])
    save(town, site, "text", uses=["data"])
    site.refresh_from_db()
    assert site.value("uses") == ["data"]
    save(town, site, "text")
    site.refresh_from_db()
    assert site.value("uses") == []


def test_the_source_of_a_part_has_how_and_when_it_was_collected(town: Client) -> None:
    site = make_site(sources={"size": {"title": "Kunta"}})
    save(
        town, site, "electricity", source_electricity_title="Verkkoyhtiö", source_electricity_method="declared",
        source_electricity_collected_on="2026-03-01", source_electricity_licence="CC BY 4.0",
    )  # fmt: skip
    site.refresh_from_db()
    assert site.sources == {
        "size": {"title": "Kunta"},
        "electricity": {
            "title": "Verkkoyhtiö", "collected_on": "2026-03-01", "method": "declared", "licence": "CC BY 4.0",
        },
    }  # fmt: skip


def test_a_part_that_the_record_does_not_have_is_not_there(town: Client) -> None:
    site = make_site()
    assert town.post(edit(site, "mining/")).status_code == 404
    assert town.post(edit(site, "nonsense/draft/")).status_code == 404


# --- three ways of not having a value --------------------------------------------------------------------------------


def test_not_studied_and_none_are_told_from_an_empty_field(town: Client) -> None:
    site = make_site(free_capacity_mw=5)
    save(town, site, "electricity", absent_free_capacity_mw="not_studied", absent_voltage_kv="none")
    site.refresh_from_db()
    assert site.free_capacity_mw is None
    assert (site.absent["free_capacity_mw"], site.absent["voltage_kv"]) == ("not_studied", "none")


def test_a_value_typed_now_ends_an_absence(town: Client) -> None:
    site = make_site(absent={"free_capacity_mw": "unknown"})
    save(town, site, "electricity", free_capacity_mw="5", absent_free_capacity_mw="unknown")
    site.refresh_from_db()
    assert (site.free_capacity_mw, site.absent.get("free_capacity_mw")) == (5.0, None)


def test_a_new_value_and_a_new_absence_at_once_are_asked_about(town: Client) -> None:
    site = make_site()
    answer = save(town, site, "electricity", free_capacity_mw="5", absent_free_capacity_mw="none")
    assert "Give a value, or say why there is none; not both." in words(answer)


# --- unsaved text ----------------------------------------------------------------------------------------------------


def draft(client: Client, site: Site, group: str, **typed: Any) -> Any:
    return post(client, edit(site, f"{group}/draft/"), part(client, site, group, **typed))


def test_unsaved_text_waits_with_its_time_and_is_continued(town: Client) -> None:
    site = make_site()
    answer = draft(town, site, "electricity", free_capacity_mw="lots", grid_company="Verkko").json()
    assert answer["kept"].startswith("Kept unsaved at ")
    assert answer["errors"] == {"free_capacity_mw": "“lots” is not a number. Write for example 1,234.5."}
    page = town.get(edit(site))
    assert "You have unsaved text from" in words(page)
    assert form(page, "")["grid_company"] == ""
    shown = form(town.get(edit(site) + "?continue=1"), "")
    assert (shown["free_capacity_mw"], shown["grid_company"]) == ("lots", "Verkko")
    assert Site.objects.get().revision == 1


def test_saving_forgets_the_unsaved_text_of_that_part_alone(town: Client) -> None:
    site = make_site()
    draft(town, site, "electricity", grid_company="Verkko")
    draft(town, site, "transport", road_name="Vt 5")
    save(town, site, "electricity", grid_company="Verkko")
    assert [one.group for one in SiteDraft.objects.all()] == ["transport"]


def test_unsaved_text_is_discarded_when_its_writer_says_so(town: Client) -> None:
    site = make_site()
    draft(town, site, "electricity", grid_company="Verkko")
    town.post(edit(site, "discard/"))
    assert SiteDraft.objects.count() == 0


def test_typing_back_what_was_there_leaves_nothing_unsaved(town: Client) -> None:
    site = make_site(grid_company="Verkko")
    draft(town, site, "electricity", grid_company="Verkk")
    assert draft(town, site, "electricity", grid_company="Verkko").json() == {"kept": "", "errors": {}}
    assert SiteDraft.objects.count() == 0


def test_unsaved_text_is_its_writers_alone(town: Client, council: Client) -> None:
    site = make_site()
    draft(town, site, "electricity", grid_company="Verkko")
    assert "unsaved text" not in words(council.get(edit(site)))
    assert form(council.get(edit(site) + "?continue=1"), "")["grid_company"] == ""


def test_a_month_old_unsaved_text_is_purged(town: Client, officer: User) -> None:
    site = make_site()
    for group, days in (("electricity", 31), ("transport", 29)):
        drafts.keep_draft(
            site=site, group=group, data={"a": "b"}, revision=1, by=officer, now=NOW - timedelta(days=days)
        )
    drafts.purge_drafts(NOW)
    assert [one.group for one in SiteDraft.objects.all()] == ["transport"]


def test_text_too_long_to_keep_is_told_and_not_lost_from_the_page(town: Client) -> None:
    site = make_site()
    answer = draft(town, site, "text", description_fi="a" * 500_000)
    assert answer.status_code == 409
    assert "too long to be kept unsaved" in answer.json()["kept"]


def test_nobody_keeps_text_in_a_record_of_somebody_else(town: Client) -> None:
    foreign = make_site("sotkamo")
    assert town.post(edit(foreign, "electricity/draft/"), {"grid_company": "x"}).status_code == 404
    partner = signed_in(make_person(Role.CLUSTER_LEAD))
    assert partner.post(edit(foreign, "electricity/draft/")).status_code == 403
    assert SiteDraft.objects.count() == 0


# --- two at once -----------------------------------------------------------------------------------------------------


def test_two_people_in_different_parts_do_not_meet(town: Client, council: Client) -> None:
    site = make_site()
    mine = part(town, site, "electricity", grid_company="Verkko")
    save(council, site, "transport", road_name="Vt 5")
    assert post(town, edit(site, "electricity/"), mine, is_script=True).status_code == 200
    site.refresh_from_db()
    assert (site.grid_company, site.road_name) == ("Verkko", "Vt 5")


def test_two_people_in_the_same_part_keep_both_when_the_fields_differ(town: Client, council: Client) -> None:
    site = make_site(grid_company="Vanha")
    mine = part(town, site, "electricity", substation_name="Kantola", grid_company="Vanha")
    save(council, site, "electricity", grid_company="Uusi")
    post(town, edit(site, "electricity/"), mine, is_script=True)
    site.refresh_from_db()
    assert (site.substation_name, site.grid_company) == ("Kantola", "Uusi")


def test_two_people_in_the_same_field_choose_and_nothing_is_saved_meanwhile(
    town: Client, council: Client
) -> None:
    site = make_site(absent={"free_capacity_mw": "unknown"})
    mine = part(town, site, "electricity", free_capacity_mw="9", absent_free_capacity_mw="unknown")
    save(council, site, "electricity", absent_free_capacity_mw="not_studied")
    answer = post(town, edit(site, "electricity/"), mine, is_script=True)
    assert "Keep the saved value: Free electric power not studied Yours: 9 MW" in words(answer)
    site.refresh_from_db()
    assert (site.free_capacity_mw, site.absent["free_capacity_mw"]) == (None, "not_studied")
    mine["revision"] = str(site.revision)
    given_up = mine.copy()
    given_up["theirs"] = "free_capacity_mw"
    post(town, edit(site, "electricity/"), given_up, is_script=True)
    site.refresh_from_db()
    assert (site.free_capacity_mw, site.absent["free_capacity_mw"]) == (None, "not_studied")
    mine["absent_free_capacity_mw"] = ""  # as the page that asks has it
    post(town, edit(site, "electricity/"), mine, is_script=True)
    site.refresh_from_db()
    assert (site.free_capacity_mw, site.absent.get("free_capacity_mw")) == (9.0, None)


# --- going back ------------------------------------------------------------------------------------------------------


def test_the_last_save_is_undone_with_one_button(town: Client) -> None:
    site = make_site(grid_company="Verkko")
    answer = save(town, site, "electricity", grid_company="Toinen", free_capacity_mw="5")
    assert undoing(site) in answer.content.decode()
    town.post(undoing(site), {"to": "edit"})
    site.refresh_from_db()
    assert (site.grid_company, site.free_capacity_mw) == ("Verkko", None)


def test_a_published_version_is_restored_from_the_history(town: Client, officer: User) -> None:
    site = make_site(state="published", grid_company="Verkko")
    services.edit_site(site=site, values={"grid_company": "Toinen"}, by=officer, now=NOW, revision=None)
    page = town.get(f"/desk/sites/{site.code}/versions/1/")
    assert f"/desk/sites/{site.code}/restore/1/" in page.content.decode()
    town.post(f"/desk/sites/{site.code}/restore/1/")
    site.refresh_from_db()
    assert site.grid_company == "Verkko"


def test_nobody_undoes_in_a_record_of_somebody_else(town: Client, coordinator: User) -> None:
    foreign = make_site("sotkamo")
    services.edit_site(site=foreign, values={"locality": "Vuokatti"}, by=coordinator, now=NOW, revision=None)
    assert town.post(undoing(foreign)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.locality == "Vuokatti"


# --- opportunities ---------------------------------------------------------------------------------------------------


def test_an_opportunity_leans_on_sites_that_one_sees(town: Client) -> None:
    site, own, foreign = make_site(kind="opportunity"), make_site(), make_site("sotkamo")
    page = town.get(edit(site)).content.decode()
    assert f'value="{own.code}"' in page
    assert foreign.code not in page
    save(town, site, "opportunity", related_sites=[own.code, foreign.code], sought=["equity"])
    assert [one.code for one in site.related_sites.all()] == [own.code]


# --- profiles --------------------------------------------------------------------------------------------------------


def test_a_new_profile_says_which_fields_must_now_be_answered(town: Client) -> None:
    site = make_site(grid_company="Verkko")
    sent = form(town.get(edit(site)), "")
    sent.setlist("profiles", ["data_centre"])
    page = words(town.get(post(town, edit(site, "profiles/"), sent).headers["Location"]))
    said = page[page.index("These must now be answered before the review:") :][:200]
    assert "Free electric power" in said
    assert "Grid company" not in said, "that one is answered"
    again = form(town.get(edit(site)), "")
    assert "must now be answered" not in words(
        town.get(post(town, edit(site, "profiles/"), again).headers["Location"])
    )


def test_saving_everything_keeps_the_ticks_of_profiles_too(town: Client) -> None:
    """Without script a person ticks, fills in and presses the one button at the end."""
    site = make_site()
    sent = form(town.get(edit(site)), "")
    sent["locality"] = "Kantola"
    sent.setlist("profiles", ["tourism"])
    done = words(town.get(post(town, edit(site), sent).headers["Location"]))
    site.refresh_from_db()
    assert (site.profiles, site.locality) == (["tourism"], "Kantola")
    assert "This must now be answered before the review: Beds that can be built." in done


def test_ticks_are_kept_on_a_form_that_is_refused(town: Client) -> None:
    site = make_site()
    sent = form(town.get(edit(site)), "")
    sent["area_m2"] = "much"
    sent.setlist("profiles", ["forest"])
    assert form(post(town, edit(site), sent), "").getlist("profiles") == ["forest"]


def test_a_page_that_changed_no_profile_takes_nobodys_away(town: Client, coordinator: User) -> None:
    site = make_site()
    sent = form(town.get(edit(site)), "")
    services.edit_site(site=site, values={"profiles": ["mining"]}, by=coordinator, now=NOW, revision=None)
    sent["locality"] = "Kantola"
    post(town, edit(site), sent)
    site.refresh_from_db()
    assert (site.profiles, site.locality) == (["mining"], "Kantola")
