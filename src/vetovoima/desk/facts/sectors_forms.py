"""Forms of a sector's sheet: the sheet itself, the rows of each of its parts, the judgements, the review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.queries import person
from vetovoima.catalogue.sectors.enums import NicheState, Score
from vetovoima.catalogue.sectors.services import Expert, Scores
from vetovoima.common.digits import whole_number
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DayField, DeskForm, here
from vetovoima.directory.queries import contacts

from .forms import TextsMixin

if TYPE_CHECKING:
    from vetovoima.catalogue.models import SectorSheet
    from vetovoima.catalogue.sectors.mapping import StrengthMap

MOST_ROWS = 40
SEPARATORS = str.maketrans({",": " ", ";": " "})
SOURCE = ("title", "url", "dated")


class CodesField(forms.CharField):
    """Codes of facts, one after another."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Codes of facts, with commas or spaces between, for example population-kuhmo.")
        super().__init__(**{"required": False, "max_length": 1000, "help_text": help_text, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: the codes, or just what was typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The codes."""
        return super().clean(value).translate(SEPARATORS).split()


class SourcedForm(DeskForm, TextsMixin):
    """Texts in three languages as areas, and a source in three fields where there is one."""

    def add_areas(self) -> None:
        """This will add the texts, long ones in areas of several lines."""
        self.add_texts()
        for name in self.TEXTS:
            for language in LANGUAGES:
                widget = forms.Textarea({"rows": 3, "lang": language})
                self.fields[f"{name}_{language}"].widget = widget

    def add_source(self, *, help_text: Any = "") -> None:
        """This will add the fields of a source."""
        self.fields["source_title"] = forms.CharField(
            label=_("Source"), required=False, max_length=300, help_text=help_text
        )
        self.fields["source_url"] = forms.URLField(
            label=_("Address of the source"), required=False, assume_scheme="https"
        )
        self.fields["source_dated"] = forms.CharField(
            label=_("Date of the source"),
            required=False,
            max_length=10,
            help_text=_("2026, 2026-10 or 2026-10-12"),
        )

    def source(self) -> dict[str, str]:
        """The source as the services take it."""
        return {part: self.cleaned_data.get(f"source_{part}", "") for part in SOURCE}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields in order, those of one text side by side."""
        texts = {f"{name}_{language}" for name in self.TEXTS for language in LANGUAGES}
        shown = [
            {"fields": [self[f"{name}_{one}"] for one in LANGUAGES], "is_row": True} for name in self.TEXTS
        ]
        hidden = {field.name for field in self.hidden_fields()}
        return shown + [{"fields": [self[name]]} for name in self.fields if name not in texts | hidden]


def initial_texts(thing: Any, names: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a thing as the fields show them."""
    return {f"{name}_{one}": getattr(thing, name).text(one) for name in names for one in LANGUAGES}


def initial_source(thing: Any) -> dict[str, str]:
    """The source of a thing as the fields show it."""
    return {f"source_{part}": thing.source.get(part, "") for part in SOURCE}


class SheetForm(SourcedForm):
    """The sheet itself."""

    TEXTS = {"summary": _("Summary")}
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    figures = CodesField(label=_("Key figures"))
    contact = forms.ChoiceField(
        label=_("Contact person"),
        required=False,
        help_text=_("Whom an investor may call about the sector. Another name leaves the review in force."),
    )

    def __init__(self, data: Any, sheet: SectorSheet) -> None:
        self.people = {one.key: one for one in contacts()}
        initial = {
            "revision": sheet.revision,
            "figures": sheet.figures,
            "contact": sheet.contact.key if sheet.contact else "",
            **initial_texts(sheet, self.TEXTS),
            **initial_source(sheet),
        }
        super().__init__(data, initial=initial)
        self.add_areas()
        self.add_source(help_text=_("What the texts rest on, for example a chapter of the strategy."))
        field = self.fields["contact"]
        assert isinstance(field, forms.ChoiceField)
        named = [
            (key, f"{one.name}, {one.organisation.name.best(here())[0]}") for key, one in self.people.items()
        ]
        field.choices = [("", "–"), *named]

    def values(self) -> dict[str, Any]:
        """The sheet as the services take it."""
        return {
            "summary": self.text_of("summary"),
            "figures": self.cleaned_data["figures"],
            "source": self.source(),
            "contact": self.people.get(self.cleaned_data["contact"]),
        }

    def field_for(self, name: str) -> str | None:
        """An error about the summary stands at its first language."""
        return "summary_fi" if name == "summary" else super().field_for(name)


class RowForm(SourcedForm):
    """One row of a part; a wholly empty one is no row."""

    EXTRA: tuple[str, ...] = ()
    HAS_SOURCE = False
    key = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, number: int, row: Any = None) -> None:
        initial: dict[str, Any] = {}
        if row is not None:
            initial = {"key": row.pk, **initial_texts(row, self.TEXTS)}
            initial |= {name: getattr(row, name) for name in self.EXTRA}
            initial |= initial_source(row) if self.HAS_SOURCE else {}
        super().__init__(data, prefix=f"row{number}", initial=initial)
        self.add_areas()
        if self.HAS_SOURCE:
            self.add_source(help_text=_("Where no fact of the bank backs it: a source with its date."))
        self.fields["is_removed"] = forms.BooleanField(label=_("Remove this row"), required=False)

    @property
    def heading(self) -> str:
        """What the row says first, for the line that folds it out."""
        first = next(iter(self.TEXTS))
        languages = (here(), *LANGUAGES)
        return next((str(text) for one in languages if (text := self[f"{first}_{one}"].value())), "")

    def values(self) -> dict[str, Any] | None:
        """The row as the services take it; None for a removed or an empty one."""
        read = self.cleaned_data
        said = [name for name in self.fields if name not in ("is_removed", "key", "state") and read.get(name)]
        if read.get("is_removed") or not said:
            return None
        found: dict[str, Any] = {name: self.text_of(name) for name in self.TEXTS}
        found |= {name: read[name] for name in self.EXTRA}
        found |= {"source": self.source()} if self.HAS_SOURCE else {}
        return {**found, "id": read.get("key")}


class StrengthRow(RowForm):
    """One strength."""

    TEXTS = {"text": _("Strength")}
    EXTRA = ("evidence",)
    evidence = CodesField(label=_("Evidence"))


class PullRow(RowForm):
    """One demand or trend outside."""

    TEXTS = {"text": _("Outside pull")}
    EXTRA = ("evidence",)
    HAS_SOURCE = True
    evidence = CodesField(label=_("Evidence"))


class NicheRow(RowForm):
    """One niche with the decision on it."""

    TEXTS = {"name": _("Niche"), "why": _("Why us"), "reason": _("Reason")}
    EXTRA = ("state", "decided_on", "decided_by")
    state = forms.ChoiceField(
        label=_("State"), choices=NicheState.choices, initial=NicheState.CONSIDERED, required=False
    )
    decided_on = forms.CharField(
        label=_("Decided on"), required=False, max_length=10, help_text=_("2026, 2026-10 or 2026-10-12")
    )
    decided_by = forms.CharField(label=_("Decided by"), required=False, max_length=200)


class QuestionRow(RowForm):
    """One question with its answer."""

    TEXTS = {"question": _("Question"), "answer": _("Answer")}


class HomeworkRow(RowForm):
    """One thing to do before outreach."""

    TEXTS = {"what": _("What")}
    EXTRA = ("who", "due_on")
    who = forms.CharField(label=_("Who"), required=False, max_length=160)
    due_on = DayField(label=_("By when"))


ROWS = {
    "strengths": StrengthRow, "pulls": PullRow, "niches": NicheRow, "questions": QuestionRow, "homework": HomeworkRow,
}  # fmt: skip


class PartForm(DeskForm):
    """Every row of one part; one empty row stands at the end, another comes after each save."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    row_count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ROWS)

    def __init__(self, data: Any, sheet: SectorSheet, part: str) -> None:
        stored = list(getattr(sheet, part).all())
        count = len(stored) + 1
        sent = whole_number(data.get("row_count", "")) if data is not None else None
        count = count if sent is None else min(sent, MOST_ROWS)
        super().__init__(data, initial={"revision": sheet.revision, "row_count": count})
        self.lines = [
            ROWS[part](data, number, stored[number] if number < len(stored) else None)
            for number in range(count)
        ]

    def is_valid(self) -> bool:
        """Whether every row is: each is read, so that every error is shown."""
        valid = [line.is_valid() for line in self.lines]
        return super().is_valid() and all(valid)

    @property
    def problems(self) -> Any:
        """The errors of the whole, then those of each row."""
        return [*super().problems, *(one for line in self.lines for one in line.problems)]

    def values(self) -> list[dict[str, Any]]:
        """The rows that say something, in order."""
        return [values for line in self.lines if (values := line.values()) is not None]


class ScoreForm(DeskForm):
    """The matrix: a score and a reason for each strength × pull."""

    def __init__(self, data: Any, found: StrengthMap) -> None:
        super().__init__(data)
        self.cells = found.cells
        for cell in self.cells:
            judged = cell.judgement
            self.fields[cell.name] = forms.TypedChoiceField(
                label=_("Score"), required=False, coerce=int, empty_value=None,
                choices=[("", _("not judged")), *Score.choices], initial=judged.score if judged else "",
            )  # fmt: skip
            self.fields[f"{cell.name}-reason"] = forms.CharField(
                label=_("Reason"), required=False, max_length=300, initial=judged.reason if judged else ""
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each cell with its two fields."""
        return [
            {"cell": cell, "fields": [self[cell.name], self[f"{cell.name}-reason"]]} for cell in self.cells
        ]

    def scores(self) -> Scores:
        """The judgements as the service takes them."""
        read = self.cleaned_data
        return {
            (cell.strength.pk, cell.pull.pk): (read[cell.name], read[f"{cell.name}-reason"])
            for cell in self.cells
        }


class ExpertForm(DeskForm):
    """Who reviews the sheet."""

    name = forms.CharField(label=_("Name of the expert"), max_length=120)
    role = forms.CharField(
        label=_("Role"), max_length=160, help_text=_("For example professor of wood science.")
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail, when the expert signs in here"), required=False,
        help_text=_("Then the expert sees this sheet at the desk and says so themselves. Empty: you note it for them."),
    )  # fmt: skip

    def clean_email(self) -> Any:
        """The person who signs in with the address, or None."""
        email = self.cleaned_data["email"].strip()
        if not email:
            return None
        found = person(email)
        if found is None:
            raise ValidationError(
                _("Nobody signs in with this address. Invite the expert first, or leave it empty.")
            )
        return found

    def expert(self) -> Expert:
        """The expert as the service takes them."""
        read = self.cleaned_data
        return Expert(read["name"], read["role"], read["organisation"], read["email"])


class ReturnForm(DeskForm):
    """What the expert asks for."""

    comment = forms.CharField(
        label=_("What should be changed"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
