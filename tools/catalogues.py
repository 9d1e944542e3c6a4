"""Compile the message catalogues (.po to .mo) with Babel, so that no gettext is needed to run the product.

Runs inside the environment: `.venv/bin/python -m tools.catalogues`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tools import stamps

LOCALE = stamps.ROOT / "src/vetovoima/locale"


def sources() -> list[Path]:
    """This will return the catalogues of the project in a fixed order."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def compile_one(source: Path) -> None:
    """This will write the .mo beside one .po, whole or not at all."""
    from babel.messages import mofile, pofile

    with source.open("rb") as text:
        catalogue = pofile.read_po(text, locale=source.parts[-3])
    target = source.with_suffix(".mo")
    half = target.with_suffix(".mo.new")
    with half.open("wb") as binary:
        mofile.write_mo(binary, catalogue)
    os.replace(half, target)


def main() -> int:
    """This will compile every catalogue."""
    for source in sources():
        compile_one(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
