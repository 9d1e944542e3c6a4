"""Pages that show the offer, what each should have shown when, and how each stood."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .enums import By, Finding, PageState, Seen, Way


class ChannelPageQuerySet(models.QuerySet["ChannelPage"]):
    """Adjectives for lists of registered pages."""

    def visible_to(self, user: Any) -> ChannelPageQuerySet:
        """Those of a person's own municipality, or all; the region's own are seen by those who see all."""
        furthest = reach(user, Kind.CHANNEL, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.CHANNEL, Action.VIEW))
        return self.none()


class ChannelHost(models.Model):
    """A server that has registered pages: of several workers one at a time visits it."""

    name = models.CharField(max_length=260, unique=True)
    #: names the outbox item that comes next; moved by each turn of the visitor
    turn = models.PositiveBigIntegerField(default=1)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ChannelPage(models.Model):
    """A page on somebody's site that shows the offer. Changed by `channels.services`; how it stands is noted by
    `channels.visiting` and `channels.reports`.

    `municipality` None is the region's own. `key` is public: it stands in the embed and in the links out of it.
    """

    key = models.CharField(max_length=8, unique=True)
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    host = models.ForeignKey("syndication.ChannelHost", on_delete=models.PROTECT, related_name="pages")
    title = models.CharField(_("name"), max_length=120)
    #: as `addresses.normal_address` writes it
    url = models.CharField(_("address"), max_length=2000)
    #: the address without what stands behind "?", as an embed reports it
    place = models.CharField(max_length=2000, db_index=True)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.COMPONENT)
    language = models.CharField(max_length=5, default="fi")
    #: the embed's parameters by name, beside municipality and language
    question = models.JSONField(default=dict, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_language = models.CharField(max_length=5, default="fi")
    #: who keeps the page up, and on which day that was agreed (the strategy, 8: "ylläpidosta sovitaan")
    keeper = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreement = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    #: how it stands, and since when
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.UNKNOWN)
    finding = models.CharField(max_length=12, choices=Finding.choices, default=Finding.UNSEEN)
    state_at = models.DateTimeField()
    #: the last visit that learnt something, what it found, the answer's status, and where it was forwarded to
    visited_at = models.DateTimeField(null=True, blank=True)
    seen = models.CharField(max_length=14, choices=Seen.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    landed = models.CharField(max_length=2000, blank=True)
    #: the embed's last report that was believed
    reported_at = models.DateTimeField(null=True, blank=True)
    #: the last version that was seen, when and by whom
    version = models.CharField(max_length=12, blank=True)
    version_at = models.DateTimeField(null=True, blank=True)
    version_by = models.CharField(max_length=6, choices=By.choices, blank=True)
    #: when a version was last seen there that the page was never to show
    strange_at = models.DateTimeField(null=True, blank=True)
    #: visits in a row that found something to mend, and when the contact was told
    failures = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    next_visit_at = models.DateTimeField(db_index=True)

    objects = ChannelPageQuerySet.as_manager()

    class Meta:
        ordering = ("municipality__slug", "title", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="channel_way_known"),
            models.CheckConstraint(condition=Q(state__in=PageState.values), name="channel_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("host", "next_visit_at"), name="channel_due"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.host_name})"

    @property
    def host_name(self) -> str:
        """The server's name."""
        return (urlsplit(self.url).hostname or "")[:200]

    @property
    def shown_place(self) -> str:
        """The municipality, or several divided by commas, whose offer it shows; "" is the whole region."""
        return self.municipality.slug if self.municipality else str(self.question.get("municipality", ""))

    @property
    def origin(self) -> str:
        """Scheme, name and port, as browsers say them."""
        parts = urlsplit(self.landed or self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def reason(self) -> Any:
        """Why it stands so, as a sentence that says what to mend."""
        if self.finding == Finding.VISIT and self.seen in Seen.values:
            return Seen(self.seen).label
        return Finding(self.finding).label if self.finding in Finding.values else ""


class ChannelVersion(models.Model):
    """A version that a page was to show: since when, and until when; None is now."""

    page = models.ForeignKey("syndication.ChannelPage", on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("page",), condition=Q(until__isnull=True), name="channel_one_version_now"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("page", "version"), name="channel_version"),
        ]

    def __str__(self) -> str:
        return self.version


class ChannelEvent(models.Model):
    """A change of how a page stands; kept for a while, for its history and the board's trend."""

    page = models.ForeignKey("syndication.ChannelPage", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=PageState.choices)
    finding = models.CharField(max_length=12, choices=Finding.choices)
    seen = models.CharField(max_length=14, choices=Seen.choices, blank=True)
    version = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=6, choices=By.choices, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("page", "-at"), name="channel_event")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.state}"

    @property
    def reason(self) -> Any:
        """Why, as a sentence."""
        if self.finding == Finding.VISIT and self.seen in Seen.values:
            return Seen(self.seen).label
        return Finding(self.finding).label if self.finding in Finding.values else ""
