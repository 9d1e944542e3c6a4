"""Other regions' offers: read from their own addresses, kept as they are, withdrawn when the source withdraws them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from tests.common.loopback import Call, Reply, Server, as_json, running_server
from tests.factories import make_person, make_region
from tests.factories.sites import make_site
from tests.syndication.federation_world import (
    VALUES,
    collection,
    feature,
    instance,
    listed,
    make_followed,
    names,
    read,
    serve,
)
from tests.syndication.webhook_world import allowed, work
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.catalogue import services as catalogue
from vetovoima.messaging.models import Mail
from vetovoima.syndication.federation import keeping, queries, running, services, tasks, turns
from vetovoima.syndication.models import FollowedSource, FollowRun, ForeignRecord
from vetovoima.syndication.queries import public_state, search_sites
from vetovoima.syndication.search.terms import SearchTerms

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running_, allowed(settings, running_.place):
        yield running_


def publish(name: str = "Own plot") -> Any:
    site = make_site("kuhmo", state="submitted", name={"en": name})
    return catalogue.publish_site(site=site, by=None, now=timezone.now())


# what is read


def test_an_instance_of_ours_is_read_in_three_languages_with_its_figures_and_its_licence(server):
    server.answer = instance({"TUU-001": {"fi": "Satama", "en": "Harbour", "sv": "Hamnen"}})
    source = make_followed(server.url + "/en/sites/?q=x", kind="vetovoima", licence="")
    run = read(source)

    (row,) = ForeignRecord.objects.all()
    assert (run.state, run.counts) == (
        "ok",
        {"new": 1, "changed": 0, "same": 0, "withdrawn": 0, "left_out": 0},
    )
    assert dict(row.name) == {"fi": "Satama", "en": "Harbour", "sv": "Hamnen"}
    assert row.url["sv"] == "https://other.example/sv/sites/TUU-001/"
    assert (row.code, row.version, row.kind, row.area_m2, row.power_mw) == ("TUU-001", "3", "plot", 52000, 40)
    assert (row.latitude, row.longitude, row.precision, row.place_name) == (
        64.2,
        28.2,
        "settlement",
        "Tuulikylä",
    )
    assert (row.licence, row.sectors) == ("CC0 1.0", ["energy"])
    assert {call.query["lang"] for call in server.calls} == {"fi", "en", "sv"}
    assert FollowedSource.objects.get().licence_said == "CC0 1.0"


def test_what_the_source_withdraws_is_gone_here_and_what_it_changes_is_changed(server):
    records = {
        "TUU-001": dict.fromkeys(("fi", "en", "sv"), "One"),
        "TUU-002": dict.fromkeys(("fi", "en", "sv"), "Two"),
    }
    server.answer = instance(records)
    source = make_followed(server.url, kind="vetovoima")
    read(source)
    assert names(source) == ["One", "Two"]

    del records["TUU-001"]
    records["TUU-002"] = dict.fromkeys(("fi", "en", "sv"), "Two, larger")
    before = public_state()[0]
    run = read(source)

    assert names(source) == ["Two, larger"]
    assert (run.counts["changed"], run.counts["withdrawn"]) == (1, 1)
    assert public_state()[0] > before, "a cached page would go on showing what was withdrawn"
    assert Fact.objects.filter(type="syndication.followed.read").latest("pk").data["counts"]["withdrawn"] == 1


def test_the_last_record_is_withdrawn_when_an_instance_says_that_it_has_none(server):
    records = {"TUU-001": dict.fromkeys(("fi", "en", "sv"), "One")}
    server.answer = instance(records)
    source = make_followed(server.url, kind="vetovoima")
    read(source)
    records.clear()
    read(source)

    assert names(source) == []


def test_a_file_that_is_suddenly_empty_withdraws_nothing(server):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read(source)
    serve(server, collection())
    run = read(source)

    assert (run.state, run.problem["code"], names(source)) == ("changed", "suddenly_empty", ["Site A"])


def test_it_asks_whether_anything_changed_and_a_304_keeps_everything(server):
    calls: list[str] = []

    def mark() -> str:
        return 'W/"one"'

    server.answer = instance({"TUU-001": dict.fromkeys(("fi", "en", "sv"), "One")}, mark)
    source = make_followed(server.url, kind="vetovoima")
    read(source)
    first = ForeignRecord.objects.get()
    server.calls.clear()
    run = read(source)
    calls = [call.headers.get("if-none-match", "") for call in server.calls]

    assert (run.state, calls) == ("nothing_new", ['W/"one"'])
    assert ForeignRecord.objects.get().seen_at > first.seen_at
    assert ForeignRecord.objects.get().fetched_at == first.fetched_at


def test_pages_are_followed_on_the_same_server_and_nowhere_else(server):
    def answer(call: Call) -> Reply:
        number = int(call.query.get("offset", "0"))
        following = f"/file?offset={number + 1}" if number < 2 else None
        return as_json(collection(feature(f"P{number}"), next=following, total=3))

    server.answer = answer
    source = make_followed(server.url + "/file")
    assert (read(source).state, names(source)) == ("ok", ["Site P0", "Site P1", "Site P2"])
    assert FollowedSource.objects.get().etag == "", "the mark of one page says nothing of the others"

    server.answer = lambda call: as_json(collection(feature("X"), next="https://elsewhere.example/file"))
    run = read(source)
    assert (run.state, run.problem["code"]) == ("changed", "other_host")
    assert names(source) == ["Site P0", "Site P1", "Site P2"]


def test_a_source_that_changes_while_it_is_read_withdraws_nothing(server):
    serve(server, collection(feature("A"), feature("B"), total=2))
    source = make_followed(server.url)
    read(source)
    serve(server, collection(feature("A"), total=2))
    run = read(source)

    assert (run.state, run.problem["code"], names(source)) == (
        "partly",
        "changed_meanwhile",
        ["Site A", "Site B"],
    )
    (late,) = [one for one in listed().records if one.is_late]
    assert late.name == "Site B"


def test_ogc_api_features_is_read_with_the_licence_of_its_collection(server):
    def answer(call: Call) -> Reply:
        if call.path == "/ogc/collections":
            return as_json({"collections": [{"id": "plots"}, {"id": "roads"}]})
        if call.path == "/ogc/collections/plots":
            licence = {
                "rel": "license",
                "href": "https://creativecommons.org/licenses/by/4.0/",
                "title": "CC BY 4.0",
            }
            return as_json({"id": "plots", "title": "Plots", "links": [licence]})
        if call.path == "/ogc/collections/plots/items":
            return as_json(
                {"type": "FeatureCollection", "numberMatched": 1, "features": [feature("A", area_ha=5.2)]}
            )
        return Reply(status=404)

    server.answer = answer
    source = make_followed(server.url + "/ogc", kind="oapif", layer="plots", licence="")
    read(source)

    (row,) = ForeignRecord.objects.all()
    assert (row.licence, row.area_m2, str(row.name)) == ("CC BY 4.0", 52_000, "Site A")


def test_a_json_feed_and_an_atom_feed_are_read(server):
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Plots", "language": "sv",
        "_vetovoima": {"licence": "CC BY 4.0"},
        "items": [{"id": "https://x.example/1", "url": "https://x.example/1", "title": "Tomt", "content_text": "Stor."}],
    }  # fmt: skip
    serve(server, feed)
    source = make_followed(server.url + "/feed.json", kind="json_feed", licence="")
    read(source)
    (row,) = ForeignRecord.objects.all()
    assert (dict(row.name), dict(row.summary), row.licence, row.kind) == (
        {"sv": "Tomt"},
        {"sv": "Stor."},
        "CC BY 4.0",
        "other",
    )

    server.answer = lambda call: Reply(ATOM, headers={"Content-Type": "application/atom+xml"})
    atom = make_followed(server.url + "/feed.atom", kind="atom", licence="")
    run = read(atom)
    (row,) = ForeignRecord.objects.filter(source=atom)
    assert (run.state, dict(row.name), row.url["fi"]) == ("ok", {"fi": "Tontti"}, "https://x.example/fi/1")
    assert (row.latitude, row.longitude, row.licence, row.kind) == (64.1, 28.4, "CC BY 4.0", "plot")


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"
      xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="fi">
  <id>urn:x</id><title>Tontit</title><updated>2026-11-20T10:00:00Z</updated>
  <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/><link rel="alternate" href="https://x.example/"/>
  <at:deleted-entry ref="urn:x:2" when="2026-11-20T10:00:00Z"/>
  <entry><id>urn:x:1</id><title>Tontti</title><updated>2026-11-20T10:00:00Z</updated>
    <link rel="alternate" href="https://x.example/fi/1"/><category term="plot"/><author><name>Nobody</name></author>
    <summary type="html">&lt;b&gt;Suuri&lt;/b&gt;</summary><georss:point>64.1 28.4</georss:point></entry>
  <entry><id>urn:x:2</id><title>Poistunut</title><updated>2026-11-20T10:00:00Z</updated></entry>
</feed>"""


