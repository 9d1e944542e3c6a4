"""Everything that is public, in one archive: records as tables, on the map and whole, in each language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.documents import feature
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.tables import COLUMNS, row_of, write_rows

from .about import About, read_me
from .packing import Packer

#: how many records are held in memory at once
CHUNK = 500
Alive = Callable[[], None]
BOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def pack_everything(packer: Packer, about: About, alive: Alive) -> int:
    """This will write the archive of everything; returns how many records. `alive` is called now and then: it is long work."""
    count = 0
    packer.add("README.txt", read_me(about))
    for language in LANGUAGES:
        with packer.text(f"{language}/records.csv") as file:
            file.write("\ufeff")
            count = write_rows(file, (card for card, _row in _cards(about, language, alive)))
        with packer.text(f"{language}/records.geojson") as file:
            _write_features(file.write, about, _cards(about, language, alive))
        with packer.entry(f"{language}/records.xlsx") as book:
            _write_book(book, about, _cards(about, language, alive))
        for row in _rows(language):
            document = {**row.body, "url": f"{about.base}{row.body['url']}"}
            packer.add(f"{language}/documents/{row.code}.json", _json(document))
            alive()
    packer.add("manifest.json", _json({**about.as_json(), "records": list(_manifest())}))
    return count


def _rows(language: str) -> Iterator[PublishedDocument]:
    rows = PublishedDocument.objects.in_language(language).order_by("code")
    yield from rows.iterator(chunk_size=CHUNK)


def _cards(about: About, language: str, alive: Alive) -> Iterator[tuple[dict[str, Any], PublishedDocument]]:
    """Every record's card with whole addresses, and its row."""
    rows = PublishedDocument.objects.in_language(language).order_by("code").defer("body")
    for number, row in enumerate(rows.iterator(chunk_size=CHUNK)):
        if number % CHUNK == 0:
            alive()
        yield about.whole(row.card), row


def _write_features(
    write: Callable[[str], object], about: About, cards: Iterator[tuple[dict[str, Any], PublishedDocument]]
) -> None:
    """GeoJSON, one feature on each line, so that it is read and written without holding all of it."""
    head = json.dumps(about.as_json(), ensure_ascii=False)[1:-1]
    write(f'{{"type":"FeatureCollection",{head},"features":[')
    for number, (card, row) in enumerate(cards):
        write(("," if number else "") + "\n" + _json(feature(card, row.geometry)))
    write("\n]}\n")


def _write_book(target: Any, about: About, cards: Iterator[tuple[dict[str, Any], PublishedDocument]]) -> None:
    """The same table as a workbook, with a second sheet that says whose it is."""
    import xlsxwriter  # large, and needed by the worker alone, once a night

    book = xlsxwriter.Workbook(target, BOOK)
    book.set_properties({"title": about.title, "author": about.publisher, "comments": about.licence})
    sheet = book.add_worksheet("records")
    sheet.freeze_panes(1, 2)
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    for number, (card, _row) in enumerate(cards, start=1):
        for column, value in enumerate(row_of(card)):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:32_767])
            elif value is not None:
                sheet.write(number, column, value)
    notes = book.add_worksheet("about")
    for number, (name, value) in enumerate(about.as_json().items()):
        notes.write_row(number, 0, (name, str(value)))
    book.close()


def _manifest() -> Iterator[dict[str, Any]]:
    rows = PublishedDocument.objects.in_language(LANGUAGES[0]).order_by("code")
    for code, version, updated_at in rows.values_list("code", "version", "updated_at").iterator(
        chunk_size=CHUNK
    ):
        yield {"code": code, "version": version, "updated_at": updated_at.isoformat(timespec="seconds")}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
