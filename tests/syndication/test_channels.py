"""A registered page from green to broken and back: visited, reported, late, mended, and somebody told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.common.loopback import Reply, Server, running_server
from tests.factories import make_municipality, make_organisation, make_person, make_region
from tests.syndication.channel_world import (
    again,
    component,
    fetched,
    make_page,
    page_of,
    publish,
    report,
    shows,
    standing,
    visit,
    work,
)  # fmt: skip
from tests.syndication.webhook_world import allowed, withdraw
from vetovoima.accounts.enums import Role
from vetovoima.messaging.models import Mail
from vetovoima.syndication.channels import keeping, queries, services
from vetovoima.syndication.channels.expected import version_now
from vetovoima.syndication.channels.versions import NOTHING
from vetovoima.syndication.embedding.services import allow_origin
from vetovoima.syndication.models import ChannelEvent, ChannelHost, ChannelPage, ChannelVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    cache.clear()
    with running_server() as running, allowed(settings, running.place):
        yield running


def told() -> list[tuple[str, str, str]]:
    rows = Mail.objects.filter(template__startswith="channel_").order_by("pk")
    return [(one.template, one.to, one.language) for one in rows]


def test_green_taken_away_broken_with_one_mail_back_and_green_again(server):
    publish()
    page = make_page(f"{server.url}/tontit/")
    assert standing(page) == ("unknown", "unseen")
    shows(server, component(more=f'channel="{page.key}"'))
    work()
    assert standing(page) == ("unknown", "unopened")
    assert report(page)
    assert standing(page) == ("green", "current")

    server.answer = lambda call: Reply("gone", status=404)
    visit(page)
    assert standing(page) == ("broken", "not_found")
    assert told() == []
    visit(page)
    assert told() == [("channel_broken", "web@kuhmo.example", "fi")]
    mail = Mail.objects.get()
    for words in (page.url, f'channel="{page.key}"', "/embed.js", f"/desk/channels/{page.key}/"):
        assert words in mail.body
    visit(page)
    assert len(told()) == 1, "told once"
    assert not report(page, "0" * 12)
    report(page)
    assert standing(page) == ("broken", "not_found"), (
        "a report alone makes nothing green that a visit found broken"
    )

    shows(server, component(more=f'channel="{page.key}"'))
    visit(page)
    assert standing(page) == ("green", "current")
    assert [one[0] for one in told()] == ["channel_broken", "channel_mended"]
    visit(page)
    assert len(told()) == 2
    found = list(ChannelEvent.objects.filter(page=page).order_by("pk").values_list("state", flat=True))
    assert found == ["unknown", "green", "broken", "green"]


def test_what_is_published_changes_what_a_page_should_show_and_a_report_says_that_it_does(server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    assert queries.current_version(page).version == NOTHING
    work()
    assert report(page)
    assert standing(page) == ("green", "current")

    site = publish()
    work()
    first = queries.current_version(page).version
    assert (first != NOTHING, standing(page)) == (True, ("green", "current")), "judged anew by the next look"
    visit(page)
    assert standing(page) == ("green", "when_opened"), "nobody has opened it since"
    assert again(page).next_visit_at > timezone.now()
    assert report(page, first)
    assert standing(page) == ("green", "current")

    withdraw(site)
    work()
    assert queries.current_version(page).version == NOTHING
    ChannelVersion.objects.filter(page=page, version=first).update(
        until=timezone.now() - timedelta(minutes=30)
    )
    assert report(page, first, ago=-timedelta(minutes=6)), "an older one, within the hour"
    assert standing(page) == ("green", "soon")
    ChannelVersion.objects.filter(page=page, version=first).update(until=timezone.now() - timedelta(hours=2))
    assert report(page, first, ago=-timedelta(minutes=12))
    assert standing(page) == ("late", "old")
    assert report(page, NOTHING, ago=-timedelta(minutes=13))
    assert standing(page) == ("green", "current")


def test_a_report_that_comes_before_the_worker_has_looked_is_believed(server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    work()
    publish()
    assert report(page, version_now(page))
    assert standing(page) == ("green", "current")


def test_a_fragment_is_read_by_the_visit_itself(server):
    page = make_page(f"{server.url}/yritys", way="fragment")
    old = queries.current_version(page).version
    server.answer = lambda call: fetched(call, old)
    work()
    assert (standing(page), again(page).version_by) == (("green", "current"), "visit")

    publish()
    work()
    visit(page)
    assert standing(page) == ("green", "soon")
    assert again(page).next_visit_at - timezone.now() < timedelta(minutes=20), "looked at again sooner"
    ChannelVersion.objects.filter(page=page, version=old).update(until=timezone.now() - timedelta(hours=25))
    visit(page)
    assert standing(page) == ("late", "old")
    new = queries.current_version(page).version
    server.answer = lambda call: fetched(call, new)
    visit(page)
    assert standing(page) == ("green", "current")
    ChannelVersion.objects.filter(page=page).update(since=timezone.now() - timedelta(days=3))
    server.answer = lambda call: fetched(call, "abcdefabcdef")
    visit(page)
    assert standing(page) == ("late", "strange")
    server.answer = lambda call: fetched(call, "<script>")
    visit(page)
    assert standing(page) == ("broken", "no_mark")


def test_a_frame_on_a_site_that_is_not_allowed_is_broken_until_it_is_allowed(server, settings):
    settings.VETOVOIMA_DEMO = True
    page = make_page(f"{server.url}/", way="frame")
    base = settings.VETOVOIMA_PUBLIC_URL
    shows(server, f'<iframe src="{base}/embed/kuhmo/?lang=fi&amp;channel={page.key}"></iframe>')
    work()
    assert standing(page) == ("broken", "origin")
    assert queries.origins_not_allowed([page]) == {page.pk}
    allow_origin(municipality=page.municipality, origin=server.url, by=None, now=timezone.now())
    visit(page)
    assert standing(page) == ("unknown", "unopened")
    # a frame knows of the page around it often no more than its origin
    assert report(page, channel="", page=f"{server.url}/")
    assert standing(page) == ("green", "current")


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>nothing</p>", "gone"),
        ("<!-- {right} -->", "gone"),
        ("<script>var text = '<vetovoima-sites municipality=kuhmo>'</script>", "gone"),
        ("<template>{right}</template>", "gone"),
        ('<vetovoima-sites municipality="kuhmo"></vetovoima-sites>', "no_script"),
        ("{elsewhere}", "other_address"),
        ("{other}", "other_content"),
        ("{foreign}", "other_content"),
        ("{right}", "embed"),
        ("<DIV TITLE='a > b'>{RIGHT}</DIV>", "embed"),
    ],
)
def test_what_a_visit_makes_of_a_component(server, body, seen):
    page = make_page(f"{server.url}/")
    right = component()
    found = (
        body.replace("{right}", right).replace("{RIGHT}", right.replace("vetovoima-sites", "VETOVOIMA-Sites"))
        .replace("{elsewhere}", component(base="https://elsewhere.example")).replace("{other}", component("sotkamo"))
        .replace("{foreign}", component(more='channel="aaaaaaaa"'))
    )  # fmt: skip
    shows(server, found)
    work()
    assert again(page).seen == seen


def test_an_embed_with_other_filters_than_registered_is_late_and_says_so(server):
    page = make_page(f"{server.url}/", question={"kind": "plot"})
    shows(server, component(more='kind="premises"'))
    work()
    assert standing(page) == ("late", "strange")
    shows(server, component(more='kind="plot" sort="code"'))
    visit(page)
    assert standing(page) == ("unknown", "unopened")


@pytest.mark.parametrize(
    "values",
    [
        {"page": "https://elsewhere.example/"}, {"page": "javascript:alert(1)"}, {"page": None}, {"way": "frame"},
        {"way": ["component"]}, {"municipality": "sotkamo"}, {"municipality": "../.."}, {"version": "abcdefabcdef"},
        {"version": "' OR 1=1"}, {"version": 7}, {"channel": "zzzzzzzz"}, {"channel": {"a": 1}}, {"page": "x" * 5000},
    ],
)  # fmt: skip
def test_forged_reports_count_as_nothing(server, values):
    publish()
    page = make_page(f"{server.url}/")
    shows(server, component())
    work()
    before = ChannelPage.objects.values().get()
    assert not report(page, **values)
    assert ChannelPage.objects.values().get() == before


def test_a_browser_cannot_report_for_a_page_of_another_site(server):
    from vetovoima.syndication.channels.reports import take_report

    page = make_page(f"{server.url}/")
    given = {
        "channel": page.key,
        "page": page.url,
        "way": "component",
        "municipality": "kuhmo",
        "version": NOTHING,
    }
    assert not take_report(given, origin="https://elsewhere.example", now=timezone.now())
    assert not take_report(given, origin="null", now=timezone.now())
    assert take_report(given, origin=server.url, now=timezone.now())


def test_a_report_that_says_the_same_again_writes_nothing(server, django_assert_num_queries):
    page = make_page(f"{server.url}/")
    assert report(page)
    with django_assert_num_queries(2):  # the test's own look at the version, and the page
        assert not report(page)


def test_a_page_that_moved_is_followed_and_its_reports_are_believed(server):
    page = make_page(f"{server.url}/old")
    server.answer = lambda call: (
        Reply("", status=301, headers={"Location": "/new"}) if call.path == "/old" else page_of(component())
    )
    work()
    assert (again(page).seen, again(page).landed) == ("embed", f"{server.url}/new")
    assert report(page, channel="", page=f"{server.url}/new/")


def test_waits_grow_while_a_page_is_broken_and_one_busy_answer_is_no_trouble(server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    work()
    report(page)
    server.answer = lambda call: Reply("", status=503, headers={"Retry-After": "7200"})
    visit(page)
    assert standing(page) == ("green", "current")
    assert again(page).next_visit_at - timezone.now() > timedelta(minutes=110)
    server.answer = lambda call: Reply("", status=500)
    waits = []
    for _turn in range(4):
        visit(page)
        waits.append(again(page).next_visit_at - timezone.now())
    assert standing(page) == ("broken", "error")
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=4)


def test_nobody_named_the_municipalitys_people_are_told_else_the_council(server):
    server.answer = lambda call: Reply("", status=404)
    council = make_person(Role.COORDINATOR)
    page = make_page(f"{server.url}/", contact_email="")
    visit(page)
    visit(page)
    assert told() == [("channel_broken", council.email, council.language)]
    officer = make_person(Role.MUNICIPALITY_OFFICER, make_organisation("kuhmo", "municipality"))
    assert queries.told(page) == [(officer.email, officer.language)]
    assert [one.key for one in queries.broken_for(officer)] == [page.key]


def test_the_address_is_kept_in_one_form_and_a_page_is_registered_once():
    make_region()
    town = make_municipality("kuhmo")

    def register(url: str, **values: Any) -> ChannelPage:
        given = {"title": "x", "url": url, **values}
        return services.create_page(municipality=town, values=given, by=None, now=timezone.now())

    page = register("WWW.Kuhmo.example/Tontit/ä?a=1#top")
    assert page.url == "https://www.kuhmo.example/Tontit/%C3%A4?a=1"
    assert page.place == "https://www.kuhmo.example/Tontit/%C3%A4"
    assert (len(page.key), page.key.isalnum(), page.key.islower() or page.key.isdigit()) == (8, True, True)
    with pytest.raises(ValidationError) as twice:
        register("https://www.kuhmo.example:443/Tontit/ä?a=1")
    assert list(twice.value.message_dict) == ["url"]
    for bad in ("http://kuhmo.example/", "https://u:p@kuhmo.example/", "ftp://kuhmo.example", "", "https://a.example:22/",
                "https://a.example/\x00", "javascript:alert(1)"):  # fmt: skip
        with pytest.raises(ValidationError) as error:
            register(bad)
        assert list(error.value.message_dict) == ["url"], bad
    with pytest.raises(ValidationError) as question:
        register(
            "https://b.example/",
            question="colour=red",
            contact_email="nobody",
            way="telepathy",
            language="de",
        )
    assert sorted(question.value.message_dict) == [
        "contact_email",
        "contact_language",
        "language",
        "question",
        "way",
    ]


def test_what_should_be_shown_is_what_the_embed_door_answers(client):
    for number, kind in enumerate(("plot", "premises", "plot")):
        publish(kind=kind, name={"fi": f"Kohde {number}"})
    publish(town="sotkamo")
    for question in (
        {},
        {"kind": "plot"},
        {"limit": "1"},
        {"sort": "name"},
        {"q": "Kohde"},
        {"examples": "no"},
    ):
        page = make_page("https://www.kuhmo.example/", question=question)
        answer = client.get("/embed/data.json", {"municipality": "kuhmo", "lang": "fi", **question})
        assert answer.json()["version"] == version_now(page) != NOTHING
        page.delete()


def test_another_address_is_looked_at_anew_and_another_persons_change_is_not_overwritten(server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    work()
    report(page)
    with pytest.raises(services.CannotChangeChannel):
        services.edit_page(page=page, values={"title": "y"}, by=None, now=timezone.now(), revision=7)
    services.edit_page(
        page=page, values={"title": "New", "agreed_on": None}, by=None, now=timezone.now(), revision=1
    )
    assert (standing(page), again(page).title) == (("green", "current"), "New")
    services.edit_page(
        page=page, values={"url": f"{server.url}/other"}, by=None, now=timezone.now(), revision=2
    )
    assert standing(page) == ("unknown", "unseen")
    work()
    assert standing(page) == ("unknown", "unopened")


def test_old_histories_go_the_last_change_of_each_page_stays(server):
    page = make_page(f"{server.url}/")
    now = timezone.now()
    for days in (500, 450, 10):
        page.events.create(at=now - timedelta(days=days), state="green", finding="current")
    keeping.tidy(now)
    assert page.events.count() == 1
    keeping.tidy(now + timedelta(days=900))
    assert page.events.count() == 1
    services.remove_page(page=page, by=None, now=now)
    keeping.tidy(now)
    assert ChannelHost.objects.count() == 0


def test_the_trend_says_how_pages_stood_at_the_end_of_each_day(server):
    page = make_page(f"{server.url}/")
    now = timezone.now()
    ChannelPage.objects.update(created_at=now - timedelta(days=3))
    page.events.create(at=now - timedelta(days=2), state="green", finding="current")
    page.events.create(at=now - timedelta(days=1), state="broken", finding="visit", seen="gone")
    days = queries.trend([again(page)], timezone.localdate(), days=5)
    stood = [next((state for state, count in one.counts.items() if count), "") for one in days]
    assert stood == ["", "unknown", "green", "broken", "broken"]


def test_the_demonstrations_page_is_registered_once_for_each_way_and_moves_with_its_port(server):
    from vetovoima.config.demonstration.channel_pages import register_pages

    make_region()
    town = make_municipality("kuhmo")
    assert register_pages(town, server.url, timezone.now()) == 3
    assert register_pages(town, server.url, timezone.now()) == 0
    old = server.place
    assert all(one.is_example and old in one.url for one in queries.all_pages())
    assert register_pages(town, "https://other.example", timezone.now()) == 0
    assert {one.url for one in queries.all_pages()} == {"https://other.example/"}
