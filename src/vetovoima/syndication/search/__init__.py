"""The search of the offer: columns of all records in memory, words in the database.

Publishing a record writes its `SearchEntry` (what it can be asked by, taken from its public document and from nothing
else) and its words. Each process keeps the entries as arrays (`offer.py`) and reads again what has changed since; a
search is arithmetic over them, so counts, bounds and distances cost next to nothing and are the same on every database.
Only words are looked up in the database (`words.py`), as plain tokens that both databases compare in the same way.

A further kind of record (ownership transfers) joins by publishing documents of the same shape (`SiteDocument`) and
calling `entries.put_entry` with them, and by `syndication.kinds.register_kind`, from which every form takes its choices.
A figure of its own becomes searchable with rows in `columns.NUMBERS` and `BOUNDED` and one in `asking.ASKED`. No table
changes: an entry holds its values by name.
"""
