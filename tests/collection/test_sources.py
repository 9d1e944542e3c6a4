"""Harvest: a municipality's own data comes in by itself, and nothing is lost when its source misbehaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from tests.common.loopback import Call, Reply, Server, as_json
from tests.factories import NOW, make_municipality, make_organisation, make_person, make_region
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.outbox import TemporaryFailure, work_through
from vetovoima.activity.registry import handler_of, in_words
from vetovoima.catalogue.models import Site
from vetovoima.collection.connectors.problems import in_words as problem_in_words
from vetovoima.collection.models import Stewardship
from vetovoima.collection.models.sources import Source, SourceRecord, SourceRun
from vetovoima.collection.sources import queries, services, tasks
from vetovoima.collection.sources.running import AlreadyRunning, run_source
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db
HEADER = "tunnus;nimi;pinta-ala m2;osoite\n"
ROWS = "A1;Kantolan tontti 1;5200;Kantolantie 1\nA2;Kantolan tontti 2;6100,5;Kantolantie 3\n"


def later(days: int) -> Any:
    return NOW + timedelta(days=days)


def make_source(server: Server, **values: Any) -> Source:
    """A source of Kuhmo's, an example that no municipality has."""
    make_region()
    return services.add_source(
        municipality=make_municipality("kuhmo"),
        values={
            "title": "Vapaat tontit", "kind": "csv", "address": f"{server.url}/plots.csv", "layer": "",
            "record_kind": "plot", "licence": "CC BY 4.0", "schedule": "daily", "ending": "draft", **values,
        },
        by=None, now=NOW,
    )  # fmt: skip


def serve(server: Server, text: str, **headers: str) -> None:
    server.answer = lambda call: Reply(text.encode(), headers={"Content-Type": "text/csv", **headers})


def run(source: Source, days: int = 0) -> SourceRun:
    source.refresh_from_db()
    return run_source(source=source, now=later(days))


def names() -> list[str]:
    return sorted(one.name["fi"] for one in Site.objects.all())


def test_rows_of_a_source_become_drafts_known_by_their_own_key(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)

    done = run(source)

    assert (done.state, done.problem) == ("ok", {})
    assert done.counts == {"new": 2, "changed": 0, "same": 0, "error": 0}
    assert names() == ["Kantolan tontti 1", "Kantolan tontti 2"]
    assert {(one.external_key, one.state, one.municipality.slug) for one in Site.objects.all()} == {
        ("A1", "draft", "kuhmo"),
        ("A2", "draft", "kuhmo"),
    }
    assert sorted(SourceRecord.objects.values_list("code", flat=True)) == sorted(
        Site.objects.values_list("code", flat=True)
    )
    source.refresh_from_db()
    assert (source.last_good_at, source.failures) == (NOW, 0)


def test_a_source_that_submits_puts_its_rows_to_review(server: Server) -> None:
    source = make_source(server, ending="submit")
    serve(server, HEADER + ROWS)
    assert run(source).batch.submit is True


