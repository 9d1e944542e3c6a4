"""A round as a workbook: the form to fill in, and the same read back into a draft.

Read back, a cell is only what somebody typed: it goes through the same checks as the form on the web.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from vetovoima.common.digits import is_number
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.tables import CellError, Table, open_table
from vetovoima.reference.queries import sectors

from .enums import Certainty, Obstacle, QuestionType, RoundKind
from .validators import MAX_ROWS, ROW_FIELDS

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Question, RoundTask

QUESTIONS_SHEET = pgettext_lazy("sheet of a workbook", "Questions")
OUTLOOK_SHEET = pgettext_lazy("sheet of a workbook", "Planned investments")
QUESTION_COLUMNS = (
    gettext_lazy("No."),
    gettext_lazy("Question"),
    gettext_lazy("What is wanted"),
    gettext_lazy("Answer"),
)
ROW_LABELS: Mapping[str, Any] = {
    "what": gettext_lazy("What is planned"),
    "amount": gettext_lazy("Amount, million euros"),
    "year": gettext_lazy("Year"),
    "sector": gettext_lazy("Sector"),
    "certainty": gettext_lazy("Certainty"),
    "obstacle": gettext_lazy("What stands in the way"),
    "note": gettext_lazy("More about it"),
}
YES_NO: Mapping[str, Any] = {
    "yes": pgettext_lazy("answer", "Yes"),
    "no": pgettext_lazy("answer", "No"),
}
WIDTHS = {"what": 44, "amount": 16, "year": 9, "sector": 34, "certainty": 16, "obstacle": 22, "note": 50}
#: where the header stands: over it are the title, the key that says whose form it is, and how to fill it in
HEADER_ROW = 5
LIST_SHEET = "lists"


class NotThisForm(ValidationError):
    """The workbook is no form of this round, or that of another municipality."""


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook."""

    title: Any
    head: Any
    text: Any
    number: Any
    money: Any


def _key(task: RoundTask) -> str:
    return f"{task.round.code} / {task.municipality.slug}"


def new_workbook(file: io.BytesIO) -> tuple[xlsxwriter.Workbook, Looks]:
    """This will begin a workbook with its formats."""
    # Words are words: what somebody wrote never becomes a formula or a link in another person's spreadsheet.
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    looks = Looks(
        title=book.add_format({"bold": True, "font_size": 14}),
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format({"text_wrap": True, "valign": "top"}),
        number=book.add_format({"num_format": "#,##0.##", "valign": "top"}),
        money=book.add_format({"num_format": "#,##0", "valign": "top"}),
    )
    return book, looks


# ------------------------------------------------------------------------------------------------ the form


def write_form(task: RoundTask, language: str) -> bytes:
    """This will write the form of a municipality's part of a round, with what is written already, as a workbook."""
    file = io.BytesIO()
    with override(language):
        book, looks = new_workbook(file)
        questions = list(task.round.questions.all())
        lists = _Lists(book)
        if questions:
            _questions_sheet(book, looks, lists, task, questions, language)
        if task.round.kind == RoundKind.OUTLOOK:
            _outlook_sheet(book, looks, lists, task, language)
        lists.finish()
        book.close()
    return file.getvalue()


