"""Stages of an investment, its scope, and the kinds of figures."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How certain an investment is, from an idea to a plant that runs; paused and cancelled stand beside the path."""

    IDEA = "idea", _("Idea")
    PRESTUDY = "prestudy", _("Preliminary study")
    PLANNING = "planning", _("Planning")
    PERMITTED = "permitted", _("Permits granted")
    DECIDED = "decided", _("Investment decision made")
    CONSTRUCTION = "construction", _("Under construction")
    COMPLETED = "completed", _("Completed")
    PAUSED = "paused", _("Paused")
    CANCELLED = "cancelled", _("Cancelled")


#: what could come: no investment decision yet
PIPELINE = (Stage.IDEA, Stage.PRESTUDY, Stage.PLANNING, Stage.PERMITTED)
#: what is certain
SECURED = (Stage.DECIDED, Stage.CONSTRUCTION, Stage.COMPLETED)
#: what stands
REALISED = (Stage.COMPLETED,)
#: what does not go on
CLOSED = (Stage.PAUSED, Stage.CANCELLED)
#: the path itself, the most certain first: the order of a meter
PATH = (*reversed(SECURED), *reversed(PIPELINE))


class Group(TextChoices):
    """The sums of a meter. Realised is a part of secured; secured and pipeline are never added together."""

    SECURED = "secured", _("Secured")
    REALISED = "realised", _("Realised")
    PIPELINE = "pipeline", _("Could come")


STAGES_OF = {Group.SECURED: SECURED, Group.REALISED: REALISED, Group.PIPELINE: PIPELINE}


class Scope(TextChoices):
    """What an investment is in (strategy, sections 1 and 5: industrial and service investments, and what is neither)."""

    INDUSTRIAL = "industrial", _("Industry")
    DATA_CENTRE = "data_centre", _("Data centres")
    ENERGY = "energy", _("Energy")
    TOURISM = "tourism", _("Tourism")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    SERVICE = "service", _("Services")
    LAND = "land", _("Land")
    # "aineettomat investoinnit TKI:hin" (strategy, section 1): kept in the register, counted apart from buildings
    RDI = "rdi", _("Research, development and innovation (intangible)")


#: the reading of a target that counts every scope
ALL_SCOPES = "all"


class Reason(TextChoices):
    """Why a row of the register is not in a sum, the one that settles it first."""

    EXAMPLE = "example", _("An example, not a real investment")
    CANCELLED = "cancelled", _("Cancelled")
    PAUSED = "paused", _("Paused")
    OTHER_SCOPE = "other_scope", _("Of another scope than this reading counts")
    INTANGIBLE = "intangible", _("Research and other intangible investments are counted apart")
    SHARED_REGION = "shared_region", _("Shared with another region; this region's share is not known")
    CONTAINED = "contained", _("The money is already in another row")
    AMOUNT_UNKNOWN = "amount_unknown", _("The amount is not known")
    GRANT_ONLY = "grant_only", _("Only a public grant is known, not the amount of the investment")
    NO_DATE = "no_date", _("The date of the decision is not known")
    DATE_TOO_ROUGH = (
        "date_too_rough",
        _("The date is too rough to tell whether it falls in the counting period"),
    )
    OUTSIDE_PERIOD = "outside_period", _("Decided outside the counting period")
    STATED = "stated", _("Left out by the keeper of the register")


class ObservationKind(TextChoices):
    """What a figure tells: what was, or what somebody wants, plans or expects."""

    OBSERVED = "observed", _("Observed")
    TARGET = "target", _("Target")
    PLAN = "plan", _("Plan")
    FORECAST = "forecast", _("Forecast")


class Qualifier(TextChoices):
    """How exactly the source gives a figure."""

    EXACT = "exact", _("Exact")
    ABOUT = "about", pgettext_lazy("qualifier", "About")
    AT_LEAST = "at_least", _("At least")
    MORE_THAN = "more_than", _("More than")


class Direction(TextChoices):
    """Which way an indicator should go."""

    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")
    NONE = "none", _("Neither way is better")
