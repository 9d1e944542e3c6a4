"""A service on this machine that answers like Statistics Finland's since June 2026; a test spoils what it wants."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.common.loopback import Call, Reply, as_json

ANSWERS = Path(__file__).parent / "answers"
TABLE = "StatFin/vaerak/11ra.px"
PLACES = {
    "hyrynsalmi": "105", "kajaani": "205", "kuhmo": "290", "paltamo": "578", "puolanka": "620", "ristijarvi": "697",
    "sotkamo": "765", "suomussalmi": "777",
}  # fmt: skip


def answer(name: str) -> Any:
    """This will read a kept answer."""
    return json.loads((ANSWERS / name).read_text(encoding="utf-8"))


def population() -> Any:
    """The made answer: eight municipalities and the region, two years."""
    return answer("MADE-population-response-2026-form.jsonstat2.json")


def description() -> dict[str, Any]:
    """What the table says of itself."""
    areas = ["SSS", "MK18", *(f"KU{code}" for code in PLACES.values()), "KU091"]
    return {
        "title": "Population by Area, Year and Information",
        "variables": [
            {"code": "alue_23_20260101", "text": "Area", "values": areas, "valueTexts": areas},
            {"code": "timeperiod_y", "text": "Year", "values": ["2020", "2021", "2022"], "valueTexts": ["2020", "2021", "2022"], "time": True},
            {"code": "contentscode", "text": "Information", "values": ["vaerak-vaesto", "vaerak-synt"], "valueTexts": ["Population", "Births"]},
        ],
    }  # fmt: skip


Spoil = Callable[[Any], Any]


def keep(data: Any) -> Any:
    """No change."""
    return data


def statfin(*, about: Spoil = keep, data: Spoil = keep) -> Callable[[Call], Reply]:
    """This will make the answers of a server: `about` changes what the table says of itself, `data` the figures.

    Either may return a Reply instead.
    """

    def respond(call: Call) -> Reply:
        if call.path != f"/en/{TABLE}":
            return Reply("no such table", status=404)
        found = about(description()) if call.method == "GET" else data(copy.deepcopy(population()))
        return found if isinstance(found, Reply) else as_json(found)

    return respond
