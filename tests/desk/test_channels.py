"""Pages that show the offer at the desk, by API and by command: one's own, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.common.loopback import Reply, Server, running_server
from tests.desk.meanwhile import gone_after_it_was_found
from tests.factories import make_municipality, make_organisation, make_person, make_region
from tests.syndication.channel_world import again, component, make_page, report, shows, standing, visit, work
from tests.syndication.webhook_world import allowed
from vetovoima.accounts.enums import Role
from vetovoima.accounts.services import create_key
from vetovoima.desk.channels import working
from vetovoima.monitoring.visits.counting import Key, store_sums
from vetovoima.syndication.channels.lines import lines_for
from vetovoima.syndication.models import ChannelPage

pytestmark = pytest.mark.django_db
FORM = {"title": "Plots", "url": "https://www.kuhmo.example/tontit", "way": "component", "language": "fi",
        "contact_language": "fi", "question": "kind=plot\nmin_area=2", "contact_email": "web@kuhmo.example",
        "keeper": "Communications", "agreed_on": "2026-11-02", "agreement": "Kept by the town."}  # fmt: skip


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    cache.clear()
    with running_server() as running, allowed(settings, running.place):
        yield running


@pytest.fixture
def officer() -> Any:
    make_region()
    make_municipality("kuhmo")
    return make_person(Role.MUNICIPALITY_OFFICER, make_organisation("kuhmo", "municipality"))


def of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def browser(officer: Any) -> Client:
    return of(officer)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_page_is_registered_with_its_agreement_and_shown_with_its_lines(browser):
    browser.post("/desk/channels/new/", {**FORM, "place": "kuhmo"})
    page = ChannelPage.objects.get()
    assert (page.question, str(page.agreed_on), page.municipality.slug) == (
        {"kind": "plot", "min_area": "2"}, "2026-11-02", "kuhmo",
    )  # fmt: skip
    shown = text_of(browser.get(f"/desk/channels/{page.key}/"))
    for words in ("Communications", "Kept by the town.", f"channel=&quot;{page.key}&quot;", "Not known yet",
                  "web@kuhmo.example", "Site not allowed", "It has not been visited yet."):  # fmt: skip
        assert words in shown
    board = text_of(browser.get("/desk/channels/"))
    assert "Plots" in board
    assert "By municipality" not in board, "a municipality sees its own"


def test_a_form_with_mistakes_keeps_what_was_typed_and_says_what_to_mend(browser):
    answer = browser.post(
        "/desk/channels/new/",
        {**FORM, "url": "http://10.0.0.1/", "question": "colour=red", "title": "", "place": "kuhmo"},
    )
    shown = text_of(answer)
    assert (ChannelPage.objects.count(), answer.status_code) == (0, 200)
    for words in ("http://10.0.0.1/", "colour=red", "Unknown parameters: colour.", "Only plain https addresses",
                  "Give it a name of at most 120 characters.", "Kept by the town."):  # fmt: skip
        assert words in shown


def test_visit_edit_and_removal_and_two_visits_pressed_at_once_are_one(browser, server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    for _press in range(2):
        browser.post(f"/desk/channels/{page.key}/visit/")
    work()
    assert len(server.calls) == 1
    assert again(page).seen == "embed"
    browser.post(f"/desk/channels/{page.key}/visit/")
    work()
    assert len(server.calls) == 1, "not again within seconds"
    assert "nobody has opened it yet" in text_of(browser.get(f"/desk/channels/{page.key}/"))
    answer = browser.post(f"/desk/channels/{page.key}/edit/", {**FORM, "url": page.url, "revision": "7"})
    assert "Somebody else changed this page" in text_of(answer)
    browser.post(
        f"/desk/channels/{page.key}/edit/", {**FORM, "url": page.url, "title": "Renamed", "revision": "1"}
    )
    assert again(page).title == "Renamed"
    browser.post(f"/desk/channels/{page.key}/remove/")
    assert ChannelPage.objects.count() == 0


@pytest.mark.parametrize("button", ["visit", "remove"])
def test_what_somebody_else_removed_meanwhile_is_said_in_words(browser, monkeypatch, button):
    page = make_page("https://www.kuhmo.example/tontit")
    gone_after_it_was_found(monkeypatch, working, "page_or_404")
    answer = browser.post(f"/desk/channels/{page.key}/{button}/", follow=True)
    assert answer.redirect_chain == [("/desk/channels/", 302)]
    assert "The page was removed meanwhile." in text_of(answer)


def test_the_council_sees_all_by_municipality_in_words_and_what_came_from_each(server):
    make_municipality("paltamo")
    good, bad = (
        make_page(f"{server.url}/good"),
        make_page(f"{server.url}/bad", town="sotkamo", title="Second page"),
    )
    server.answer = lambda call: Reply("", status=404)
    visit(bad)
    shows(server, component())
    visit(good)
    report(good)
    today = timezone.localdate()
    store_sums({Key(today, "view", "sites/", "fi", "embed", good.key): 7, Key(today, "enquiry", "enquiry/", "fi", "embed", good.key): 2})  # fmt: skip
    council = of(make_person(Role.COORDINATOR))
    shown = text_of(council.get("/desk/channels/"))
    for words in ("Up to date", "Broken", "There is nothing at this address (404).", "Paltamo", "no page registered",
                  "seen by the embed&#x27;s own report", "The last two weeks", '<td class="num" data-label="Pages read this month">7</td>',
                  '<td class="num" data-label="Enquiries this month">&lt;5</td>'):  # fmt: skip
        assert words in shown, words
    assert shown.index("Second page") < shown.index("Plots for companies"), (
        "what has to be mended comes first"
    )
    narrowed = text_of(council.get("/desk/channels/?state=broken"))
    assert ("Second page" in narrowed, "Plots for companies" in narrowed) == (True, False)
    narrowed = text_of(council.get("/desk/channels/?place=kuhmo&state=nonsense"))
    assert ("Second page" in narrowed, "Plots for companies" in narrowed) == (False, True)
    own = text_of(council.get(f"/desk/channels/{good.key}/"))
    assert "What came from it" in own
    assert "How it stood" in own


def test_a_municipality_neither_sees_nor_touches_anothers_page(browser, officer):
    other, region = (
        make_page("https://other.example/", town="sotkamo", title="Sotkamo page"),
        make_page("https://region.example/", town=None),
    )
    assert "Sotkamo page" not in text_of(browser.get("/desk/channels/"))
    for page in (other, region):
        base = f"/desk/channels/{page.key}/"
        answers = [
            browser.get(base),
            browser.get(f"{base}edit/"),
            browser.post(f"{base}visit/"),
            browser.post(f"{base}remove/"),
        ]
        assert [one.status_code for one in answers] == [404] * 4
    for place in ("sotkamo", "-"):
        browser.post("/desk/channels/new/", {**FORM, "place": place})
    assert ChannelPage.objects.count() == 2
    assert of(make_person(Role.FUNDER)).get("/desk/channels/").status_code == 403


def test_a_page_that_stays_broken_is_on_the_day_of_those_who_can_mend_it(browser, server):
    server.answer = lambda call: Reply("", status=404)
    page = make_page(f"{server.url}/")
    visit(page)
    assert "does not show the offer" not in text_of(browser.get("/desk/"))
    visit(page)
    assert "A page does not show the offer" in text_of(browser.get("/desk/"))


# by key


@pytest.fixture
def api(officer: Any) -> Any:
    """This will call the API as the officer's program."""
    _key, token = create_key(
        owner=officer, organisation=officer.memberships.get().organisation, name="Test",
        scopes=["channels:read", "channels:write"], days=30, by=officer, now=timezone.now(),
    )  # fmt: skip
    client = Client()

    def call(method: str, path: str, payload: Any = None, **headers: str) -> Any:
        return client.generic(
            method, f"/api/v1/channels{path}", json.dumps(payload) if payload is not None else "",
            content_type="application/json", headers={"Authorization": f"Bearer {token}", **headers},
        )  # fmt: skip

    return call


