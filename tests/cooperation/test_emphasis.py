"""A municipality's emphasis: drafted, approved by a body, replaced by a later one, and what it rests on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.common.fields import Translated
from vetovoima.cooperation.emphasis import presenters, queries, services
from vetovoima.cooperation.keeping import CannotChange, ChangedMeanwhile
from vetovoima.cooperation.models import Emphasis, Gathering
from vetovoima.reference.models import Sector, Theme

pytestmark = pytest.mark.django_db
APPROVAL: dict[str, Any] = {
    "body": "Municipal council", "day": date(2026, 2, 2), "document": "Minutes § 7", "document_url": "",
}  # fmt: skip


@pytest.fixture
def kuhmo():
    make_region()
    return make_municipality("kuhmo")


@pytest.fixture
def spearheads():
    wood = Sector.objects.create(slug="wood", name=Translated(en="Wood"))
    green = Theme.objects.create(slug="green", kind="cross_cutting", name=Translated(en="Green"))
    return [(wood, 60), (green, 40)]


def draft(municipality, weights, *, by=None, **values):
    given = {"vision": Translated(en="Wood all year"), "valid_until": None, **values}
    return services.save_emphasis(municipality=municipality, weights=weights, by=by, now=NOW, **given)


def approved(municipality, weights, **approval):
    return services.approve_emphasis(
        emphasis=draft(municipality, weights), by=None, now=NOW, **{**APPROVAL, **approval}
    )


def test_a_draft_is_nowhere_in_public_and_an_approved_one_is_with_its_source(kuhmo, spearheads):
    first = draft(kuhmo, spearheads)
    assert queries.public_emphasis("kuhmo") is None

    services.approve_emphasis(emphasis=first, by=None, now=NOW, **APPROVAL)

    found = queries.public_emphasis("kuhmo")
    assert [(str(one.spearhead), one.weight) for one in found.weights] == [("Wood", 60), ("Green", 40)]
    assert (found.emphasis.approved_by, found.emphasis.approved_on, found.emphasis.document) == (
        "Municipal council", date(2026, 2, 2), "Minutes § 7",
    )  # fmt: skip


def test_a_later_version_replaces_the_approved_one_which_stays_readable(kuhmo, spearheads):
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    approved(kuhmo, spearheads)
    approved(kuhmo, [(spearheads[0][0], 100)])

    shown = queries.versions(officer, kuhmo)

    assert [(one.number, one.state) for one in shown] == [(2, "approved"), (1, "replaced")]
    assert [one.weight for one in shown[1].weights.all()] == [60, 40]


def test_saving_again_goes_on_with_the_same_draft(kuhmo, spearheads):
    draft(kuhmo, spearheads)
    draft(kuhmo, [(spearheads[0][0], 100)])

    one = Emphasis.objects.get()
    assert (one.number, [weight.weight for weight in one.weights.all()]) == (1, [100])


@pytest.mark.parametrize(
    "weights, approval, field",
    [
        ((60, 30), {}, "weights"),
        ((60, 40), {"body": " "}, "body"),
        ((60, 40), {"document": ""}, "document"),
        ((60, 40), {"day": NOW.date() + timedelta(days=1)}, "day"),
    ],
)
def test_nothing_half_done_is_approved(kuhmo, spearheads, weights, approval, field):
    chosen = [(one, weight) for (one, _old), weight in zip(spearheads, weights, strict=True)]

    with pytest.raises(ValidationError) as refused:
        approved(kuhmo, chosen, **approval)

    assert list(refused.value.message_dict) == [field]
    assert queries.public_emphasis("kuhmo") is None


def test_an_empty_vision_is_not_approved(kuhmo, spearheads):
    one = draft(kuhmo, spearheads, vision=Translated())

    with pytest.raises(ValidationError) as refused:
        services.approve_emphasis(emphasis=one, by=None, now=NOW, **APPROVAL)

    assert list(refused.value.message_dict) == ["vision"]


@pytest.mark.parametrize("weight", [0, 101, -5])
def test_a_weight_is_a_share(kuhmo, spearheads, weight):
    with pytest.raises(ValidationError):
        draft(kuhmo, [(spearheads[0][0], weight)])


def test_only_the_municipality_and_the_coordinator_write_and_approve(kuhmo, spearheads):
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    member = make_person(Role.BOARD_MEMBER)
    one = draft(kuhmo, spearheads)

    for person in (stranger, member):
        with pytest.raises(CannotChange):
            draft(kuhmo, spearheads, by=person)
        with pytest.raises(CannotChange):
            services.approve_emphasis(emphasis=one, by=person, now=NOW, **APPROVAL)
        assert queries.versions(person, kuhmo) == []
    council = make_person(Role.COORDINATOR)
    services.approve_emphasis(emphasis=one, by=council, now=NOW, **APPROVAL)
    assert Emphasis.objects.get().state == "approved"


def test_what_is_approved_cannot_be_approved_again_or_dropped(kuhmo, spearheads):
    one = approved(kuhmo, spearheads)
    council = make_person(Role.COORDINATOR)

    with pytest.raises(CannotChange):
        services.approve_emphasis(emphasis=one, by=council, now=NOW, **APPROVAL)
    with pytest.raises(CannotChange):
        services.drop_emphasis(emphasis=one, by=council, now=NOW)


def test_the_second_writer_is_told(kuhmo, spearheads):
    first = draft(kuhmo, spearheads)
    draft(kuhmo, spearheads, revision=first.revision, vision=Translated(en="Other words"))

    with pytest.raises(ChangedMeanwhile):
        draft(kuhmo, spearheads, revision=first.revision, vision=Translated(en="Mine"))
    assert Emphasis.objects.get().vision == {"en": "Other words"}


def gather(municipality, **values):
    given = {
        "kind": "interview", "held_on": date(2022, 5, 3), "asked_by": "The council", "asked": "A sawmill",
        "summary": "They said a secret thing.", **values,
    }  # fmt: skip
    return services.add_gathering(municipality=municipality, values=given, by=None, now=NOW)


def test_the_public_learns_how_many_and_of_which_kind(kuhmo, spearheads):
    one = approved(kuhmo, spearheads)
    for kind, year in (("interview", 2021), ("interview", 2022), ("workshop", 2022)):
        gather(kuhmo, kind=kind, held_on=date(year, 5, 3), emphasis=one)
    gather(kuhmo, kind="survey")

    grounds = queries.public_emphasis("kuhmo").grounds

    assert presenters.grounds_in_words(grounds) == "2 interviews, 1 workshop (2021–2022)"


def test_a_summary_is_seen_by_the_municipality_and_the_coordinator_alone(kuhmo):
    gather(kuhmo)

    def seen(person):
        return [one.summary for one in queries.gatherings(person, kuhmo)]

    summary = ["They said a secret thing."]
    assert seen(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")) == summary
    assert seen(make_person(Role.COORDINATOR)) == summary
    assert seen(make_person(Role.MUNICIPALITY_OFFICER, "paltamo")) == []
    assert seen(make_person(Role.AUDITOR)) == []


def test_an_interview_supports_a_version_of_its_own_municipality_and_has_been_held(kuhmo, spearheads):
    other = draft(make_municipality("paltamo"), spearheads)

    with pytest.raises(ValidationError):
        gather(kuhmo, emphasis=other)
    with pytest.raises(ValidationError):
        gather(kuhmo, held_on=NOW.date() + timedelta(days=2))
    assert Gathering.objects.count() == 0


def test_the_log_says_what_was_done_and_never_what_was_written(kuhmo, spearheads):
    gather(kuhmo, emphasis=approved(kuhmo, spearheads))

    facts = list(Fact.objects.filter(type__startswith="cooperation.").order_by("pk"))

    assert [one.type.removeprefix("cooperation.") for one in facts] == [
        "emphasis.saved", "emphasis.approved", "gathering.added",
    ]  # fmt: skip
    said = " ".join(f"{one.changes} {one.data}" for one in facts)
    assert ("secret" in said, "sawmill" in said, "Wood all year" in said) == (False, False, False)
