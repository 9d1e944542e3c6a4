"""The sheet of a sector: what it says, its strengths against the outside pull, its niches, questions and homework."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach
from vetovoima.catalogue.knowledge.validators import validate_as_of
from vetovoima.catalogue.sectors.enums import NicheState, Score, SheetState
from vetovoima.common.fields import TranslatedField


class SectorSheetQuerySet(models.QuerySet["SectorSheet"]):
    """Which sheets somebody sees."""

    def visible_to(self, user: Any) -> SectorSheetQuerySet:
        """Every sheet to whoever sees the fact bank; to an expert, the sheets that they are named to review."""
        if reach(user, Kind.FACTS, Action.VIEW) > Reach.NONE:
            return self
        return self.filter(reviewer_id=user.pk) if user.pk else self.none()

    def public_on(self, today: date) -> SectorSheetQuerySet:
        """Those that an expert has reviewed and whose review is in force."""
        return self.filter(state=SheetState.REVIEWED, expires_on__gte=today)

    def whole(self) -> SectorSheetQuerySet:
        """With everything that stands on it."""
        return self.select_related("sector__parent", "reviewer", "contact").prefetch_related(
            "strengths", "pulls", "niches", "questions", "homework"
        )


class SectorSheet(models.Model):
    """One sector's sheet. Changed by `sectors.services` alone; what is edited after its review is a draft again."""

    sector = models.OneToOneField("reference.Sector", on_delete=models.PROTECT, related_name="+")
    summary = TranslatedField(verbose_name=_("summary"))
    figures: Any = models.JSONField(_("key figures"), default=list, blank=True)
    source: Any = models.JSONField(_("source"), default=dict, blank=True)
    contact = models.ForeignKey(
        "directory.Contact", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("contact person"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    reviewer = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("expert who signs in"),
    )  # fmt: skip
    reviewer_name = models.CharField(_("expert"), max_length=120, blank=True)
    reviewer_role = models.CharField(_("role of the expert"), max_length=160, blank=True)
    reviewer_organisation = models.CharField(_("organisation of the expert"), max_length=160, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    expires_on = models.DateField(_("review valid until"), null=True, blank=True)
    comment = models.CharField(_("what the expert asks for"), max_length=2000, blank=True)
    is_example_review = models.BooleanField(_("example of a review"), default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = SectorSheetQuerySet.as_manager()

    class Meta:
        ordering = ("sector__position", "sector__slug")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=SheetState.values), name="sector_sheet_state_known"),
            models.CheckConstraint(
                condition=~Q(state=SheetState.REVIEWED)
                | (Q(reviewed_on__isnull=False, expires_on__isnull=False) & ~Q(reviewer_name="")),
                name="sector_sheet_reviewed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """A sheet is called as its sector."""
        return self.sector.slug

    def is_public(self, today: date) -> bool:
        """Whether the portal shows it today."""
        return self.state == SheetState.REVIEWED and self.expires_on is not None and self.expires_on >= today


class SheetRow(models.Model):
    """A row of one part of a sheet, in its order."""

    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("sheet", "position", "pk")

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.position}"


class SectorStrength(SheetRow):
    """What the region itself is strong in; `evidence` names facts of the bank."""

    sheet = models.ForeignKey("catalogue.SectorSheet", on_delete=models.CASCADE, related_name="strengths")
    text = TranslatedField(verbose_name=_("strength"))
    evidence: Any = models.JSONField(_("evidence"), default=list, blank=True)

    class Meta(SheetRow.Meta):
        pass


class SectorPull(SheetRow):
    """What the world outside wants: backed by facts of the bank, or by a source of its own with its date."""

    sheet = models.ForeignKey("catalogue.SectorSheet", on_delete=models.CASCADE, related_name="pulls")
    text = TranslatedField(verbose_name=_("outside pull"))
    evidence: Any = models.JSONField(_("evidence"), default=list, blank=True)
    source: Any = models.JSONField(_("source"), default=dict, blank=True)

    class Meta(SheetRow.Meta):
        pass


class StrengthJudgement(models.Model):
    """How well a strength answers a pull, in somebody's judgement on a day."""

    strength = models.ForeignKey(
        "catalogue.SectorStrength", on_delete=models.CASCADE, related_name="judgements"
    )
    pull = models.ForeignKey("catalogue.SectorPull", on_delete=models.CASCADE, related_name="judgements")
    score = models.PositiveSmallIntegerField(_("score"), choices=Score.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=120)
    judged_on = models.DateField(_("judged on"))

    class Meta:
        ordering = ("strength", "pull")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("strength", "pull"), name="strength_judgement_once"),
            models.CheckConstraint(
                condition=Q(score__in=Score.values), name="strength_judgement_score_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strength_id} × {self.pull_id}: {self.score}"


class TargetNiche(SheetRow):
    """A niche that the region aims at, thinks about, or has decided to leave."""

    sheet = models.ForeignKey("catalogue.SectorSheet", on_delete=models.CASCADE, related_name="niches")
    name = TranslatedField(verbose_name=_("niche"))
    why = TranslatedField(verbose_name=_("why us"))
    state = models.CharField(
        _("state"), max_length=12, choices=NicheState.choices, default=NicheState.CONSIDERED
    )
    reason = TranslatedField(verbose_name=_("reason"))
    decided_on = models.CharField(_("decided on"), max_length=10, blank=True, validators=[validate_as_of])
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta(SheetRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=NicheState.values), name="target_niche_state_known")
        ]


class SectorQuestion(SheetRow):
    """What an investor asks about the sector, and the answer; without an answer it waits as homework."""

    sheet = models.ForeignKey("catalogue.SectorSheet", on_delete=models.CASCADE, related_name="questions")
    question = TranslatedField(verbose_name=_("question"))
    answer = TranslatedField(verbose_name=_("answer"))

    class Meta(SheetRow.Meta):
        pass


class SectorHomework(SheetRow):
    """Something to do before outreach: what, who, by when, and what shows that it is done."""

    sheet = models.ForeignKey("catalogue.SectorSheet", on_delete=models.CASCADE, related_name="homework")
    what = TranslatedField(verbose_name=_("what"))
    who = models.CharField(_("who"), max_length=160, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.CharField(_("marked by"), max_length=120, blank=True)
    proof = models.CharField(_("what shows it"), max_length=300, blank=True)

    class Meta(SheetRow.Meta):
        pass

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < today
