"""The page cache: fast for strangers, never stale after a publication, never for those signed in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from tests.factories import NOW, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.config.middleware import PageCacheMiddleware

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def pages(settings: Any, tmp_path: Path) -> Iterator[None]:
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "pages": backend}
    yield
    caches["pages"].clear()


@pytest.fixture
def site() -> Site:
    return make_site("kuhmo", state="published", name=Translated(en="Old name"))


def page(client: Client, site: Site, **headers: str) -> Any:
    return client.get(f"/en/sites/{site.code}/", headers=headers)


def test_the_second_reader_is_answered_from_the_cache(site: Site) -> None:
    first, second = page(Client(), site), page(Client(), site)
    assert not first.has_header("X-Page-Cache")
    assert second.headers["X-Page-Cache"] == "hit"
    assert second.content == first.content


def test_a_publication_is_seen_at_once(site: Site) -> None:
    page(Client(), site)
    edited = catalogue.edit_site(
        site=site, values={"name": {"en": "New name"}}, by=None, now=NOW, revision=None
    )
    assert b"Old name" in page(Client(), site).content
    catalogue.publish_site(site=edited, by=None, now=NOW)
    assert b"New name" in page(Client(), site).content


def test_a_browser_that_has_the_page_gets_304_and_others_get_it_compressed(site: Site) -> None:
    first = page(Client(), site, accept_encoding="gzip")
    assert b"Old name" in gzip.decompress(first.content)
    again = page(Client(), site, accept_encoding="gzip", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_who_is_signed_in_is_neither_answered_from_it_nor_kept_in_it(site: Site) -> None:
    page(Client(), site)
    client = Client()
    client.force_login(make_person(Role.COORDINATOR))
    assert not page(client, site).has_header("X-Page-Cache")
    assert not client.get("/desk/").has_header("X-Page-Cache")


def test_the_enquiry_form_is_never_kept(site: Site) -> None:
    for _reader in range(2):
        response = Client().get("/en/enquiry/")
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.has_header("X-Page-Cache")


def test_what_sets_a_cookie_or_says_no_store_is_not_public() -> None:
    from django.http import HttpResponse

    with_cookie = HttpResponse("x")
    with_cookie.set_cookie("a", "b")
    assert not PageCacheMiddleware._is_public(with_cookie)
    assert not PageCacheMiddleware._is_public(HttpResponse("x", headers={"Cache-Control": "private"}))
    assert not PageCacheMiddleware._is_public(HttpResponse("x", headers={"Vary": "Cookie"}))
    assert PageCacheMiddleware._is_public(HttpResponse("x"))


@pytest.mark.parametrize(
    "content_type",
    [
        "application/pdf",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
)
def test_files_to_take_along_are_not_public_pages(content_type: str) -> None:
    from django.http import HttpResponse

    assert not PageCacheMiddleware._is_public(HttpResponse("x", content_type=content_type))


def test_a_large_body_is_answered_and_not_kept(rf: Any) -> None:
    from django.http import HttpResponse

    make_region()
    asked: list[str] = []

    def answer(request: Any) -> HttpResponse:
        asked.append(request.path)
        return HttpResponse("x" * (300_001 if request.path == "/en/large/" else 300_000))

    middleware = PageCacheMiddleware(answer)
    answers = [middleware(rf.get(path)) for path in ("/en/large/", "/en/small/") for _time in range(2)]
    assert asked == ["/en/large/", "/en/large/", "/en/small/"]
    assert len(answers[1].content) == 300_001