def test_a_program_registers_changes_visits_and_removes(api, server):
    shows(server, component())
    made = api(
        "POST", "", {"municipality": "kuhmo", "title": "CMS", "url": server.url, "question": {"kind": "plot"}}
    )
    assert made.status_code == 201
    key = made.json()["key"]
    assert (made.json()["state"], made.json()["url"]) == ("unknown", f"{server.url}/")
    assert made.json()["month"] == {
        "month": f"{timezone.localdate():%Y-%m}",
        "arrivals": 0,
        "views": 0,
        "enquiries": 0,
    }
    assert (
        api("PATCH", f"/{key}", {"question": {}, "agreed_on": "2026-11-02"}).json()["agreed_on"]
        == "2026-11-02"
    )
    assert api("POST", f"/{key}/visit").status_code == 202
    work()
    assert api("GET", f"/{key}").json()["finding"] == "unopened"
    assert [one["key"] for one in api("GET", "?state=unknown").json()["items"]] == [key]
    assert api("GET", "?state=broken").json()["total"] == 0
    assert api("POST", "", {"municipality": "kuhmo", "title": "CMS", "url": server.url}).status_code == 422
    assert api("PATCH", f"/{key}", {"url": "http://127.0.0.1:1/"}).status_code == 422
    assert (
        api("PATCH", f"/{key}", {"question": {"colour": "red"}}).json()["errors"][0]["pointer"] == "/question"
    )
    assert api("DELETE", f"/{key}").status_code == 204
    assert api("GET", f"/{key}").status_code == 404


