"""Writing and removing features; called where a record's documents are written and removed, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import cast

from django.db.models import Exists, OuterRef

from vetovoima.reference.queries import with_lead_sectors
from vetovoima.syndication.documents import SiteDocument
from vetovoima.syndication.models import PublishedDocument

from .models import PublishedFeature
from .rendering import feature_of

#: columns that a rendering writes anew; a row keeps its key, so that a reader of pages meets no record twice
WRITTEN = [one.name for one in PublishedFeature._meta.fields if one.name not in ("id", "language", "code")]
#: records in one statement
MANY = 200
_FEATURE = PublishedFeature.objects.filter(language=OuterRef("language"), code=OuterRef("code"))


def put_features(several: Iterable[Mapping[str, SiteDocument]]) -> None:
    """This will store the features of records, given the documents of each by language."""
    rows = []
    for documents in several:
        sectors = with_lead_sectors([one["slug"] for one in next(iter(documents.values()))["sectors"]])
        rows += [feature_of(document, sectors) for document in documents.values()]
    PublishedFeature.objects.bulk_create(
        rows,
        batch_size=MANY,
        update_conflicts=True,
        unique_fields=["language", "code"],
        update_fields=WRITTEN,
    )


def drop_features(codes: Iterable[str]) -> None:
    """This will remove the features of records that are no longer public."""
    PublishedFeature.objects.filter(code__in=list(codes)).delete()


def render_again(codes: Iterable[str] | None = None) -> int:
    """This will make features anew out of the stored documents (all, or those of some codes); returns how many records.

    For documents that were written before there were features, or when the shape of a feature changes.
    """
    rows = (
        PublishedDocument.objects.all()
        if codes is None
        else PublishedDocument.objects.filter(code__in=list(codes))
    )
    wanted = sorted(rows.order_by().values_list("code", flat=True).distinct())
    for start in range(0, len(wanted), MANY):
        piece = PublishedDocument.objects.filter(code__in=wanted[start : start + MANY]).order_by(
            "code", "language"
        )
        by_code = groupby(piece.only("code", "language", "body"), key=attrgetter("code"))
        put_features(
            {one.language: cast("SiteDocument", one.body) for one in several} for _code, several in by_code
        )
    return len(wanted)


def without_feature() -> list[str]:
    """The codes of public records that lack their feature in some language."""
    missing = (
        PublishedDocument.objects.annotate(has=Exists(_FEATURE))
        .filter(has=False)
        .order_by()
        .values_list("code", flat=True)
    )
    return list(missing.distinct())
