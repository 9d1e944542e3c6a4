"""Words as they are asked for and as the offer has them, made by us from what offers of this field say."""

from __future__ import annotations

#: 30 pairs in Finnish: what is asked finds what is written
FINNISH = (
    ("kaivos", "kaivoksen"), ("tontti", "tonttien"), ("sähkö", "sähköverkon"), ("rata", "radan"), ("tie", "teiden"),
    ("vesi", "veden"), ("halli", "halleja"), ("katto", "katot"), ("sähköasema", "sähköasemalta"), ("verkko", "sähköverkkoon"),
    ("rautatie", "rautateiden"), ("datakeskus", "datakeskuksia"), ("teollisuus", "teollisuusalueella"), ("alue", "yritysalueen"),
    ("metsä", "metsien"), ("puu", "puita"), ("tuuli", "tuulivoiman"), ("lämpö", "hukkalämpöä"), ("kaava", "asemakaavassa"),
    ("satama", "satamiin"), ("lentoasema", "lentoaseman"), ("kunta", "kuntien"), ("hinta", "hinnat"), ("kiinteistö", "kiinteistöissä"),
    ("varasto", "varastotilaa"), ("malmi", "malmiesiintymä"), ("matkailu", "matkailijoiden"), ("järvi", "järven"),
    ("laskettelu", "laskettelukeskus"), ("Kuhmo", "Kuhmossa"),
)  # fmt: skip
#: 10 pairs in Finnish that look alike and mean something else: what is asked does not find what is written
NOT_FINNISH = (
    ("rata", "rattaan"), ("tontti", "tonttujen"), ("kaivos", "kaivon"), ("sato", "satama"), ("puu", "puuro"), ("halli", "hallitus"),
    ("tie", "tieto"), ("satama", "sata"), ("kaava", "kaavin"), ("hinta", "hintti"),
)  # fmt: skip
SWEDISH = (
    ("gruva", "gruvans"), ("tomt", "tomten"), ("järnväg", "järnvägen"), ("el", "elnätet"), ("fastighet", "fastigheter"),
    ("hamn", "hamnar"), ("väg", "vägarna"), ("kraft", "vindkraften"), ("industri", "industriområde"), ("skog", "skogarna"),
)  # fmt: skip
ENGLISH = (
    ("mine", "mines"), ("plot", "plots"), ("railway", "railways"), ("property", "properties"), ("substation", "substations"),
    ("factory", "factories"), ("forest", "forests"), ("company", "companies"), ("grid", "grids"), ("warehouse", "warehouses"),
)  # fmt: skip
