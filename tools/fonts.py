"""Makes the smaller font files of the front end out of the packages' own: `.venv/bin/python -m tools.fonts`.

The packages' files of further Latin letters weigh 60 and 42 KB, and a page with one "š" loads them whole. Ours hold the
letters of Finnish, Swedish and the Sámi languages alone (5 KB). Of the serif only the weights of headings are kept.
The makers have reserved the name "Source" for their own files (SIL OFL 1.1, 3): ours are named after the product.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
PACKAGES = FRONTEND / "node_modules" / "@fontsource-variable"
FOLDER = FRONTEND / "tokens" / "fonts"
#: as `unicode-range` of `tokens/fonts.css` has them
NORTH = "ČčĐđŊŋŠšŦŧŽžƷʒǤǥǦǧǨǩǮǯ"
HEADINGS = (400, 700)
#: font names by what the name table calls them: family, unique, full, PostScript, typographic family, prefix
NAMES = (1, 3, 4, 6, 16, 25)


def made(source: Path, name: str, letters: Iterable[int], weights: tuple[int, int] | None) -> bytes:
    """This will return a WOFF2 file of some letters, and of some weights, under a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[letter for letter in letters if letter in font.getBestCmap()])
    cutter.subset(font)
    if weights is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weights})
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = name.replace(" ", "") if record.nameID in (6, 25) else name
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    """This will write the files anew."""
    north = [ord(letter) for letter in NORTH]
    sans, serif = PACKAGES / "source-sans-3" / "files", PACKAGES / "source-serif-4" / "files"
    latin = serif / "source-serif-4-latin-wght-normal.woff2"
    # a mark for the order of bytes is no letter
    letters = [letter for letter in TTFont(latin).getBestCmap() if letter != 0xFEFF]
    for file, source, name, wanted, weights in (
        ("sans-north", sans / "source-sans-3-latin-ext-wght-normal.woff2", "Vetovoima Sans", north, None),
        ("serif-north", serif / "source-serif-4-latin-ext-wght-normal.woff2", "Vetovoima Serif", north, HEADINGS),
        ("serif-headings", latin, "Vetovoima Serif", letters, HEADINGS),
    ):  # fmt: skip
        content = made(source, name, wanted, weights)
        (FOLDER / f"{file}.woff2").write_bytes(content)
        print(f"{file}.woff2: {len(content)} bytes of {source.stat().st_size}")


if __name__ == "__main__":
    main()
