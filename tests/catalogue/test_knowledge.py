"""The fact bank: one value for each fact, kept by whom it belongs to, honest when it grows old."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_municipality, make_person
from tests.factories.knowledge import SOURCE, make_company, make_fact
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.catalogue.knowledge import around, queries, rules, services
from vetovoima.catalogue.knowledge.checking import number_findings
from vetovoima.catalogue.knowledge.keeping import CannotChange, ChangedMeanwhile
from vetovoima.catalogue.knowledge.uses import note_uses
from vetovoima.catalogue.knowledge.validators import last_day, review_day
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.models import KnownFact, PolicyFact, ReferenceCompany
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def types_of(code: str) -> list[str]:
    return list(Fact.objects.filter(code=code).order_by("pk").values_list("type", flat=True))


def test_a_new_fact_is_recorded_and_gets_its_review_day():
    fact = make_fact(as_of="2026-01", review_months=12)

    assert (fact.state, fact.next_review_on) == ("current", date(2027, 1, 28))
    assert types_of("population-kuhmo") == ["catalogue.fact.created"]


def test_a_code_names_one_fact_only():
    make_fact()

    with pytest.raises(ValidationError) as refused:
        make_fact()

    assert "code" in refused.value.error_dict


def test_a_fact_without_a_source_is_refused():
    with pytest.raises(ValidationError) as refused:
        make_fact(source={"url": "https://wind.example/"})

    assert refused.value.code == "source"


def test_an_edit_records_before_and_after_and_moves_the_review():
    fact = make_fact()
    person = make_person(Role.COORDINATOR)

    services.edit_fact(
        fact=fact, values={"number": 7700.0, "as_of": "2026-06"}, by=person, now=NOW, revision=1
    )

    changed = Fact.objects.get(type="catalogue.fact.edited")
    assert changed.changes["number"] == [7755.0, 7700.0]
    assert KnownFact.objects.get().next_review_on == date(2027, 6, 28)
    assert KnownFact.objects.get().revision == 2


def test_an_edit_that_changes_nothing_is_no_news():
    fact = make_fact()

    services.edit_fact(fact=fact, values={"number": 7755.0}, by=None, now=NOW)

    assert types_of(fact.code) == ["catalogue.fact.created"]


def test_the_second_of_two_editors_is_told():
    fact = make_fact()
    person = make_person(Role.COORDINATOR)
    services.edit_fact(fact=fact, values={"number": 1.0}, by=person, now=NOW, revision=1)

    with pytest.raises(ChangedMeanwhile):
        services.edit_fact(fact=fact, values={"number": 2.0}, by=person, now=NOW, revision=1)

    assert KnownFact.objects.get().number == 1.0


def test_an_officer_keeps_the_facts_of_the_own_municipality_alone():
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    own, other, whole = (
        make_fact("own", municipality="kuhmo"),
        make_fact("other", municipality="paltamo"),
        make_fact("whole"),
    )

    assert [rules.can_edit(officer, one) for one in (own, other, whole)] == [True, False, False]
    with pytest.raises(CannotChange):
        services.edit_fact(fact=other, values={"number": 1.0}, by=officer, now=NOW)
    with pytest.raises(CannotChange):
        services.edit_fact(
            fact=own, values={"municipality": make_municipality("paltamo")}, by=officer, now=NOW
        )
    assert KnownFact.objects.visible_to(officer).count() == 3


def test_whoever_may_not_see_the_bank_sees_nothing_of_it():
    make_fact()

    assert KnownFact.objects.visible_to(make_person(Role.FUNDER)).count() == 0


def test_confirming_says_who_and_moves_the_review():
    fact = make_fact(as_of="2020", review_months=6)
    person = make_person(Role.COORDINATOR, display_name="Kaisa")
    assert fact.state == "stale"

    fact = services.confirm_fact(fact=fact, by=person, now=NOW)

    assert (fact.state, fact.checked_by, fact.checked_on) == ("current", "Kaisa", TODAY)
    assert fact.next_review_on == date(2026, 9, 10)
    assert types_of(fact.code)[-1] == "catalogue.fact.confirmed"


def test_a_fact_grows_old_by_itself_once():
    fact = make_fact(as_of="2026-01", review_months=3)
    later = NOW + timedelta(days=60)

    assert services.age_facts(later) == [fact.code]
    assert services.age_facts(later) == []
    assert KnownFact.objects.get().state == "stale"


def test_a_retired_fact_gives_its_place_to_another():
    old, new = make_fact("old", number=1.0), make_fact("new", number=2.0)
    person = make_person(Role.COORDINATOR)

    services.retire_fact(fact=old, reason="Counted anew", replaced_by=new, by=person, now=NOW)

    shown = queries.drawn(["old", "new", "nothing"])
    assert {code: one.number for code, one in shown.items()} == {"old": 2.0, "new": 2.0}
    with pytest.raises(CannotChange):
        services.edit_fact(fact=old, values={"number": 3.0}, by=person, now=NOW)


def test_a_retirement_needs_a_reason_and_no_ring():
    one, two = make_fact("one"), make_fact("two")
    person = make_person(Role.COORDINATOR)

    with pytest.raises(CannotChange):
        services.retire_fact(fact=one, reason=" ", by=person, now=NOW)
    services.retire_fact(fact=one, reason="Wrong", replaced_by=two, by=person, now=NOW)
    with pytest.raises(CannotChange):
        services.retire_fact(
            fact=two, reason="Wrong", replaced_by=KnownFact.objects.get(code="one"), by=person, now=NOW
        )


def test_a_fact_that_follows_an_indicator_takes_its_value_from_there_alone():
    fact = make_fact(indicator="population", number=None, as_of="")
    person = make_person(Role.COORDINATOR)

    assert services.take_indicator_value(
        fact=fact, number=7600.0, exactness="about", as_of="2026", source=SOURCE, now=NOW
    )
    again = services.take_indicator_value(
        fact=fact, number=7600.0, exactness="about", as_of="2026", source=SOURCE, now=NOW
    )
    services.edit_fact(fact=fact, values={"number": 1.0, "licence": "CC0"}, by=person, now=NOW)

    stored = KnownFact.objects.get()
    assert (again, stored.number, stored.as_of, stored.licence) == (False, 7600.0, "2026", "CC0")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "noin 508,5 milj. €"), ("en", "about €508.5 million"), ("sv", "cirka 508,5 mn €")],
)
def test_a_value_is_written_as_each_language_does(language, expected):
    fact = make_fact(number=508.5, unit="EUR_million", exactness="about")

    assert written(fact, language).split(" ", 1)[1] == expected.split(" ", 1)[1]
    assert written(fact, language, number_only=True) == expected.split(" ")[1].lstrip("€").replace(
        " million", ""
    )


def test_search_finds_names_in_every_language_and_the_source():
    fact = make_fact(label=Translated(fi="Äkillinen väkiluku", en="Sudden"))
    make_fact("other", source={"title": "Another book"})
    person = make_person(Role.COORDINATOR)

    assert [one.code for one in queries.find_facts(person, text="äkillinen")] == [fact.code]
    assert [one.code for one in queries.find_facts(person, text="another")] == ["other"]
    assert [
        one.code for one in queries.find_facts(person, topic="people", state="current", area="region")
    ] == [
        "other",
        fact.code,
    ]


def test_findings_of_a_text_lean_on_the_bank():
    make_fact(number=7755.0)

    found = number_findings("Kuhmossa asui 7 755 ihmistä ja 9 999 karhua.", "fi")

    assert [(one.figure.written, one.state) for one in found] == [
        ("7 755 ihmistä", "backed"),
        ("9 999", "unbacked"),
    ]


def test_uses_are_kept_by_language_and_replaced():
    note_uses("page", "7", ["a", "b"], title="Home", language="fi")
    note_uses("page", "7", ["a"], title="Home", language="en")
    note_uses("page", "7", ["b"], title="Home", language="fi")

    assert [one.language for one in queries.uses_of("a")] == ["en"]
    assert queries.use_counts(["a", "b"]) == {"a": 1, "b": 1}


# ---- consent


CONSENT = {
    "consent_by": "Ada Owner", "consent_on": TODAY, "consent_until": TODAY + timedelta(days=30),
    "consent_for": ["portal"],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"consent_by": "", "consent_on": None, "consent_until": None, "consent_for": []},
        {"consent_on": TODAY + timedelta(days=1)},
        {"consent_on": TODAY - timedelta(days=9), "consent_until": TODAY - timedelta(days=1)},
        {"consent_for": ["meetings"]},
    ],
)
def test_without_a_valid_consent_a_company_is_not_public(change):
    make_company("with", **CONSENT)
    make_company("without", **{**CONSENT, **change})

    assert [one.code for one in queries.public_references(TODAY)] == ["with"]


def test_half_a_consent_is_refused():
    with pytest.raises(ValidationError) as refused:
        make_company(consent_by="Ada Owner")

    assert set(refused.value.error_dict) == {"consent_on", "consent_until", "consent_for"}


def test_a_withdrawn_consent_takes_the_company_off_at_once_and_a_later_one_brings_it_back():
    company = make_company(**CONSENT)
    person = make_person(Role.COORDINATOR)

    around.withdraw_consent(company=company, by=person, now=NOW)
    assert queries.public_references(TODAY) == []
    around.edit_company(company=company, values={**CONSENT, "consent_by": "Ben Owner"}, by=person, now=NOW)

    assert [one.consent_by for one in queries.public_references(TODAY)] == ["Ben Owner"]


def test_a_consent_that_ended_is_told_so_that_pages_follow():
    make_company(**{**CONSENT, "consent_until": TODAY})

    assert around.note_ended_consents(NOW) == 0
    assert around.note_ended_consents(NOW + timedelta(days=1)) == 1


# ---- policies and permit paths


def test_a_policy_is_in_force_between_its_days():
    policy = PolicyFact(valid_from=TODAY, valid_until=TODAY + timedelta(days=1))
    days = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2))

    assert [policy.is_in_force(day) for day in days] == [False, True, False]


def test_a_municipalitys_policy_names_it():
    values = {"level": "municipality", "topic": "tax", "title": Translated(en="Tax"), "source": SOURCE}

    with pytest.raises(ValidationError):
        around.create_policy(code="tax", values=values, by=None, now=NOW)


def test_the_steps_of_a_path_are_replaced_whole():
    step = {
        "name": Translated(en="Permit"),
        "legal_basis": Translated(en="Act"),
        "months_from": 1.0,
        "months_to": 2.0,
    }
    path = around.create_path(
        code="hall", values={"name": Translated(en="Hall"), "source": SOURCE}, steps=[step], by=None, now=NOW
    )

    around.edit_path(path=path, values={}, steps=[{**step, "months_to": 3.0}, step], by=None, now=NOW)

    assert [one.months_to for one in path.steps.all()] == [3.0, 2.0]
    assert types_of("hall") == ["catalogue.permit_path.created", "catalogue.permit_path.steps_edited"]
    with pytest.raises(ValidationError):
        around.edit_path(path=path, values={}, steps=[{**step, "months_from": 9.0}], by=None, now=NOW)


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        ("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-02-03", date(2024, 2, 3)),
        ("2025-H1", date(2025, 6, 30)), ("2025-Q3", date(2025, 9, 30)), ("2015-2021", date(2021, 12, 31)), ("", None),
    ],
)  # fmt: skip
def test_dates_of_any_precision_have_a_last_day(as_of, last):
    assert last_day(as_of) == last


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ValueError):
        last_day("2024-13")
    assert review_day("2024-11", 12) == date(2025, 11, 28)


def test_companies_without_use_are_kept_for_the_desk():
    make_company()

    assert ReferenceCompany.objects.count() == 1


IMPOSSIBLE = (
    "2026-99", "2026-13", "2026-00", "2026-02-30", "2026-1", "0000", "9999", "9999-12", "2020-9999", "2026-H3", "2026-Q0",
    "99", "soon", "2026-10-12T00:00", "-1", "２０２６", " ", "2026\n",
)  # fmt: skip


@pytest.mark.parametrize("as_of", IMPOSSIBLE)
def test_a_date_that_is_none_is_refused_at_its_field_and_not_with_a_crash(as_of):
    with pytest.raises(ValidationError) as refused:
        make_fact(as_of=as_of)
    fact = make_fact()
    with pytest.raises(ValidationError) as again:
        services.edit_fact(fact=fact, values={"as_of": as_of}, by=None, now=NOW)

    assert list(refused.value.message_dict) == list(again.value.message_dict) == ["as_of"]
    assert "for example 2026" in again.value.messages[0]


@pytest.mark.parametrize("months", [0, -3, 601, 10**9])
def test_a_time_between_reviews_that_cannot_be_counted_is_refused(months):
    with pytest.raises(ValidationError) as refused:
        make_fact(as_of="2026", review_months=months)

    assert list(refused.value.message_dict) == ["review_months"]
