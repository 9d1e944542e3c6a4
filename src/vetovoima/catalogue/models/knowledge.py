"""The fact bank, and the knowledge around it: policies, expertise, reference companies, permit paths."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach
from vetovoima.catalogue.enums import Method
from vetovoima.catalogue.knowledge.enums import (
    AssetKind,
    Confidence,
    ConsentUse,
    Exactness,
    FactState,
    PolicyLevel,
    PolicyTopic,
    Topic,
    UseKind,
)
from vetovoima.catalogue.knowledge.validators import validate_as_of, validate_unit
from vetovoima.common.fields import TranslatedField


class KnowledgeQuerySet(models.QuerySet[Any]):
    """What a person sees of the knowledge, and what they keep themselves."""

    def visible_to(self, user: Any) -> KnowledgeQuerySet:
        """Everything to whoever may see the fact bank, else nothing: none of it is confidential among partners."""
        return self if reach(user, Kind.FACTS, Action.VIEW) > Reach.NONE else self.none()


class Kept(models.Model):
    """What everything of the knowledge has: where it is from, who keeps it, when it is looked at again."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("municipality"), help_text=_("empty: the whole region"),
    )  # fmt: skip
    source: Any = models.JSONField(_("source"), default=dict, blank=True)
    as_of = models.CharField(_("as of"), max_length=10, blank=True, validators=[validate_as_of])
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    owner = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("kept by"),
    )  # fmt: skip
    owner_name = models.CharField(_("person who keeps it"), max_length=120, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def needs_review(self, today: date) -> bool:
        """Whether somebody should look whether it is still true."""
        return self.next_review_on is None or self.next_review_on < today


class KnownFact(Kept):
    """One fact with its one value. Changed by `knowledge.services`; pages and packs draw it by its code.

    A fact that names an `indicator` takes its value from there (`take_indicator_value`) and not from a person.
    """

    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    label = TranslatedField(verbose_name=_("name"))
    statement = TranslatedField(verbose_name=_("explanation"))
    number = models.FloatField(_("number"), null=True, blank=True)
    text = TranslatedField(verbose_name=_("value in words"))
    unit = models.CharField(_("unit"), max_length=20, blank=True, validators=[validate_unit])
    exactness = models.CharField(
        _("exactness"), max_length=10, choices=Exactness.choices, default=Exactness.EXACT
    )
    method = models.CharField(_("method"), max_length=10, choices=Method.choices, default=Method.DECLARED)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    indicator = models.SlugField(_("indicator"), max_length=80, blank=True)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"), default=12)
    state = models.CharField(_("state"), max_length=10, choices=FactState.choices, default=FactState.CURRENT)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("topic", "code")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "topic", "code"), name="known_fact_list")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | (Q(state="retired") & ~Q(replaced_by=F("id"))),
                name="known_fact_replaced_when_retired",
                violation_error_message=_("Only a retired fact is replaced, and never by itself."),
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values, state__in=FactState.values),
                name="known_fact_topic_and_state_known",
                violation_error_message=_("There is no such topic or state."),
            ),
        ]


