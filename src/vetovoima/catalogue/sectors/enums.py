"""States of a sector's sheet and of the niches that the region aims at."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import pgettext_lazy


class SheetState(TextChoices):
    """How far a sheet is; only a reviewed one is public."""

    DRAFT = "draft", pgettext_lazy("sector sheet", "Draft, not reviewed by an expert")
    IN_REVIEW = "in_review", pgettext_lazy("sector sheet", "With an expert for review")
    REVIEWED = "reviewed", pgettext_lazy("sector sheet", "Reviewed by an expert")
    EXPIRED = "expired", pgettext_lazy("sector sheet", "Review has expired")


class NicheState(TextChoices):
    """Whether the region aims at a niche."""

    CHOSEN = "chosen", pgettext_lazy("niche", "Chosen")
    CONSIDERED = "considered", pgettext_lazy("niche", "Considered")
    NOT_CHOSEN = "not_chosen", pgettext_lazy("niche", "Not chosen")


class Score(IntegerChoices):
    """How well a strength answers a demand: somebody's judgement, never a measurement."""

    WEAK = 1, pgettext_lazy("strength", "1: answers it weakly")
    PARTLY = 2, pgettext_lazy("strength", "2: answers it in part")
    WELL = 3, pgettext_lazy("strength", "3: answers it well")
