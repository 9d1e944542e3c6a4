"""The typesetting itself: runs in the sandbox's child, never in a web process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

#: templates name each other from here, and can read nothing outside
ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).parent / "fonts"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]


def run_in_child(folder: str) -> dict[str, Any]:
    """This will set the order in `folder/order.json` as `folder/paper.pdf`, or as `folder/picture.png` when it asks for a
    picture; {"refused": …} with the typesetter's reason.

    Packages are looked for in the folder alone: nothing is fetched from anywhere.
    """
    import typst

    place = Path(folder)
    order = json.loads((place / "order.json").read_text())
    wanted: dict[str, Any] = {"format": "pdf", "pdf_standards": [*STANDARDS]}
    if order.get("picture"):
        # One point of the page is one pixel of the picture.
        wanted = {"format": "png", "ppi": 72.0}
    try:
        content = typst.compile(
            str(ROOT / order["template"]), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True,
            sys_inputs={"order": json.dumps(order["order"])}, package_path=str(place), package_cache_path=str(place),
            timestamp=order["moment"], **wanted,
        )  # fmt: skip
    except typst.TypstError as error:
        return {"refused": "template", "why": str(error)[:500]}
    (place / ("picture.png" if order.get("picture") else "paper.pdf")).write_bytes(content)
    return {"bytes": len(content)}
