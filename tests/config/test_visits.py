"""Counting where every page passes: from the cache or not, without a cookie, and not for those who do not wish it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client

from tests.factories import make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.monitoring.models import DailyCount
from vetovoima.monitoring.visits import counting, partners
from vetovoima.monitoring.visits.counting import counts
from vetovoima.monitoring.visits.partners import forget_known_sources

pytestmark = pytest.mark.django_db(transaction=True)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def pages(settings: Any, tmp_path: Path) -> Iterator[None]:
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "pages": backend}
    settings.VETOVOIMA_CAMPAIGNS = ["fair-2026"]
    make_region()
    make_municipality("kuhmo")
    forget_known_sources()
    counts.take()
    yield
    counts.take()
    forget_known_sources()
    caches["pages"].clear()


def visit(path: str = "/en/permits/", client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(path, headers={"user-agent": BROWSER, **headers})


def counted() -> list[tuple[str, str, str, str, int]]:
    return sorted(
        (one.what, one.path, one.origin, one.detail, number) for one, number in counts.take().items()
    )


def test_pages_from_the_cache_are_counted_like_others() -> None:
    first, second = visit(referer="https://duckduckgo.com/"), visit(referer="https://duckduckgo.com/")
    assert second.headers["X-Page-Cache"] == "hit"
    assert first.headers["Server-Timing"] == second.headers["Server-Timing"] == 'via;desc="search"'
    assert not second.cookies
    assert counted() == [("entry", "permits/", "search", "", 2), ("view", "permits/", "search", "", 2)]


def test_the_source_in_an_address_neither_splits_the_cache_nor_comes_back_from_it() -> None:
    visit()
    again = visit("/en/permits/?utm_campaign=fair-2026&utm_medium=mail")
    carried = visit("/en/permits/?via=search")
    assert [again.headers["X-Page-Cache"], carried.headers["X-Page-Cache"]] == ["hit", "hit"]
    assert visit().headers["Server-Timing"] == 'via;desc="direct"'
    assert [one for one in counted() if one[0] == "entry"] == [
        ("entry", "permits/", "campaign", "fair-2026", 1), ("entry", "permits/", "direct", "", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [{"dnt": "1"}, {"sec-gpc": "1"}, {"user-agent": "curl/8"}, {"sec-purpose": "prefetch"}, {"hx-request": "true"},
     {"sec-fetch-dest": "iframe"}],
)  # fmt: skip
def test_who_does_not_wish_it_and_what_is_no_reader_is_not_counted(headers: dict[str, str]) -> None:
    response = visit(**headers)
    assert response.status_code == 200
    assert "Server-Timing" not in response.headers
    assert counted() == []


def test_people_of_the_desk_and_pages_that_are_not_there_are_not_counted() -> None:
    client = Client()
    client.force_login(make_person(Role.COORDINATOR))
    visit(client=client)
    visit("/en/not-here/")
    visit("/robots.txt")
    assert counted() == []


def test_pages_from_the_cache_need_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    visit()
    forget_known_sources()
    asked = []

    def silent() -> None:
        asked.append(1)
        raise OperationalError

    monkeypatch.setattr(partners, "organisations", silent)

    answers = [visit(referer="https://duckduckgo.com/") for _time in range(2)]

    assert [(one.status_code, one.headers.get("X-Page-Cache")) for one in answers] == [(200, "hit")] * 2
    assert len(asked) == 1, "a database that does not answer is not asked for every page"


#: what a browser sends of its own when somebody follows a link on another site
OPENED = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "fi,en;q=0.5",
    "referer": "https://www.google.com/",
    "sec-fetch-dest": "document",
    "sec-fetch-mode": "navigate",
    "sec-fetch-site": "cross-site",
    "sec-fetch-user": "?1",
    "upgrade-insecure-requests": "1",
}


def test_a_browsers_visit_is_stored_by_the_process_itself_and_read_at_the_desk(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VETOVOIMA_VISITS_IN_BACKGROUND = True
    monkeypatch.setattr(counting, "STORE_AFTER_SECONDS", 0.2)
    first = visit(**OPENED)
    # the page's script hands on what it was told, and the browser what page it comes from
    carried = first.headers["Server-Timing"].partition("desc=")[2].strip('"')
    inside = {**OPENED, "referer": "http://testserver/en/permits/", "sec-fetch-site": "same-origin"}
    visit(f"/en/enquiry/?via={carried}", **inside)

    deadline = time.monotonic() + 20
    while DailyCount.objects.count() < 3 and time.monotonic() < deadline:
        time.sleep(0.05)

    rows = DailyCount.objects.order_by("what", "path").values_list(
        "what", "path", "language", "origin", "count"
    )
    assert list(rows) == [
        ("entry", "permits/", "en", "search", 1),
        ("view", "enquiry/", "en", "search", 1),
        ("view", "permits/", "en", "search", 1),
    ]
    client = Client()
    client.force_login(make_person(Role.COORDINATOR))
    # a few visitors are never told apart
    assert "&lt;5" in client.get("/desk/visits/").content.decode()
