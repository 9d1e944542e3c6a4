"""Published records on paper: each as a PDF of its own, as a visitor's list, and as a part of an offer package."""

from __future__ import annotations

from .public import look_of, record_pdf
from .sheets import sheet_of, written_day
from .shortlist import shortlist_pdf, shortlist_workbook

__all__ = ["look_of", "record_pdf", "sheet_of", "shortlist_pdf", "shortlist_workbook", "written_day"]
