"""The joint list: other regions' records as they were read last, ours among them, region by region in their order of
names. Nothing of the search of our own offer is asked or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from vetovoima.catalogue.enums import Precision, SiteKind
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Region
from vetovoima.reference.queries import region as our_region
from vetovoima.syndication.licences import licence_address
from vetovoima.syndication.models import PublishedDocument

from .enums import OTHER, kind_label
from .models import FollowedSource, ForeignRecord

#: ours in the choice of regions
OURS = "own"
PAGE, MOST_PAGE, MOST_POINTS = 50, 500, 2_000


@dataclass(frozen=True)
class JointRegion:
    """A region of the joint list: whose records they are, under what they stand, how many there are."""

    key: str
    name: Translated
    home: str
    licence: str
    attribution: str
    count: int
    is_own: bool
    #: when the source was last read well; None for ours, which is here
    read_at: datetime | None = None
    is_late: bool = False
    examples: int = 0

    @property
    def real(self) -> int:
        """How many of its records are no examples."""
        return self.count - self.examples

    @property
    def licence_url(self) -> str:
        """Where the licence is to be read, or ""."""
        return licence_address(self.licence)


@dataclass(frozen=True)
class JointRecord:
    """One record of the joint list, ours or another region's, in one shape."""

    key: str
    code: str
    region: JointRegion
    url: str
    name: str
    name_language: str
    summary: str
    summary_language: str
    kind: str
    place_name: str
    precision: str
    latitude: float | None
    longitude: float | None
    area_m2: float | None
    floor_area_m2: float | None
    power_mw: float | None
    is_example: bool
    licence: str
    updated_at: datetime | None
    #: when it came here; None for ours
    fetched_at: datetime | None = None
    #: when its source was last seen to have it; None for ours
    seen_at: datetime | None = None
    is_late: bool = False

    @property
    def kind_label(self) -> str:
        """The kind in the active language."""
        return kind_label(self.kind)

    @property
    def precision_label(self) -> str:
        """How exactly its place is known, in the active language; "" for one without a place."""
        return str(Precision(self.precision).label) if self.latitude is not None else ""

    @property
    def licence_url(self) -> str:
        """Where its licence is to be read, or ""."""
        return licence_address(self.licence)


@dataclass(frozen=True)
class Wish:
    """What is asked of the joint list: a region's key and a kind, each "" for all."""

    language: str
    region: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        # no key and no kind holds one, and PostgreSQL refuses to be asked for it
        for name in ("region", "kind"):
            object.__setattr__(self, name, getattr(self, name).replace("\0", ""))


@dataclass(frozen=True)
class JointPage:
    """One page of the joint list; the regions with their numbers stand in it whatever was asked."""

    records: list[JointRecord]
    regions: list[JointRegion]
    total: int
    next_offset: int | None


def joint_regions(language: str, now: datetime, kind: str = "") -> list[JointRegion]:
    """The regions in the order of their names: ours, and every followed one, also one of which nothing is shown yet."""
    shown = ForeignRecord.objects.shown(now).filter(**_of_kind(kind)).order_by()
    rows = shown.values_list("source").annotate(
        number=Count("pk"), example_number=Count("pk", filter=Q(is_example=True))
    )
    counts = {source: (count, examples) for source, count, examples in rows}
    found = [_neighbour(one, *counts.get(one.pk, (0, 0))) for one in FollowedSource.objects.all()]
    if (ours := our_region()) is not None:
        found.append(_own(ours, language, kind))
    return sorted(found, key=lambda one: (one.name.best(language)[0].casefold(), one.key))


def _of_kind(kind: str) -> dict[str, str]:
    return {"kind": kind} if kind else {}


def _neighbour(source: FollowedSource, count: int, examples: int) -> JointRegion:
    return JointRegion(
        source.key, source.title, source.home, source.licence_shown, source.attribution, count, is_own=False,
        read_at=source.last_good_at, is_late=source.is_late, examples=examples,
    )  # fmt: skip


def _own(ours: Region, language: str, kind: str) -> JointRegion:
    counted = _documents(language, kind).aggregate(
        number=Count("pk"), example_number=Count("pk", filter=Q(is_example=True))
    )
    return JointRegion(
        OURS, ours.name, f"/{language}/", ours.licence, "", counted["number"], is_own=True,
        examples=counted["example_number"],
    )  # fmt: skip


