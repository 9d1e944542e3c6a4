"""States and kinds of the offer (terms: fi kohde, tontti, toimitila, käytöstä poistunut teollisuusalue, yritysalue, luonnonvarakohde, investointikohde)."""

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
    RESOURCE = "resource", _("Resource site")
    OPPORTUNITY = "opportunity", _("Investment opportunity")


class SiteState(TextChoices):
    """Where the working copy of a record is; what is public is told by `published_version`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted for review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: states from which it may go to review; a withdrawn record comes back in this way
SUBMITTABLE = (SiteState.DRAFT, SiteState.WITHDRAWN)
#: states in which the content may be edited
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
    COMPANY = "company", pgettext_lazy("owner", "Company or other organisation")
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


class Profile(TextChoices):
    """What a site is offered for: adds fields and changes what is mandatory."""

    DATA_CENTRE = "data_centre", _("Data centre or energy-intensive industry")
    WIND_ENERGY = "wind_energy", _("Wind and energy")
    FOREST = "forest", _("Forest")
    MINING = "mining", _("Mining")
    TOURISM = "tourism", _("Tourism")


class Absence(TextChoices):
    """Why a field has no value: three different statements, none of them the same as an empty field."""

    UNKNOWN = "unknown", _("not known")
    NOT_STUDIED = "not_studied", _("not studied")
    NONE = "none", _("there is none")


class Method(TextChoices):
    """How the values of a group were found."""

    MEASURED = "measured", _("measured")
    ESTIMATED = "estimated", _("estimated")
    DECLARED = "declared", _("declared by the owner")
    REGISTER = "register", _("from a register")


class QueueState(TextChoices):
    """Where a site stands in the grid company's queue of connections."""

    FREE = "free", _("No queue")
    REQUESTED = "requested", _("Connection requested")
    RESERVED = "reserved", _("Capacity reserved")
    RESTRICTED = "restricted", _("Restricted: the grid is full")


class Firmness(TextChoices):
    """Whether the power can always be used."""

    FIRM = "firm", _("Firm")
    FLEXIBLE = "flexible", _("Flexible: may be limited")
    BOTH = "both", _("Partly firm, partly flexible")


class Need(TextChoices):
    """Whether an assessment or a decision is needed."""

    YES = "yes", pgettext_lazy("needed", "Yes")
    NO = "no", pgettext_lazy("needed", "No")
    DEPENDS = "depends", _("Depends on the project")


class StudyState(TextChoices):
    """How far something has been studied."""

    NONE = "none", _("Not done")
    PARTIAL = "partial", _("Partly done")
    FULL = "full", _("Done")


class Contamination(TextChoices):
    """State of the soil (fi pilaantuneisuus)."""

    CLEAN = "clean", _("Clean")
    SUSPECTED = "suspected", _("Suspected")
    CONFIRMED = "confirmed", _("Confirmed")
    REMEDIATED = "remediated", _("Remediated")


class Condition(TextChoices):
    """Condition of a building."""

    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    POOR = "poor", _("Poor")
    UNUSABLE = "unusable", _("Not usable")


class Warmth(TextChoices):
    """Whether a building is heated."""

    WARM = "warm", _("Warm")
    HALF_WARM = "half_warm", _("Half warm")
    COLD = "cold", _("Cold")


class GroundwaterClass(TextChoices):
    """Class of the groundwater area (fi pohjavesialueluokka; Act on Water and Marine Resources Management 1299/2004)."""

    OUTSIDE = "outside", _("Not on a groundwater area")
    CLASS_1 = "class_1", _("Class 1")
    CLASS_2 = "class_2", _("Class 2")
    CLASS_E = "class_e", _("Class E")


class Use(TextChoices):
    """What a site suits."""

    MANUFACTURING = "manufacturing", _("Manufacturing")
    LOGISTICS = "logistics", _("Logistics")
    DATA = "data", _("Data centres")
    TOURISM = "tourism", _("Tourism")
    ENERGY = "energy", _("Energy production")
    PROCESS = "process", _("Process industry")
    OFFICE = "office", _("Offices and services")
    RESEARCH = "research", _("Research and testing")


class ResourceClass(TextChoices):
    """Class of a deposit (fi malmivarat: mineral resource and reserve classes as in the CRIRSCO codes)."""

    OCCURRENCE = "occurrence", _("Occurrence")
    INFERRED = "inferred", _("Inferred resource")
    INDICATED = "indicated", _("Indicated resource")
    MEASURED = "measured", _("Measured resource")
    RESERVE = "reserve", _("Ore reserve")


class PermitStage(TextChoices):
    """How far permits have come."""

    NONE = "none", _("Not begun")
    APPLIED = "applied", _("Applied for")
    GRANTED = "granted", _("Granted")
    FINAL = "final", _("Final")


class Sought(TextChoices):
    """What an investment opportunity looks for."""

    EQUITY = "equity", _("Equity")
    DEBT = "debt", _("Debt")
    OPERATOR = "operator", _("An operator")
    TECHNOLOGY = "technology", _("Technology")
    OFFTAKE = "offtake", _("A buyer of the output")
    BUYER = "buyer", _("A buyer of the business")


class DecisionTime(TextChoices):
    """How soon an opportunity can be decided."""

    SOON = "0_6", _("Within 6 months")
    YEAR = "6_12", _("6–12 months")
    TWO_YEARS = "12_24", _("1–2 years")
    LATER = "24_plus", _("More than 2 years")


class OpportunityStage(TextChoices):
    """How far an opportunity is prepared."""

    IDEA = "idea", _("Idea")
    PRESTUDY = "prestudy", _("Preliminary study done")
    PLANNING = "planning", _("Being planned")
    PERMITTED = "permitted", _("Permits granted")
    READY = "ready", _("Ready to invest")


class ReturnMeasure(TextChoices):
    """In what measure a return is expected."""

    IRR = "irr", _("Internal rate of return")
    YIELD = "yield", _("Yearly yield")
    ROI = "roi", _("Return on investment")
    PAYBACK = "payback", _("Payback time, years")
