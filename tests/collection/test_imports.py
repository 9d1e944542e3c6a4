"""Imports: what is matched, compared, refused, taken in once, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.collection import messy
from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.rights import Action, Kind
from vetovoima.activity.models import Fact
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports import asking, progress, services, staging
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.models import Import, ImportRow
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def begin(
    text: str | bytes, by: User | None = None, kind: str = "plot", name: str = "a.csv", **more: Any
) -> Import:
    """This will start an import of Kuhmo and check it."""
    content = text if isinstance(text, bytes) else text.encode()
    town = more.pop("municipality", None) or make_municipality("kuhmo")
    started = services.start_import(
        content=content, filename=name, kind=kind, municipality=town, by=by, now=NOW, **more
    )
    return services.check_import(services.begin_check(import_=started, by=by, now=NOW), now=NOW)


def commit(import_: Import, by: User | None = None, **more: Any) -> Import:
    return services.commit_import(import_=import_, by=by, now=timezone.now(), **more)


def said(row: ImportRow) -> str:
    return " ".join(said_in(one, "en") for one in row.messages)


def only_row(import_: Import) -> ImportRow:
    return import_.rows.get()


# -- reading -----------------------------------------------------------------------------------------------------------


def test_the_messy_workbook_means_what_it_means(officer: User) -> None:
    file = messy.make_workbook("kuhmo")
    checked = begin(file.content, officer, name="x.xlsx")
    assert checked.counts == {"new": 16, "changed": 0, "same": 1, "error": 4, "skipped": 1}
    by_name = {row.name: row for row in checked.rows.exclude(number=file.repeated)}
    for name, meant in messy.MEANT.items():
        for field, value in meant.items():
            assert by_name[name].changes[field][1] == value, (name, field)
    for name, field in messy.BROKEN.items():
        assert by_name[name].state == "error"
        assert field in [one["field"] for one in by_name[name].messages], name
    assert by_name["Otanmäki"].values["originals"]["area_m2"] == "30 acres"
    assert by_name["Petäisenniska"].changes["geometry"][1]["coordinates"][1] > 60
    assert by_name["Kantola"].changes["geometry"][1]["coordinates"] == [28.385, 64.1272]


def test_a_map_file_gives_shapes_and_properties(officer: User) -> None:
    ring = [[28.1, 64.1], [28.11, 64.1], [28.11, 64.11], [28.1, 64.11], [28.1, 64.1]]
    feature = {"type": "Feature", "properties": {"Nimi": "Tontti", "Pinta-ala ha": "4,5"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    commit(begin(content, officer, name="tontit.geojson"), officer)
    site = Site.objects.get()
    assert (site.area_m2, site.geometry["type"], site.place_precision) == (45_000, "Polygon", "exact")


def test_units_come_from_the_header_or_the_cell_and_the_original_is_kept(officer: User) -> None:
    commit(begin("Nimi;Pinta-ala (ha);Hinta €/ha\nA;2,5;10000\nB;10 acres;\n", officer), officer)
    first, second = Site.objects.order_by("code")
    assert (first.area_m2, first.price_eur_m2) == (25_000, 1)
    assert first.originals == {"area_m2": "2,5 ha", "price_eur_m2": "10000 €/ha"}
    assert (second.area_m2, second.originals["area_m2"]) == (pytest.approx(40_468.564224), "10 acres")


def test_unknown_not_studied_and_none_are_three_things(officer: User) -> None:
    commit(
        begin(
            "Nimi;Pinta-ala m2;Sähköteho MW;Maaperä;Rakennusoikeus\nA;ei tiedossa;ei ole;ei tutkittu;\n",
            officer,
        ),
        officer,
    )
    assert Site.objects.get().absent == {"area_m2": "unknown", "free_capacity_mw": "none"}


def test_american_notation_is_recognised(officer: User) -> None:
    checked = begin('Name,Area m2,Available from\nA,"12,500.50",10/25/2026\nB,"1,234",3/4/2026\n', officer)
    assert checked.style == "us"
    first, second = checked.rows.order_by("number")
    assert (first.changes["area_m2"][1], second.changes["area_m2"][1]) == (12_500.5, 1234)
    assert (first.changes["available_from"][1], second.changes["available_from"][1]) == (
        "2026-10-25",
        "2026-03-04",
    )


# -- matching ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "Koodi;Nimi;Kylä\n{code};Toinen nimi;Keskusta\n", "Tunnus;Nimi;Kylä\nK-7;Toinen nimi;Keskusta\n",
    "Kiinteistötunnus;Nimi;Kylä\n999-1-2-3;Toinen nimi;Keskusta\n", "Nimi;Kylä\nKANTOLAN  tontti;Keskusta\n",
])  # fmt: skip
def test_a_record_is_found_by_code_own_key_property_or_name(officer: User, text: str) -> None:
    site = make_site("kuhmo", property_ids=["999-1-2-3"])
    Site.objects.filter(pk=site.pk).update(external_key="K-7")
    row = only_row(begin(text.format(code=site.code.lower()), officer))
    assert (row.state, row.code) == ("changed", site.code)
    assert row.changes["locality"] == [None, "Keskusta"]


def test_two_records_that_fit_are_asked_about(officer: User) -> None:
    one, two = make_site("kuhmo"), make_site("kuhmo")
    row = only_row(begin("Nimi;Kylä\nKantolan tontti;Keskusta\n", officer))
    assert row.state == "error"
    assert f"Several records fit: {one.code}, {two.code}." in said(row)


def test_a_record_of_another_kind_is_not_changed(officer: User) -> None:
    site = make_site("kuhmo", kind="premises")
    row = only_row(begin(f"Koodi;Kylä\n{site.code};Keskusta\n", officer))
    assert "is of another kind: Premises" in said(row)


def test_another_municipality_s_record_is_refused_alike_whether_it_exists_or_not(officer: User) -> None:
    other = make_site("sotkamo")
    absent = other.code[:-4] + "9999"
    checked = begin(f"Koodi;Kylä\n{other.code};Keskusta\n{absent};Keskusta\n", officer)
    first, second = (said(row) for row in checked.rows.order_by("number"))
    assert first.replace(other.code, "X") == second.replace(absent, "X")
    assert "belongs to Sotkamo" in first
    assert checked.counts["error"] == 2
    named = only_row(begin("Nimi;Kunta\nTontti;Sotkamo\n", officer))
    assert "“Sotkamo” belongs to Sotkamo" in said(named)


def test_the_same_record_twice_is_flagged_and_a_plain_repetition_is_harmless(officer: User) -> None:
    checked = begin("Nimi;Pinta-ala m2\nA;1000\nA;1000\nA;2000\n", officer)
    assert [row.state for row in checked.rows.order_by("number")] == ["new", "same", "error"]


# -- comparing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule, expected",
    [("overwrite", ("Uusi", "Katu 1")), ("fill", ("Vanha", "Katu 1")), ("keep", ("Vanha", ""))],
)
def test_a_column_replaces_fills_or_leaves_what_is_there(officer: User, rule: str, expected: Any) -> None:
    site = make_site("kuhmo", locality="Vanha")
    text = f"Koodi;Kylä;Osoite\n{site.code};Uusi;Katu 1\n"
    mapping = {"Koodi": "code", "Kylä": "locality", "Osoite": "address"}
    checked = begin(text, officer, mapping=mapping, rules={"locality": rule, "address": rule})
    if checked.counts["changed"]:
        commit(checked, officer)
    site.refresh_from_db()
    assert (site.locality, site.address) == expected


def test_a_blank_cell_changes_nothing(officer: User) -> None:
    site = make_site("kuhmo", locality="Kantola", area_m2=5)
    assert only_row(begin(f"Koodi;Kylä;Pinta-ala m2\n{site.code};;-\n", officer)).state == "same"


def test_a_point_does_not_replace_an_area(officer: User) -> None:
    ring = [[28.1, 64.1], [28.11, 64.1], [28.11, 64.11], [28.1, 64.11], [28.1, 64.1]]
    site = make_site("kuhmo", geometry={"type": "Polygon", "coordinates": [ring]}, place_precision="exact")
    assert only_row(begin(f"Koodi;lat;lon\n{site.code};64,105;28,105\n", officer)).state == "same"


def test_a_language_joins_those_that_are_there(officer: User) -> None:
    site = make_site("kuhmo", summary={"fi": "Hyvä"})
    commit(begin(f"Koodi;Yhdellä lauseella (en)\n{site.code};Good\n", officer), officer)
    site.refresh_from_db()
    assert dict(site.summary) == {"fi": "Hyvä", "en": "Good"}


def test_a_source_column_is_the_source_of_what_the_row_tells(officer: User) -> None:
    commit(begin("Nimi;Pinta-ala m2;Lähde;Päivitetty\nA;5000;Kunnan rekisteri;3.2.2026\n", officer), officer)
    sources = Site.objects.get().sources
    assert sources["size"] == {"title": "Kunnan rekisteri", "dated": "2026-02-03"}
    assert "planning" not in sources


def test_a_record_under_review_rests(officer: User) -> None:
    site = make_site(
        "kuhmo", state="submitted", area_m2=1, owner_kind="state", tenure="sale", plan_state="none"
    )
    assert "is being reviewed" in said(only_row(begin(f"Koodi;Kylä\n{site.code};X\n", officer)))


# -- taking in and back ------------------------------------------------------------------------------------------------


def test_what_somebody_edited_after_the_preview_is_left_out_and_said(officer: User) -> None:
    site = make_site("kuhmo")
    checked = begin(f"Koodi;Kylä\n{site.code};Keskusta\n;\n", officer)
    catalogue.edit_site(site=site, values={"address": "Katu 2"}, by=officer, now=NOW, revision=None)
    done = commit(checked, officer)
    site.refresh_from_db()
    assert (site.locality, done.counts["error"], done.result["changed"]) == ("", 1, 0)
    assert "Somebody changed the record after this preview." in said(only_row(done))


def test_an_import_is_not_taken_in_twice(officer: User) -> None:
    checked = begin("Nimi\nA\nB\n", officer)
    begun = services.begin_commit(import_=checked, by=officer, now=NOW)
    with pytest.raises(services.CannotImport):
        services.begin_commit(import_=checked, by=officer, now=NOW)
    commit(begun, officer)
    commit(begun, officer)
    assert Site.objects.count() == 2
    assert Fact.objects.filter(type="collection.import.committed").count() == 1


def test_every_record_has_a_fact_and_the_whole_has_one_and_the_council_gets_one_mail(officer: User) -> None:
    coordinator = make_person(Role.COORDINATOR)
    rows = "".join(f"T{number};1000;kunta;myynti;asemakaava;vapaa\n" for number in range(3))
    done = commit(
        begin(f"Nimi;Pinta-ala m2;Omistaja;Luovutustapa;Kaavatilanne;Saatavuus\n{rows}", officer),
        officer,
        submit=True,
    )
    assert done.result["submitted"] == 3
    types = Fact.objects.values_list("type", flat=True)
    assert [types.filter(type=one).count() for one in (
        "catalogue.site.created", "catalogue.site.submitted", "collection.import.committed",
    )] == [3, 3, 1]  # fmt: skip
    assert [mail.to for mail in Mail.objects.filter(template="import_submitted")] == [coordinator.email]


def test_what_cannot_be_submitted_stays_a_draft_and_says_what_is_missing(officer: User) -> None:
    done = commit(begin("Nimi;Pinta-ala m2\nA;500\n", officer), officer, submit=True)
    site = Site.objects.get()
    assert site.state == "draft"
    assert done.result["unanswered"] == {site.code: ["owner_kind", "tenure", "plan_state"]}


def test_undo_goes_field_by_field(officer: User) -> None:
    site = make_site("kuhmo", locality="Vanha", area_m2=5000, address="Katu 1")
    Site.objects.filter(pk=site.pk).update(originals={"area_m2": "0,5 ha"})
    done = commit(
        begin(f"Koodi;Kylä;Pinta-ala (ha);Osoite\n{site.code};Uusi;2;ei tiedossa\n", officer), officer
    )
    site.refresh_from_db()
    assert (site.area_m2, site.originals, site.absent.get("address")) == (
        20_000,
        {"area_m2": "2 ha"},
        "unknown",
    )
    catalogue.edit_site(
        site=site, values={"locality": "Aivan uusi"}, by=officer, now=timezone.now(), revision=None
    )

    undone = services.undo_import(import_=done, by=officer, now=timezone.now())

    site.refresh_from_db()
    assert (site.locality, site.area_m2, site.address) == ("Aivan uusi", 5000, "Katu 1")
    assert (site.originals, site.absent.get("address")) == ({"area_m2": "0,5 ha"}, None)
    assert undone.result["undo"]["left"] == {site.code: ["locality"]}


def test_undo_withdraws_what_was_published_since_and_removes_the_rest(officer: User) -> None:
    done = commit(begin("Nimi\nA\nB\n", officer), officer)
    first, second = Site.objects.order_by("code")
    catalogue.publish_site(site=first, by=None, now=timezone.now())
    services.undo_import(import_=done, by=officer, now=timezone.now())
    first.refresh_from_db()
    assert (first.state, first.published_version) == ("withdrawn", 0)
    assert not Site.objects.filter(pk=second.pk).exists()
    assert Fact.objects.filter(type="catalogue.site.removed", code=second.code).exists()


def test_undo_takes_back_what_waits_for_review(officer: User) -> None:
    site = make_site("kuhmo", owner_kind="state", tenure="sale", plan_state="none", area_m2=10)
    done = commit(begin(f"Koodi;Kylä\n{site.code};Uusi\n", officer), officer, submit=True)
    services.undo_import(import_=done, by=officer, now=timezone.now())
    site.refresh_from_db()
    assert (site.locality, site.state) == ("", "draft")


def test_undo_ends_after_thirty_days_and_old_files_are_forgotten(officer: User) -> None:
    from vetovoima.collection.imports.storing import read_file
    from vetovoima.collection.imports.tasks import tidy

    done = commit(begin("Nimi\nA\n", officer), officer)
    late = done.undo_until + timezone.timedelta(days=2)
    with pytest.raises(services.CannotImport, match="30 days"):
        services.undo_import(import_=done, by=officer, now=late)
    tidy(late)
    with pytest.raises(FileNotFoundError):
        read_file(done.stored_name)
    assert (Import.objects.get().state, ImportRow.objects.count()) == ("committed", 0)


def test_stopped_in_the_middle_of_a_commit_nothing_is_written(officer: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("vetovoima.collection.imports.committing.PIECE", 2)
    begun = services.begin_commit(import_=begin("Nimi\nA\nB\nC\nD\n", officer), by=officer, now=NOW)
    reports: list[int] = []

    def report(import_: Import, phase: str, done: int) -> None:
        reports.append(done)
        if len(reports) == 2:
            services.cancel_import(import_=import_, by=officer, now=NOW)
        progress.report(import_, phase, done)

    monkeypatch.setattr("vetovoima.collection.imports.committing.report", report)
    assert commit(begun, officer).state == "ready"
    assert (reports, Site.objects.count()) == ([2, 4], 0)


def test_a_check_that_was_interrupted_is_done_again_from_the_beginning(
    officer: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 1)
    started = services.start_import(content=b"Nimi\nA\nB\n", filename="a.csv", kind="plot",
                                    municipality=make_municipality("kuhmo"), by=officer, now=NOW)  # fmt: skip
    begun = services.begin_check(import_=started, by=officer, now=NOW)

    def die(import_: Import, phase: str, done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "report", die)
    with pytest.raises(KeyboardInterrupt):
        services.check_import(begun, now=NOW)
    assert ImportRow.objects.count() == 1
    monkeypatch.setattr(services, "report", progress.report)
    assert services.check_import(begun, now=NOW).counts["new"] == 2


def test_rights_are_asked_again_by_every_service(officer: User) -> None:
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    checked = begin("Nimi\nA\n", officer)
    for call in (
        services.begin_check,
        services.begin_commit,
        services.cancel_import,
        services.begin_undo,
        asking.ask_commit,
    ):
        with pytest.raises((PermissionDenied, services.CannotImport)):
            call(import_=checked, by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        begin("Nimi\nA\n", stranger)
    with pytest.raises(PermissionDenied):
        services.start_import(
            content=b"Nimi\nA\n", filename="a.csv", kind="plot", municipality=None, by=officer, now=NOW
        )
    assert Import.objects.get().state == "ready"


def test_a_mapping_that_no_longer_fits_the_file_says_so(officer: User) -> None:
    with pytest.raises(ValidationError, match="no column “pinta”"):
        begin("Nimi\nA\n", officer, mapping={"Nimi": "name", "pinta": "area_m2"})


def test_the_stored_file_bears_a_random_name(officer: User) -> None:
    found = begin("Nimi\nA\n", officer, name="../../evil\u202ecod.csv")
    assert found.filename == "evilcod.csv"
    assert len(found.stored_name) == 32 and found.stored_name.isalnum()


def test_no_query_is_made_for_each_row(officer: User, django_assert_max_num_queries: Any) -> None:
    def table(names: Iterable[int]) -> str:
        return "Nimi;Pinta-ala m2;Kylä\n" + "".join(f"T{one};{one};X\n" for one in names)

    commit(begin(table(range(40)), officer), officer)
    with django_assert_max_num_queries(45):
        begin(table(range(1, 41)), officer)


def test_a_field_that_must_have_a_value_refuses_an_absence_and_takes_its_own_word(officer: User) -> None:
    row = only_row(begin("Nimi;Sijainnin tarkkuus;Saatavuus\nA;ei tiedossa;ei tiedossa\n", officer))
    assert said(row) == "This must have a value."
    assert row.changes["availability"] == [None, "unknown"]


def test_plots_with_other_numbers_are_not_taken_for_one_another(officer: User) -> None:
    make_site("kuhmo", name={"fi": "Nivun tontti 3"})
    checked = begin("Nimi\nNivun tontti 4\nNivun tonti 3\n", officer)
    assert ["Perhaps" in said(row) for row in checked.rows.order_by("number")] == [False, True]


def test_properties_of_a_map_that_are_lists_or_objects_do_no_harm(officer: User) -> None:
    feature = {"type": "Feature", "properties": {"Nimi": "A", "Kylä": ["x", "y"], "Saatavuus": {"a": 1}},
               "geometry": {"type": "LineString", "coordinates": [[28.1, 64.1], [28.2, 64.2]]}}  # fmt: skip
    row = only_row(
        begin(json.dumps({"type": "FeatureCollection", "features": [feature]}), officer, name="a.geojson")
    )
    assert row.state == "error"
    assert "Give a point or an area" in said(row)


def queued(import_: Import, work: str, by: int | None) -> dict[str, Any]:
    return {"import": import_.pk, "turn": import_.turn, "work": work, "by": by}


def test_work_of_somebody_who_is_gone_is_not_done_with_all_rights(officer: User) -> None:
    from vetovoima.collection.imports.tasks import NobodyLeft, work

    checked = begin("Nimi\nA\n", officer)
    begun = services.begin_commit(import_=checked, by=officer, now=NOW)
    with pytest.raises(NobodyLeft):
        work(queued(begun, "commit", 999_999))
    begun.refresh_from_db()
    assert (begun.state, Site.objects.count()) == ("ready", 0)
    again = services.begin_commit(import_=begun, by=None, now=NOW)
    work(queued(again, "commit", None))
    assert Site.objects.count() == 1


def test_sending_to_review_is_asked_of_whoever_takes_in_and_not_remembered(officer: User) -> None:
    """A key with collection:write alone neither commits with `submit`, nor by doing an old import again."""
    done = commit(begin("Nimi\nA\n", officer), officer, submit=True)
    undone = services.undo_import(import_=done, by=officer, now=NOW)
    by_key = User.objects.get(pk=officer.pk)
    by_key.narrowed_to = frozenset({(Kind.COLLECTION, one) for one in Action} | {(Kind.SITE, Action.EDIT)})
    by_key.narrowed_to |= {(Kind.SITE, Action.CREATE), (Kind.SITE, Action.VIEW)}
    ready = services.redo_import(import_=undone, by=by_key, now=NOW)
    assert (ready.state, Site.objects.filter(state="submitted").count()) == ("ready", 0)
    with pytest.raises(PermissionDenied):
        services.commit_import(import_=ready, by=by_key, now=NOW, submit=True)
    with pytest.raises(PermissionDenied):
        asking.ask_commit(import_=ready, by=by_key, now=NOW, submit=True)
    assert services.commit_import(import_=ready, by=by_key, now=NOW).submit is False
    assert not Site.objects.filter(state="submitted").exists()
