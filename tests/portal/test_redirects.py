"""Pages that move: old addresses lead on, the other languages follow, what is taken down leads up; scheduled publishing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.factories import make_region
from tests.portal.packs import HOME, load
from vetovoima.activity.schedule import chores
from vetovoima.portal.checking import dead_links
from vetovoima.portal.models import SectionPage
from vetovoima.portal.tasks import publish_scheduled

pytestmark = pytest.mark.django_db
ENERGY: dict[str, Any] = {"path": "/energy/", "type": "section", "title": {"fi": "Energia", "en": "Energy"}}
GRID = {"path": "/energy/grid/", "type": "section", "title": {"fi": "Verkko", "en": "Grid"}}
LAND = {"path": "/land/", "type": "section", "title": {"fi": "Maa", "en": "Land"}}


@pytest.fixture(autouse=True)
def pages(tmp_path: Path) -> None:
    make_region()
    load(tmp_path, HOME, ENERGY, GRID, LAND)


def page(language: str, slug: str) -> SectionPage:
    found: SectionPage = SectionPage.objects.get(locale__language_code=language, slug=slug)
    return found


def leads(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_renamed_page_leads_on_with_its_children_in_every_language(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    renamed = page("en", "energy")
    renamed.slug = "power"
    with django_capture_on_commit_callbacks(execute=True):
        renamed.save_revision().publish()
    assert page("fi", "power").title == "Energia"
    for language in ("fi", "en"):
        assert client.get(f"/{language}/power/").status_code == 200
        assert leads(client, f"/{language}/energy/") == (301, f"/{language}/power/")
        assert leads(client, f"/{language}/energy/grid/") == (301, f"/{language}/power/grid/")


def test_a_moved_page_leads_on_and_its_languages_move_with_it(client: Client) -> None:
    page("en", "grid").move(page("en", "land"), pos="last-child")
    for language in ("fi", "en"):
        assert client.get(f"/{language}/land/grid/").status_code == 200
        assert leads(client, f"/{language}/energy/grid/") == (301, f"/{language}/land/grid/")


def test_a_draft_that_is_moved_takes_nothing_public_along(client: Client) -> None:
    page("en", "grid").unpublish()
    page("en", "grid").move(page("en", "land"), pos="last-child")
    assert client.get("/fi/energy/grid/").status_code == 200


def test_a_page_taken_down_leads_up_for_the_time_being_and_comes_back(client: Client) -> None:
    for language in ("fi", "en"):
        page(language, "grid").unpublish()
    assert leads(client, "/en/energy/grid/") == (302, "/en/energy/")
    page("en", "grid").save_revision().publish()
    assert client.get("/en/energy/grid/").status_code == 200


def test_a_page_taken_down_in_one_language_says_where_it_still_is(client: Client) -> None:
    page("en", "grid").unpublish()
    answer = client.get("/en/energy/grid/")
    assert answer.status_code == 200
    assert 'href="/fi/energy/grid/"' in answer.content.decode()


def test_links_that_lead_nowhere_are_found() -> None:
    here = page("en", "energy")
    here.body = '<p><a href="/en/land/">a</a> <a href="/en/nowhere/">b</a> <a href="/en/sites/">c</a> <a href="/en/sites/KAI-X-1/">d</a></p>'
    here.blocks.append(("action", {"text": "", "label": "Go", "url": "/lost/"}))
    assert dead_links(here) == ["/en/nowhere/", "/en/sites/KAI-X-1/", "/en/lost/"]


def test_scheduled_publishing_really_happens(client: Client) -> None:
    assert "portal.publish_scheduled" in [one.name for one in chores()]
    here = page("en", "land")
    here.title = "Land and premises"
    here.go_live_at = timezone.now() + timedelta(hours=1)
    revision = here.save_revision()
    revision.publish()
    here.refresh_from_db()
    assert (here.title, client.get("/en/land/").status_code) == ("Land", 200)
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publish_scheduled(timezone.now())
    here.refresh_from_db()
    assert (here.title, here.live) == ("Land and premises", True)


def test_a_page_whose_time_is_over_is_taken_down() -> None:
    here = page("en", "land")
    Page.objects.filter(pk=here.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled(timezone.now())
    here.refresh_from_db()
    assert (here.live, here.expired) == (False, True)
