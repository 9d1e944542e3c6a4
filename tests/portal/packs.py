"""Small data packs of pages for the tests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from vetovoima.portal.loading import load_pages
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import Pack

HOME = {
    "path": "/", "type": "home", "title": {"fi": "Tuulisaari", "en": "Windy Isle"}, "lead": {"en": "Wind."},
}  # fmt: skip


def load(folder: Path, *pages: dict[str, Any]) -> LoadReport:
    """This will write the pages as a pack and load them."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    (folder / "content" / "pages").mkdir(parents=True)
    for number, page in enumerate(pages):
        (folder / "content" / "pages" / f"{number}.json").write_text(json.dumps(page), encoding="utf-8")
    report = LoadReport()
    load_pages(Pack(folder), report)
    return report
