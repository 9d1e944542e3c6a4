"""States and kinds of the fact bank and of the knowledge around it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FactState(TextChoices):
    """Whether a fact may be leaned on."""

    CURRENT = "current", pgettext_lazy("fact", "Current")
    STALE = "stale", pgettext_lazy("fact", "To be reviewed")
    RETIRED = "retired", pgettext_lazy("fact", "Retired")


class Topic(TextChoices):
    """What a fact is about, in the order in which investors ask."""

    REGION = "region", _("The region and its land")
    PEOPLE = "people", _("People and work")
    ECONOMY = "economy", _("Economy and companies")
    MINING = "mining", _("Mining and chemistry")
    BIOECONOMY = "bioeconomy", _("Bioeconomy")
    TOURISM = "tourism", _("Tourism")
    TECHNOLOGY = "technology", _("Technology and data centres")
    ENERGY = "energy", _("Energy and the grid")
    CONNECTIONS = "connections", _("Connections")
    EXPERTISE = "expertise", _("Education and research")
    FUNDING = "funding", _("Aid and funding")
    STRATEGY = "strategy", _("Strategy and goals")


class Exactness(TextChoices):
    """How exactly the source gives a number."""

    EXACT = "exact", _("Exact")
    ABOUT = "about", pgettext_lazy("qualifier", "About")
    ALMOST = "almost", pgettext_lazy("qualifier", "Almost")
    AT_LEAST = "at_least", _("At least")
    MORE_THAN = "more_than", _("More than")
    AT_MOST = "at_most", _("At most")


class Confidence(TextChoices):
    """How sure the source makes us."""

    HIGH = "high", pgettext_lazy("confidence", "High")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    LOW = "low", pgettext_lazy("confidence", "Low")


class PolicyTopic(TextChoices):
    """What a policy is about."""

    LAND = "land", _("Land policy")
    PRICING = "pricing", _("Prices of land and premises")
    TAX = "tax", _("Taxes")
    AID_AREA = "aid_area", _("Aid areas and intensities")
    FUNDING = "funding", _("Funding decisions")
    PERMITS = "permits", _("Planning and permits")
    BORDER = "border", _("Border")


class PolicyLevel(TextChoices):
    """Whose policy it is."""

    STATE = "state", pgettext_lazy("policy", "State")
    REGION = "region", pgettext_lazy("policy", "Region")
    MUNICIPALITY = "municipality", pgettext_lazy("policy", "Municipality")


class AssetKind(TextChoices):
    """What a piece of knowledge infrastructure is."""

    UNIVERSITY = "university", _("University or university of applied sciences")
    SCHOOL = "school", _("Vocational school")
    RESEARCH = "research", _("Research centre")
    LAB = "lab", _("Laboratory")
    TEST_SITE = "test_site", _("Test site")
    COMPUTING = "computing", _("Supercomputer or computing service")
    DATA_CENTRE = "data_centre", _("Data centre")
    CLUSTER = "cluster", _("Business cluster with shared expertise")


class ConsentUse(TextChoices):
    """What a company has agreed that its name and story are used for."""

    PORTAL = "portal", _("the public portal")
    PACKS = "packs", _("fact sheets and proposals to investors")
    MEETINGS = "meetings", _("a talk with an investor who asks")
    MEDIA = "media", _("news and social media")


class UseKind(TextChoices):
    """Where a fact is used."""

    PAGE = "page", _("Page of the portal")
    SITE = "site", _("Record")
    ASSET = "asset", _("Knowledge infrastructure")
    SECTOR = "sector", _("Sheet of a sector")