# what is chosen


@pytest.mark.parametrize(
    ("choice", "chosen", "wanted"),
    [
        ("all", [], ["Site A", "Site B", "Site C"]),
        ("kinds", ["premises"], ["Site B"]),
        ("kinds", ["other"], ["Site C"]),
        ("sectors", ["energy"], ["Site A"]),
        ("codes", ["b", "C", "nowhere"], ["Site B", "Site C"]),
    ],
)
def test_only_what_was_chosen_comes(server, choice, chosen, wanted):
    serve(server, collection(
        feature("A", sectors=["energy"]), feature("B", kind="premises"), feature("C", kind="castle")
    ))  # fmt: skip
    source = make_followed(server.url, choice=choice, chosen=chosen)
    run = read(source)

    assert names(source) == wanted
    missing = [one["details"]["codes"] for one in run.notes if one["code"] == "missing_codes"]
    assert missing == (["nowhere"] if choice == "codes" else [])


def test_what_is_chosen_no_more_goes_at_once_even_when_the_source_is_down(server):
    serve(server, collection(feature("A"), feature("B", kind="premises")))
    source = make_followed(server.url)
    read(source)
    services.edit_followed(
        source=source,
        values={"choice": "kinds", "chosen": ["premises"]},
        by=None,
        now=timezone.now(),
        revision=None,
    )
    assert names(source) == ["Site B"]


