"""What syndication does when the catalogue says that something became public, or is no longer."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from vetovoima.activity.models import Fact
from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import subscribe
from vetovoima.catalogue.queries import published_leaning_on
from vetovoima.catalogue.queries import site as site_by_code

from . import services, tasks
from .features.keeping import without_feature
from .models import PublishedDocument, PublishedFeature, SearchEntry


@subscribe("catalogue.site.published")
def render_published_site(fact: Fact) -> None:
    """This will write the documents in the transaction that publishes: both happen or neither."""
    found = site_by_code(fact.code)
    if found is not None:
        services.render_site(found, fact.at, localtime(fact.at).date())
        if published_leaning_on(fact.code):
            key = f"{tasks.LEANING}:{fact.code}:{found.published_version}"
            enqueue(tasks.LEANING, key, {"code": fact.code}, now=fact.at)


@subscribe("catalogue.site.withdrawn")
def remove_withdrawn_site(fact: Fact) -> None:
    """This will remove the documents in the transaction that withdraws, and the name from the records that lean on it."""
    services.remove_site(fact.code)
    services.render_leaning_on(fact.code, localtime(fact.at).date())


@subscribe("catalogue.site.photo_removed")
@subscribe("catalogue.site.file_removed")
@subscribe("catalogue.site.file_closed")
@subscribe("catalogue.site.file_infected")
@subscribe("catalogue.site.file_clean")
def render_without_or_with_a_file(fact: Fact) -> None:
    """This will take what was closed off the public side at once, and add a document that the scanner let out."""
    services.refresh_site(fact.code, localtime(fact.at).date())


def render_what_draws_on_it(fact: Fact) -> None:
    """This will render again the records whose texts name a fact of the bank that changed."""
    services.render_users_of(fact.code, localtime(fact.at).date())


for _did in ("edited", "loaded", "confirmed", "retired", "followed"):
    subscribe(f"catalogue.fact.{_did}")(render_what_draws_on_it)


def index_what_has_no_entry(**_told: Any) -> None:
    """This will make public records found by the search that were published before it kept entries of them."""
    if SearchEntry._meta.db_table in connection.introspection.table_names():
        known = SearchEntry.objects.values("code")
        missing = PublishedDocument.objects.exclude(code__in=known).values_list("code", flat=True).distinct()
        if codes := list(missing.order_by()):
            services.index_again(codes)


def render_what_has_no_feature(**_told: Any) -> None:
    """This will make the features of public records that were published before there were any."""
    if PublishedFeature._meta.db_table in connection.introspection.table_names() and (
        codes := without_feature()
    ):
        services.render_features_again(codes)