class _Lists:
    """The answers to choose from, on a hidden sheet: a drop-down written out in its cell holds 255 characters only."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.columns: list[list[str]] = []

    def add(self, values: Iterable[Any]) -> dict[str, Any]:
        """The rule of a cell that offers these values."""
        words = [str(value) for value in values]
        column = xlsxwriter.utility.xl_col_to_name(len(self.columns), True)
        self.columns.append(words)
        return {"validate": "list", "source": f"={LIST_SHEET}!{column}$1:{column}${max(1, len(words))}"}

    def finish(self) -> None:
        """This will write the hidden sheet."""
        if not self.columns:
            return
        sheet = self.book.add_worksheet(LIST_SHEET)
        for number, words in enumerate(self.columns):
            sheet.write_column(0, number, words)
        sheet.hide()


def _top(
    book: xlsxwriter.Workbook, looks: Looks, name: Any, task: RoundTask, advice: str, language: str
) -> Any:
    """A sheet with what stands over its header."""
    sheet = book.add_worksheet(str(name)[:31])
    sheet.write_string(0, 0, task.round.title.best(language)[0], looks.title)
    sheet.write_string(1, 0, _key(task))
    sheet.write_string(2, 0, advice)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _questions_sheet(
    book: xlsxwriter.Workbook,
    looks: Looks,
    lists: _Lists,
    task: RoundTask,
    questions: Sequence[Question],
    language: str,
) -> None:
    advice = _("Write into the column “%(answer)s” and upload the workbook on the page of the round.")
    sheet = _top(book, looks, QUESTIONS_SHEET, task, advice % {"answer": QUESTION_COLUMNS[3]}, language)
    for column, (label, width) in enumerate(zip(QUESTION_COLUMNS, (6, 60, 24, 60), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW - 1, column, str(label), looks.head)
    typed = task.draft.get("answers") or {}
    for row, question in enumerate(questions, start=HEADER_ROW):
        sheet.write_string(row, 0, question.code, looks.text)
        sheet.write_string(row, 1, question.text.best(language)[0], looks.text)
        sheet.write_string(row, 2, wanted(question, language), looks.text)
        write_cell(sheet, looks, row, 3, shown_answer(question, typed.get(question.code), language))
        if options := options_of(question, language):
            sheet.data_validation(row, 3, row, 3, lists.add(options.values()))


def _outlook_sheet(
    book: xlsxwriter.Workbook, looks: Looks, lists: _Lists, task: RoundTask, language: str
) -> None:
    advice = _("One planned investment on each row. An estimate will do; leave empty what is not known.")
    sheet = _top(book, looks, OUTLOOK_SHEET, task, advice, language)
    lists_of = offered(language)
    for column, name in enumerate(ROW_FIELDS):
        sheet.set_column(column, column, WIDTHS[name])
        sheet.write_string(HEADER_ROW - 1, column, str(ROW_LABELS[name]), looks.head)
        if name in lists_of:
            rule = lists.add(lists_of[name].values())
            sheet.data_validation(HEADER_ROW, column, HEADER_ROW + MAX_ROWS - 1, column, rule)
    for row, typed in enumerate(task.draft.get("rows") or [], start=HEADER_ROW):
        for column, name in enumerate(ROW_FIELDS):
            value = typed.get(name)
            write_cell(sheet, looks, row, column, lists_of.get(name, {}).get(str(value), value))


def write_cell(sheet: Any, looks: Looks, row: int, column: int, value: Any) -> None:
    """This will write a number as a number and anything else as text; nothing for what is empty."""
    if is_number(value):
        sheet.write_number(row, column, value, looks.number)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value), looks.text)


def offered(language: str) -> dict[str, dict[str, str]]:
    """This will return what the columns of the outlook offer: {column: {value: label}}."""
    return {
        "sector": {one.slug: one.name.best(language)[0] for one in sectors()},
        "certainty": {value: str(label) for value, label in Certainty.choices},
        "obstacle": {value: str(label) for value, label in Obstacle.choices},
    }


def _offers(column: str, language: str) -> dict[str, str]:
    return offered(language)[column]


def options_of(question: Question, language: str) -> dict[str, str]:
    """The answers to choose from: {value: label in the language}; empty for a free answer."""
    if question.type == QuestionType.YES_NO:
        return {value: str(label) for value, label in YES_NO.items()}
    if question.type == QuestionType.CHOICE:
        return {
            str(number): Translated(choice).best(language)[0]
            for number, choice in enumerate(question.choices, start=1)
        }
    return {}


def wanted(question: Question, language: str) -> str:
    """What kind of answer a question wants, in the active language."""
    options = options_of(question, language)
    words = " / ".join(options.values()) if options else str(QuestionType(question.type).label)
    return _("%(what)s (needed)") % {"what": words} if question.is_required else words


def shown_answer(question: Question, value: Any, language: str) -> Any:
    """An answer as people read it: the label of what was chosen; numbers and texts as they are."""
    return options_of(question, language).get(str(value), value)


# ------------------------------------------------------------------------------------------------ read back


def read_form(task: RoundTask, content: bytes, filename: str) -> dict[str, Any]:
    """This will read a filled-in form into a draft, as it was typed.

    Columns, sheets and choices are known by their words in any of the languages. Raises CannotRead for a file that
    cannot be read, and NotThisForm for another round's or another municipality's form.
    """
    draft: dict[str, Any] = {"answers": {}, "rows": []}
    questions = {one.code: one for one in task.round.questions.all()}
    read = False
    if questions:
        read |= _with_sheet(
            task, content, filename, QUESTIONS_SHEET, lambda table: _answers(table, questions, draft)
        )
    if task.round.kind == RoundKind.OUTLOOK:
        read |= _with_sheet(task, content, filename, OUTLOOK_SHEET, lambda table: _rows(table, draft))
    if not read:
        raise NotThisForm(
            _(
                "This is not the form of this round. Download the form on this page, fill it in and upload it again."
            )
        )
    return draft


def _with_sheet(
    task: RoundTask, content: bytes, filename: str, name: Any, read: Callable[[Table], None]
) -> bool:
    """Read one sheet of the workbook; False when it is not there."""
    names = words_for(name)
    with open_table(content, filename) as first:
        found = next((one for one in first.sheets if one in names), "")
    if not found:
        return False
    with open_table(content, filename, sheet=found, header_row=HEADER_ROW) as table:
        _must_be_of(task, table)
        read(table)
    return True


def _must_be_of(task: RoundTask, table: Table) -> None:
    """The key over the header says whose form it is."""
    keys = [cell for line in table.above for cell in line if " / " in cell]
    if keys and _key(task) not in keys:
        raise NotThisForm(
            _("This is the form of %(key)s, not of this round and municipality. Nothing was read.")
            % {"key": keys[0]}
        )


def words_for(label: Any) -> set[str]:
    """What a label is called in each of the languages."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(str(label)[:31])
    return found


