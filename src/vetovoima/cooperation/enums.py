"""Kinds of strategy items and parts in a task."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    """What a sentence of the strategy is (strategy, sections 5 and 6)."""

    GOAL = "goal", _("Goal")
    BUILDING_BLOCK = "building_block", _("Building block of the model")
    SHARED_WILL = "shared_will", _("Shared will")
    SEGMENT = "segment", _("Target segment")
    BENEFIT = "benefit", _("Benefit for the actors")


class Part(TextChoices):
    """What an actor does in a task (strategy, section 7), the heaviest part first."""

    OWNER = "owner", _("Owns the task")
    CONTRIBUTES = "contributes", _("Contributes")
    INFORMED = "informed", _("Is kept informed")


class Basis(TextChoices):
    """Where an actor's part comes from: the strategy says so, or somebody proposes it."""

    STRATEGY = "strategy", _("According to the strategy")
    PROPOSAL = "proposal", _("Proposal, not decided")
