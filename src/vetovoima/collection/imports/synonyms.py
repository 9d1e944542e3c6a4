"""What people write above their columns. Labels and names of the standard are known without this list.

Target → headers in Finnish, Swedish and English as they are met in municipalities' own spreadsheets. The unit
beside a header ("hinta €/m2") is read apart, so it does not stand here. A header may stand under several targets:
the first that the kind of record has, and whose unit fits, wins.
"""

from __future__ import annotations

#: targets that are no fields of the standard: how a record is known, and where it is in columns of their own
KEYS = ("code", "external_key", "municipality", "profiles")
PLACE = ("latitude", "longitude", "coordinates", "east", "north")

SYNONYMS: dict[str, tuple[str, ...]] = {
    "code": (
        "koodi", "kohdekoodi", "kohteen koodi", "vetovoima koodi", "code", "site code", "record", "record code",
        "kod", "objektskod", "kohdenumero vetovoima",
    ),
    "external_key": (
        "id", "tunnus", "kohteen tunnus", "oma tunnus", "kohde id", "kohdeid", "nro", "nr", "no", "numero", "kohdenumero",
        "tonttinumero", "own key", "external id", "external key", "reference", "ref", "key", "fid", "objectid", "gid",
        "beteckning", "eget nummer", "objekt id", "tontin numero", "järjestysnumero",
    ),
    "municipality": (
        "kunta", "kaupunki", "kunnan nimi", "kuntanimi", "sijaintikunta", "kuntanumero", "municipality", "town", "city",
        "kommun", "stad", "kommunens namn", "municipality name",
    ),
    "profiles": ("profiili", "profiilit", "profile", "profiles", "profil", "profiler"),
    "latitude": (
        "lat", "latitude", "leveysaste", "leveyspiiri", "leveys", "latitud", "breddgrad", "y wgs84", "wgs84 lat", "lat wgs84",
        "wgs84 n", "n wgs84", "pohjoinen leveys",
    ),
    "longitude": (
        "lon", "lng", "long", "longitude", "pituusaste", "pituuspiiri", "pituus", "longitud", "längdgrad", "x wgs84",
        "wgs84 lon", "lon wgs84", "wgs84 e", "e wgs84", "itäinen pituus",
    ),
    "north": (
        "n", "north", "northing", "pohjoinen", "pohjoiskoordinaatti", "p koordinaatti", "n koordinaatti", "y", "y koordinaatti",
        "n etrs tm35fin", "etrs tm35fin n", "nord", "nordlig", "n koordinat", "y etrs tm35fin", "tm35fin n",
    ),
    "east": (
        "e", "east", "easting", "itä", "itäkoordinaatti", "i koordinaatti", "e koordinaatti", "x", "x koordinaatti",
        "e etrs tm35fin", "etrs tm35fin e", "öst", "ost", "ostlig", "e koordinat", "x etrs tm35fin", "tm35fin e",
    ),
    "coordinates": (
        "koordinaatit", "sijaintikoordinaatit", "coordinates", "coords", "koordinater", "lat lon", "lat lng", "gps",
        "koordinaatti", "karttakoordinaatit", "wgs84", "etrs tm35fin", "position", "n e", "sijaintipiste", "latlon",
    ),
    "geometry": ("geometria", "geojson", "geom", "the geom", "geometry", "wkt", "shape", "geometri", "rajaus", "aluerajaus"),
    "place_precision": (
        "sijainnin tarkkuus", "tarkkuus", "koordinaattien tarkkuus", "precision", "location precision", "coord precision",
        "noggrannhet", "lägesnoggrannhet",
    ),
    "name": (
        "nimi", "kohde", "kohteen nimi", "tontti", "tontin nimi", "alue", "alueen nimi", "kiinteistön nimi", "hakunimi", "name",
        "site", "site name", "title", "plot", "plot name", "property", "namn", "objekt", "objektets namn", "tomt",
        "tomtens namn", "område", "toimitila", "hanke", "hankkeen nimi", "otsikko", "kohteen otsikko", "rakennus",
        "rakennuksen nimi", "yritysalue", "teollisuusalue", "opportunity", "objektnamn",
    ),
    "locality": (
        "kylä", "kaupunginosa", "kunnanosa", "taajama", "paikkakunta", "village", "district", "locality", "by", "stadsdel",
        "ort", "neighbourhood", "alueen sijainti", "sijainti", "location", "läge", "kylä kaupunginosa", "asuinalue",
    ),
    "address": (
        "osoite", "katuosoite", "käyntiosoite", "lähiosoite", "address", "street", "street address", "adress", "gatuadress",
        "besöksadress", "tontin osoite", "kohteen osoite", "tien nimi ja numero",
    ),
    "postal_code": ("postinumero", "pnro", "postal code", "postcode", "zip", "zip code", "postnummer", "post nr"),
    "property_ids": (
        "kiinteistötunnus", "kiinteistötunnukset", "kiinteistö", "kiint tunnus", "kiinteistön tunnus", "rek nro",
        "rekisterinumero", "kt", "property id", "property ids", "property identifier", "cadastral number", "cadastral id",
        "parcel id", "fastighetsbeteckning", "fastighetsnummer", "fastighet", "ktunnus", "kiinteistötunnus t",
    ),
    "availability": (
        "saatavuus", "tila", "tilanne", "vapaa", "vapaana", "varaustilanne", "status", "availability", "available", "state",
        "tillgänglighet", "läget", "tillgänglig", "myyntitilanne", "tontin tila", "kohteen tila",
    ),
    "available_from": (
        "vapautuu", "saatavilla alkaen", "vapaa alkaen", "vapautumispäivä", "käytettävissä", "available from", "available as of",
        "vacant from", "ledig från", "tillgänglig från", "vapautuu pvm", "luovutettavissa", "valmis",
    ),
    "reserved_until": (
        "varattu asti", "varaus päättyy", "varattu", "varaus voimassa", "reserved until", "reservation ends", "reserverad till",
        "reserverad t o m",
    ),
    "area_m2": (
        "pinta ala", "pintaala", "pa", "tontin koko", "koko", "ala", "maa ala", "tontin pinta ala", "alueen pinta ala", "m2",
        "pinta ala yhteensä", "kokonaispinta ala", "area", "size", "plot size", "total area", "site area", "land area", "areal",
        "tomtareal", "tomtens areal", "yta", "markareal", "arealen", "tontti", "hehtaarit", "ha", "hectares", "acres",
        "acreage", "site size", "kokonaisala",
    ),
    "usable_area_m2": (
        "käytettävissä oleva ala", "hyödynnettävä ala", "hyötyala", "käyttökelpoinen ala", "usable area", "developable area",
        "net area", "användbar areal", "nyttjandeareal", "vapaana oleva ala",
    ),
    "min_parcel_m2": ("pienin osa", "vähimmäiskoko", "minimikoko", "smallest part", "minimum plot", "min parcel", "minsta del"),
    "is_divisible": ("jaettavissa", "voidaan jakaa", "osissa", "divisible", "can be divided", "delbar", "kan delas"),
    "plot_count": ("tonttien määrä", "tontteja", "tontteja kpl", "number of plots", "plots", "antal tomter", "tontit kpl"),
    "floor_area_m2": (
        "kerrosala", "huoneistoala", "hyötyala", "toimitilan koko", "tilan koko", "pinta ala", "koko", "rakennuksen koko",
        "floor area", "floor space", "gross floor area", "gfa", "building area", "size", "area", "våningsyta", "lokalyta",
        "yta", "huoneistoala htm2", "vuokrattava ala", "lettable area", "vuokrattavissa", "tilaa", "areal",
    ),
    "clear_height_m": (
        "vapaa korkeus", "hallikorkeus", "sisäkorkeus", "korkeus", "clear height", "ceiling height", "internal height",
        "height", "fri höjd", "takhöjd", "höjd",
    ),
    "owner_kind": ("omistajatyyppi", "omistuslaji", "omistus", "owner type", "ownership", "ägartyp", "ägandeform", "maanomistus"),
    "owner_name": (
        "omistaja", "maanomistaja", "omistajan nimi", "kiinteistön omistaja", "owner", "owner name", "land owner", "landowner",
        "ägare", "markägare", "ägarens namn", "haltija",
    ),
    "tenure": (
        "luovutustapa", "luovutusmuoto", "hallintamuoto", "myynti vuokraus", "myydään vuokrataan", "tenure", "offered",
        "sale or lease", "for sale or lease", "upplåtelse", "upplåtelseform", "försäljning uthyrning", "tarjolla",
    ),
    "price_eur": (
        "hinta", "kauppahinta", "pyyntihinta", "kokonaishinta", "myyntihinta", "price", "asking price", "total price",
        "sales price", "pris", "utgångspris", "begärt pris", "totalpris", "hintapyyntö", "tontin hinta", "hinta alv 0",
    ),
    "price_eur_m2": (
        "hinta", "neliöhinta", "yksikköhinta", "myyntihinta", "price", "asking price", "unit price", "price per m2",
        "price per square metre", "pris", "kvadratmeterpris", "enhetspris", "tontin hinta", "hinta neliö", "hinta per neliö",
    ),
    "rent_eur_m2_month": (
        "vuokra", "pyyntivuokra", "neliövuokra", "kuukausivuokra", "rent", "asking rent", "hyra", "månadshyra", "lease price",
    ),
    "price_note": (
        "ehdot", "luovutusehdot", "hintahuomautus", "hinnan lisätieto", "lisätieto hinnasta", "terms", "price note", "villkor",
        "prisnotering", "hintatieto",
    ),
    "plan_state": (
        "kaavatilanne", "kaavoitustilanne", "kaava", "kaavan tila", "planning state", "planning status", "zoning status",
        "plan status", "planläge", "planstatus", "planeringsläge", "kaavoitus", "zoning",
    ),
    "plan_name": ("kaavan nimi", "asemakaavan nimi", "plan name", "name of the plan", "planens namn", "detaljplanens namn"),
    "plan_use_code": (
        "kaavamerkintä", "käyttötarkoitus", "kaavan käyttötarkoitus", "käyttötarkoitusmerkintä", "pääkäyttötarkoitus", "merkintä",
        "plan marking", "plan code", "zoning code", "use in the plan", "land use", "planbeteckning", "användning",
        "användningsändamål", "kaavamääräys",
    ),
    "building_right_m2": (
        "rakennusoikeus", "rak oikeus", "rakoikeus", "kerrosalaoikeus", "k m2", "kem2", "building right", "permitted floor area",
        "buildable area", "byggrätt", "byggnadsrätt", "rakennusoikeus k m2", "rakennusoikeutta",
    ),
    "efficiency_ratio": ("tehokkuus", "tehokkuusluku", "e luku", "tonttitehokkuus", "plot ratio", "far", "exploateringstal"),
    "max_height_m": ("suurin korkeus", "enimmäiskorkeus", "max height", "maximum height", "högsta höjd"),
    "plan_url": ("kaavalinkki", "linkki kaavaan", "kaavakartta", "kaavan osoite", "plan link", "plan url", "planlänk", "länk till planen"),
    "plan_note": ("kaavahuomautus", "lisätieto kaavasta", "kaavan lisätieto", "plan note", "plananmärkning"),
    "free_capacity_mw": (
        "vapaa sähköteho", "sähköteho", "vapaa teho", "sähkö", "sähköliittymä", "teho", "liittymäteho", "saatavilla oleva sähköteho",
        "power", "electric power", "available power", "electricity", "grid capacity", "free capacity", "free power",
        "elkraft", "eleffekt", "ledig effekt", "effekt", "sähkökapasiteetti",
    ),
    "capacity_year": ("teho saatavilla vuonna", "tehon vuosi", "power available in", "capacity year", "effekt tillgänglig år"),
    "voltage_kv": ("jännite", "liittymisjännite", "jännitetaso", "voltage", "spänning", "spänningsnivå"),
    "substation_name": ("sähköasema", "lähin sähköasema", "muuntoasema", "substation", "nearest substation", "elstation", "transformatorstation"),
    "substation_distance_km": (
        "etäisyys sähköasemalle", "sähköaseman etäisyys", "sähköasemalle", "distance to substation", "distance to the substation",
        "avstånd till elstation",
    ),
    "grid_company": ("verkkoyhtiö", "sähköyhtiö", "jakeluverkkoyhtiö", "grid company", "network company", "elbolag", "nätbolag"),
    "connection_lead_months": ("liittymisaika", "liittymän toimitusaika", "connection time", "lead time", "anslutningstid"),
    "road_name": ("tie", "päätie", "lähin päätie", "valtatie", "road", "main road", "nearest main road", "väg", "huvudväg"),
    "road_distance_km": (
        "etäisyys tielle", "etäisyys päätielle", "päätielle", "valtatielle", "distance to road", "distance to main road",
        "avstånd till huvudväg", "etäisyys valtatielle",
    ),
    "railway_distance_km": (
        "etäisyys rautatielle", "rautatielle", "rata", "etäisyys rataan", "distance to railway", "railway", "avstånd till järnväg",
        "raideyhteys etäisyys", "rautatieasemalle",
    ),
    "has_rail_siding": ("pistoraide", "teollisuusraide", "raide", "raideyhteys", "rail siding", "siding", "stickspår", "industrispår"),
    "airport_distance_km": (
        "etäisyys lentoasemalle", "lentoasemalle", "lentokentälle", "lentokenttä", "distance to airport", "airport",
        "avstånd till flygplats", "flygplats",
    ),
    "port_name": ("satama", "lähin satama", "port", "nearest port", "hamn", "närmaste hamn"),
    "port_distance_km": ("etäisyys satamaan", "satamaan", "distance to port", "avstånd till hamn"),
    "transport_note": ("liikenneyhteydet", "kulkuyhteydet", "yhteydet", "logistiikka", "transport", "connections", "trafik", "förbindelser"),
    "summary": ("tiivistelmä", "lyhyt kuvaus", "yhdellä lauseella", "ingressi", "summary", "short description", "sammanfattning", "ingress"),
    "description": (
        "kuvaus", "esittely", "lisätiedot", "lisätieto", "selite", "kohteen kuvaus", "description", "details", "beskrivning",
        "presentation", "infrastruktuuri", "infrastructure", "infrastruktur", "tilläggsuppgifter",
    ),
    "reason_to_come": ("miksi tänne", "vahvuudet", "syy tulla", "edut", "reason to come", "strengths", "why here", "styrkor", "varför hit"),
    "sectors": ("toimialat", "toimiala", "kärkitoimiala", "kärkitoimialat", "sectors", "sector", "industry", "industries", "bransch", "branscher"),
    "themes": ("teemat", "teema", "themes", "theme", "teman", "tema"),
    "contact": (
        "yhteyshenkilö", "yhteystieto", "yhteystiedot", "lisätiedot antaa", "vastuuhenkilö", "contact", "contact person",
        "kontakt", "kontaktperson", "contact name", "sähköposti", "email", "e mail", "e post",
    ),
    "internal_note": ("huomautus", "huom", "muistiinpano", "sisäinen huomautus", "internal note", "note", "notes", "remarks", "comment", "anmärkning", "anteckning"),
    "source.*.title": ("lähde", "tietolähde", "tiedon lähde", "source", "data source", "källa", "uppgiftskälla"),
    "source.*.url": ("lähteen osoite", "lähdelinkki", "source url", "source link", "källans adress"),
    "source.*.dated": ("lähteen päiväys", "tiedon päivämäärä", "päivitetty", "päivityspäivä", "source date", "updated", "källans datum", "uppdaterad"),
}  # fmt: skip

#: what a header that fits several fields means first, by kind: the size of premises is the size of the building
PREFERRED: dict[str, tuple[str, ...]] = {"premises": ("floor_area_m2", "rent_eur_m2_month")}

#: languages as people write them after a header: "Nimi (en)", "Kuvaus englanniksi"
LANGUAGE_WORDS: dict[str, tuple[str, ...]] = {
    "fi": ("fi", "fin", "suomeksi", "suomi", "finnish", "in finnish", "på finska", "finska"),
    "en": ("en", "eng", "englanniksi", "englanti", "english", "in english", "på engelska", "engelska"),
    "sv": ("sv", "swe", "se", "ruotsiksi", "ruotsi", "swedish", "in swedish", "på svenska", "svenska"),
}

#: a last row like this sums up the others and is no record
TOTALS = ("yhteensä", "summa", "total", "totals", "sum", "totalt", "sammanlagt", "kaikki yhteensä")