def test_a_key_reaches_no_further_than_its_owner(api):
    other = make_page("https://other.example/", town="sotkamo")
    payload = {"title": "CMS", "url": "https://page.example/"}
    assert api("GET", "").json()["total"] == 0
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/visit")):
        assert api(method, f"/{other.key}{path}", {} if method == "PATCH" else None).status_code == 404
    assert api("POST", "", {**payload, "municipality": "sotkamo"}).status_code == 403
    assert api("POST", "", payload).status_code == 403
    assert api("POST", "", {**payload, "municipality": "nowhere"}).status_code == 422


# by command


def command(*arguments: str) -> Any:
    out = StringIO()
    call_command("channel", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_operator_does_it_by_command(server):
    make_region()
    make_municipality("kuhmo")
    made = command(
        "create", "--url", server.url, "--title", "CMS", "--municipality", "kuhmo", "--filter", "kind=plot"
    )
    assert f'channel="{made["key"]}"' in made["lines"][1]
    shows(server, component(more='kind="plot"'))
    command("visit", made["key"])
    work()
    page = ChannelPage.objects.get()
    assert standing(page) == ("unknown", "unopened")
    assert [one["key"] for one in command("list", "--state", "unknown")] == [made["key"]]
    assert command("show", made["key"])["reason"].startswith("The embed is on the page")
    assert command("remove", made["key"]) == {"key": made["key"], "state": "removed"}
    for wrong in (("show", "nothing0"), ("create", "--url", "ftp://x", "--title", "x"), ("create", "--url", server.url, "--title", "x", "--municipality", "nowhere")):  # fmt: skip
        with pytest.raises(CommandError):
            command(*wrong)


def test_without_json_a_command_prints_a_line_for_each_and_what_is_to_be_pasted_below():
    page = make_page("https://www.kuhmo.example/tontit")
    out = StringIO()
    call_command("channel", "list", stdout=out)
    told = (page.key, "unknown", "kuhmo", page.way, "www.kuhmo.example", page.title, "–", "–")
    assert out.getvalue() == "  ".join(told) + "\n"
    out = StringIO()
    call_command("channel", "show", page.key, stdout=out)
    assert out.getvalue().endswith("\n" + "\n".join(lines_for(page)) + "\n")


def test_times_are_told_with_the_page(browser, server):
    page = make_page(f"{server.url}/")
    shows(server, component())
    work()
    report(page)
    ChannelPage.objects.update(state_at=timezone.now() - timedelta(days=2))
    shown = text_of(browser.get(f"/desk/channels/{page.key}/"))
    assert "It has 1 hour for it." in shown
    assert "Next visit" in shown