# licence and origin


def test_without_a_licence_nothing_is_shown_and_with_one_written_down_it_is(server):
    serve(server, collection(feature("A"), licence=""))
    source = make_followed(server.url, licence="")
    run = read(source)
    assert [one["code"] for one in run.notes] == ["no_licence"]
    assert [one.region.key for one in listed().records] == []

    services.edit_followed(
        source=source, values={"licence": "CC BY 4.0"}, by=None, now=timezone.now(), revision=None
    )
    read(source)
    (shown,) = listed().records
    assert (shown.licence, shown.licence_url) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert shown.region.attribution == "Archipelago Council"


def test_what_the_source_says_of_its_licence_holds_against_what_we_wrote(server):
    serve(server, collection(feature("A"), feature("B", licence="ODbL"), licence="CC0"))
    source = make_followed(server.url, licence="CC BY 4.0")
    read(source)

    assert {one.name: one.licence for one in listed().records} == {"Site A": "CC0", "Site B": "ODbL"}


# the joint list


def test_the_joint_list_has_ours_among_theirs_and_nothing_of_theirs_is_ours(server):
    make_region()
    publish("Own plot")
    serve(server, collection(feature("A", kind="premises"), feature("B", point=None, is_example=True)))
    source = make_followed(server.url)
    read(source)

    page = listed()
    assert [(one.name, one.region.is_own) for one in page.records] == [
        ("Site A", False), ("Site B", False), ("Own plot", True),
    ]  # fmt: skip
    assert [(one.key, one.count, one.examples) for one in page.regions] == [
        ("archipelago", 2, 1),
        ("own", 1, 0),
    ]
    assert [one.name for one in listed(region="own").records] == ["Own plot"]
    assert [one.name for one in listed(kind="premises").records] == ["Site A"]
    assert search_sites("en", SearchTerms()).total == 1
    assert search_sites("en", SearchTerms(text="Site A")).total == 0


