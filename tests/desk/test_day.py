"""My day and the shell around every page."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.desk.conftest import signed_in
from tests.desk.reading import words
from tests.factories import make_enquiry, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role


def test_the_most_urgent_comes_first(council: Client) -> None:
    now = timezone.now()
    site = make_site(state="submitted")
    later = make_enquiry(first_answer_due_at=now + timedelta(days=2))
    late = make_enquiry(first_answer_due_at=now - timedelta(hours=2))
    page = words(council.get("/desk/"))
    assert "3 things wait for you" in page
    assert page.index(late.reference) < page.index(later.reference) < page.index(site.code)
    assert "no owner yet" in page


def test_a_municipality_sees_its_drafts_and_gaps(town: Client) -> None:
    make_site("sotkamo")
    own = make_site("kuhmo")
    page = words(town.get("/desk/"))
    assert f"Draft: submit when ready {own.code}" in page
    assert "1 thing waits for you" in page
    assert f"First gaps of your own records Position on the map {own.code}" in page


def test_an_empty_day_says_so(town: Client) -> None:
    assert "Nothing waits for you" in words(town.get("/desk/"))


def test_the_rail_shows_only_areas_that_open(council: Client, town: Client) -> None:
    board = signed_in(make_person(Role.BOARD_MEMBER))
    for client in (council, town, board):
        page = client.get("/desk/")
        rail = page.content.decode().split('class="desk-rail"', 1)[1].split("</nav>", 1)[0]
        links = [part.split('"', 1)[0] for part in rail.split('href="')[1:]]
        assert 0 < len(links) <= 8
        assert {link: client.get(link).status_code for link in links if link != "/cms/"} == {
            link: 200 for link in links if link != "/cms/"
        }


def test_who_is_signed_out_comes_back_after_signing_in(db: None) -> None:
    answer = Client().get("/desk/sites/?state=draft")
    assert answer.headers["Location"] == "/accounts/login/?next=/desk/sites/%3Fstate%3Ddraft"


def test_desk_pages_are_kept_by_nobody(town: Client) -> None:
    assert town.get("/desk/").headers["Cache-Control"] == "no-store"
    assert town.get("/desk/").headers["Referrer-Policy"] == "same-origin"
