"""Addresses of imports."""

from django.urls import path

from .views import files, mapping, preview, records, working

IMPORT = "<int:number>/"

urlpatterns = [
    path("", records.import_list, name="imports"),
    path("new/", records.import_new, name="import-new"),
    path(IMPORT, records.import_detail, name="import"),
    path(f"{IMPORT}columns/", mapping.columns, name="import-columns"),
    path(f"{IMPORT}read/", mapping.read_again, name="import-read"),
    path(f"{IMPORT}rows/<int:row>/", preview.row_detail, name="import-row"),
    path(f"{IMPORT}rows/<int:row>/mend/", preview.row_mend, name="import-row-mend"),
    path(f"{IMPORT}skip/", preview.skip, name="import-skip"),
    path(f"{IMPORT}commit/", working.commit, name="import-commit"),
    path(f"{IMPORT}cancel/", working.cancel, name="import-cancel"),
    path(f"{IMPORT}undo/", working.undo, name="import-undo"),
    path(f"{IMPORT}redo/", working.redo, name="import-redo"),
    path(f"{IMPORT}tell/", working.tell, name="import-tell"),
    path(f"{IMPORT}marked.xlsx", files.marked, name="import-marked"),
]