def test_pages_of_the_joint_list_follow_each_other_without_gap_or_repetition(server):
    make_region()
    for number in range(3):
        publish(f"Own {number}")
    serve(server, collection(*(feature(f"{number:02}") for number in range(7))))
    read(make_followed(server.url))
    from vetovoima.syndication.federation.joint import Wish, joint_page

    found, offset = [], 0
    while offset is not None:
        page = joint_page(Wish("en"), timezone.now(), offset=offset, limit=4)
        found += [one.name for one in page.records]
        assert page.total == 10
        offset = page.next_offset
    assert found == [*(f"Site {number:02}" for number in range(7)), "Own 0", "Own 1", "Own 2"]


# a source on a bad day


def test_a_source_that_is_down_keeps_its_records_as_last_seen_and_they_are_hidden_after_seven_days(server):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read(source)
    server.answer = lambda call: Reply(status=500)
    run = read(source)

    assert (run.state, run.problem["code"]) == ("failed", "status")
    (shown,) = listed().records
    assert shown.is_late
    ForeignRecord.objects.update(seen_at=timezone.now() - 8 * DAY)
    assert listed().records == []
    FollowedSource.objects.update(etag='"x"')
    assert keeping.erase_unseen(timezone.now()) == 1
    assert (ForeignRecord.objects.count(), FollowedSource.objects.get().etag) == (0, "")

    serve(server, collection(feature("A")))
    read(source)
    assert [one.is_late for one in listed().records] == [False]


def test_each_failure_waits_longer_and_after_eight_it_is_stopped_and_the_owner_is_told(server):
    owner = make_person(Role.COORDINATOR)
    server.answer = lambda call: Reply(status=404)
    source = make_followed(server.url)
    FollowedSource.objects.update(owner=owner)
    waits = []
    for _turn in range(8):
        read(source)
        fresh = FollowedSource.objects.get()
        waits.append(round((fresh.due_at - timezone.now()).total_seconds() / 60))
    work()

    assert waits == [10, 30, 120, 360, 720, 1440, 1440, 1440]
    assert (fresh.state, fresh.reason) == ("stopped", "failing")
    (mail,) = Mail.objects.filter(template="followed_stopped")
    assert mail.to == owner.email
    assert [one.pk for one in queries.stopped_followed(owner)] == [source.pk]
    server.calls.clear()
    tasks.ask_due_sources(timezone.now() + 30 * DAY)
    work()
    assert server.calls == []


def test_a_source_that_is_gone_for_good_takes_its_records_with_it(server):
    make_person(Role.COORDINATOR)
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read(source)
    server.answer = lambda call: Reply(status=410)
    read(source)

    fresh = FollowedSource.objects.get()
    assert (names(source), fresh.state, fresh.reason) == ([], "stopped", "gone")


def test_a_busy_source_is_waited_for_as_it_asks(server):
    server.answer = lambda call: Reply(status=429, headers={"Retry-After": "7200"})
    source = make_followed(server.url)
    read(source)
    left = (FollowedSource.objects.get(pk=source.pk).due_at - timezone.now()).total_seconds()
    assert 7_100 < left < 7_250


