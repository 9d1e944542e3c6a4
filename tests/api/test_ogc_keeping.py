"""Features follow what is published: made with the documents, removed with them, made for what was there before."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.syndication import services
from vetovoima.syndication.features.asking import choice_of
from vetovoima.syndication.features.memory import Memory
from vetovoima.syndication.features.queries import Wish, feature_page, one_feature, public_mark
from vetovoima.syndication.features.reading import read
from vetovoima.syndication.features.rendering import HOST
from vetovoima.syndication.models import PublishedDocument, PublishedFeature
from vetovoima.syndication.queries import public_state
from vetovoima.syndication.receivers import render_what_has_no_feature

pytestmark = pytest.mark.django_db


def shown(language: str = "en") -> list[dict[str, Any]]:
    return [
        json.loads(one.replace(HOST, b"") + b"}")["properties"]
        for one in feature_page(Wish(language), limit=10).features
    ]


def test_a_feature_says_what_the_document_says() -> None:
    site = make_site(state="published", area_m2=500)
    for language in ("fi", "en", "sv"):
        body = PublishedDocument.objects.get(code=site.code, language=language).body
        (told,) = shown(language)
        assert (told["version"], told["updated_at"], told["licence"]) == (
            body["version"],
            body["updated_at"],
            body["licence"],
        )
        assert (told["name"], told["kind_label"]) == (body["name"]["text"], body["kind"]["label"])
        assert (told["languages"], told["url"]) == (body["languages"], body["url"])
        figures = {one["field"]: one["value"] for one in body["key_facts"]}
        assert {name: told[name] for name in figures} == figures


def test_what_was_published_before_there_were_features_gets_them() -> None:
    site = make_site(state="published")
    PublishedFeature.objects.filter(language="sv").delete()
    before = public_state()[0]
    render_what_has_no_feature()
    assert [one["code"] for one in shown("sv")] == [site.code]
    assert (PublishedFeature.objects.count(), public_state()[0] > before) == (3, True)
    after = public_state()[0]
    render_what_has_no_feature()
    assert public_state()[0] == after


def test_all_can_be_made_anew_and_keep_their_places() -> None:
    make_site(state="published")
    rows = list(PublishedFeature.objects.order_by("pk").values_list("pk", "code", "language", "spot"))
    assert services.render_features_again() == 1
    assert list(PublishedFeature.objects.order_by("pk").values_list("pk", "code", "language", "spot")) == rows


def test_a_publication_that_fails_leaves_no_feature() -> None:
    site = make_site(state="submitted")
    with pytest.raises(RuntimeError), transaction.atomic():
        catalogue.publish_site(site=site, by=None, now=NOW)
        raise RuntimeError
    assert shown() == []


def test_what_a_process_keeps_is_never_older_than_what_is_stored() -> None:
    site = make_site(state="published", area_m2=1)
    assert shown()[0]["area_m2"] == 1
    changed = catalogue.edit_site(site=site, values={"area_m2": 2}, by=None, now=NOW, revision=None)
    catalogue.publish_site(site=changed, by=None, now=NOW + timedelta(days=1))
    assert (shown()[0]["area_m2"], shown()[0]["version"]) == (2, 2)
    catalogue.withdraw_site(site=changed, by=make_person(Role.COORDINATOR), now=NOW)
    assert (shown(), one_feature("en", site.code)) == ([], None)


def test_a_process_keeps_no_more_than_it_may() -> None:
    memory = Memory(most=10_000)
    for key in range(100):
        memory.put(key, (1, b"x" * 1_000))
    assert memory.size <= 10_000
    assert list(memory.entries) == list(range(92, 100))
    for _again in range(50):
        memory.put(99, (2, b"x" * 1_000))
    assert (len(memory.entries), memory.entries[99][0]) == (8, 2)


def test_a_page_tells_the_version_that_it_was_read_at() -> None:
    make_site(state="published")
    version, changed_at = public_state()
    page = feature_page(Wish("en"), limit=5, with_version=True)
    assert page.version is not None and page.version.changed_at is not None
    assert (page.version.version, public_mark()) == (version, (version, changed_at))
    assert abs(page.version.changed_at - changed_at) < timedelta(milliseconds=1)
    assert page.count == 1


def test_the_statement_of_a_box_is_prepared_once() -> None:
    make_site(state="published")
    wishes = [Wish("en", boxes=((west, 63.0, 29.0, 65.0),)) for west in (27.0, 27.5, 28.0)]
    for wish in wishes:
        assert feature_page(wish, limit=5, with_version=True).count == 1
    # SQLite's driver keeps statements by their text, and so do we on PostgreSQL: there is one for every box
    assert len({choice_of(wish, 6).sql for wish in wishes}) == 1
    if connection.vendor == "postgresql":
        asked = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
        assert read(asked, ["%unnest%"]) == [(1,)]


def test_a_connection_that_died_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def dead(*_given: Any) -> Any:
        calls.append(1)
        raise connection.Database.OperationalError("gone")

    monkeypatch.setattr("vetovoima.syndication.features.reading._rows", dead)
    with pytest.raises(connection.Database.OperationalError):
        read("SELECT 1", ())
    assert len(calls) == 1, "inside a transaction nothing can be done again"
