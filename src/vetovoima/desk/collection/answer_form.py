"""The form of an answer, made from the round's questions. It reads what was typed; what is right, the domain says."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.collection.rounds.enums import QuestionType, RoundKind
from vetovoima.collection.rounds.validators import MAX_ROWS, MAX_TEXT, ROW_FIELDS
from vetovoima.collection.rounds.workbook import ROW_LABELS, offered, options_of, shown_answer
from vetovoima.common.digits import whole_number
from vetovoima.desk.forms import DeskForm, here, write_figure

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Question, RoundTask

#: empty rows offered below those that are written
BLANK_ROWS = 3


@dataclass(frozen=True)
class Line:
    """One thing that two people wrote differently: whose words are whose."""

    name: str
    label: Any
    mine: str
    theirs: str


class AnswerForm(DeskForm):
    """Questions, planned investments where the round asks for them, and who answered."""

    #: what was typed is stored as the task's draft, whatever keeps it from being handed in
    is_draft_kept = False

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, task: RoundTask, data: Any = None) -> None:
        self.task = task
        self.questions: Sequence[Question] = list(task.round.questions.all())
        self.has_outlook = task.round.kind == RoundKind.OUTLOOK
        known = {**data_of(task.draft), "revision": task.revision, "page": secrets.token_urlsafe(12)}
        super().__init__(data, initial=known)
        for question in self.questions:
            self.fields[f"q-{question.code}"] = _answer_field(question)
        self.row_count = min(_rows_in(data if data is not None else known) + BLANK_ROWS, MAX_ROWS + 1)
        if self.has_outlook:
            self._add_rows()
        self.fields["respondents"] = _plain(
            _("Who answered"),
            help_text=_("For example: management team and chair of the council."),
            required=False,
        )

    def _add_rows(self) -> None:
        lists = offered(here())
        for number in range(self.row_count):
            for name in ROW_FIELDS:
                self.fields[f"row-{number}-{name}"] = _row_field(name, lists)
        self.fields["no_plans"] = forms.BooleanField(
            label=_("No investments are planned that we know of"), required=False
        )

    @property
    def question_fields(self) -> list[Any]:
        """The questions in their order."""
        return [self[f"q-{question.code}"] for question in self.questions]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The planned investments, written and empty."""
        if not self.has_outlook:
            return []
        return [
            {"number": number + 1, **{name: self[f"row-{number}-{name}"] for name in ROW_FIELDS}}
            for number in range(self.row_count)
        ]

    def label_of(self, name: str) -> Any:
        """A row's number goes before the name of its field."""
        if name.startswith("row-"):
            return _("Planned investment %(number)s, %(field)s") % {
                "number": int(name.split("-")[1]) + 1,
                "field": str(super().label_of(name)).lower(),
            }
        return super().label_of(name)

    def field_for(self, name: str) -> str | None:
        """The domain speaks of `answers.<code>` and `rows.<number>.<field>`."""
        kind, _dot, rest = name.partition(".")
        found = {"answers": f"q-{rest}", "rows": "row-" + rest.replace(".", "-")}.get(kind, name)
        return found if found in self.fields else None

    @property
    def draft(self) -> dict[str, Any]:
        """What was typed, as the domain keeps it."""
        return draft_of(self.data)


def _plain(label: Any, widget: Any = None, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=widget or forms.TextInput({"autocomplete": "off"}), **more)


def _answer_field(question: Question) -> forms.CharField:
    language = here()
    label = question.text.best(language)[0]
    options = options_of(question, language)
    widget: Any = forms.Textarea({"rows": 4})
    if options:
        widget = forms.Select(choices=[("", str(_("choose"))), *options.items()])
    elif question.type == QuestionType.NUMBER:
        widget = forms.TextInput(
            {"inputmode": "decimal", "class": "input input-short input-figures", "autocomplete": "off"}
        )
    # What is needed is checked when the answer is handed in; a draft may lack it.
    return _plain(label, widget, required=False, max_length=MAX_TEXT + 1)


def _row_field(name: str, lists: Mapping[str, Mapping[str, str]]) -> forms.CharField:
    widget: Any = None
    if name in lists:
        widget = forms.Select(choices=[("", ""), *lists[name].items()])
    elif name in ("amount", "year"):
        widget = forms.TextInput(
            {"inputmode": "decimal", "class": "input input-short input-figures", "autocomplete": "off"}
        )
    return _plain(ROW_LABELS[name], widget, required=False, max_length=MAX_TEXT + 1)


def data_of(draft: Mapping[str, Any]) -> dict[str, Any]:
    """This will lay a draft out as the fields of the form."""
    found: dict[str, Any] = {
        f"q-{code}": _typed(value) for code, value in (draft.get("answers") or {}).items()
    }
    for number, row in enumerate(draft.get("rows") or []):
        found |= {f"row-{number}-{name}": _typed(value) for name, value in row.items()}
    found["respondents"] = draft.get("respondents") or ""
    if draft.get("no_plans"):
        found["no_plans"] = "on"
    return found


def _typed(value: Any) -> Any:
    """A number from a workbook as the page's language writes it."""
    return write_figure(value, here()) if isinstance(value, int | float) else value


def draft_of(data: Any) -> dict[str, Any]:
    """This will read the fields of the form into a draft, as typed."""
    answers = {name.removeprefix("q-"): data[name] for name in data if name.startswith("q-")}
    rows = [
        {name: data.get(f"row-{number}-{name}", "") for name in ROW_FIELDS}
        for number in range(min(_rows_in(data), MAX_ROWS + 1))
    ]
    return {
        "answers": answers,
        "rows": rows,
        "respondents": data.get("respondents", ""),
        "no_plans": bool(data.get("no_plans")),
    }


def _rows_in(data: Any) -> int:
    """How many rows were sent, written or empty."""
    numbers = [
        number
        for name in data
        if name.startswith("row-")
        and len(parts := name.split("-")) == 3
        and (number := whole_number(parts[1])) is not None
        and data.get(name)
    ]
    return min(max(numbers, default=-1), MAX_ROWS) + 1


def differences(form: AnswerForm, theirs: RoundTask) -> list[Line]:
    """This will compare what one person typed with what another saved meanwhile, field by field."""
    mine, other = {name: form.data.get(name, "") for name in form.fields}, data_of(theirs.draft)
    lists = {**offered(here()), "": {}}
    shown = {f"q-{one.code}": one for one in form.questions}

    def words(name: str, value: Any) -> str:
        if name in shown:
            return str(shown_answer(shown[name], value, here()) or "")
        return str(lists.get(name.rsplit("-", 1)[-1], {}).get(str(value), value) or "")

    return [
        Line(name, form.label_of(name), words(name, mine[name]), words(name, other.get(name, "")))
        for name in form.fields
        if name not in ("revision", "page") and str(mine[name] or "") != str(other.get(name) or "")
    ]
