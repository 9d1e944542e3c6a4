"""Forms of the self-assessment and of the development plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.cooperation.readiness.checklist import GROUPS, ITEMS
from vetovoima.cooperation.readiness.enums import ActionState
from vetovoima.desk.forms import DayField, DeskForm, here

if TYPE_CHECKING:
    from vetovoima.cooperation.models import Assessment, PlanAction
    from vetovoima.cooperation.readiness.queries import GroupLines


class AssessmentForm(DeskForm):
    """Each item of the checklist: a level by its criterion, and what it rests on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, thing: Assessment | None) -> None:
        super().__init__(data, initial={"revision": thing.revision if thing else 0})
        for code, item in ITEMS.items():
            levels = [
                (str(level), f"{level}: {one.best(here())[0]}") for level, one in enumerate(item.levels)
            ]
            given = thing.level(code) if thing else None
            self.fields[f"level_{code}"] = forms.ChoiceField(
                label=item.title.best(here())[0], choices=levels, required=False, widget=forms.RadioSelect,
                initial="" if given is None else str(given),
            )  # fmt: skip
            self.fields[f"evidence_{code}"] = forms.CharField(
                label=_("What the level rests on"), required=False, max_length=2000,
                widget=forms.Textarea({"rows": 2}), initial=thing.evidence(code) if thing else "",
            )  # fmt: skip

    def sections(self, groups: list[GroupLines]) -> list[dict[str, Any]]:
        """The checklist with its fields: what the system sees stands beside each item."""
        return [
            {
                "title": group.title,
                "code": group.code,
                "rows": [
                    {
                        "line": line,
                        "level": self[f"level_{line.item.code}"],
                        "evidence": self[f"evidence_{line.item.code}"],
                    }
                    for line in group.lines
                ],
            }
            for group in groups
        ]

    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers as the service takes them."""
        read = self.cleaned_data
        return {
            code: {
                "level": int(read[f"level_{code}"]) if read.get(f"level_{code}") else None,
                "evidence": read.get(f"evidence_{code}", ""),
            }
            for code in ITEMS
        }


class ActionForm(DeskForm):
    """One action of the development plan."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    item = forms.ChoiceField(label=_("What it improves"))
    action = forms.CharField(label=_("What is done"), max_length=300)
    responsible = forms.CharField(label=_("Who is responsible"), max_length=120)
    due_on = DayField(label=_("Done by"), required=True)
    state = forms.ChoiceField(label=_("State"), choices=ActionState.choices, initial=ActionState.OPEN)
    reason = forms.CharField(
        label=_("Why it was dropped"),
        max_length=300,
        required=False,
        help_text=_("Only for what is dropped."),
    )

    def __init__(self, data: Any = None, *, thing: PlanAction | None = None, item: str = "") -> None:
        names = ("item", "action", "responsible", "due_on", "state", "reason", "revision")
        given = {name: getattr(thing, name) for name in names} if thing else {"item": item, "revision": 0}
        super().__init__(data, initial=given)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        groups = [
            (group.title.best(here())[0], [(one.code, one.title.best(here())[0]) for one in group.items])
            for group in GROUPS
        ]
        field.choices = [("", _("choose")), *groups]

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
