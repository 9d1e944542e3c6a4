"""CSV as it comes: encodings, delimiters, quotation marks."""

from __future__ import annotations

from .hostile_making import CSV_HEADER, case, text

PLACE = {(2, "Nimi"): "Päijänteen ranta", (3, "Nimi"): "Åkerö"}
for _encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"):
    case(
        f"CSV in {_encoding}",
        "a.csv",
        lambda encoding=_encoding: text(encoding=encoding),
        header=CSV_HEADER,
        cells=PLACE,
    )
for _name, _mark in (("semicolons", ";"), ("commas", ","), ("tabs", "\t"), ("bars", "|")):
    case(
        f"CSV with {_name}",
        "a.csv",
        lambda mark=_mark: text(delimiter=mark),
        header=CSV_HEADER,
        cells={**PLACE, (2, "Pinta-ala"): "1,5"},
    )
case("line ends of an old Mac", "a.csv", lambda: text(end="\r"), header=CSV_HEADER, cells=PLACE)
case(
    "Excel's sep line",
    "a.csv",
    lambda: b"sep=|\r\n" + text(delimiter="|"),
    header=CSV_HEADER,
    cells={(3, "Nimi"): "Päijänteen ranta"},
)
case(
    "line breaks in quotes",
    "a.csv",
    lambda: text([["A", "B"], ["x\ny", "1"], ["z", "2"]]),
    cells={(2, "A"): "x\ny", (3, "A"): "z"},
)
case(
    "quotes in quotes",
    "a.csv",
    lambda: text([["A", "B"], ['Halli "Iso"', "1"]]),
    cells={(2, "A"): 'Halli "Iso"'},
)
case(
    "a quote in the middle",
    "a.csv",
    lambda: b'A;B\nHalli 5";1\nz;2\n',
    cells={(2, "A"): 'Halli 5"', (3, "A"): "z"},
)
case(
    "rows of different lengths",
    "a.csv",
    lambda: b"A;B;C\nx\ny;1;2;3\n",
    rows=2,
    cells={(2, "B"): None, (3, "D"): "3"},
)
case("no line end at the end", "a.csv", lambda: b"A;B\nx;1", rows=1, cells={(2, "B"): "1"})
case("title rows in CSV", "a.csv", lambda: b"Kunnan tontit;;\n;;\n" + text(), header=CSV_HEADER, rows=2)
case(
    "escaped formulas come back as they were",
    "a.csv",
    lambda: b"A;B\n'=1+1;'-x\n'@y;''=z\n",
    cells={(2, "A"): "=1+1", (2, "B"): "-x", (3, "A"): "@y", (3, "B"): "'=z"},
)
case(
    "mixed encodings",
    "a.csv",
    lambda: "A;B\nPäivä;1\n".encode() + "Åkerö;2\n".encode("cp1252"),
    cells={(2, "A"): "Päivä", (3, "A"): "Åkerö"},
    notes="row 3",
)
case("a quotation mark that never closes", "a.csv", lambda: b'A;B\nx;1\n"y;2\nz;3\n', "unclosed_quote", row=3)
case(
    "a quotation mark that never closes in a long file",
    "a.csv",
    lambda: b'A;B\nx;1\n"y;2\n' + b"z;3\n" * 60_000,
    "unclosed_quote",
    row=3,
)
case("a NUL in the text", "a.csv", lambda: b"A;B\nx;1\ny\0y;2\n" + b"z;3\n" * 20, "nul", row=3)
case(
    "huge numbers as text",
    "a.csv",
    lambda: b"A;B\nx;1e999\ny;" + b"9" * 400 + b"\n",
    cells={(2, "B"): "1e999"},
)
case("one column of CSV", "a.csv", lambda: b"Nimi\nPaja\nTalo\n", header=["Nimi"], rows=2)
case("half a UTF-16 letter", "a.csv", lambda: text(encoding="utf-16") + b"\x41", header=CSV_HEADER)
