"""Several workers, several visits: one at a time at a server, none of one waits for another, nothing is lost."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from tests.common.loopback import Reply, running_server
from tests.syndication.channel_world import again, component, make_page, page_of, publish, report, work
from tests.syndication.webhook_world import allowed
from vetovoima.activity import beside
from vetovoima.activity.models import OutboxItem
from vetovoima.syndication.channels import keeping, looking, queries, services, visiting
from vetovoima.syndication.channels.looking import Sight, look_at
from vetovoima.syndication.channels.turns import VISIT
from vetovoima.syndication.models import ChannelEvent, ChannelHost, ChannelPage


@pytest.mark.django_db(transaction=True)
def test_a_server_is_visited_by_one_at_a_time_and_servers_do_not_wait_for_each_other(settings):
    cache.clear()
    at_once: list[int] = []
    inside = threading.Semaphore(0)
    lock, now_in = threading.Lock(), [0]

    def slowly(_call: Any) -> Reply:
        with lock:
            now_in[0] += 1
            at_once.append(now_in[0])
        time.sleep(0.15)
        with lock:
            now_in[0] -= 1
        inside.release()
        return page_of(component())

    def never(_call: Any) -> Reply:
        time.sleep(3)
        return Reply()

    with running_server() as live, running_server() as dead, allowed(settings, live.place, dead.place):
        live.answer, dead.answer = slowly, never
        pages = [make_page(f"{live.url}/{number}") for number in range(4)]
        make_page(f"{dead.url}/")
        started = time.monotonic()
        with beside.Beside("first"), beside.Beside("second"):
            while len(live.calls) < 4 and time.monotonic() - started < 30:
                time.sleep(0.02)
            took = time.monotonic() - started
        connection.close()
    assert max(at_once) == 1, "two visited the same server at once"
    assert sorted(call.path for call in live.calls) == ["/0", "/1", "/2", "/3"]
    assert took < looking.CALL_SECONDS, "one that hangs held the others"
    assert {again(page).seen for page in pages} == {"embed"}


@pytest.mark.django_db(transaction=True)
def test_visits_and_reports_of_one_page_at_once_lose_nothing(settings):
    cache.clear()
    with running_server() as server, allowed(settings, server.place):
        server.answer = lambda call: page_of(component())
        publish()
        page = make_page(f"{server.url}/")
        problems: list[Exception] = []

        def do(what: Any) -> None:
            try:
                what()
            except Exception as error:  # noqa: BLE001
                problems.append(error)
            finally:
                connection.close()

        def press() -> None:
            services.visit_page(page=page, by=None, now=timezone.now())

        jobs = [
            press,
            press,
            lambda: report(page),
            lambda: report(page),
            lambda: visiting.keep(page, look_at(page)),
        ]
        threads = [threading.Thread(target=do, args=[job]) for job in jobs * 2]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        work()
        connection.close()
    assert problems == []
    assert (again(page).state, again(page).finding, again(page).seen) == ("green", "current", "embed")
    assert ChannelEvent.objects.filter(page=page, state="green").count() == 1


@pytest.mark.django_db
def test_a_page_that_changes_or_goes_while_it_is_looked_at_is_not_judged_by_that_look():
    page = make_page("https://www.kuhmo.example/")
    sight = Sight(seen=looking.Seen.GONE, at=timezone.now())
    old = again(page)
    services.edit_page(
        page=page, values={"url": "https://www.kuhmo.example/new"}, by=None, now=timezone.now(), revision=None
    )
    visiting.keep(old, sight)
    assert (again(page).state, again(page).visited_at) == ("unknown", None)
    services.remove_page(page=page, by=None, now=timezone.now())
    assert visiting.keep(old, sight) is None


@pytest.mark.django_db
def test_a_turn_that_was_lost_or_whose_worker_died_is_taken_up(settings):
    cache.clear()
    with running_server() as server, allowed(settings, server.place):
        server.answer = lambda call: page_of(component())
        page = make_page(f"{server.url}/")
        host = ChannelHost.objects.get()
        now = timezone.now()
        ChannelHost.objects.update(claim="dead", claimed_until=now + timedelta(seconds=30))
        assert visiting.take_turn(host.pk, host.turn) == 0, "somebody is there"
        OutboxItem.objects.all().delete()
        assert keeping.wake_lost(now) == 0
        ChannelHost.objects.update(claimed_until=now - timedelta(seconds=1))
        assert keeping.wake_lost(now) == 1
        work()
        assert again(page).seen == "embed"
        assert queries.due_hosts(timezone.now()).count() == 0


@pytest.mark.django_db
def test_a_server_whose_pages_went_meanwhile_keeps_no_other_from_its_lost_turn(monkeypatch):
    gone, kept = make_page("https://gone.example/").host, make_page("https://kept.example/").host
    OutboxItem.objects.all().delete()
    monkeypatch.setattr(keeping, "due_hosts", lambda now: [gone, kept])
    ChannelPage.objects.filter(host=gone).delete()
    ChannelHost.objects.filter(pk=gone.pk).delete()
    assert keeping.wake_lost(timezone.now()) == 1
    assert OutboxItem.objects.get(topic=VISIT).payload == {"host": kept.pk, "turn": kept.turn + 1}


@pytest.mark.django_db
def test_trouble_of_our_own_is_held_against_no_page(settings, monkeypatch):
    cache.clear()
    with running_server() as server, allowed(settings, server.place):
        server.answer = lambda call: page_of(component())
        page = make_page(f"{server.url}/")
        work()
        report(page)
        monkeypatch.setattr(looking, "what_is_shown", lambda *_what: 1 / 0)
        ChannelPage.objects.update(next_visit_at=timezone.now())
        assert look_at(page).seen == "ours"
        services.visit_page(page=page, by=None, now=timezone.now() + timedelta(minutes=1))
        work()
        assert (again(page).state, again(page).failures) == ("green", 0)
        assert ChannelHost.objects.get().claim == "", "the server is free again"


@pytest.mark.django_db
def test_the_files_of_the_bundle_carry_the_mark_that_is_expected_of_them(settings):
    from vetovoima.reference.queries import municipality, region
    from vetovoima.syndication.bundles import pages
    from vetovoima.syndication.bundles.about import About
    from vetovoima.syndication.channels.expected import version_now
    from vetovoima.syndication.models import PublishedDocument

    publish()
    publish()
    page = make_page("https://www.kuhmo.example/", way="bundle")
    rows = PublishedDocument.objects.in_language("fi").order_by("code")
    text = str(
        pages.fragment(
            About(region(), municipality("kuhmo"), "https://invest.example", timezone.now(), 1),
            "fi",
            [row.body for row in rows],
        )
    )
    assert f'data-vetovoima-version="{version_now(page)}"' in text
