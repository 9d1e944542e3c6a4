"""Sheets of sectors: written by the council, reviewed by an expert, public only while the review holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tests.factories import NOW, make_person
from tests.factories.sectors import ROWS, fresh, make_sheet, make_wind
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.catalogue.knowledge.queries import uses_of
from vetovoima.catalogue.knowledge.services import retire_fact
from vetovoima.catalogue.models import SectorSheet, Site
from vetovoima.catalogue.sectors import queries, services
from vetovoima.catalogue.sectors.keeping import CannotChangeSheet, SheetChangedMeanwhile
from vetovoima.catalogue.sectors.mapping import strength_map
from vetovoima.catalogue.sectors.readiness import outreach
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
EXPERT = services.Expert("Eva Expert", "professor of kites", "Kite School")


@pytest.fixture
def coordinator(db):
    return make_person(Role.COORDINATOR, display_name="Kaisa Coordinator")


def reviewed(sheet: SectorSheet, by) -> SectorSheet:
    services.ask_review(sheet=sheet, expert=EXPERT, by=by, now=NOW)
    return services.review_sheet(sheet=sheet, by=by, now=NOW)


def test_a_sheet_goes_to_an_expert_and_is_public_for_a_year(coordinator):
    sheet = make_sheet()
    assert queries.public_sheet("kites", TODAY) is None

    services.ask_review(sheet=sheet, expert=EXPERT, by=coordinator, now=NOW)
    assert queries.public_sheet("kites", TODAY) is None
    services.review_sheet(sheet=sheet, by=coordinator, now=NOW)

    found = queries.public_sheet("kites", TODAY)
    assert (found.reviewer_name, found.reviewed_on, found.expires_on) == (
        "Eva Expert", TODAY, date(2027, 3, 10),
    )  # fmt: skip
    assert queries.public_sheet("kites", date(2027, 3, 11)) is None


@pytest.mark.parametrize("part", [name for name in ROWS if name != "homework"])
def test_an_edit_after_the_review_makes_it_a_draft_again(coordinator, part):
    sheet = reviewed(make_sheet(), coordinator)

    services.edit_part(sheet=sheet, part=part, rows=[], by=coordinator, now=NOW)

    sheet = fresh(sheet)
    assert (sheet.state, sheet.reviewed_on, sheet.expires_on) == ("draft", None, None)
    assert queries.public_sheet("kites", TODAY) is None


def test_homework_and_the_contact_are_not_what_the_expert_reviewed(coordinator):
    sheet = reviewed(make_sheet(), coordinator)

    services.edit_part(sheet=sheet, part="homework", rows=[], by=coordinator, now=NOW)
    services.edit_sheet(sheet=sheet, values={"summary": sheet.summary}, by=coordinator, now=NOW)

    assert fresh(sheet).state == "reviewed"


def test_a_review_expires_at_night_and_is_recorded(coordinator):
    sheet = reviewed(make_sheet(), coordinator)

    assert services.expire_sheets(NOW + timedelta(days=365)) == []
    assert services.expire_sheets(NOW + timedelta(days=366)) == ["kites"]

    assert fresh(sheet).state == "expired"
    assert Fact.objects.filter(type="catalogue.sector_sheet.expired", code="kites").count() == 1


def test_only_the_named_expert_or_the_council_reviews(coordinator):
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    expert = make_person(Role.RDI_PARTNER, display_name="Eva Expert")
    sheet = make_sheet()
    named = services.Expert("", "professor", "Kite School", user=expert)

    with pytest.raises(CannotChangeSheet):
        services.ask_review(sheet=sheet, expert=named, by=officer, now=NOW)
    assert queries.sheet_for(expert, "kites") is None
    services.ask_review(sheet=sheet, expert=named, by=coordinator, now=NOW)

    assert queries.sheet_for(expert, "kites") == sheet
    for stranger in (officer, make_person(Role.RDI_PARTNER)):
        with pytest.raises(CannotChangeSheet):
            services.review_sheet(sheet=sheet, by=stranger, now=NOW)
    with pytest.raises(CannotChangeSheet):
        services.edit_part(sheet=sheet, part="questions", rows=[], by=expert, now=NOW)
    assert services.review_sheet(sheet=sheet, by=expert, now=NOW).reviewer_name == "Eva Expert"


def test_nobody_approves_what_was_changed_meanwhile(coordinator):
    sheet = make_sheet()
    sheet = services.ask_review(sheet=sheet, expert=EXPERT, by=coordinator, now=NOW)

    with pytest.raises(SheetChangedMeanwhile):
        services.review_sheet(sheet=sheet, by=coordinator, now=NOW, revision=sheet.revision - 1)
    assert fresh(sheet).state == "in_review"


def test_a_sheet_comes_back_with_what_the_expert_asks_for(coordinator):
    sheet = make_sheet()
    with pytest.raises(CannotChangeSheet, match="not with an expert"):
        services.review_sheet(sheet=sheet, by=coordinator, now=NOW)
    services.ask_review(sheet=sheet, expert=EXPERT, by=coordinator, now=NOW)
    with pytest.raises(CannotChangeSheet, match="Say what should be changed"):
        services.return_sheet(sheet=sheet, comment=" ", by=coordinator, now=NOW)

    services.return_sheet(sheet=sheet, comment="The wind is older.", by=coordinator, now=NOW)

    assert (fresh(sheet).state, fresh(sheet).comment) == ("draft", "The wind is older.")


@pytest.mark.parametrize(
    ("part", "row", "sentence"),
    [
        ("strengths", {"text": {"en": "Wind"}, "evidence": ["no-such"]}, "The fact bank has no fact no-such."),
        ("questions", {"question": {"en": "Why {fact:no-such}?"}}, "The fact bank has no fact no-such."),
        ("questions", {"question": {"en": "Why { fact: wind}?"}}, "names no fact"),
        ("questions", {"question": {}}, "Write it in at least one language."),
        ("pulls", {"text": {"en": "x"}, "source": {"title": "Undated"}}, "Give the date of the source"),
        ("niches", {"name": {"en": "Kites"}, "state": "chosen"}, "needs the reason, who decided it and when"),
        ("niches", {"name": {"en": "Kites"}, "state": "perhaps"}, "no such state"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_stored(coordinator, part, row, sentence):
    sheet = make_sheet()

    with pytest.raises(ValidationError, match=sentence):
        services.edit_part(sheet=sheet, part=part, rows=[*ROWS[part], row], by=coordinator, now=NOW)

    assert len(getattr(fresh(sheet), part).all()) == len(ROWS[part])


def test_every_cell_of_the_map_says_what_its_evidence_lacks_and_who_judged_it(coordinator):
    sheet = make_sheet()
    strength = sheet.strengths.first()
    pull = sheet.pulls.get()
    scores = {(strength.pk, pull.pk): (3, "Sold out twice")}

    services.judge_strengths(sheet=sheet, scores=scores, by=coordinator, now=NOW)

    first, second = strength_map(fresh(sheet)).cells
    assert (first.judgement.score, first.judgement.judged_by, first.judgement.judged_on, first.notes) == (
        3, "Kaisa Coordinator", TODAY, [],
    )  # fmt: skip
    assert (second.judgement, second.notes) == (None, ["The strength has no evidence."])


def test_a_judgement_stays_its_givers_while_others_judge_the_rest(coordinator):
    sheet = make_sheet()
    strength, bare = sheet.strengths.all()
    pull = sheet.pulls.get()
    services.judge_strengths(sheet=sheet, scores={(strength.pk, pull.pk): (3, "")}, by=coordinator, now=NOW)
    other = make_person(Role.COORDINATOR, display_name="Otto Other")
    both = {(strength.pk, pull.pk): (3, ""), (bare.pk, pull.pk): (1, "Guess")}

    services.judge_strengths(sheet=sheet, scores=both, by=other, now=NOW + timedelta(days=3))

    assert [one.judgement.judged_by for one in strength_map(fresh(sheet)).cells] == [
        "Kaisa Coordinator",
        "Otto Other",
    ]


def test_a_rows_edit_keeps_its_judgements(coordinator):
    sheet = make_sheet()
    strength, bare = sheet.strengths.all()
    pull = sheet.pulls.get()
    services.judge_strengths(sheet=sheet, scores={(strength.pk, pull.pk): (2, "")}, by=coordinator, now=NOW)
    rows = [{"id": bare.pk, **ROWS["strengths"][1]}, {"id": strength.pk, "text": {"en": "Wind, always"}}]

    services.edit_part(sheet=sheet, part="strengths", rows=rows, by=coordinator, now=NOW)

    cells = strength_map(fresh(sheet)).cells
    assert [(str(one.strength.text), bool(one.judgement)) for one in cells] == [
        ("Friendly people", False),
        ("Wind, always", True),
    ]


def test_a_retired_fact_backs_nothing(coordinator):
    sheet = make_sheet()
    fact = queries.facts_of(["mean-wind"])["mean-wind"]
    retire_fact(fact=fact, reason="Nobody measures", by=coordinator, now=NOW)

    assert strength_map(fresh(sheet)).cells[0].notes == ["The strength has no evidence."]


def test_outreach_says_step_by_step_what_is_missing(coordinator):
    sheet = make_sheet()

    with override("en"):
        found = outreach(sheet, TODAY)

    assert (found.is_ready, found.met) == (False, 0)
    assert {step.key: step.why for step in found.missing} == {
        "review": "It is a draft: ask an expert to review it.",
        "facts": "1 of the 1 facts that the sheet names are current; 3 are needed.",
        "records": "No site or opportunity of the sector is published.",
        "answers": "1 of 2 questions are answered; at least 3 are needed, and none open.",
        "contact": "Nobody is named whom an investor may call.",
        "homework": "1 item is open, 1 of them late.",
    }


def test_a_record_counts_when_it_is_ready_enough_and_no_example(coordinator):
    sheet = make_sheet()
    site = make_site(state="published", sectors=[sheet.sector])

    def step():
        return next(one for one in outreach(fresh(sheet), TODAY).steps if one.key == "records")

    assert step().is_met is False
    assert site.code in step().why
    Site.objects.filter(pk=site.pk).update(readiness=3)
    assert step().is_met is True
    Site.objects.filter(pk=site.pk).update(is_example=True)
    assert step().is_met is False


def test_an_example_review_is_never_readiness(coordinator):
    sheet = services.review_as_example(sheet=make_sheet(), expert=EXPERT, now=NOW)

    review = outreach(fresh(sheet), TODAY).steps[0]

    assert fresh(sheet).is_public(TODAY)
    assert (review.is_met, "example" in review.why) == (False, True)


def test_homework_is_done_with_what_shows_it(coordinator):
    item = make_sheet().homework.get()

    with pytest.raises(CannotChangeSheet, match="what shows"):
        services.mark_homework(item=item, is_done=True, by=coordinator, now=NOW)
    done = services.mark_homework(item=item, is_done=True, proof="Contract 7", by=coordinator, now=NOW)
    assert (done.done_on, done.done_by, done.proof) == (TODAY, "Kaisa Coordinator", "Contract 7")
    opened = services.mark_homework(item=item, is_done=False, by=coordinator, now=NOW)
    assert (opened.done_on, opened.proof) == (None, "")


def test_an_edit_of_homework_leaves_what_is_done_done(coordinator):
    item = make_sheet().homework.get()
    services.mark_homework(item=item, is_done=True, proof="Contract 7", by=coordinator, now=NOW)

    rows = [{"id": item.pk, "what": {"en": "Find a seller of string"}}]
    services.edit_part(sheet=item.sheet, part="homework", rows=rows, by=coordinator, now=NOW)

    item.refresh_from_db()
    assert (str(item.what), item.proof) == ("Find a seller of string", "Contract 7")


def test_the_fact_bank_knows_that_the_sheet_names_a_fact():
    make_sheet()

    assert [(one.kind, one.address) for one in uses_of("mean-wind")] == [
        ("sector", "/desk/facts/sectors/kites/")
    ]


def test_stale_facts_are_told():
    make_wind(as_of="2020")
    sheet = make_sheet()

    assert [one.code for one in queries.stale_facts(queries.codes_of(sheet))] == ["mean-wind"]
    assert strength_map(sheet).cells[0].notes == ["The facts behind the strength are to be reviewed."]


def test_the_expert_and_then_the_writers_hear_of_it_by_mail(coordinator):
    expert = make_person(Role.RDI_PARTNER, display_name="Eva Expert")
    named = services.Expert("", "professor", "Kite School", user=expert)
    sheet = make_sheet()

    services.ask_review(sheet=sheet, expert=named, by=coordinator, now=NOW)
    services.return_sheet(sheet=sheet, comment="Newer wind, please.", by=expert, now=NOW)
    services.ask_review(sheet=sheet, expert=EXPERT, by=coordinator, now=NOW)

    mails = Mail.objects.order_by("pk")
    assert [(one.template, one.to) for one in mails] == [
        ("sector_review", expert.email),
        ("sector_returned", coordinator.email),
    ]
    assert "Newer wind, please." in mails[1].body