def _answers(table: Table, questions: Mapping[str, Question], draft: dict[str, Any]) -> None:
    columns = _columns(table, {"code": QUESTION_COLUMNS[0], "answer": QUESTION_COLUMNS[3]})
    for _number, cells in table.rows():
        question = questions.get(_text(cells[columns["code"]]))
        value = _plain(cells[columns["answer"]])
        if question is not None and value not in (None, ""):
            draft["answers"][question.code] = _value_of(value, partial(options_of, question))


def _rows(table: Table, draft: dict[str, Any]) -> None:
    columns = _columns(table, ROW_LABELS)
    for _number, cells in table.rows():
        row = {name: _plain(cells[place]) for name, place in columns.items()}
        for name in ("sector", "certainty", "obstacle"):
            row[name] = _value_of(row.get(name), partial(_offers, name))
        draft["rows"].append({name: value for name, value in row.items() if value not in (None, "")})


def _columns(table: Table, labels: Mapping[str, Any]) -> dict[str, int]:
    """Where each column stands, by its label in any language; raises NotThisForm when one is gone."""
    header = [name.strip() for name in table.header]
    found = {}
    for name, label in labels.items():
        place = next((header.index(word) for word in words_for(label) if word in header), None)
        if place is None:
            raise NotThisForm(
                _(
                    "The column “%(column)s” is missing. Download the form again and copy your answers into it."
                )
                % {"column": label}
            )
        found[name] = place
    return found


def _value_of(value: Any, options: Callable[[str], Mapping[str, str]]) -> Any:
    """The value behind a label in any language; what is not on the list stays as typed, for the check to refuse."""
    text = _text(value).casefold()
    if not text:
        return ""
    for language in LANGUAGES:
        with override(language):
            for key, label in options(language).items():
                if text in (label.casefold(), key.casefold()):
                    return key
    return value


def _plain(cell: Any) -> Any:
    """A cell as a draft holds it: numbers as numbers, all else as text."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, CellError):
        return str(cell)
    return _text(cell)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