def test_one_source_is_read_once_at_a_time_and_a_dead_worker_is_forgotten(server):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    now = timezone.now()
    FollowRun.objects.create(source=source, started_at=now)
    with pytest.raises(running.AlreadyReading):
        read(source)
    assert list(queries.due_sources(now + DAY)) == []
    FollowRun.objects.update(started_at=now - DAY)
    assert read(source).state == "ok"


def test_what_was_described_anew_while_it_was_read_is_not_taken(server, monkeypatch):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read_well = running.read_followed

    def edited_meanwhile(*given: Any) -> Any:
        FollowedSource.objects.filter(pk=source.pk).update(revision=9)
        return read_well(*given)

    monkeypatch.setattr(running, "read_followed", edited_meanwhile)
    stale = FollowedSource.objects.get(pk=source.pk)
    run = running.read_source(source=stale, now=timezone.now())
    assert (run.state, names(source)) == ("partly", [])


# the worker


def test_the_worker_reads_what_is_due_and_nothing_else(server):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    work()
    assert names(source) == ["Site A"]
    server.calls.clear()
    tasks.ask_due_sources(timezone.now())
    work()
    assert server.calls == [], "read again before its interval was over"
    FollowedSource.objects.update(due_at=timezone.now())
    tasks.ask_due_sources(timezone.now())
    tasks.ask_due_sources(timezone.now())
    work()
    assert len(server.calls) == 1
    assert OutboxItem.objects.filter(topic=turns.REFRESH).exclude(state="done").count() == 0


# people


def test_the_coordinator_decides_and_nobody_else(server):
    coordinator = make_person(Role.COORDINATOR)
    others = [make_person(role) for role in (Role.ADMIN, Role.BOARD_MEMBER, Role.AUDITOR)]
    others.append(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo"))
    source = make_followed(server.url)
    now = timezone.now()
    for person in others:
        with pytest.raises(PermissionDenied):
            services.follow_source(values={**VALUES, "address": "https://x.example/"}, by=person, now=now)
        for change in (
            services.pause_followed,
            services.resume_followed,
            services.refresh_followed,
            services.unfollow_source,
        ):
            with pytest.raises(PermissionDenied):
                change(source=source, by=person, now=now)
    assert [queries.sources_for(one).count() for one in (coordinator, *others)] == [1, 1, 0, 0, 0]
    services.pause_followed(source=source, by=coordinator, now=now)
    with pytest.raises(services.CannotChangeFollowed):
        services.refresh_followed(source=source, by=coordinator, now=now)
    services.resume_followed(source=source, by=coordinator, now=now)
    with pytest.raises(services.CannotChangeFollowed):
        services.edit_followed(source=source, values={}, by=coordinator, now=now, revision=0)


def test_ending_takes_the_records_at_once(server):
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read(source)
    before = public_state()[0]
    services.unfollow_source(source=source, by=None, now=timezone.now())

    assert (ForeignRecord.objects.count(), listed().records) == (0, [])
    assert public_state()[0] > before


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("address", {"address": "http://10.0.0.1/"}), ("address", {"address": "javascript:alert(1)"}),
        ("address", {"address": "https://user:word@x.example/"}), ("title", {"title": {}}),
        ("attribution", {"attribution": ""}), ("home", {"home": "javascript:alert(1)"}), ("kind", {"kind": "wfs"}),
        ("chosen", {"choice": "kinds", "chosen": ["castle"]}), ("chosen", {"choice": "codes", "chosen": []}),
        ("every", {"every": "minute"}), ("language", {"language": "de"}),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_beside_its_field(field, values):
    with pytest.raises(ValidationError) as caught:
        make_followed(**{"address": "https://x.example/", **values})
    assert field in caught.value.message_dict


def test_the_same_address_is_followed_once():
    make_followed("https://x.example/")
    with pytest.raises(ValidationError):
        make_followed("https://x.example/")
    with pytest.raises(IntegrityError):
        FollowedSource.objects.create(
            key="y", address="https://x.example/", state_at=timezone.now(), created_at=timezone.now(), due_at=timezone.now(),
            kind="atom",
        )  # fmt: skip
