"""States and kinds of the offer (terms: fi kohde, tontti, toimitila, käytöstä poistunut teollisuusalue, yritysalue)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SiteKind(TextChoices):
    """What is offered."""

    PLOT = "plot", _("Plot")
    PREMISES = "premises", _("Premises")
    BROWNFIELD = "brownfield", _("Brownfield")
    BUSINESS_AREA = "business_area", _("Business area")


class SiteState(TextChoices):
    """Where the working copy of a record is; what is public is told by `published_version`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted for review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: states in which the content may be edited
#: states from which it may go to review; a withdrawn record comes back in this way
SUBMITTABLE = (SiteState.DRAFT, SiteState.WITHDRAWN)
EDITABLE = (SiteState.DRAFT, SiteState.PUBLISHED, SiteState.WITHDRAWN)


class Precision(TextChoices):
    """How exactly the place of a record is known; never shown more exactly than that."""

    EXACT = "exact", _("Exact place")
    SETTLEMENT = "settlement", _("Known to the settlement")
    MUNICIPALITY = "municipality", _("Known to the municipality only")


class Availability(TextChoices):
    """Whether the site can be had."""

    AVAILABLE = "available", _("Available")
    RESERVED = "reserved", _("Reserved")
    NEGOTIATION = "negotiation", _("Under negotiation")
    PLANNED = "planned", _("Planned, not yet released")
    TAKEN = "taken", _("Taken")
    UNKNOWN = "unknown", _("Not known")


class OwnerKind(TextChoices):
    """Who owns the land or the building."""

    MUNICIPALITY = "municipality", _("Municipality")
    STATE = "state", pgettext_lazy("owner", "State")
    PRIVATE = "private", _("Private owner")
    MIXED = "mixed", _("Several kinds of owners")
    UNKNOWN = "unknown", _("Not known")


class Tenure(TextChoices):
    """On what terms it can be had."""

    SALE = "sale", _("For sale")
    LEASE = "lease", _("For lease")
    BOTH = "both", _("For sale or lease")
    UNKNOWN = "unknown", _("Not known")


class PlanState(TextChoices):
    """Planning state of the land (fi kaavatilanne)."""

    NONE = "none", _("No plan")
    REGIONAL = "regional", _("Regional plan")
    MASTER = "master", _("Local master plan")
    DETAILED_PENDING = "detailed_pending", _("Local detailed plan being prepared")
    DETAILED_PROPOSAL = "detailed_proposal", _("Local detailed plan at proposal stage")
    DETAILED_IN_FORCE = "detailed_in_force", _("Local detailed plan in force")
    DEVIATION = "deviation", _("Deviation decision")
    UNKNOWN = "unknown", _("Not known")
