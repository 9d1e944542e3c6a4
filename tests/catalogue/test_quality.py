"""How good a record is: complete, fresh, ready; and the three ways of having no value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.catalogue import quality, queries, services
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.models import Site, SiteFile
from vetovoima.catalogue.registry import FIELDS, GROUP_LABELS, fields_of
from vetovoima.common.fields import Translated
from vetovoima.media.enums import FileKind
from vetovoima.media.models import StoredFile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
POINT = {"type": "Point", "coordinates": [28.2, 64.2]}


def edit(site: Site, **values: Any) -> Site:
    return services.edit_site(site=site, values=values, by=None, now=NOW, revision=None)


def test_every_group_of_a_field_is_weighed_and_named() -> None:
    weighed = {group for area in quality._rules("completeness")["areas"].values() for group in area["groups"]}
    assert {spec.group for spec in FIELDS} == weighed == set(GROUP_LABELS)


@pytest.mark.parametrize("kind", SiteKind.values)
def test_the_shares_of_the_groups_make_a_whole(kind: str) -> None:
    found = quality.completeness(make_site(kind=kind))
    assert sum(one.weight for one in found.groups) == pytest.approx(100)
    assert 0 <= found.percent < 60
    lacking = sum(one.points for one in found.missing)
    photos = next(one for one in found.groups if one.group == "media").weight
    assert found.percent + lacking + photos == pytest.approx(100, abs=4)


def test_a_value_and_none_complete_a_record_but_not_known_and_not_studied_do_not() -> None:
    site = make_site()
    start = quality.completeness(site).percent
    assert quality.completeness(edit(site, absent={"water_capacity_m3_d": "not_studied"})).percent == start
    with_none = quality.completeness(edit(site, absent={"water_capacity_m3_d": "none"})).percent
    with_value = quality.completeness(edit(site, water_capacity_m3_d=120)).percent
    assert with_none == with_value > start
    assert Site.objects.get(pk=site.pk).absent.get("water_capacity_m3_d") is None


def test_an_absence_removes_the_value_and_both_at_once_are_refused() -> None:
    site = make_site(free_capacity_mw=12.0)
    site = edit(site, absent={"free_capacity_mw": "unknown"})
    assert (site.free_capacity_mw, site.absent["free_capacity_mw"]) == (None, "unknown")
    with pytest.raises(ValidationError, match="not both"):
        edit(site, free_capacity_mw=3, absent={"free_capacity_mw": "none"})


def test_a_profile_changes_what_is_mandatory_and_what_counts() -> None:
    site = make_site()
    assert "queue_state" not in services.missing_to_submit(site)
    site = edit(site, profiles=["data_centre"])
    assert {"queue_state", "voltage_kv", "has_fibre_at_border"} <= set(services.missing_to_submit(site))
    weight = {one.group: one.weight for one in quality.completeness(site).groups}
    assert weight["electricity"] > 20
    assert {spec.group for spec in fields_of("plot", profiles=["data_centre"])} >= {"data_centre"}


def test_an_opportunity_goes_nowhere_without_a_reason_and_a_return() -> None:
    site = make_site(kind="opportunity")
    missing = services.missing_to_submit(site)
    assert {"reason_to_come", "return_low", "return_high", "return_basis", "return_measure"} <= set(missing)
    with pytest.raises(services.CannotChange, match="Basis of the return"):
        services.submit_site(site=site, by=None, now=NOW)
    site = edit(
        site, reason_to_come=Translated(en="Cheap green power"), return_measure="irr", return_low=8, return_high=12,
        return_basis=Translated(en="Prices of 2025"), sought=["equity"], opportunity_stage="idea",
    )  # fmt: skip
    assert services.submit_site(site=site, by=None, now=NOW).state == "submitted"


def test_values_grow_old_by_the_rule_of_their_group() -> None:
    source = {"verified_on": "2025-01-31", "verified_by": "Kuhmo"}
    rule = quality.freshness_of("electricity", source, date(2025, 6, 1))
    assert (rule.state, rule.stale_on, rule.hidden_on) == ("fresh", date(2026, 1, 31), date(2028, 1, 31))
    assert quality.freshness_of("electricity", source, date(2026, 1, 31)).state == "stale"
    assert quality.freshness_of("electricity", source, date(2028, 1, 31)).state == "expired"
    assert quality.freshness_of("electricity", {}, TODAY).state == "undated"
    assert quality.freshness_of("location", source, date(2060, 1, 1)).state == "fresh"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2026-10-12", date(2026, 10, 12)),
        ("soon", None),
        ("2026-13", None),
    ],
)
def test_a_date_is_as_precise_as_its_source(text: str, day: date | None) -> None:
    assert quality.dated(text) == day


def test_readiness_is_climbed_step_by_step_and_says_what_is_missing() -> None:
    site = make_site()
    found = quality.readiness(site, TODAY)
    assert (found.level, found.label) == (0, "Idea")
    assert [step.is_met for step in found.steps] == [False] * 5
    assert "Position on the map" in found.steps[0].missing
    studied = edit(site, geotechnical_state="full", contamination_state="clean", groundwater_class="outside",
                   nature_survey_on=TODAY, connection_lead_months=12)  # fmt: skip
    found = quality.readiness(studied, TODAY)
    assert found.steps[3].is_met
    assert found.level == 0, "a step counts only when those below it are reached"


def test_lists_show_the_numbers_without_computing_them() -> None:
    site = make_site(area_m2=1200.0, sources={"size": {"title": "Kuhmo", "verified_on": "2026-02-01"}})
    stored = Site.objects.get(pk=site.pk)
    assert (stored.completeness, stored.readiness) == (quality.completeness(site).percent, 0)
    assert stored.checked_on == date(2026, 2, 1)
    assert quality.completeness(stored).percent > 0


def test_what_lies_in_json_comes_back_in_its_type() -> None:
    site = make_site(
        eia_done_on=TODAY, capacity_by_year={2028: "40", "2027": 10}, uses=["energy", "data"], permit_history=["a", " b "],
        structures_left=Translated(fi="Piippu"), needs_piling=False,
    )  # fmt: skip
    stored = queries.site(site.code)
    assert stored is not None
    assert stored.value("eia_done_on") == TODAY
    assert stored.value("capacity_by_year") == {"2027": 10.0, "2028": 40.0}
    assert stored.value("uses") == ["data", "energy"]
    assert stored.value("permit_history") == ["a", "b"]
    assert stored.value("needs_piling") is False
    assert (stored.value("soil_type"), stored.value("eia_need"), stored.value("bedrock_depth_m")) == (
        "",
        "",
        None,
    )
    assert not stored.value("structures_left"), "a plot has no field of a brownfield"


# --- documents as evidence -------------------------------------------------------------------------------------------


def put_file(site: Site, kind: str, **values: Any) -> None:
    file = StoredFile.objects.create(
        kind=kind, title={"en": kind}, media_type="application/pdf", size=1, uploaded_at=NOW, **values
    )
    SiteFile.objects.create(site=site, file=file, group="media")


def fields_in(step: quality.Step) -> int:
    return len(step.missing)


def test_a_document_speaks_for_a_step_as_its_field_does() -> None:
    site = make_site()
    before = {one.level: one for one in quality.readiness(site).steps}
    assert any("or the document: Geotechnical report" in one for one in before[4].missing)
    put_file(site, "brochure")
    assert fields_in(quality.readiness(site).steps[3]) == fields_in(before[4])
    for kind in ("ground", "environment", "grid"):
        put_file(site, kind)
    after = {one.level: one for one in quality.readiness(site).steps}
    assert fields_in(after[4]) == fields_in(before[4]) - 2
    assert fields_in(after[5]) == fields_in(before[5]) - 1


def test_a_document_with_a_virus_is_no_evidence() -> None:
    site = make_site()
    before = fields_in(quality.readiness(site).steps[3])
    put_file(site, "ground", scan="infected")
    assert fields_in(quality.readiness(site).steps[3]) == before


def test_documents_that_rules_name_are_kinds_of_documents() -> None:
    ladders = quality._rules("readiness")["ladders"].values()
    named = {
        kind
        for ladder in ladders
        for step in ladder
        for one in step["all"]
        for kind in one.get("documents", ())
    }
    assert named and named <= set(FileKind.values)