def test_the_same_answer_is_nothing_new_and_makes_no_import(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    first = run(source)
    second = run(source, 1)
    assert (second.state, second.batch) == ("nothing_new", None)
    assert [problem_in_words(one) for one in second.notes] == [
        "The source is the same as at the last reading."
    ]
    assert first.batch is not None
    assert Site.objects.count() == 2


def test_a_source_that_knows_its_mark_is_not_read_again(server: Server) -> None:
    source = make_source(server)

    def respond(call: Call) -> Reply:
        if call.headers.get("if-none-match") == '"1"':
            return Reply(status=304)
        return Reply(HEADER + ROWS, headers={"ETag": '"1"'})

    server.answer = respond
    run(source)
    assert run(source, 1).state == "nothing_new"
    assert server.calls[-1].headers["if-none-match"] == '"1"'


def test_a_changed_row_changes_its_record_and_no_other(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    serve(server, HEADER + ROWS.replace("6100,5", "6300"))
    done = run(source, 1)
    assert done.counts == {"new": 0, "changed": 1, "same": 1, "error": 0}
    assert Site.objects.get(external_key="A2").value("area_m2") == 6300
    assert Site.objects.get(external_key="A1").revision == 1


def test_a_record_that_is_gone_from_a_good_reading_is_flagged_and_stays(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    serve(server, HEADER + ROWS.splitlines()[0] + "\n")
    done = run(source, 1)
    assert Site.objects.count() == 2
    gone = queries.missing_records(source).get()
    assert (gone.code, gone.missing_since) == (Site.objects.get(external_key="A2").code, later(1))
    assert [problem_in_words(one) for one in done.notes] == [
        "Records that the source no longer has: 1. They stay until you decide what becomes of them."
    ]
    serve(server, HEADER + ROWS)
    run(source, 2)
    assert not queries.missing_records(source).exists()


def test_wrong_rows_are_explained_one_by_one_and_the_others_go_in(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS + "A3;Kantolan tontti 3;paljon;Kantolantie 5\n")
    done = run(source)
    assert done.state == "partly"
    assert done.counts == {"new": 2, "changed": 0, "same": 0, "error": 1}
    assert [one["row"] for one in done.errors] == [4]
    message = done.errors[0]["messages"][0]
    assert message["field"] == "area_m2"
    assert set(message["message"]) >= {"fi", "sv", "en"}
    again = run(source, 1)
    assert (again.state, again.counts, again.errors) == ("partly", done.counts, done.errors)


def test_at_most_two_hundred_wrong_rows_are_kept(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS + "".join(f"B{number};Tontti {number};paljon;\n" for number in range(300)))
    done = run(source)
    assert (done.counts["error"], len(done.errors)) == (300, 200)


HTML = Reply("<!doctype html><html><body>Sign in</body></html>", headers={"Content-Type": "text/html"})
BAD: list[tuple[Callable[[Call], Reply], str, str]] = [
    (lambda call: HTML, "changed", "answers with a web page, not with data"),
    (lambda call: Reply(status=404), "failed", "nothing at this address"),
    (lambda call: Reply(status=403), "failed", "open without a password"),
    (lambda call: Reply(status=500), "failed", "error 500"),
    (lambda call: Reply(status=429, headers={"Retry-After": "60"}), "failed", "come back in 60 seconds"),
    (lambda call: Reply(status=302, headers={"Location": "https://other.example/"}), "failed", "has moved this to https://other.example/"),
    (lambda call: Reply((HEADER + ROWS) * 50, cut=700), "failed", "in the middle"),
    (lambda call: Reply(HEADER + ROWS, wait=3), "too_long", "did not finish"),
    (lambda call: Reply(HEADER), "changed", "no rows"),
    (lambda call: Reply(HEADER + "Yhteensä;;11300;\n"), "changed", "The source has no rows now; before it had 2"),
    (lambda call: Reply(HEADER + "A1;;paljon;\nA2;;paljon;\n"), "changed", "None of the 2 rows"),
    (lambda call: Reply(b"\x00\x01\x02\x03" * 500), "changed", ""),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "state", "said"), BAD)
def test_whatever_the_source_does_its_records_stay(
    server: Server, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Call], Reply], state: str, said: str
) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    before = list(Site.objects.order_by("pk").values_list("code", "state", "revision"))
    monkeypatch.setattr("vetovoima.collection.sources.running.SECONDS", 1)
    server.answer = answer

    done = run(source, 1)

    assert done.state == state
    assert said in problem_in_words(done.problem)
    assert list(Site.objects.order_by("pk").values_list("code", "state", "revision")) == before
    assert not queries.missing_records(source).exists()
    source.refresh_from_db()
    assert (source.last_good_at, source.failures) == (NOW, 1)


def test_a_source_that_never_worked_has_not_changed_it_has_failed(server: Server) -> None:
    source = make_source(server)
    server.answer = lambda call: HTML
    assert run(source).state == "failed"


