"""Forms of collecting, but the answer itself: stewards, absence, rounds, questions, what the coordinator decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.collection.rounds.enums import QuestionType, RoundKind
from vetovoima.collection.rounds.services import QuestionInput
from vetovoima.common.digits import whole_number
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.forms import DayField, DeskForm, WholeField, here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vetovoima.accounts.models import User
    from vetovoima.collection.models.rounds import Question, Round, Stewardship
    from vetovoima.reference.models import Municipality

LANGUAGE_NAMES = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
#: empty questions offered below those that are there
BLANK_QUESTIONS = 3


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=5000, widget=forms.Textarea({"rows": rows}), **more
    )


class StewardForm(DeskForm):
    """Who keeps the data, and who stands in."""

    steward = forms.ChoiceField(
        label=pgettext_lazy("person", "Steward"), required=False, help_text=_("Somebody of the municipality.")
    )
    deputy = forms.ChoiceField(
        label=_("Deputy"), required=False,
        help_text=_("Stands in while the steward is away. Where the municipality has one person, choose the council."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, own: Iterable[User], deputies: Iterable[User], present: Stewardship | None, data: Any = None
    ) -> None:
        known = (
            {"steward": present.steward_id, "deputy": present.deputy_id, "revision": present.revision}
            if present
            else {}
        )
        super().__init__(data, initial=known)
        self.people = {
            "steward": {str(one.pk): one for one in own},
            "deputy": {str(one.pk): one for one in deputies},
        }
        for name, people in self.people.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", str(_("choose"))), *((key, str(one)) for key, one in people.items())]

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        read = self.cleaned_data
        return {
            **{name: people.get(read[name]) for name, people in self.people.items()},
            "revision": read["revision"],
        }


class AbsenceForm(DeskForm):
    """From when until when the steward is away."""

    away_from = DayField(label=_("First day away"))
    away_until = DayField(label=_("Last day away"))


class DutyForm(DeskForm):
    """When a duty was done."""

    done_on = DayField(label=_("Done on"), required=True)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)


class ReturnForm(DeskForm):
    """What should be completed."""

    comment = _text(_("What should be completed"), 4)


class VisitForm(DeskForm):
    """The day on which the council visits."""

    meets_on = DayField(label=_("Day of the visit"))


class LinkForm(DeskForm):
    """To whom a link is given."""

    holder = forms.CharField(
        label=_("To whom"), max_length=120, required=False,
        help_text=_("A name or a role. It stands beside what is written by the link."),
    )  # fmt: skip


class UploadForm(DeskForm):
    """The filled-in workbook."""

    file = forms.FileField(label=_("Filled-in workbook"), required=True)


class RoundForm(DeskForm):
    """A round: what it asks, in which words, whom, and when."""

    kind = forms.ChoiceField(label=_("What it asks for"), choices=RoundKind.choices)
    title_fi = forms.CharField(label=_("Title in Finnish"), required=False, max_length=200)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)
    title_sv = forms.CharField(label=_("Title in Swedish"), required=False, max_length=200)
    instructions_fi = _text(_("Instructions in Finnish"))
    instructions_en = _text(_("Instructions in English"))
    instructions_sv = _text(_("Instructions in Swedish"))
    meets_on = DayField(label=_("Day of the visits or the meeting"), help_text=_("For the annual round."))
    days_ahead = WholeField(
        label=_("Questions are out so many days before"),
        help_text=_("Counted back from the day of the visits when no first day is given."),
    )
    opens_on = DayField(label=_("First day"), help_text=_("The round opens by itself on this day."))
    closes_on = DayField(label=_("Last day"), help_text=_("Late answers are taken for a week."))
    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities asked"), required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        places: Iterable[Municipality],
        round: Round | None = None,
        asked: Iterable[str] = (),
        data: Any = None,
    ) -> None:
        self.places = {one.slug: one for one in places}
        super().__init__(
            data, initial=_known(round, asked) if round else {"municipalities": list(self.places)}
        )
        field = self.fields["municipalities"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, one.name.best(here())[0]) for slug, one in self.places.items()]
        if round is not None:
            del self.fields["kind"]
        if round is not None and round.state != "planned":
            del self.fields["opens_on"], self.fields["days_ahead"]

    def clean(self) -> dict[str, Any]:
        """The first day, counted back from the visits; the last one is the day of the visits unless given."""
        read: dict[str, Any] = super().clean() or {}
        ahead, meets_on = read.get("days_ahead"), read.get("meets_on")
        if "opens_on" in self.fields and not read.get("opens_on"):
            if meets_on and ahead:
                read["opens_on"] = meets_on - timedelta(days=int(ahead))
            elif "opens_on" not in self.errors:
                self.add_error(
                    "opens_on", _("Give the first day, or the day of the visits and how long before.")
                )
        if not read.get("closes_on") and "closes_on" not in self.errors:
            if meets_on:
                read["closes_on"] = meets_on
            else:
                self.add_error("closes_on", _("Give the last day."))
        return read

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        read = self.cleaned_data
        found: dict[str, Any] = {
            name: Translated(
                {one: read[f"{name}_{one}"].strip() for one in LANGUAGES if read[f"{name}_{one}"].strip()}
            )
            for name in ("title", "instructions")
        }
        found |= {name: read[name] for name in ("kind", "opens_on", "closes_on", "meets_on") if name in read}
        return {**found, "municipalities": [self.places[slug] for slug in read["municipalities"]]}

    def field_for(self, name: str) -> str | None:
        """A wrong title is shown at its first language."""
        return "title_fi" if name == "title" else super().field_for(name)


def _known(round: Round, asked: Iterable[str]) -> dict[str, Any]:
    words = {
        f"{name}_{one}": getattr(round, name).text(one)
        for name in ("title", "instructions")
        for one in LANGUAGES
    }
    days = {name: getattr(round, name) for name in ("opens_on", "closes_on", "meets_on")}
    return {**words, **days, "municipalities": list(asked), "revision": round.revision}


class QuestionsForm(DeskForm):
    """The questions of a planned round: those that are there and some empty ones. An emptied question goes."""

    def __init__(self, questions: Iterable[Question], data: Any = None) -> None:
        present = list(questions)
        given = whole_number(data.get("count", "")) if data else None
        self.count = min(len(present) + BLANK_QUESTIONS if given is None else given, 80)
        super().__init__(data, initial=_written(present))
        for number in range(self.count):
            self._add(number)

    def _add(self, number: int) -> None:
        for one in LANGUAGES:
            self.fields[f"q{number}_text_{one}"] = _text(LANGUAGE_NAMES[one], 2)
        self.fields[f"q{number}_type"] = forms.ChoiceField(
            label=_("What is wanted"), choices=QuestionType.choices, required=False
        )
        self.fields[f"q{number}_choices"] = _text(
            _("Answers to choose from"), 3,
            help_text=_("One on each line; its languages in the order Finnish | English | Swedish."),
        )  # fmt: skip
        self.fields[f"q{number}_required"] = forms.BooleanField(label=_("Must be answered"), required=False)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The fields of each question."""
        return [
            {
                "number": number + 1,
                "texts": [self[f"q{number}_text_{one}"] for one in LANGUAGES],
                "type": self[f"q{number}_type"],
                "choices": self[f"q{number}_choices"],
                "required": self[f"q{number}_required"],
            }
            for number in range(self.count)
        ]

    def label_of(self, name: str) -> Any:
        """The question's number goes before the field's name."""
        return f"{int(name[1:].partition('_')[0]) + 1}. {super().label_of(name)}"

    def values(self) -> list[QuestionInput]:
        """What the service is given."""
        return [question for _number, question in self._asked()]

    def _asked(self) -> list[tuple[int, QuestionInput]]:
        found = []
        for number in range(self.count):
            read = {
                name: self.cleaned_data.get(f"q{number}_{name}") for name in ("type", "choices", "required")
            }
            texts = {one: self.cleaned_data.get(f"q{number}_text_{one}", "").strip() for one in LANGUAGES}
            text = Translated({one: words for one, words in texts.items() if words})
            if text:
                type_ = read["type"] or QuestionType.TEXT
                choices = _choices(read["choices"] or "") if type_ == QuestionType.CHOICE else []
                found.append((number, QuestionInput(text, type_, choices, bool(read["required"]))))
        return found

    def field_for(self, name: str) -> str | None:
        """The service counts the questions that have a text; here the empty ones are counted too."""
        head, _dot, place = name.partition(".")
        if head == "questions" and place.isdigit():
            return f"q{self._asked()[int(place)][0]}_choices"
        return None


def _choices(text: str) -> list[dict[str, str]]:
    found = []
    for line in text.splitlines():
        words = [part.strip() for part in line.split("|")]
        choice = {one: word for one, word in zip(LANGUAGES, words, strict=False) if word}
        if choice:
            found.append(choice)
    return found


def _written(questions: list[Question]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, one in enumerate(questions):
        lines = [" | ".join(choice.get(language, "") for language in LANGUAGES) for choice in one.choices]
        found |= {f"q{number}_text_{language}": one.text.text(language) for language in LANGUAGES}
        found |= {
            f"q{number}_type": one.type,
            f"q{number}_choices": "\n".join(line.rstrip(" |") for line in lines),
            f"q{number}_required": one.is_required,
        }
    return found
