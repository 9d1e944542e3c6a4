"""What a harvest may change: a person's correction stays theirs, and a source with other columns or units is told of."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.collection.test_sources import HEADER, ROWS, later, make_source, run, serve, steward_of_kuhmo
from tests.common.loopback import Server
from tests.desk.conftest import signed_in
from tests.factories import NOW, make_person
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.registry import in_words
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.collection.connectors.problems import in_words as problem_in_words
from vetovoima.collection.models.sources import Source, SourceRecord
from vetovoima.collection.sources import deciding, queries, services
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db
FIXED = "Kantolantie 1 B"


def plot(key: str = "A1") -> Site:
    return Site.objects.get(external_key=key)


def read_and_correct(server: Server, **values: Any) -> tuple[Source, User]:
    """A source that was read, and the officer who then corrected the address of A1."""
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    catalogue.edit_site(
        site=plot(), values=values or {"address": FIXED}, by=officer, now=later(1), revision=None
    )
    return source, officer


def test_a_correction_stays_while_the_source_changes_something_else(server: Server) -> None:
    source, _officer = read_and_correct(server)
    serve(server, HEADER + ROWS.replace("5200", "5300"))
    done = run(source, 2)
    assert (plot().address, plot().value("area_m2")) == (FIXED, 5300)
    assert (done.counts["changed"], done.counts["same"], done.errors) == (1, 1, [])
    assert not queries.disagreeing_records(source).exists()


def test_an_emptied_field_is_not_filled_again_by_what_was_emptied(server: Server) -> None:
    source, _officer = read_and_correct(server, address="")
    serve(server, HEADER + ROWS.replace("5200", "5300"))
    run(source, 2)
    assert (plot().address, plot().value("area_m2")) == ("", 5300)


def test_what_the_source_changes_after_a_correction_is_told_and_taken_by_one_click(server: Server) -> None:
    source, officer = read_and_correct(server)
    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 1"))
    done = run(source, 2)
    assert plot().address == FIXED
    told = done.errors[0]
    assert (told["row"], told["messages"][0]["field"]) == (2, "address")
    assert told["messages"][0]["message"]["en"].startswith(
        f"The source now says “Uusitie 1”. A person wrote “{FIXED}”"
    )
    assert "disagree: 1" in problem_in_words(done.notes[0])

    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 1").replace("6100,5", "6200"))
    assert run(source, 3).errors == []  # told once, and it goes on waiting
    assert queries.disagreeing_records(source).get().conflicts["address"]["says"] == "Uusitie 1"

    client = signed_in(officer)
    page = client.get(f"/desk/collection/sources/{source.pk}/").content.decode()
    assert "Uusitie 1" in page
    assert FIXED in page
    chosen = {"code": plot().code, "field": "address", "take": "yes"}
    client.post(f"/desk/collection/sources/{source.pk}/conflict/", chosen)
    assert plot().address == "Uusitie 1"
    assert not queries.disagreeing_records(source).exists()
    assert in_words(Fact.objects.get(type="collection.source.value_taken")).endswith(f"for {plot().code}.")
    with pytest.raises(services.CannotChangeSource, match="already"):
        deciding.take_said(source=source, code=plot().code, field="address", by=officer, now=later(4))


def test_what_is_kept_stays_until_the_source_says_something_else_again(server: Server) -> None:
    source, officer = read_and_correct(server)
    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 1"))
    run(source, 2)
    deciding.keep_ours(source=source, code=plot().code, field="address", by=officer, now=later(2))
    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 1").replace("5200", "5300"))
    run(source, 3)
    assert (plot().address, queries.disagreeing_records(source).count()) == (FIXED, 0)
    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 2"))
    run(source, 4)
    assert (plot().address, queries.disagreeing_records(source).count()) == (FIXED, 1)


def test_a_source_that_comes_to_agree_ends_the_disagreement_and_may_change_again(server: Server) -> None:
    source, _officer = read_and_correct(server)
    for day, address in enumerate(("Uusitie 1", FIXED, "Kantolantie 5"), start=2):
        serve(server, HEADER + ROWS.replace("Kantolantie 1", address))
        run(source, day)
    assert (plot().address, queries.disagreeing_records(source).count()) == ("Kantolantie 5", 0)


def test_a_translation_by_hand_does_not_make_a_name_a_persons(server: Server) -> None:
    source, _officer = read_and_correct(server, name={"fi": "Kantolan tontti 1", "en": "Plot 1"})
    serve(server, HEADER + ROWS.replace("Kantolan tontti 1", "Kantolan kulmatontti"))
    run(source, 2)
    assert dict(plot().name) == {"fi": "Kantolan kulmatontti", "en": "Plot 1"}


def test_a_record_that_was_there_before_the_source_keeps_its_values(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    SourceRecord.objects.update(said={})  # as one that no reading has described yet
    serve(server, HEADER + ROWS.replace("5200", "5300"))
    run(source, 1)
    assert plot().value("area_m2") == 5200
    assert queries.disagreeing_records(source).get().conflicts["area_m2"]["says"] == 5300


def test_nobody_else_decides(server: Server) -> None:
    source, _officer = read_and_correct(server)
    serve(server, HEADER + ROWS.replace("Kantolantie 1", "Uusitie 1"))
    run(source, 2)
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    for change in (deciding.take_said, deciding.keep_ours):
        with pytest.raises(PermissionDenied):
            change(source=source, code=plot().code, field="address", by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        services.accept_shape(source=source, by=stranger, now=NOW)


GONE = "tunnus;nimi;osoite\nA1;Kantolan tontti 1;Muu 1\nA2;Kantolan tontti 2;Muu 2\n"
RENAMED = HEADER.replace("pinta-ala m2", "pinta-ala ha") + ROWS.replace("5200", "0,52").replace(
    "6100,5", "0,61"
)
HECTARES = HEADER + ROWS.replace("5200", "0,52").replace("6100,5", "0,61")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GONE, "no column pinta-ala m2 any more. Nothing was changed"),
        (RENAMED, "Perhaps it is called pinta-ala ha now"),
        (
            HECTARES,
            "The middle value of pinta-ala m2 was 5650.25 and is 0.565 now. Perhaps the unit has changed",
        ),
    ],
)
def test_other_columns_and_other_units_are_a_changed_source_and_told_at_once(
    server: Server, text: str, said: str
) -> None:
    steward, _deputy = steward_of_kuhmo()
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    serve(server, text)
    done = run(source, 1)
    assert done.state == "changed"
    assert said in problem_in_words(done.problem)
    assert (plot().value("area_m2"), plot().address, plot().revision) == (5200, "Kantolantie 1", 1)
    source.refresh_from_db()
    assert source.last_good_at == NOW
    for day in range(2, 6):
        run(source, day)
    assert [(one.template, one.to) for one in Mail.objects.filter(about_kind="source")] == [
        ("source_changed", steward.email)
    ]


def test_a_changed_source_that_is_right_is_read_as_it_is_now(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    serve(server, RENAMED)
    run(source, 1)
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    client = signed_in(officer)
    assert "read it as it is now" in client.get(f"/desk/collection/sources/{source.pk}/").content.decode()
    client.post(f"/desk/collection/sources/{source.pk}/accept/")
    assert OutboxItem.objects.filter(topic=services.HARVEST).exists()
    assert run(source, 2).state in ("ok", "nothing_new")
    assert run(source, 3).state == "nothing_new"
    assert "read it as it is now" not in client.get(f"/desk/collection/sources/{source.pk}/").content.decode()


def test_larger_plots_are_no_other_unit(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    serve(server, HEADER + ROWS.replace("5200", "52000").replace("6100,5", "61005"))
    assert run(source, 1).state == "ok"
    assert plot().value("area_m2") == 52000
