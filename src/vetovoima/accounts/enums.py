"""States and kinds of people, organisations and rights."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sharing(TextChoices):
    """Who may see a confidential record (strategy 6.2: trust, openness and sharing of information)."""

    PUBLIC = "public", _("Public")
    NETWORK = "network", _("All partners signed in")
    PARTIES = "parties", _("Those named on the record")
    OWNER = "owner", _("The owning organisation and the council")
    SEALED = "sealed", _("Named persons only")


class OrganisationKind(TextChoices):
    """What an organisation is in the operating model (strategy, section 7)."""

    COUNCIL = "council", _("Regional council")
    MUNICIPALITY = "municipality", _("Municipality")
    NETWORK = "network", _("Network")
    CLUSTER = "cluster", _("Cluster group")
    RDI = "rdi", _("RDI and education")
    FUNDER = "funder", _("Public funder")
    INVESTOR = "investor", _("Capital investor")
    COMPANY = "company", _("Company")
    NATIONAL = "national", _("National agency")
    INTERNATIONAL = "international", _("International network")
    BOARD = "board", _("Decision-making body")
    PARTNER = "partner", _("Partner")
    GROUP = "group", _("Group of actors")


class Role(TextChoices):
    """What a person does in the cooperation; what each role may do stands in `rights`."""

    ADMIN = "admin", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    MUNICIPALITY_OFFICER = "municipality_officer", _("Business officer of a municipality")
    BOARD_MEMBER = "board_member", _("Board member")
    AUDITOR = "auditor", _("Auditor")
    CLUSTER_LEAD = "cluster_lead", _("Cluster leader")
    RDI_PARTNER = "rdi_partner", _("RDI partner")
    FUNDER = "funder", _("Public funder")
    COMPANY = "company", _("Company")
    CAPITAL_INVESTOR = "capital_investor", _("Capital investor")
    NATIONAL_PARTNER = "national_partner", _("National partner")


#: roles of those who run the cooperation day by day
STAFF_ROLES = (Role.ADMIN, Role.COORDINATOR, Role.MUNICIPALITY_OFFICER)