class PolicyFact(Kept):
    """What a municipality, the region or the state does about land, prices, taxes, aid and permits, and since when."""

    level = models.CharField(_("whose policy"), max_length=20, choices=PolicyLevel.choices)
    topic = models.CharField(_("topic"), max_length=20, choices=PolicyTopic.choices)
    title = TranslatedField(verbose_name=_("name"))
    text = TranslatedField(verbose_name=_("content"))
    number = models.FloatField(_("number"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True, validators=[validate_unit])
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ("topic", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="policy_fact_valid_in_order",
                violation_error_message=_("The policy ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(level=PolicyLevel.MUNICIPALITY, municipality__isnull=False)
                | (~Q(level=PolicyLevel.MUNICIPALITY) & Q(municipality__isnull=True)),
                name="policy_fact_level_fits",
                violation_error_message=_(
                    "Name the municipality whose policy it is; leave it empty for the region's and the state's."
                ),
            ),
        ]

    def is_in_force(self, today: date) -> bool:
        """Whether it has begun and not ended; one without dates is in force as far as is known."""
        begun = self.valid_from is None or self.valid_from <= today
        return begun and (self.valid_until is None or self.valid_until >= today)


class KnowledgeAsset(Kept):
    """A campus, laboratory, test site or data centre, with what it does for an investor."""

    kind = models.CharField(_("kind"), max_length=20, choices=AssetKind.choices)
    name = TranslatedField(verbose_name=_("name"))
    summary = TranslatedField(verbose_name=_("summary"))
    services = TranslatedField(verbose_name=_("services to investors"))
    capacity = TranslatedField(verbose_name=_("capacity"))
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    facts: Any = models.JSONField(_("facts of the bank"), default=list, blank=True)
    is_flagship = models.BooleanField(_("named in the strategy as a flagship"), default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-is_flagship", "position", "code")


class ReferenceCompany(Kept):
    """A company that lets itself be named. Without a valid consent nothing of it is public."""

    name = models.CharField(_("company"), max_length=200)
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("sector"),
    )  # fmt: skip
    since = models.CharField(_("in the region since"), max_length=10, blank=True, validators=[validate_as_of])
    story = TranslatedField(verbose_name=_("story"))
    quote = TranslatedField(verbose_name=_("quotation"))
    website = models.URLField(_("website"), blank=True)
    consent_by = models.CharField(_("consent given by"), max_length=120, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_until = models.DateField(_("consent valid until"), null=True, blank=True)
    consent_for: Any = models.JSONField(_("consent given for"), default=list, blank=True)
    consent_withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "code")
        verbose_name_plural = "reference companies"

    def may_be_used(self, use: str, today: date) -> bool:
        """Whether a consent is in force that names the use: given by somebody, on a day, until a day, not withdrawn."""
        if not self.consent_by or self.consent_on is None or self.consent_until is None:
            return False
        in_time = self.consent_on <= today <= self.consent_until
        return in_time and self.consent_withdrawn_on is None and use in self.consent_for

    def is_public(self, today: date) -> bool:
        """Whether the portal may show it today."""
        return self.may_be_used(ConsentUse.PORTAL, today)


class PermitPath(Kept):
    """The permits and decisions that a kind of project needs, as data; its steps in their order."""

    name = TranslatedField(verbose_name=_("name"))
    summary = TranslatedField(verbose_name=_("summary"))
    kinds: Any = models.JSONField(_("kinds of records"), default=list, blank=True)
    profiles: Any = models.JSONField(_("profiles"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")


class PermitStep(models.Model):
    """One step of a path. Times are months; empty means that no source on record states them.

    `source` is the law, with its address; `practice` is where the times, documents and ways to apply were read.
    """

    path = models.ForeignKey("catalogue.PermitPath", on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    name = TranslatedField(verbose_name=_("step"))
    decides = TranslatedField(verbose_name=_("who decides"))
    when = TranslatedField(verbose_name=_("when it is needed"))
    months_from = models.FloatField(_("months, from"), null=True, blank=True)
    months_to = models.FloatField(_("months, to"), null=True, blank=True)
    cost = TranslatedField(verbose_name=_("cost"))
    legal_basis = TranslatedField(verbose_name=_("legal basis"))
    appeal = TranslatedField(verbose_name=_("appeal"))
    source: Any = models.JSONField(_("source"), default=dict, blank=True)
    result = TranslatedField(verbose_name=_("what one gets"))
    documents = TranslatedField(verbose_name=_("documents and forms"))
    time_note = TranslatedField(verbose_name=_("what the time is of"))
    online = TranslatedField(verbose_name=_("how to apply"))
    online_url = models.URLField(_("where to apply online"), max_length=300, blank=True)
    contact = TranslatedField(verbose_name=_("how to reach the authority"))
    practice: Any = models.JSONField(_("source of times and documents"), default=dict, blank=True)

    class Meta:
        ordering = ("path", "position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(months_from__isnull=True)
                | Q(months_to__isnull=True)
                | Q(months_from__lte=F("months_to")),
                name="permit_step_months_in_order",
                violation_error_message=_("The shortest time is longer than the longest."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.path_id} {self.position}"


class FactUse(models.Model):
    """That a page or a record names a fact. Written by `knowledge.uses.note_uses` when the text is stored."""

    fact_code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=UseKind.choices)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=5, blank=True)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("kind", "title", "language", "pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("fact_code",), name="fact_use_of_fact")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("fact_code", "kind", "key", "language"), name="fact_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.fact_code}: {self.title}"
