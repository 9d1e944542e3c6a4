"""Fields of buildings, of the profiles, of resources, of opportunities, and of why to come (5.4, groups 14–21; 5.5)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import (
    Condition,
    DecisionTime,
    OpportunityStage,
    PermitStage,
    Profile,
    ResourceClass,
    ReturnMeasure,
    SiteKind,
    Sought,
    StudyState,
    Use,
    Warmth,
)

from .spec import (
    BUILT,
    CHOICE,
    CHOICES,
    DAY,
    EVERY,
    FLAG,
    LINK,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    OPPORTUNITIES,
    PLACES,
    RESOURCES,
    SITE_KINDS,
    SITES,
    TEXT,
    TRANSLATED,
    WHOLE,
    FieldSpec,
    f,
)

BROWN = (SiteKind.BROWNFIELD,)
PREMISES = (SiteKind.PREMISES,)
DATA, WIND, FOREST, MINING, TOURISM = ((one,) for one in Profile)

BUILDINGS: tuple[FieldSpec, ...] = (
    f("clear_height_m", "buildings", NUMBER, _("Clear height"), "m", kinds=BUILT, expected_for=PREMISES, low=0, high=200),
    f("floor_areas", "buildings", LIST, _("Area of each floor"), kinds=BUILT, help=_("One floor on each line, for example 1: 1,200 m².")),
    f("ground_floor_percent", "buildings", NUMBER, _("Share on the ground floor"), "%", kinds=BUILT, low=0, high=100),
    f("min_unit_m2", "buildings", NUMBER, _("Smallest unit"), "m²", kinds=BUILT, low=0, high=1e7),
    f("max_unit_m2", "buildings", NUMBER, _("Largest unit"), "m²", kinds=BUILT, low=0, high=1e7),
    f("built_year", "buildings", WHOLE, _("Year of construction"), kinds=BUILT, expected_for=PREMISES, low=1500, high=2100),
    f("renovated_year", "buildings", WHOLE, _("Year of renovation"), kinds=BUILT, low=1500, high=2100),
    f("condition", "buildings", CHOICE, _("Condition"), choices=Condition, kinds=BUILT, expected_for=PREMISES),
    f("structure", "buildings", TEXT, _("Structure"), kinds=BUILT, limit=300),
    f("column_grid", "buildings", TEXT, _("Column grid"), "m × m", kinds=BUILT, limit=40),
    f("floor_load_kn_m2", "buildings", NUMBER, _("Floor load"), "kN/m²", kinds=BUILT, low=0, high=1000),
    f("doors", "buildings", TEXT, _("Doors and docks"), kinds=BUILT, limit=300, help=_("How many, how large, dock or drive-in.")),
    f("cranes", "buildings", TEXT, _("Cranes"), kinds=BUILT, limit=200, help=_("How many and for how many tonnes.")),
    f("hvac", "buildings", TEXT, _("Heating, ventilation and cooling"), kinds=BUILT, limit=300),
    f("warmth", "buildings", CHOICE, _("Warm or cold"), choices=Warmth, kinds=BUILT, expected_for=PREMISES),
    f("fire_class", "buildings", TEXT, _("Fire class"), kinds=BUILT, limit=40),
    f("has_sprinkler", "buildings", FLAG, _("Sprinklers"), kinds=BUILT),
    f("energy_class", "buildings", TEXT, _("Energy class"), kinds=BUILT, limit=10),
    f("supply_a", "buildings", NUMBER, _("Main fuse"), "A", kinds=BUILT, low=0, high=100_000),
    f("supply_kva", "buildings", NUMBER, _("Transformer"), "kVA", kinds=BUILT, low=0, high=1e6),
    f("process_utilities", "buildings", TEXT, _("Utilities for processes"), kinds=BUILT, limit=300),
    f("office_percent", "buildings", NUMBER, _("Share of offices"), "%", kinds=BUILT, low=0, high=100),
    f("has_roof_solar", "buildings", FLAG, _("Solar panels on the roof"), kinds=BUILT),
    f("asbestos_state", "buildings", CHOICE, _("Asbestos survey"), choices=StudyState, kinds=BUILT),
    f("is_protected", "buildings", FLAG, _("Protected building"), kinds=BUILT),
    f("current_use", "buildings", TEXT, _("Current use"), kinds=BUILT, limit=200),
    f("vacant_from", "buildings", DAY, _("Vacant from"), kinds=BUILT, expected_for=PREMISES),
    f("maintenance_eur_m2_month", "buildings", MONEY, _("Maintenance charge"), "€/m²/month", kinds=BUILT, low=0, high=1000),
    f("accessibility", "buildings", TEXT, _("Accessibility of the building"), kinds=BUILT, limit=300),
    f("fit_out_weeks", "buildings", WHOLE, _("Fit-out takes"), "weeks", kinds=BUILT, low=0, high=520),
    f("bim_url", "buildings", LINK, _("Building model (BIM)"), kinds=BUILT),
)  # fmt: skip

BROWNFIELD: tuple[FieldSpec, ...] = (
    f("former_use", "brownfield", TEXT, _("Former use"), kinds=BROWN, limit=200, expected_for=BROWN),
    f("former_operator", "brownfield", TEXT, _("Former operator"), kinds=BROWN, limit=200),
    f("closed_on", "brownfield", TEXT, pgettext_lazy("brownfield", "Closed"), kinds=BROWN, limit=20, help=_("A year or a day.")),
    f("structures_left", "brownfield", TRANSLATED, _("Structures that remain"), kinds=BROWN, expected_for=BROWN),
    f("reusable_power_mw", "brownfield", NUMBER, _("Power connection that can be reused"), "MW", kinds=BROWN, low=0, high=5000),
    f("reusable_water_m3_d", "brownfield", NUMBER, _("Water connection that can be reused"), "m³/d", kinds=BROWN, low=0, high=1e7),
    f("has_reusable_rail", "brownfield", FLAG, _("Rail that can be reused"), kinds=BROWN),
    f("demolition_state", "brownfield", CHOICE, _("Demolition"), choices=StudyState, kinds=BROWN),
    f("demolition_cost_eur", "brownfield", MONEY, _("Estimated cost of demolition"), "€", kinds=BROWN, low=0, high=1e9),
    f("liability_owner", "brownfield", TEXT, _("Who bears the liability"), kinds=BROWN, limit=200),
    f("redevelopment_aid", "brownfield", TEXT, _("Aid for redevelopment"), kinds=BROWN, limit=300),
    f("interim_users", "brownfield", TEXT, _("Users for the time being"), kinds=BROWN, limit=300),
)  # fmt: skip

PROFILES: tuple[FieldSpec, ...] = (
    f("it_power_phases", "data_centre", LIST, _("IT power by phase"), "MW", kinds=PLACES, profiles=DATA, expected_for=DATA),
    f("pue_potential", "data_centre", NUMBER, _("Power usage effectiveness that can be reached"), kinds=PLACES, profiles=DATA, low=1, high=3),
    f("cooling_concept", "data_centre", TEXT, _("Cooling concept"), kinds=PLACES, profiles=DATA, limit=300),
    f("heat_offtake", "data_centre", TEXT, _("Agreement on waste heat"), kinds=PLACES, profiles=DATA, limit=300),
    f("mean_temperature_c", "data_centre", NUMBER, _("Mean temperature of the year"), "°C", kinds=PLACES, profiles=DATA, low=-30, high=40),
    f("wet_bulb_c", "data_centre", NUMBER, _("Highest wet-bulb temperature"), "°C", kinds=PLACES, profiles=DATA, low=-30, high=40),
    f("seismic_risk", "data_centre", TEXT, _("Seismic risk"), kinds=PLACES, profiles=DATA),
    f("security_distance_m", "data_centre", NUMBER, _("Security distance"), "m", kinds=PLACES, profiles=DATA, low=0, high=100_000),
    f("aviation_note", "data_centre", TEXT, _("Flight paths"), kinds=PLACES, profiles=DATA, limit=200),
    f("tax_class", "data_centre", TEXT, _("Electricity tax class"), kinds=PLACES, profiles=DATA, limit=60),
    f("wind_capacity_mw", "wind_energy", NUMBER, _("Planned power"), "MW", kinds=SITE_KINDS, profiles=WIND, mandatory=WIND, low=0, high=10_000),
    f("wind_yield_gwh", "wind_energy", NUMBER, _("Expected energy a year"), "GWh", kinds=SITE_KINDS, profiles=WIND, low=0, high=100_000),
    f("wind_speed_m_s", "wind_energy", NUMBER, _("Mean wind at hub height"), "m/s", kinds=SITE_KINDS, profiles=WIND, expected_for=WIND, low=0, high=40),
    f("height_limit_m", "wind_energy", NUMBER, _("Height limit"), "m", kinds=SITE_KINDS, profiles=WIND, expected_for=WIND, low=0, high=1000),
    f("radar_statement", "wind_energy", TEXT, _("Statement of the Defence Forces on radar"), kinds=SITE_KINDS, profiles=WIND, mandatory=WIND, limit=300),
    f("energy_permit_stage", "wind_energy", CHOICE, _("Stage of the permits"), choices=PermitStage, kinds=SITE_KINDS, profiles=WIND, expected_for=WIND),
    f("forest_energy_m3", "forest", NUMBER, _("Forest energy"), "m³/year", kinds=SITE_KINDS, profiles=FOREST, mandatory=FOREST, low=0, high=1e8),
    f("wood_balance_m3", "forest", NUMBER, _("Raw wood still unused"), "m³/year", kinds=SITE_KINDS, profiles=FOREST, expected_for=FOREST, low=-1e8, high=1e8),
    f("wood_species", "forest", TEXT, _("Kinds of wood"), kinds=SITE_KINDS, profiles=FOREST, limit=200),
    f("deposit_commodity", "mining", TEXT, _("Mineral"), kinds=SITE_KINDS, profiles=MINING, mandatory=MINING, limit=200),
    f("deposit_class", "mining", CHOICE, _("Class of the deposit"), choices=ResourceClass, kinds=SITE_KINDS, profiles=MINING, mandatory=MINING),
    f("deposit_mt", "mining", NUMBER, _("Size of the deposit"), "Mt", kinds=SITE_KINDS, profiles=MINING, low=0, high=100_000),
    f("mining_permit_stage", "mining", CHOICE, _("Stage of the mining permit"), choices=PermitStage, kinds=SITE_KINDS, profiles=MINING, expected_for=MINING),
    f("bed_potential", "tourism", WHOLE, _("Beds that can be built"), kinds=SITE_KINDS, profiles=TOURISM, mandatory=TOURISM, low=0, high=100_000),
    f("visitors_per_year", "tourism", WHOLE, _("Visitors a year"), kinds=SITE_KINDS, profiles=TOURISM, expected_for=TOURISM, low=0, high=1e8),
    f("nature_access", "tourism", TRANSLATED, _("Ski slopes, trails and waters"), kinds=SITE_KINDS, profiles=TOURISM, expected_for=TOURISM),
    f("seasonality", "tourism", TEXT, _("Seasons"), kinds=SITE_KINDS, profiles=TOURISM, limit=300),
)  # fmt: skip

RESOURCE: tuple[FieldSpec, ...] = (
    f("material", "resource", TRANSLATED, _("Material"), kinds=RESOURCES, mandatory=RESOURCES),
    f("is_side_stream", "resource", FLAG, _("Side stream of another activity"), kinds=RESOURCES, expected_for=RESOURCES),
    f("volume_per_year", "resource", NUMBER, _("Amount a year"), kinds=RESOURCES, mandatory=RESOURCES, low=0, high=1e9),
    f("volume_unit", "resource", TEXT, _("Unit of the amount"), kinds=RESOURCES, limit=20, help=_("For example t, m³ or MWh.")),
    f("material_quality", "resource", TEXT, _("Quality"), kinds=RESOURCES, limit=500, expected_for=RESOURCES),
    f("material_producer", "resource", TEXT, _("Who produces it"), kinds=RESOURCES, limit=200),
    f("material_use_now", "resource", TEXT, _("How it is used now"), kinds=RESOURCES, limit=300, expected_for=RESOURCES),
    f("material_seasons", "resource", TEXT, _("When in the year"), kinds=RESOURCES, limit=200),
    f("material_price", "resource", TEXT, _("Price of the material"), kinds=RESOURCES, limit=200),
)  # fmt: skip

LABOUR: tuple[FieldSpec, ...] = (
    f("workers_30_min", "labour", WHOLE, _("People of working age within 30 minutes"), kinds=PLACES, low=0, high=1e7),
    f("workers_60_min", "labour", WHOLE, _("People of working age within 60 minutes"), kinds=PLACES, low=0, high=1e7),
    f("labour_note", "labour", TRANSLATED, _("About labour"), kinds=PLACES),
)  # fmt: skip

ECONOMICS: tuple[FieldSpec, ...] = (
    f("property_tax_percent", "economics", NUMBER, _("Property tax"), "%", kinds=PLACES, low=0, high=10),
    f("aid_area", "economics", TEXT, _("Regional aid area"), kinds=SITE_KINDS, limit=60, expected_for=PLACES),
    f("aid_small_percent", "economics", NUMBER, _("Highest aid, small enterprise"), "%", kinds=SITE_KINDS, low=0, high=100),
    f("aid_medium_percent", "economics", NUMBER, _("Highest aid, medium-sized enterprise"), "%", kinds=SITE_KINDS, low=0, high=100),
    f("aid_large_percent", "economics", NUMBER, _("Highest aid, large enterprise"), "%", kinds=SITE_KINDS, low=0, high=100),
    f("de_minimis_note", "economics", TEXT, _("De minimis aid"), kinds=SITE_KINDS, limit=300),
    f("development_cost_eur_m2", "economics", MONEY, _("Typical cost of development"), "€/m²", kinds=PLACES, low=0, high=1e5),
    f("services_included", "economics", TRANSLATED, _("Services included"), kinds=PLACES),
)  # fmt: skip

TEXTS: tuple[FieldSpec, ...] = (
    f("summary", "text", TRANSLATED, _("In one sentence"), expected=True),
    f("description", "text", TRANSLATED, _("Description")),
    f("reason_to_come", "text", TRANSLATED, _("Reason to come here"), expected=True, mandatory=OPPORTUNITIES, asked=SITE_KINDS),
    f("sectors", "text", MANY, _("Suits the sectors"), expected=True),
    f("themes", "text", MANY, _("Themes")),
    f("s3_priorities", "text", LIST, _("Smart-specialisation priorities")),
    f("uses", "text", CHOICES, _("Suits the uses"), choices=Use, kinds=SITE_KINDS, expected_for=PLACES),
    f("excluded_uses", "text", TEXT, _("Uses that are excluded"), kinds=SITE_KINDS, limit=300),
    f("return_note", "text", TRANSLATED, _("About the return"), kinds=SITE_KINDS),
    f("video_url", "media", LINK, _("Video")),
    f("panorama_url", "media", LINK, _("360° view")),
    f("site_plan_url", "media", LINK, _("Site plan")),
)  # fmt: skip

OPPORTUNITY: tuple[FieldSpec, ...] = (
    f("related_sites", "opportunity", SITES, _("Sites of the opportunity"), kinds=OPPORTUNITIES),
    f("promoter", "opportunity", TEXT, _("Promoter"), kinds=OPPORTUNITIES, limit=200, expected_for=OPPORTUNITIES),
    f("scale_low_eur", "opportunity", MONEY, _("Scale, from"), "€", kinds=OPPORTUNITIES, expected_for=OPPORTUNITIES, low=0, high=1e11),
    f("scale_high_eur", "opportunity", MONEY, _("Scale, to"), "€", kinds=OPPORTUNITIES, low=0, high=1e11),
    f("opportunity_stage", "opportunity", CHOICE, _("Stage"), choices=OpportunityStage, kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES),
    f("sought", "opportunity", CHOICES, _("What is sought"), choices=Sought, kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES),
    f("decision_time", "opportunity", CHOICE, _("Time to decision"), choices=DecisionTime, kinds=OPPORTUNITIES, expected_for=OPPORTUNITIES),
    f("return_measure", "opportunity", CHOICE, _("Expected return as"), choices=ReturnMeasure, kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES),
    f("return_low", "opportunity", NUMBER, _("Expected return, from"), kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES, low=-100, high=1000,
      help=_("Per cent, or years when the measure is payback time.")),
    f("return_high", "opportunity", NUMBER, _("Expected return, to"), kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES, low=-100, high=1000),
    f("return_basis", "opportunity", TRANSLATED, _("Basis of the return"), kinds=OPPORTUNITIES, mandatory=OPPORTUNITIES,
      help=_("What is assumed: prices, volumes, time, financing.")),
    f("raised_eur", "opportunity", MONEY, _("Raised so far"), "€", kinds=OPPORTUNITIES, low=0, high=1e11),
    f("risks", "opportunity", TRANSLATED, _("Risks"), kinds=OPPORTUNITIES, expected_for=OPPORTUNITIES),
    f("technology_readiness", "opportunity", WHOLE, _("Technology readiness level"), kinds=OPPORTUNITIES, low=1, high=9),
    f("planning_status", "opportunity", TRANSLATED, _("State of planning and permits"), kinds=OPPORTUNITIES),
    f("dealflow_url", "opportunity", LINK, _("On Dealflow Finland"), kinds=OPPORTUNITIES),
    f("agency_state", "opportunity", TEXT, _("Submitted to Business Finland"), kinds=OPPORTUNITIES, is_public=False, limit=200),
)  # fmt: skip

CONTACT: tuple[FieldSpec, ...] = (
    f("contact", "contact", ONE, _("Contact person"), expected=True, asked=EVERY),
    f("internal_note", "contact", TEXT, _("Internal note"), limit=20000, is_public=False,
      help=_("Seen by the municipality and the council only; never published.")),
)  # fmt: skip