def test_a_column_that_is_gone_is_a_change_when_the_columns_were_confirmed(server: Server) -> None:
    source = make_source(server)
    columns = [{"header": "tunnus", "field": "external_key"}, {"header": "nimi", "field": "name@fi"}]
    values = {name: getattr(source, name) for name in services.FIELDS}
    services.edit_source(source=source, values=values, columns=columns, by=None, now=NOW, revision=1)
    serve(server, HEADER + ROWS)
    assert run(source).state == "ok"
    assert Site.objects.get(external_key="A1").value("area_m2") is None
    serve(server, HEADER.replace("nimi", "kohteen virallinen nimi") + ROWS)
    done = run(source, 1)
    assert done.state == "changed"
    assert "“nimi”" in problem_in_words(done.problem)


def test_changing_what_a_source_means_reads_it_anew(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    source.refresh_from_db()
    values = {name: getattr(source, name) for name in services.FIELDS}
    services.edit_source(source=source, values={**values, "title": "Tontit"}, by=None, now=NOW, revision=1)
    source.refresh_from_db()
    assert source.content_hash
    services.edit_source(source=source, values={**values, "ending": "submit"}, by=None, now=NOW, revision=2)
    source.refresh_from_db()
    assert source.content_hash == ""
    with pytest.raises(services.CannotChangeSource, match="Somebody else"):
        services.edit_source(source=source, values=values, by=None, now=NOW, revision=2)


def steward_of_kuhmo(**away: Any) -> tuple[Any, Any]:
    town = make_organisation("kuhmo", OrganisationKind.MUNICIPALITY)
    steward, deputy = (make_person(Role.MUNICIPALITY_OFFICER, town, language=one) for one in ("fi", "sv"))
    Stewardship.objects.create(
        municipality=town.municipality, steward=steward, deputy=deputy, named_at=NOW, **away
    )
    return steward, deputy


def test_three_bad_runs_in_a_row_are_written_to_the_steward_once(server: Server) -> None:
    steward, _deputy = steward_of_kuhmo()
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    server.answer = lambda call: Reply(status=404)
    for day in range(1, 3):
        run(source, day)
    assert not Mail.objects.filter(template="source_failing").exists()
    for day in range(3, 7):
        run(source, day)
    mail = Mail.objects.get(template="source_failing")
    assert (mail.to, mail.language) == (steward.email, "fi")
    assert "Vapaat tontit" in mail.body
    assert f"/desk/collection/sources/{source.pk}/" in mail.body
    assert "10.3.2026" in mail.body
    serve(server, HEADER + ROWS)
    run(source, 8)
    server.answer = lambda call: Reply(status=404)
    for day in range(9, 12):
        run(source, day)
    assert Mail.objects.filter(template="source_failing").count() == 2


def test_the_deputy_is_told_while_the_steward_is_away(server: Server) -> None:
    _steward, deputy = steward_of_kuhmo(away_from=later(0).date(), away_until=NOW.date().replace(year=2030))
    source = make_source(server)
    server.answer = lambda call: Reply(status=500)
    for day in range(3):
        run(source, day)
    assert Mail.objects.get(template="source_failing").to == deputy.email


def test_two_runs_at_once_are_one(server: Server) -> None:
    source = make_source(server)
    SourceRun.objects.create(source=source, started_at=NOW)
    with pytest.raises(AlreadyRunning):
        run_source(source=source, now=NOW + timedelta(minutes=1))
    with pytest.raises(IntegrityError):
        SourceRun.objects.create(source=source, started_at=NOW)


def test_a_run_whose_worker_was_killed_is_said_to_be_interrupted_and_taken_up(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    lost = SourceRun.objects.create(source=source, started_at=NOW)
    work = handler_of(services.HARVEST)
    assert work is not None
    assert run_source(source=source, now=NOW + timedelta(minutes=6)).state == "ok"
    lost.refresh_from_db()
    assert (lost.state, problem_in_words(lost.problem)) == (
        "failed",
        "The work was interrupted before it was done. It is tried again at its next turn.",
    )


def test_the_worker_reads_what_is_due_and_leaves_paused_sources_alone(server: Server) -> None:
    source = make_source(server)
    paused = make_source(server, title="Paused", address=f"{server.url}/b.csv")
    by_hand = make_source(server, title="By hand", address=f"{server.url}/c.csv", schedule="by_hand")
    weekly = make_source(server, title="Weekly", address=f"{server.url}/d.csv", schedule="weekly")
    services.pause_source(source=paused, is_active=False, by=None, now=NOW)
    serve(server, HEADER + ROWS)
    tasks.ask_daily_sources(NOW)
    tasks.ask_daily_sources(NOW)
    assert [one.payload["source"] for one in OutboxItem.objects.filter(topic=services.HARVEST)] == [source.pk]
    tasks.ask_weekly_sources(NOW)
    work_through("test")
    assert set(SourceRun.objects.values_list("source", flat=True)) == {source.pk, weekly.pk}
    assert by_hand.runs.count() == 0


def test_a_source_that_is_being_read_is_tried_again_later(server: Server) -> None:
    source = make_source(server)
    from django.utils import timezone

    SourceRun.objects.create(source=source, started_at=timezone.now())
    work = handler_of(services.HARVEST)
    assert work is not None
    with pytest.raises(TemporaryFailure):
        work({"source": source.pk})
    work({"source": 999_999})


def test_who_may_keep_sources(server: Server) -> None:
    source = make_source(server)
    own = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    other = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    council = make_person(Role.COORDINATOR)
    partner = make_person(Role.RDI_PARTNER)
    seen = {one.pk: [*queries.sources_for(one)] for one in (own, other, council, partner)}
    assert seen == {own.pk: [source], other.pk: [], council.pk: [source], partner.pk: []}
    for stranger in (other, partner):
        for change in (
            lambda by: services.pause_source(source=source, is_active=False, by=by, now=NOW),
            lambda by: services.ask_for_run(source=source, by=by, now=NOW),
            lambda by: services.remove_source(source=source, by=by, now=NOW),
            lambda by: services.add_source(municipality=source.municipality, values={}, by=by, now=NOW),
            lambda by: services.edit_source(source=source, values={}, by=by, now=NOW, revision=1),
            lambda by: services.forget_record(source=source, code="x", by=by, now=NOW),
        ):
            with pytest.raises(PermissionDenied):
                change(stranger)
    services.ask_for_run(source=source, by=own, now=NOW)
    services.pause_source(source=source, is_active=False, by=council, now=NOW)
    source.refresh_from_db()
    assert source.is_active is False
    said = [in_words(one) for one in Fact.objects.filter(kind="source").order_by("pk")]
    assert said == ["The source was added.", "The source was paused."]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"), ({"title": "x" * 121}, "title"), ({"kind": "ftp"}, "kind"),
        ({"address": "http://example.org/a.csv"}, "address"), ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "https://user:secret@example.org/"}, "address"), ({"address": ""}, "address"),
        ({"record_kind": "castle"}, "record_kind"), ({"schedule": "hourly"}, "schedule"), ({"ending": "publish"}, "ending"),
    ],
)  # fmt: skip
def test_a_description_that_cannot_be_right_is_refused_by_field(
    server: Server, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        make_source(server, **values)
    assert set(caught.value.message_dict) == {field}
    assert not Source.objects.exists()


def test_the_same_source_twice_is_refused(server: Server) -> None:
    make_source(server)
    with pytest.raises(ValidationError, match="already"):
        make_source(server, title="Again")


def test_a_removed_source_leaves_its_records(server: Server) -> None:
    source = make_source(server)
    serve(server, HEADER + ROWS)
    run(source)
    services.remove_source(source=source, by=None, now=NOW)
    assert (Source.objects.count(), SourceRun.objects.count(), Site.objects.count()) == (0, 0, 2)


def test_geojson_comes_with_its_shapes(server: Server) -> None:
    source = make_source(server, kind="geojson", address=f"{server.url}/plots.geojson")
    ring = [[29.50, 64.12], [29.51, 64.12], [29.51, 64.13], [29.50, 64.13], [29.50, 64.12]]
    server.answer = lambda call: as_json(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"tunnus": "A1", "nimi": "Kantolan tontti 1"},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            ],
        }
    )
    done = run(source)
    assert (done.state, done.errors) == ("ok", [])
    assert json.loads(json.dumps(Site.objects.get().value("geometry")))["type"] == "Polygon"
