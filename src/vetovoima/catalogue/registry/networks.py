"""Fields of what reaches a site: power, water, heat, data, roads and rails (records and terms 5.4, groups 9–13)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Firmness, Profile, QueueState

from .spec import (
    CHOICE,
    DAY,
    FLAG,
    LIST,
    MONEY,
    NUMBER,
    PLACES,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
    f,
)

DATA = (Profile.DATA_CENTRE,)
POWER = (Profile.DATA_CENTRE, Profile.WIND_ENERGY)

ELECTRICITY: tuple[FieldSpec, ...] = (
    f("free_capacity_mw", "electricity", NUMBER, _("Free electric power"), "MW", kinds=PLACES, expected=True, mandatory=DATA, low=0, high=5000),
    f("capacity_year", "electricity", WHOLE, _("Power available in"), kinds=PLACES, low=2000, high=2100),
    f("capacity_by_year", "electricity", YEARS, _("Free power by year"), "MW", kinds=PLACES, expected_for=DATA, low=0, high=5000,
      help=_("One year on each line: the year, a colon and the power, for example 2028: 40.")),
    f("voltage_kv", "electricity", NUMBER, _("Voltage at the border"), "kV", kinds=PLACES, expected_for=POWER, mandatory=DATA, low=0, high=1000),
    f("substation_name", "electricity", TEXT, _("Nearest substation"), kinds=PLACES, expected_for=POWER),
    f("substation_distance_km", "electricity", NUMBER, _("Distance to the substation"), "km", kinds=PLACES, expected_for=POWER, low=0, high=500),
    f("substation_voltages", "electricity", LIST, _("Voltages of the substation"), "kV", kinds=PLACES),
    f("grid_company", "electricity", TEXT, _("Grid company"), kinds=PLACES, expected_for=(*POWER, "plot"), mandatory=DATA),
    f("transmission_company", "electricity", TEXT, _("Transmission company"), kinds=PLACES),
    f("connection_firmness", "electricity", CHOICE, _("Firm or flexible connection"), choices=Firmness, kinds=PLACES, expected_for=POWER),
    f("queue_state", "electricity", CHOICE, _("Connection queue"), choices=QueueState, kinds=PLACES, mandatory=DATA, expected_for=POWER),
    f("feed_count", "electricity", WHOLE, _("Number of feeds"), kinds=PLACES, expected_for=DATA, low=0, high=20),
    f("has_separate_substations", "electricity", FLAG, _("Feeds come from separate substations"), kinds=PLACES, expected_for=DATA),
    f("connection_cost_eur", "electricity", MONEY, _("Estimated cost of the connection"), "€", kinds=PLACES, low=0, high=1e9),
    f("connection_lead_months", "electricity", WHOLE, _("Time to connect"), "months", kinds=PLACES, expected_for=POWER, low=0, high=240),
    f("grid_confirmed_on", "electricity", DAY, _("Confirmed by the grid company on"), kinds=PLACES, is_past=True, expected_for=DATA),
    f("grid_confirmation", "electricity", TEXT, _("What the grid company confirmed"), kinds=PLACES, limit=500,
      help=_("Reference of the letter; the letter itself belongs to the documents.")),
    f("price_area", "electricity", TEXT, _("Price area"), kinds=PLACES, limit=20),
    f("power_price_eur_mwh", "electricity", MONEY, _("Average price of electricity"), "€/MWh", kinds=PLACES, low=-500, high=5000),
    f("power_price_year", "electricity", WHOLE, _("Price of the year"), kinds=PLACES, low=2000, high=2100),
    f("grid_co2_g_kwh", "electricity", NUMBER, _("Carbon intensity of the grid"), "g/kWh", kinds=PLACES, low=0, high=2000),
    f("nearby_wind_mw", "electricity", NUMBER, _("Wind power nearby"), "MW", kinds=PLACES, low=0, high=10_000),
    f("nearby_hydro_mw", "electricity", NUMBER, _("Hydropower nearby"), "MW", kinds=PLACES, low=0, high=10_000),
    f("nearby_solar_mw", "electricity", NUMBER, _("Solar power nearby"), "MW", kinds=PLACES, low=0, high=10_000),
    f("is_ppa_possible", "electricity", FLAG, _("Power purchase agreement possible"), kinds=PLACES, expected_for=DATA),
    f("backup_power", "electricity", TEXT, _("Backup power"), kinds=PLACES, limit=300),
)  # fmt: skip

WATER: tuple[FieldSpec, ...] = (
    f("water_supplier", "water", TEXT, _("Water supplier"), kinds=PLACES),
    f("water_pipe_mm", "water", NUMBER, _("Water pipe at the border"), "mm", kinds=PLACES, low=0, high=5000),
    f("water_pressure_bar", "water", NUMBER, _("Water pressure"), "bar", kinds=PLACES, low=0, high=100),
    f("water_capacity_m3_d", "water", NUMBER, _("Free water capacity"), "m³/d", kinds=PLACES, expected=True, low=0, high=1e7),
    f("industrial_water_source", "water", TEXT, _("Source of industrial water"), kinds=PLACES, limit=200, expected_for=DATA),
    f("industrial_water_m3_s", "water", NUMBER, _("Permitted intake"), "m³/s", kinds=PLACES, low=0, high=10_000),
    f("water_quality", "water", TEXT, _("Hardness and quality of the water"), kinds=PLACES, limit=300),
    f("sewer_mm", "water", NUMBER, _("Sewer at the border"), "mm", kinds=PLACES, low=0, high=5000),
    f("sewage_capacity_m3_d", "water", NUMBER, _("Free capacity of the treatment plant"), "m³/d", kinds=PLACES, expected=True, low=0, high=1e7),
    f("sewage_limits", "water", TEXT, _("Limits of the treatment plant (BOD, N, P)"), kinds=PLACES, limit=300),
    f("stormwater", "water", TEXT, _("Stormwater"), kinds=PLACES, limit=300),
    f("fire_water_l_min", "water", NUMBER, _("Fire water"), "l/min", kinds=PLACES, low=0, high=1e6),
    f("receiving_waters", "water", TEXT, _("Sensitivity of the receiving waters"), kinds=PLACES, limit=300),
    f("water_price_eur_m3", "water", MONEY, _("Price of water"), "€/m³", kinds=PLACES, low=0, high=1000),
    f("water_lead_months", "water", WHOLE, _("Time to connect to water"), "months", kinds=PLACES, low=0, high=240),
)  # fmt: skip

HEAT: tuple[FieldSpec, ...] = (
    f("district_heat_mw", "heat", NUMBER, _("District heat"), "MW", kinds=PLACES, low=0, high=1000),
    f("district_heat_c", "heat", NUMBER, _("Temperature of the district heat"), "°C", kinds=PLACES, low=0, high=200),
    f("waste_heat_taker", "heat", TEXT, _("Who takes waste heat"), kinds=PLACES, limit=200, expected_for=DATA),
    f("waste_heat_mw", "heat", NUMBER, _("Waste heat taken"), "MW", kinds=PLACES, low=0, high=1000),
    f("waste_heat_price_eur_mwh", "heat", MONEY, _("Price of waste heat"), "€/MWh", kinds=PLACES, low=-500, high=1000),
    f("cooling_source", "heat", TEXT, _("Source of cooling"), kinds=PLACES, limit=200),
    f("free_cooling_hours", "heat", WHOLE, _("Hours of free cooling"), "h/year", kinds=PLACES, expected_for=DATA, low=0, high=8784),
    f("gas_kind", "heat", TEXT, _("Gas, biogas, LNG or hydrogen"), kinds=PLACES),
    f("gas_mw", "heat", NUMBER, _("Gas available"), "MW", kinds=PLACES, low=0, high=10_000),
    f("steam_bar", "heat", NUMBER, _("Steam pressure"), "bar", kinds=PLACES, low=0, high=300),
    f("steam_t_h", "heat", NUMBER, _("Steam available"), "t/h", kinds=PLACES, low=0, high=10_000),
    f("has_compressed_air", "heat", FLAG, _("Compressed air"), kinds=PLACES),
    f("gas_supply", "heat", TEXT, _("Oxygen and carbon dioxide"), kinds=PLACES, limit=200),
    f("waste_handling_km", "heat", NUMBER, _("Distance to waste handling"), "km", kinds=PLACES, low=0, high=1000),
    f("side_streams_nearby", "heat", TRANSLATED, _("Side streams within 50 km"), kinds=PLACES,
      help=_("Material and tonnes a year.")),
)  # fmt: skip

TELECOM: tuple[FieldSpec, ...] = (
    f("fibre_operators", "telecom", LIST, _("Fibre operators"), kinds=PLACES, expected=True),
    f("has_fibre_at_border", "telecom", FLAG, _("Fibre at the border"), kinds=PLACES, expected_for=DATA, mandatory=DATA),
    f("fibre_routes", "telecom", WHOLE, _("Separate fibre routes"), kinds=PLACES, expected_for=DATA, low=0, high=50),
    f("has_dark_fibre", "telecom", FLAG, _("Dark fibre"), kinds=PLACES, expected_for=DATA),
    f("backbone_distance_km", "telecom", NUMBER, _("Distance to a backbone node"), "km", kinds=PLACES, low=0, high=1000),
    f("latency_helsinki_ms", "telecom", NUMBER, _("Latency to Helsinki"), "ms", kinds=PLACES, low=0, high=1000),
    f("latency_stockholm_ms", "telecom", NUMBER, _("Latency to Stockholm"), "ms", kinds=PLACES, low=0, high=1000),
    f("latency_frankfurt_ms", "telecom", NUMBER, _("Latency to Frankfurt"), "ms", kinds=PLACES, low=0, high=1000),
    f("mobile_coverage", "telecom", TEXT, _("Mobile network"), kinds=PLACES, limit=60),
)  # fmt: skip

TRANSPORT: tuple[FieldSpec, ...] = (
    f("road_name", "transport", TEXT, _("Nearest main road")),
    f("road_distance_km", "transport", NUMBER, _("Distance to the main road"), "km", expected=True, low=0, high=500),
    f("railway_distance_km", "transport", NUMBER, _("Distance to the railway"), "km", expected_for=PLACES, low=0, high=1000),
    f("has_rail_siding", "transport", FLAG, _("Rail siding"), kinds=PLACES),
    f("airport_distance_km", "transport", NUMBER, _("Distance to the airport"), "km", expected_for=PLACES, low=0, high=2000),
    f("port_name", "transport", TEXT, _("Nearest port")),
    f("port_distance_km", "transport", NUMBER, _("Distance to the port"), "km", low=0, high=2000),
    f("transport_note", "transport", TRANSLATED, _("About transport")),
    f("road_class", "transport", TEXT, _("Class of the road"), kinds=PLACES),
    f("winter_class", "transport", TEXT, _("Winter maintenance class"), kinds=PLACES, limit=20),
    f("road_weight_limit_t", "transport", NUMBER, _("Weight limit of the road"), "t", kinds=PLACES, low=0, high=1000),
    f("is_hct_route", "transport", FLAG, _("Open to high-capacity vehicles"), kinds=PLACES),
    f("road_width_m", "transport", NUMBER, _("Width of the road"), "m", kinds=PLACES, low=0, high=60),
    f("special_route_height_m", "transport", NUMBER, _("Special transports: free height"), "m", kinds=PLACES, low=0, high=30),
    f("special_route_weight_t", "transport", NUMBER, _("Special transports: weight"), "t", kinds=PLACES, low=0, high=10_000),
    f("is_rail_electrified", "transport", FLAG, _("The railway is electrified"), kinds=PLACES),
    f("rail_axle_load_t", "transport", NUMBER, _("Axle load of the railway"), "t", kinds=PLACES, low=0, high=100),
    f("loading_terminal_km", "transport", NUMBER, _("Distance to a rail loading terminal"), "km", kinds=PLACES, low=0, high=1000),
    f("flights_per_week", "transport", WHOLE, _("Flights a week"), kinds=PLACES, low=0, high=10_000),
    f("public_transport_stop", "transport", TEXT, _("Public transport stop"), kinds=PLACES),
    f("departures_per_day", "transport", WHOLE, _("Departures a day"), kinds=PLACES, low=0, high=2000),
    f("parking_spaces", "transport", WHOLE, _("Parking spaces"), kinds=PLACES, low=0, high=100_000),
    f("truck_bays", "transport", WHOLE, _("Truck bays"), kinds=PLACES, low=0, high=1000),
    f("planned_improvements", "transport", TRANSLATED, _("Planned improvements"), kinds=PLACES, help=_("What and in which year.")),
)  # fmt: skip
