"""The published collection standard: what `catalogue.registry` says, as schema, workbook, CSV form and validator.

`layout` names the columns · `validation.check_row` reads and checks one row (the importer uses it too) · `words` are
the words of a cell · `template` and `export` write workbooks and CSV · `schema` is the JSON Schema · `mapping` the way
to the French standard · `history` the versions.
"""