def _documents(language: str, kind: str) -> QuerySet[PublishedDocument]:
    rows = PublishedDocument.objects.in_language(language).filter(**_of_kind(kind))
    return rows.order_by("sort_name", "code").defer("body", "geometry")


def joint_page(wish: Wish, now: datetime, *, offset: int = 0, limit: int = PAGE) -> JointPage:
    """This will return one page of the joint list; `limit` is bounded to 1–500.

    Each region's part is cut out of its own index: what it costs hangs on the page, not on how much there is.
    """
    limit = max(1, min(limit, MOST_PAGE))
    regions = joint_regions(wish.language, now, wish.kind)
    asked = [one for one in regions if wish.region in ("", one.key)]
    records: list[JointRecord] = []
    start = offset
    for one in asked:
        if start < one.count and len(records) < limit:
            records += _part(one, wish, now, start, start + limit - len(records))
        start = max(0, start - one.count)
    total = sum(one.count for one in asked)
    after = offset + limit
    return JointPage(records, regions, total, after if after < total else None)


def _part(one: JointRegion, wish: Wish, now: datetime, start: int, end: int) -> list[JointRecord]:
    if one.is_own:
        return [_ours(row, one) for row in _documents(wish.language, wish.kind)[start:end]]
    return [_theirs(row, one, wish.language) for row in _foreign(one.key, wish.kind, now)[start:end]]


def _foreign(key: str, kind: str, now: datetime) -> QuerySet[ForeignRecord]:
    rows = ForeignRecord.objects.shown(now).filter(source__key=key, **_of_kind(kind))
    return rows.order_by("sort_name", "pk")


def _ours(row: PublishedDocument, of: JointRegion) -> JointRecord:
    card: dict[str, Any] = row.card
    figures = {fact["field"]: fact["value"] for fact in card["key_facts"] if fact["known"]}
    return JointRecord(
        key=row.code, code=row.code, region=of, url=card["url"],
        name=card["name"]["text"], name_language=card["name"]["language"],
        summary=card["summary"]["text"], summary_language=card["summary"]["language"],
        kind=row.kind, place_name=card["municipality"]["name"], precision=card["place"]["precision"],
        latitude=row.latitude, longitude=row.longitude, area_m2=figures.get("area_m2"),
        floor_area_m2=figures.get("floor_area_m2"), power_mw=figures.get("free_capacity_mw"), is_example=row.is_example, licence=card["licence"], updated_at=row.updated_at,
    )  # fmt: skip


def _theirs(row: ForeignRecord, of: JointRegion, language: str) -> JointRecord:
    name, name_language = row.name.best(language)
    summary, summary_language = row.summary.best(language)
    return JointRecord(
        key=f"{of.key}-{row.pk}", code=row.code, region=of, url=row.url.best(language)[0] or of.home,
        name=name, name_language=name_language, summary=summary, summary_language=summary_language,
        kind=row.kind, place_name=row.place_name, precision=row.precision, latitude=row.latitude,
        longitude=row.longitude, area_m2=row.area_m2, floor_area_m2=row.floor_area_m2, power_mw=row.power_mw,
        is_example=row.is_example, licence=row.licence, updated_at=row.updated_at, fetched_at=row.fetched_at,
        seen_at=row.seen_at,
        # what a reading that was not whole did not find is not withdrawn, and not new either
        is_late=of.is_late or (of.read_at is not None and row.seen_at < of.read_at),
    )  # fmt: skip


def joint_points(wish: Wish, now: datetime) -> Iterator[JointRecord]:
    """The records that have a place, for the map: at most 2,000 of each region."""
    for one in joint_regions(wish.language, now, wish.kind):
        if wish.region not in ("", one.key):
            continue
        if one.is_own:
            rows = _documents(wish.language, wish.kind).exclude(latitude=None)[:MOST_POINTS]
            yield from (_ours(row, one) for row in rows)
        else:
            placed = _foreign(one.key, wish.kind, now).exclude(latitude=None)[:MOST_POINTS]
            yield from (_theirs(row, one, wish.language) for row in placed)


def follows_anybody() -> bool:
    """Whether any other region is followed at all."""
    return FollowedSource.objects.exists()


def kinds_shown(language: str, now: datetime) -> list[str]:
    """The kinds of which there is any record, in the collection standard's order; `other` last."""
    there = set(_documents(language, "").order_by().values_list("kind", flat=True).distinct())
    there |= set(ForeignRecord.objects.shown(now).order_by().values_list("kind", flat=True).distinct())
    return [one for one in (*SiteKind.values, OTHER) if one in there]
