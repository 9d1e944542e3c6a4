"""What the database itself refuses, and what it says to people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Investment, Observation, Target

pytestmark = pytest.mark.django_db


def investment(**fields) -> Investment:
    """This will make a row that nothing is wrong with, not stored."""
    given = {
        "code": "mill",
        "company": "Company",
        "project": Translated(en="Mill"),
        "scope": "industrial",
        **fields,
    }
    return Investment(**{"stage": "idea", **given})


def target(**fields) -> Target:
    """This will make a target that nothing is wrong with, not stored."""
    given = {"amount_eur": 1, "counted_from": date(2022, 1, 1), "counted_to": date(2025, 12, 31), **fields}
    return Target(code="target", name=Translated(en="Target"), scope="industrial", **given)


def refused_by_both(thing, sentence: str) -> None:
    """This will assert that a form would say the sentence and that the database refuses the row all the same."""
    with pytest.raises(ValidationError) as said:
        thing.validate_constraints()
    assert said.value.messages == [sentence]
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


def test_a_row_without_amounts_and_jobs_is_stored():
    found = investment()
    found.full_clean()
    found.save()

    assert Investment.objects.get().amount_eur is None


@pytest.mark.parametrize("name", ["amount_eur", "amount_min_eur", "amount_max_eur", "public_support_eur"])
def test_no_amount_is_negative(name):
    refused_by_both(investment(**{name: -1}), "An amount cannot be negative.")


@pytest.mark.parametrize("name", ["jobs", "jobs_min", "jobs_max", "jobs_construction"])
def test_no_number_of_jobs_is_negative(name):
    refused_by_both(investment(**{name: -1}), "A number of jobs cannot be negative.")


def test_ranges_are_in_order():
    refused_by_both(
        investment(amount_min_eur=2, amount_max_eur=1), "The lowest amount is higher than the highest."
    )
    refused_by_both(
        investment(jobs_min=2, jobs_max=1), "The lowest number of jobs is higher than the highest."
    )
    investment(amount_min_eur=1, amount_max_eur=1, jobs_min=1).save()


def test_nothing_is_a_part_of_itself():
    found = investment()
    found.save()
    found.part_of = found

    refused_by_both(found, "An investment cannot be a part of itself.")


@pytest.mark.parametrize("wrong", [{"stage": "done"}, {"scope": "other"}])
def test_stage_and_scope_are_known(wrong):
    refused_by_both(investment(**wrong), "There is no such stage or scope.")


@pytest.mark.parametrize("name", ["announced", "decided", "completed", "ended_on", "status_as_of"])
def test_dates_are_days_months_or_years(name):
    investment(**{name: "2024-06"}).clean_fields()
    with pytest.raises(ValidationError, match="2024-6 is not a day"):
        investment(**{name: "2024-6"}).clean_fields()


def test_confidence_is_the_sources():
    assert investment(source={"confidence": "low"}).confidence == "low"
    assert investment().confidence == ""


def test_a_target_is_more_than_nothing_and_its_period_in_order():
    refused_by_both(target(amount_eur=0), "A target must be more than nothing.")
    refused_by_both(target(counted_to=date(2021, 1, 1)), "The counting period ends before it begins.")
    target(counted_to=date(2022, 1, 1)).save()


@pytest.fixture
def population() -> Indicator:
    """An indicator to observe."""
    return Indicator.objects.create(code="population", name=Translated(en="Population"), unit="persons")


def figure(indicator: Indicator, **fields) -> Observation:
    """This will make a canonical figure of 2022, not stored."""
    given = {"area": "kuhmo", "period": "2022", "value": Decimal(2094), "origin": "Register", **fields}
    return Observation(indicator=indicator, **given)


def test_one_figure_is_the_canonical_one(population):
    figure(population).save()

    refused_by_both(
        figure(population, origin="Page"),
        "Another figure is the canonical one for this area and period already.",
    )
    figure(population, origin="Page", is_canonical=False).save()
    figure(population, period="2023").save()
    figure(population, area="kajaani").save()
    figure(population, kind="target", origin="Plan").save()

    assert Observation.objects.filter(is_canonical=True).count() == 4


def test_a_source_says_one_thing_about_a_period(population):
    figure(population).save()

    refused_by_both(
        figure(population, is_canonical=False, value=Decimal(1)),
        "This source's figure for this area and period is there already.",
    )


def test_a_figure_without_a_period_has_one_canonical_too(population):
    figure(population, period="").save()

    with pytest.raises(IntegrityError), transaction.atomic():
        figure(population, period="", origin="Page").save()
