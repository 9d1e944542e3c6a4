"""Who else shows the region's offer, what was given to them and in which version, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.common.fields import TranslatedField

from .enums import GIVEN, ChannelKind, DeliveryState, FeePeriod, FileForm, Outcome, Way


class PartnerChannelQuerySet(models.QuerySet["PartnerChannel"]):
    """Adjectives for lists of partner channels."""

    def visible_to(self, user: Any) -> PartnerChannelQuerySet:
        """All of them for those who work with them, else none: the register holds no secrets of one municipality."""
        return self if reach(user, Kind.PARTNER, Action.VIEW) == Reach.ALL else self.none()

    def active_on(self, today: date) -> PartnerChannelQuerySet:
        """Those that are in use on a day."""
        begun = Q(active_from=None) | Q(active_from__lte=today)
        return self.filter(begun, Q(active_until=None) | Q(active_until__gte=today))


class PartnerChannel(models.Model):
    """An agency, platform, network, chamber or fair to which the offer is given. Changed by `partners.services`.

    Whatever is given is published already; `kinds` narrows it to what the channel takes.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = TranslatedField(verbose_name=_("name"))
    kind = models.CharField(max_length=10, choices=ChannelKind.choices)
    purpose = TranslatedField(verbose_name=_("purpose"))
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        "directory.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    website = models.CharField(_("address on the web"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail for deliveries"), blank=True)
    #: None is not known, 0 is free
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    fee_period = models.CharField(max_length=10, choices=FeePeriod.choices, blank=True)
    #: kinds of records that it takes; empty is all
    kinds = models.JSONField(default=list, blank=True)
    rules = TranslatedField(verbose_name=_("sharing rules"))
    languages = models.JSONField(default=list, blank=True)
    source = models.JSONField(default=dict, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)
    #: after so many days without a receipt somebody asks
    answer_days = models.PositiveSmallIntegerField(default=21)
    #: the contact plan: how often we speak, and when next; None is that nothing is agreed
    talk_months = models.PositiveSmallIntegerField(null=True, blank=True)
    talk_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerChannelQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="partner_kind_known"),
            models.CheckConstraint(condition=Q(fee=None) | Q(fee__gte=0), name="partner_fee_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    def is_active(self, today: date) -> bool:
        """Whether anything is given to it on a day."""
        begun = self.active_from is None or self.active_from <= today
        return begun and (self.active_until is None or self.active_until >= today)


class PartnerTalk(models.Model):
    """One conversation with a channel: the log of the contact plan."""

    channel = models.ForeignKey("syndication.PartnerChannel", on_delete=models.CASCADE, related_name="talks")
    happened_on = models.DateField()
    topic = models.CharField(max_length=500)
    noted_by = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("-happened_on", "-pk")

    def __str__(self) -> str:
        return f"{self.channel_id} {self.happened_on}"


class PartnerDeliveryQuerySet(models.QuerySet["PartnerDelivery"]):
    """Adjectives for lists of deliveries."""

    def visible_to(self, user: Any) -> PartnerDeliveryQuerySet:
        """Those of a person's own municipality and those that hold a record of it, or all."""
        furthest = reach(user, Kind.DELIVERY, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest != Reach.OWN:
            return self.none()
        own = municipality_ids(user, Kind.DELIVERY, Action.VIEW)
        held = DeliveredRecord.objects.filter(
            municipality_id__in=own, delivery__state__in=GIVEN, delivery__municipality=None
        )
        return self.filter(Q(municipality_id__in=own) | Q(pk__in=held.values("delivery_id")))

    def given(self) -> PartnerDeliveryQuerySet:
        """Those that have left the house."""
        return self.filter(state__in=GIVEN)

    def complete(self) -> PartnerDeliveryQuerySet:
        """With everything that a page of a delivery needs beside its records."""
        return self.select_related(
            "channel__organisation", "municipality", "contact__organisation", "receipt_file"
        )


class PartnerDelivery(models.Model):
    """Published records and facts, given to a channel in one language. Changed by `partners.services` alone.

    `municipality` None is the region's own. What was packed is kept in `DeliveryFile` to the byte. `revision` moves with
    every change.
    """

    code = models.SlugField(max_length=80, unique=True)
    channel = models.ForeignKey(
        "syndication.PartnerChannel", on_delete=models.PROTECT, related_name="deliveries"
    )
    number = models.PositiveIntegerField()
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.DRAFT)
    language = models.CharField(max_length=5, default="en")
    title = models.CharField(_("title"), max_length=160)
    message = models.TextField(_("message"), blank=True)
    facts = models.JSONField(default=list, blank=True)
    contact = models.ForeignKey(
        "directory.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    packed_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the JSON file, and the mark of the versions in it (`channels.versions`)
    digest = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=20, blank=True)

    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_by_name = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    sent_to = models.CharField(max_length=300, blank=True)

    received_on = models.DateField(null=True, blank=True)
    receipt_reference = models.CharField(max_length=120, blank=True)
    receipt_note = models.TextField(blank=True)
    receipt_file = models.ForeignKey(
        "media.StoredFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    shown_on = models.DateField(null=True, blank=True)
    shown_url = models.CharField(max_length=500, blank=True)

    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    #: numbers alone: who asked is in the enquiries, with their own rights
    enquiry_count = models.PositiveIntegerField(null=True, blank=True)
    lead_count = models.PositiveIntegerField(null=True, blank=True)
    deal_url = models.CharField(max_length=500, blank=True)
    outcome_note = models.TextField(blank=True)

    objects = PartnerDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("channel", "number"), name="partner_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="partner_delivery_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "sent_on"), name="partner_delivery_due"),
            models.Index(fields=("municipality", "-created_at"), name="partner_delivery_town"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_given(self) -> bool:
        """Whether it has left the house."""
        return self.state in GIVEN

    @property
    def answer_by(self) -> date | None:
        """The day until which a receipt is waited for; None when none is."""
        if self.state != DeliveryState.SENT or self.sent_on is None:
            return None
        return self.sent_on + timedelta(days=self.channel.answer_days)


class DeliveredRecord(models.Model):
    """One published record in a delivery: the version that was given, the one they show, and whether it is still public."""

    delivery = models.ForeignKey(
        "syndication.PartnerDelivery", on_delete=models.CASCADE, related_name="records"
    )
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    #: the version that was packed; None before
    version = models.PositiveIntegerField(null=True, blank=True)
    #: the version seen on their pages; None is not seen there
    shown_version = models.PositiveIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)

    #: what we publish now, None for nothing; read by `queries.with_public_versions`, never stored
    public_version: int | None = None
    #: its page below a language of the portal, empty for nothing
    public_path: str = ""

    class Meta:
        ordering = ("delivery", "position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("delivery", "code"), name="delivered_record_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("code",), name="delivered_record_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_behind(self) -> bool:
        """Whether they show an older version than we do."""
        return _is_less(self.shown_version, self.public_version)

    @property
    def is_outdated(self) -> bool:
        """Whether we have published a newer version than was given."""
        return _is_less(self.version, self.public_version)


def _is_less(version: int | None, than: int | None) -> bool:
    return version is not None and than is not None and version < than


class DeliveryFile(models.Model):
    """One file of a delivery, to the byte as it was packed. Written with the packing and never changed."""

    delivery = models.ForeignKey(
        "syndication.PartnerDelivery", on_delete=models.CASCADE, related_name="files"
    )
    form = models.CharField(max_length=5, choices=FileForm.choices)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("delivery", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("delivery", "form"), name="delivery_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
