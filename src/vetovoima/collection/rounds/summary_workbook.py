"""A round's summary as a workbook, for the board."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from .enums import Certainty, RoundKind
from .validators import ROW_FIELDS
from .workbook import (
    OUTLOOK_SHEET,
    QUESTIONS_SHEET,
    ROW_LABELS,
    Looks,
    new_workbook,
    shown_answer,
    write_cell,
)

if TYPE_CHECKING:
    import xlsxwriter

    from vetovoima.reference.models import Sector

    from .summary import Summary


def write_summary(found: Summary, language: str) -> bytes:
    """This will write a round's summary as a workbook: answers by municipality, planned investments, sums by year."""
    file = io.BytesIO()
    with override(language):
        book, looks = new_workbook(file)
        if found.questions:
            _answers_table(book, looks, found, language)
        if found.round.kind == RoundKind.OUTLOOK:
            _entries_table(book, looks, found, language)
            _years_table(book, looks, found)
        _states_table(book, looks, found, language)
        book.close()
    return file.getvalue()


def _table(
    book: xlsxwriter.Workbook, looks: Looks, name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(1, len(head) - 1), 22)
    for column, label in enumerate(head):
        sheet.write_string(0, column, str(label), looks.head)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            write_cell(sheet, looks, row, column, value)


def _answers_table(book: xlsxwriter.Workbook, looks: Looks, found: Summary, language: str) -> None:
    head = [
        _("Municipality"),
        _("Who answered"),
        *(one.question.text.best(language)[0] for one in found.questions),
    ]
    rows = [
        [
            task.municipality.name.best(language)[0],
            task.respondents or task.answered_name,
            *(
                shown_answer(one.question, task.answers.get(one.question.code), language)
                for one in found.questions
            ),
        ]
        for task in found.answered
    ]
    _table(book, looks, str(QUESTIONS_SHEET), head, rows)


def _entries_table(book: xlsxwriter.Workbook, looks: Looks, found: Summary, language: str) -> None:
    names = {task.pk: task.municipality.name.best(language)[0] for task in found.answered}
    head = [
        _("Municipality"),
        ROW_LABELS["what"],
        _("Amount, euros"),
        *(ROW_LABELS[name] for name in ROW_FIELDS[2:]),
    ]
    rows = [
        [
            names[entry.task_id],
            entry.what,
            entry.amount_eur,
            entry.year,
            _sector_name(entry.sector, language),
            entry.get_certainty_display(),
            entry.get_obstacle_display(),
            entry.note,
        ]
        for entry in found.entries
    ]
    _table(book, looks, str(OUTLOOK_SHEET), head, rows)


def _sector_name(sector: Sector | None, language: str) -> str:
    return sector.name.best(language)[0] if sector else ""


def _years_table(book: xlsxwriter.Workbook, looks: Looks, found: Summary) -> None:
    head = [_("Year"), *Certainty.labels, _("Together, euros"), _("Number")]
    rows = [
        [
            row.year or _("Together"),
            *(row.by_certainty[one] for one in Certainty.values),
            row.total,
            row.count,
        ]
        for row in (*found.years, found.total)
    ]
    _table(book, looks, _("Sums by year"), head, rows)


def _states_table(book: xlsxwriter.Workbook, looks: Looks, found: Summary, language: str) -> None:
    head = [_("Municipality"), _("State"), _("Who answered"), _("When")]
    rows = [
        [
            task.municipality.name.best(language)[0],
            task.get_state_display(),
            task.respondents or task.answered_name,
            localdate(task.answered_at).isoformat() if task.answered_at else "",
        ]
        for task in found.tasks
    ]
    _table(book, looks, _("Who has answered"), head, rows)
