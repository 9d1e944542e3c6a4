"""The fact bank at the desk: found, edited, reviewed and retired by those whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.reading import form, words
from tests.factories import make_municipality, make_organisation
from tests.factories.knowledge import SOURCE, make_company, make_fact
from vetovoima.catalogue.knowledge import services
from vetovoima.catalogue.knowledge.uses import note_uses
from vetovoima.catalogue.models import KnowledgeAsset, KnownFact, PermitPath, PolicyFact, ReferenceCompany

pytestmark = pytest.mark.django_db


def test_the_list_is_searched_and_narrowed_to_what_needs_review(council):
    make_fact("fresh", as_of=str(timezone.localdate().year))
    make_fact("old", as_of="2015", label={"en": "Old figure", "fi": "Vanha luku"})

    page = words(council.get("/desk/facts/?state=stale"))
    assert ("Old figure" in page, "fresh" in page) == (True, False)
    found = words(council.get("/desk/facts/?text=fresh"))
    assert ("fresh" in found, "Old figure" in found) == (True, False)
    assert "No fact fits" in words(council.get("/desk/facts/?text=nothing"))


def test_a_fragment_is_the_table_alone(council):
    make_fact()

    answer = council.get("/desk/facts/", headers={"HX-Request": "true"}).content.decode()

    assert "<table" in answer and "<html" not in answer


def test_a_fact_is_added_with_its_source_and_comes_back_whole_when_something_is_wrong(council):
    sent = form(council.get("/desk/facts/new/"), "")
    sent.update(
        {"code": "kites", "topic": "economy", "label_en": "Kites", "number": "1 234,5", "review_months": "12"}
    )

    refused = council.post("/desk/facts/new/", sent)
    assert "Source" in words(refused)
    assert form(refused, "")["number"] == "1 234,5"
    sent["source_title"] = "The kite book"
    council.post("/desk/facts/new/", sent)

    fact = KnownFact.objects.get(code="kites")
    assert (fact.number, fact.source, fact.state) == (1234.5, {"title": "The kite book"}, "stale")


def test_an_edit_moves_every_page_and_stands_in_the_history(council):
    make_fact(number=7755.0)
    sent = form(council.get("/desk/facts/fact/population-kuhmo/edit/"), "")
    sent["number"] = "7700"

    answer = council.post("/desk/facts/fact/population-kuhmo/edit/", sent, follow=True)

    assert KnownFact.objects.get().number == 7700
    assert "Kaisa Coordinator" in words(answer)
    assert "7755.0 → 7700.0" in words(answer)


def test_the_second_editor_sees_what_the_first_changed_and_loses_nothing(council, coordinator):
    fact = make_fact(number=7755.0)
    sent = form(council.get("/desk/facts/fact/population-kuhmo/edit/"), "")
    services.edit_fact(fact=fact, values={"number": 7000.0}, by=coordinator, now=timezone.now())
    sent["label_en"] = "People of Kuhmo"

    answer = council.post("/desk/facts/fact/population-kuhmo/edit/", sent)

    assert answer.status_code == 409
    assert "7755.0 → 7000.0" in words(answer)
    again = form(answer, "")
    assert again["label_en"] == "People of Kuhmo"
    council.post("/desk/facts/fact/population-kuhmo/edit/", again)
    assert KnownFact.objects.get().label["en"] == "People of Kuhmo"


def test_an_officer_edits_the_own_municipalitys_facts_and_sees_the_rest(town):
    make_fact("own", municipality="kuhmo")
    make_fact("other", municipality="paltamo")
    make_fact("whole")

    assert {name: town.get(f"/desk/facts/fact/{name}/").status_code for name in ("own", "other", "whole")} == {
        "own": 200, "other": 200, "whole": 200,
    }  # fmt: skip
    assert {
        name: town.get(f"/desk/facts/fact/{name}/edit/").status_code for name in ("own", "other", "whole")
    } == {"own": 200, "other": 403, "whole": 403}
    town.post("/desk/facts/fact/other/confirm/")
    assert KnownFact.objects.get(code="other").checked_on is None
    town.post("/desk/facts/fact/own/confirm/")
    assert KnownFact.objects.get(code="own").checked_by == "Olli Officer"


def test_an_officer_cannot_add_a_fact_of_the_whole_region(town):
    sent = form(town.get("/desk/facts/new/"), "")
    sent.update({"code": "kites", "topic": "economy", "label_en": "Kites", "number": "1", "source_title": "Book", "review_months": "12", "municipality": ""})  # fmt: skip

    town.post("/desk/facts/new/", sent)

    assert KnownFact.objects.count() == 0


def test_used_in_names_the_pages(council):
    make_fact()
    note_uses("page", "1", ["population-kuhmo"], title="Kuhmo in brief", address="/en/kuhmo/", language="en")

    assert "Kuhmo in brief" in words(council.get("/desk/facts/fact/population-kuhmo/"))


def test_retiring_asks_for_a_reason_and_a_replacement_that_exists(council):
    make_fact("old")
    make_fact("new")

    refused = words(
        council.post("/desk/facts/fact/old/retire/", {"reason": "Wrong", "replaced_by": "nothing"})
    )
    assert "The fact bank has no fact nothing." in refused
    council.post("/desk/facts/fact/old/retire/", {"reason": "Wrong", "replaced_by": "new"})

    old = KnownFact.objects.get(code="old")
    assert (old.state, old.replaced_by.code, old.retired_reason) == ("retired", "new", "Wrong")


def test_a_policy_is_added_for_a_municipality(council):
    make_municipality("kuhmo")
    sent = form(council.get("/desk/facts/policies/new/"), "")
    sent.update({"code": "price", "level": "municipality", "topic": "pricing", "title_en": "Price", "text_en": "Three euros.", "source_title": "Council"})  # fmt: skip

    refused = words(council.post("/desk/facts/policies/new/", sent))
    assert "Name the municipality whose policy it is" in refused
    sent["municipality"] = "kuhmo"
    council.post("/desk/facts/policies/new/", sent)

    assert PolicyFact.objects.get().municipality.slug == "kuhmo"
    assert "in force" in words(council.get("/desk/facts/policies/"))


def test_expertise_may_name_facts_of_the_bank_alone(council):
    make_fact("students")
    sent = form(council.get("/desk/facts/assets/new/"), "")
    sent.update(
        {
            "code": "school",
            "kind": "school",
            "name_en": "School",
            "source_title": "Book",
            "facts": "students, nothing",
        }
    )

    assert "The fact bank has no fact nothing." in words(council.post("/desk/facts/assets/new/", sent))
    sent["facts"] = "students"
    council.post("/desk/facts/assets/new/", sent)

    assert KnowledgeAsset.objects.get().facts == ["students"]
    assert "School" in words(council.get("/desk/facts/fact/students/"))


def test_the_state_of_a_consent_is_said_first_and_can_be_withdrawn(council):
    today = timezone.localdate()
    make_company("without", name="Quiet Ltd")
    make_company(
        "with", name="Open Ltd", consent_by="Ada", consent_on=today, consent_until=today + timedelta(days=9),
        consent_for=["portal"],
    )  # fmt: skip

    page = words(council.get("/desk/facts/references/"))
    assert "no consent: not shown" in page
    assert "consent in force: shown on the portal" in page
    council.post("/desk/facts/references/with/withdraw/")

    assert ReferenceCompany.objects.get(code="with").consent_withdrawn_on == today
    assert "consent withdrawn: not shown" in words(council.get("/desk/facts/references/"))


def test_the_steps_of_a_permit_path_are_added_one_by_one_and_removed(council):
    sent = form(council.get("/desk/facts/permits/new/"), "")
    sent.update({"code": "hall", "name_en": "Hall", "source_title": "Finlex", "step0-name_en": "Permit"})
    refused = words(council.post("/desk/facts/permits/new/", sent))
    assert "Legal basis, in Finnish: Write it in at least one language." in refused
    sent.update(
        {"step0-legal_basis_en": "Building Act 751/2023", "step0-months_from": "1,5", "step0-months_to": "3"}
    )
    council.post("/desk/facts/permits/new/", sent)
    path = PermitPath.objects.get()
    assert [(step.months_from, step.months_to) for step in path.steps.all()] == [(1.5, 3)]

    kept = form(council.get("/desk/facts/permits/hall/"), "")
    kept.update({
        "step0-result_en": "Leave to build", "step0-online_url": "https://permits.example/",
        "step0-practice_title": "The town", "step0-practice_dated": "2026-11",
    })  # fmt: skip
    council.post("/desk/facts/permits/hall/", kept)
    council.post("/desk/facts/permits/hall/", form(council.get("/desk/facts/permits/hall/"), ""))
    step = path.steps.get()
    assert (step.result["en"], step.online_url) == ("Leave to build", "https://permits.example/")
    assert step.practice == {"title": "The town", "dated": "2026-11"}

    again = form(council.get("/desk/facts/permits/hall/"), "")
    again["step1-name_en"], again["step1-legal_basis_en"], again["step0-is_removed"] = "Second", "Act", "on"
    council.post("/desk/facts/permits/hall/", again)

    assert [step.name["en"] for step in path.steps.all()] == ["Second"]


def test_a_role_without_the_right_is_kept_out(client):
    from tests.desk.conftest import signed_in
    from tests.factories import make_person
    from vetovoima.accounts.enums import Role

    make_organisation("fund")
    make_fact()
    browser = signed_in(make_person(Role.FUNDER, "fund"))

    assert [browser.get(address).status_code for address in ("/desk/facts/", "/desk/facts/fact/population-kuhmo/", "/desk/facts/policies/")] == [403, 403, 403]  # fmt: skip
    assert SOURCE["title"] == "The wind book"
