"""The shortlist: without an account, without script, in one cookie that is set when it is asked for."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services
from vetovoima.portal.shortlist_cookie import NAME
from vetovoima.syndication.shortlists import read_codes

pytestmark = pytest.mark.django_db
PAGE = "/en/shortlist/"


@pytest.fixture
def strict() -> Client:
    """A client that enforces CSRF, as a browser without our cookies meets the service."""
    return Client(enforce_csrf_checks=True)


def shown(client: Client, address: str = PAGE) -> list[str]:
    """The codes of the list in its order."""
    return re.findall(r'class="site-row" data-code="([^"]+)"', client.get(address).content.decode())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("KAI-KUH-0001,KAI-KUH-0002", ["KAI-KUH-0001", "KAI-KUH-0002"]),
        ("kai-kuh-0001.KAI-KUH-0001", ["KAI-KUH-0001"]),
        ("", []),
        ("<script>,../..,KAI--1,-,'; drop", ["DROP"]),
        ("A" * 31, []),
    ],
)
def test_codes_are_read_and_anything_else_is_left_out(text, codes):
    assert read_codes([text]) == codes


def test_at_most_forty():
    assert len(read_codes([",".join(f"A-{n}" for n in range(99))])) == 40


def test_no_page_sets_a_cookie_until_the_list_is_asked_for(client):
    site = make_site(state="published")

    for address in ("/en/sites/", f"/en/sites/{site.code}/", PAGE, f"{PAGE}?sites={site.code}"):
        assert not client.get(address).cookies, address


def test_adding_works_without_script_and_says_so(strict):
    site = make_site(state="published")

    answer = strict.post(PAGE, {"add": site.code, "back": "/en/sites/?q=x"})

    cookie = answer.cookies[NAME]
    assert (answer.status_code, cookie.value, cookie["samesite"], cookie["path"]) == (
        302,
        site.code,
        "Lax",
        "/",
    )
    assert answer["Cache-Control"] == "no-store"
    after = strict.get(answer["Location"]).content.decode()
    assert f"{site.code} is on your shortlist." in after
    assert 'href="/en/sites/?q=x"' in after
    assert shown(strict) == [site.code]


def test_the_own_list_is_kept_by_no_cache_and_the_shared_one_is_the_same_for_everybody(client):
    site, other = make_site(state="published"), make_site(state="published")
    client.post(PAGE, {"add": site.code})

    assert "no-store" in client.get(PAGE)["Cache-Control"]
    assert shown(client, f"{PAGE}?sites={other.code}") == [other.code]
    shared = client.get(f"{PAGE}?sites={other.code}")
    assert "no-store" not in shared.get("Cache-Control", "")
    fresh = Client().get(f"{PAGE}?sites={other.code}")
    assert fresh.content == shared.content


def test_the_search_is_the_same_with_and_without_a_list(client):
    site = make_site(state="published")
    before = client.get("/en/sites/").content
    client.post(PAGE, {"add": site.code})

    assert client.get("/en/sites/").content == before


def test_sites_are_taken_off_and_the_last_one_takes_the_cookie_along(client):
    site, other = make_site(state="published"), make_site(state="published")
    for one in (site, other, site):
        client.post(PAGE, {"add": one.code})
    assert shown(client) == [site.code, other.code]

    client.post(PAGE, {"remove": site.code})
    assert shown(client) == [other.code]
    answer = client.post(PAGE, {"remove": other.code})
    assert answer.cookies[NAME]["max-age"] == 0
    assert "Nothing is on the list yet" in client.get(PAGE).content.decode()


def test_a_shared_list_is_added_to_the_own_one(client):
    site, other = make_site(state="published"), make_site(state="published")
    client.post(PAGE, {"add": site.code})

    client.post(PAGE, {"keep": f"{other.code},{site.code}"})

    assert shown(client) == [site.code, other.code]
    client.post(PAGE, {"clear": "1"})
    assert shown(client) == []


def test_a_full_list_says_so_and_loses_nothing(client):
    client.cookies[NAME] = ".".join(f"TUU-X-{n}" for n in range(40))

    answer = client.post(PAGE, {"add": "TUU-Y-1"})

    assert answer.cookies[NAME].value.count(".") == 39
    assert "TUU-Y-1" not in answer.cookies[NAME].value
    assert "Your shortlist is full" in client.get(answer["Location"]).content.decode()


def test_what_was_withdrawn_is_said_kindly_and_leads_to_others(client):
    site, gone, moved = (make_site(state="published") for _time in range(3))
    by = make_person(Role.COORDINATOR)
    services.withdraw_site(site=gone, by=by, now=NOW)
    services.withdraw_site(site=moved, by=by, now=NOW, redirect_code=site.code)

    text = client.get(f"{PAGE}?sites={gone.code},{moved.code},{site.code}").content.decode()

    assert "No longer offered" in text
    assert f"?municipality={gone.municipality.slug}" in text
    assert f"{site.code} took its place" in text


def test_nothing_is_told_of_what_never_was_public(client):
    draft = make_site()

    text = client.get(f"{PAGE}?sites={draft.code}").content.decode()

    assert "No longer offered" not in text
    assert f'data-code="{draft.code}"' not in text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_the_way_back_stays_on_the_service(client, back):
    site = make_site(state="published")

    answer = client.post(PAGE, {"add": site.code, "back": back})

    assert "evil" not in answer["Location"]
    said = client.get(f"{PAGE}?did=added&code={site.code}&back={back}").content.decode()
    assert "Back to where you were" not in said


def test_the_link_and_its_code_are_on_the_page(client, settings):
    site, other = make_site(state="published"), make_site(state="published")
    for one in (site, other):
        client.post(PAGE, {"add": one.code})

    text = client.get(PAGE).content.decode()

    address = f"{settings.VETOVOIMA_PUBLIC_URL}{PAGE}?sites={site.code},{other.code}"
    assert f'value="{address}"' in text
    assert f"/en/shortlist/qr.svg?sites={site.code},{other.code}" in text
    code = client.get(f"/en/shortlist/qr.svg?sites={site.code},{other.code}")
    assert (code["Content-Type"], "public" in code["Cache-Control"]) == ("image/svg+xml", True)


def test_a_long_list_costs_few_queries(client, django_assert_max_num_queries):
    codes = [make_site(state="published").code for _time in range(8)]

    with django_assert_max_num_queries(25):
        assert len(shown(client, f"{PAGE}?sites={','.join(codes)}")) == 8


@pytest.mark.parametrize("sent", [{"clear": "1"}, {"add": "EVIL-1"}, {"keep": "EVIL-1"}])
def test_what_another_site_sends_leaves_the_list_as_it_is(strict, sent):
    answer = strict.post(PAGE, sent, headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert NAME not in answer.cookies
