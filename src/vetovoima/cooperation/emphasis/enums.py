"""States of an emphasis, and the ways in which its grounds were gathered."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmphasisState(TextChoices):
    """Where a version of an emphasis stands."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", pgettext_lazy("an emphasis", "Approved")
    REPLACED = "replaced", pgettext_lazy("an emphasis", "Replaced by a later one")


class GatheringKind(TextChoices):
    """How something was learnt (strategy, section 4: interviews and other gathering of information)."""

    INTERVIEW = "interview", _("Interview")
    SURVEY = "survey", _("Survey")
    WORKSHOP = "workshop", _("Workshop")
    DOCUMENT = "document", _("Document")
